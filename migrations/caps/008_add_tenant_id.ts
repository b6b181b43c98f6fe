import { defineMigration } from 'surefoot';
import type { StepTools } from 'surefoot';

type Sql = StepTools['sql'];

/** The tables that the requirements name, by the migration that made them. */
const LISTED: readonly string[] = [
  'users sessions audit_log',
  'customers customer_vehicles layaways layaway_payments work_orders work_order_lines commissions commission_rules',
  'loyalty_accounts loyalty_transactions price_levels credit_accounts credit_transactions gift_cards',
  'gift_card_transactions promotions promotion_usage',
  'sync_log sync_conflicts pending_operations',
  'products product_categories fitment_data inventory inventory_transactions',
  'backups backup_destinations backup_settings restore_jobs',
].flatMap((line) => line.split(' '));

/**
 * SQLite keeps this comment in the stored text of what it stands in, and drops it together with that. So the rollback
 * knows what was added here from what its author had already made, and nothing else has to remember it.
 */
const MARK = 'added by migration 008';

interface Table {
  readonly name: string;
  readonly strict: boolean;
  /** Name and declared type, as before the change. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly hasTenant: boolean;
  /** A name of the row number that no column hides; null without one. */
  readonly rowid: string | null;
}

interface Content {
  readonly rows: number;
  /** SHA-256 over all values, by row number. */
  readonly digest: string;
}

export default defineMigration({
  description: 'Add tenant_id to every table',
  async run({ sql, log, progress, signal }) {
    const tables = await findTables(sql, log);
    await assertWayBack(sql);
    const objects = await schemaTexts(sql);
    const shapes = await viewColumns(sql);
    const broken = await brokenObjects(sql);
    const statistics = ['sqlite_stat1', 'sqlite_stat4'].filter((name) => !objects.has(`table ${name}`));

    const total = tables.length * 3;
    let done = 0;
    const step = (): void => {
      signal.throwIfAborted();
      done += 1;
      progress({ done, total, unit: 'table passes' });
    };

    await sql.script(`DROP TABLE IF EXISTS temp.caps_008_content;
      CREATE TEMP TABLE caps_008_content (
        table_name TEXT PRIMARY KEY, added, rows_before, rows_after, digest_before, digest_after, pages_before, pages_after
      );
      DROP TABLE IF EXISTS temp.caps_008_schema;
      CREATE TEMP TABLE caps_008_schema AS SELECT type, name, sql AS text FROM main.sqlite_schema WHERE sql IS NOT NULL;`);
    const before = new Map<string, Content>();
    const pagesBefore = await pagesOf(sql);
    for (const table of tables) {
      before.set(table.name, await exactContentOf(sql, table));
      step();
    }

    const added = new Map<string, string>();
    for (const table of tables) {
      if (table.hasTenant) log.warn(`${table.name} has tenant_id already: the column is kept as it is`);
      else added.set(`table ${table.name}`, await addColumn(sql, table));
      const index = `idx_${table.name}_tenant_id`;
      const present = objects.get(`index ${index}`);
      if (present !== undefined) {
        await assertFits(sql, table.name, index, present);
        log.warn(`the index ${index} is there already and is kept as it is`);
      } else {
        await addIndex(sql, table.name, index, statistics);
        // Measured, so that the planner does not take the new index, where one value stands for all rows, instead of
        // an older one that is better.
        await sql.script(`ANALYZE main.${quoted(index)}`);
      }
      step();
    }

    const pagesAfter = await pagesOf(sql);
    for (const table of tables) {
      const old = before.get(table.name);
      const now = await exactContentOf(sql, table);
      if (old === undefined || old.rows !== now.rows || old.digest !== now.digest) {
        throw new Error(`${table.name} is not as before: ${old?.rows ?? 0} rows before, ${now.rows} now`);
      }
      await sql`INSERT INTO temp.caps_008_content VALUES (${table.name}, ${table.hasTenant ? 0 : 1}, ${old.rows}, ${now.rows},
        ${old.digest}, ${now.digest}, ${pagesBefore.get(table.name) ?? 0}, ${pagesAfter.get(table.name) ?? 0})`;
      step();
    }

    const texts = await schemaTexts(sql);
    for (const [name, text] of objects) {
      if (texts.get(name)?.replace(added.get(name) ?? '', '') !== text) {
        throw new Error(`the stored text of ${name} changed by more than the new column`);
      }
    }
    const newlyBroken = [...(await brokenObjects(sql))].flatMap(([key, problem]) => (broken.has(key) ? [] : [problem]));
    if (newlyBroken.length > 0) {
      throw new Error(
        `these do not work with the new column, name their columns one by one: ${newlyBroken.join('; ')}`,
      );
    }
    for (const [view, columns] of await viewColumns(sql)) {
      if (columns !== shapes.get(view)) log.warn(`the view ${view} takes all columns and now shows tenant_id as well`);
    }
    const empty = tables.filter(({ name }) => before.get(name)?.rows === 0).length;
    if (empty > 0)
      log.info(`${empty} tables are empty: run PRAGMA optimize once they are filled, for fast queries by tenant`);
    log.info(`tenant_id added to ${added.size} tables, ${tables.length - added.size} had it`);
  },
});

/** All tables to change, found in the database and compared with the list. */
async function findTables(sql: Sql, log: StepTools['log']): Promise<readonly Table[]> {
  const rows = await sql`SELECT name, type, strict FROM pragma_table_list
    WHERE schema = 'main' AND type <> 'view' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'surefoot_*' ORDER BY name`;
  const names = rows.filter((row) => row['type'] === 'table').map((row) => String(row['name']));
  for (const row of rows) {
    if (row['type'] !== 'table') log.warn(`${String(row['name'])} is a ${String(row['type'])} table and is left out`);
  }
  const missing = LISTED.filter((name) => !names.some((found) => found.toLowerCase() === name));
  if (missing.length > 0) {
    throw new Error(
      `${missing.length} of the ${LISTED.length} tables to change are not in this database: ${missing.join(', ')}`,
    );
  }
  const tables: Table[] = [];
  for (const row of rows) {
    const name = String(row['name']);
    if (!names.includes(name)) continue;
    if (!LISTED.some((listed) => listed === name.toLowerCase())) {
      log.info(`${name} is not in the list of the requirements and gets tenant_id too`);
    }
    tables.push(await describe(sql, name, row['strict'] === 1));
  }
  return tables;
}

/** SQLite drops no column, of any table, while a view or a trigger names something that is not there. */
async function assertWayBack(sql: Sql): Promise<void> {
  const probe =
    'CREATE TABLE caps_008_probe (a, b); ALTER TABLE caps_008_probe DROP COLUMN b; DROP TABLE caps_008_probe';
  await sql.script(probe).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`this could not be rolled back, repair or drop what is broken first: ${reason}`);
  });
}

async function describe(sql: Sql, name: string, strict: boolean): Promise<Table> {
  const info = await sql`SELECT name, type FROM pragma_table_xinfo(${name}) ORDER BY cid`;
  const columns = info.map((row) => [String(row['name']), String(row['type'])] as const);
  const lower = new Set(columns.map(([column]) => column.toLowerCase()));
  const [kind] = await sql`SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ${name}`;
  const rowid = kind?.['wr'] === 0 ? ['rowid', '_rowid_', 'oid'].find((alias) => !lower.has(alias)) : undefined;
  const hasTenant = lower.has('tenant_id');
  return { name, strict, columns, hasTenant, rowid: rowid ?? null };
}

/** Adds the column and returns what SQLite put into the stored text of the table. No row is rewritten. */
async function addColumn(sql: Sql, { name, strict }: Table): Promise<string> {
  // A STRICT table knows no VARCHAR.
  const type = strict ? 'TEXT' : 'VARCHAR(255)';
  const column = `tenant_id ${type} NOT NULL DEFAULT 'caps-automotive' /* ${MARK} */`;
  // sql.script would leave out a comment at the end of a statement.
  await sql.query(`ALTER TABLE main.${quoted(name)} ADD COLUMN ${column}`);
  return `, ${column}`;
}

async function addIndex(sql: Sql, table: string, index: string, statistics: readonly string[]): Promise<void> {
  const makes = statistics.length > 0 ? ` with ${statistics.join(' ')}` : '';
  await sql.script(`CREATE INDEX main.${quoted(index)} ON ${quoted(table)} (tenant_id /* ${MARK}${makes} */)`);
}

/** Throws unless the index that has the wanted name already is one on tenant_id of that table. */
async function assertFits(sql: Sql, table: string, index: string, text: string): Promise<void> {
  const [first] = await sql`SELECT m.tbl_name, i.name FROM sqlite_schema AS m, pragma_index_info(m.name) AS i
    WHERE m.name = ${index} AND m.type = 'index' AND i.seqno = 0`;
  if (first?.['tbl_name'] !== table || String(first['name']).toLowerCase() !== 'tenant_id') {
    throw new Error(`the name ${index} is taken by something else: ${text}`);
  }
}

/** The stored text of everything in the schema that has one, by type and name. */
async function schemaTexts(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql`SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL`;
  return new Map(rows.map((row) => [`${String(row['type'])} ${String(row['name'])}`, String(row['sql'])]));
}

async function viewColumns(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql`SELECT v.name, group_concat(c.name) AS columns
    FROM sqlite_schema AS v, pragma_table_info(v.name) AS c WHERE v.type = 'view' GROUP BY v.name`;
  return new Map(rows.map((row) => [String(row['name']), String(row['columns'])]));
}

/** What can not be compiled: statements on views, and on tables with triggers (`INSERT INTO t VALUES (…)` in them has too few values). */
async function brokenObjects(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql`SELECT DISTINCT tbl_name AS name, type FROM sqlite_schema WHERE type IN ('view', 'trigger')`;
  const problems = new Map<string, string>();
  for (const row of rows) {
    const name = String(row['name']);
    const columns = await sql`SELECT name FROM pragma_table_info(${name})`;
    const same = columns.map((column) => `${quoted(String(column['name']))} = ${quoted(String(column['name']))}`);
    const target = quoted(name);
    const statements =
      row['type'] === 'view'
        ? [`SELECT * FROM ${target}`]
        : [`INSERT INTO ${target} DEFAULT VALUES`, `UPDATE ${target} SET ${same.join(', ')}`, `DELETE FROM ${target}`];
    for (const [index, statement] of statements.entries()) {
      await sql.query(`EXPLAIN ${statement}`).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        problems.set(`${String(row['type'])} ${name} ${index}`, `${name}: ${reason}`);
      });
    }
  }
  return problems;
}

async function pagesOf(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql`SELECT name, pageno AS pages FROM dbstat WHERE aggregate = TRUE`;
  return new Map(rows.map((row) => [String(row['name']), Number(row['pages'])]));
}

/** JSON holds no bytes: a table that has some in a column for text is read the longer way. */
function exactContentOf(sql: Sql, table: Table): Promise<Content> {
  return contentOf(sql, table).catch(() => contentOf(sql, table, false));
}

/** Rows and digest of a table over the columns it had before, some thousand rows at a time. */
async function contentOf(sql: Sql, table: Table, plain = true): Promise<Content> {
  const values = table.columns.map(([name, type]) =>
    // What is not number or text by its type is written out exactly, which takes longer.
    plain && /INT|CHAR|TEXT/i.test(type) ? quoted(name) : `quote(${quoted(name)})`,
  );
  let from = `main.${quoted(table.name)}`;
  let line = `json_array(${[table.rowid ?? 0, ...values].join(', ')})`;
  if (table.rowid === null) {
    // Without a row number to go on from, a sorted copy of the lines gives them one.
    await sql.script(`DROP TABLE IF EXISTS temp.caps_008_lines;
      CREATE TEMP TABLE caps_008_lines AS SELECT ${line} AS line FROM ${from} ORDER BY 1;`);
    [from, line] = ['temp.caps_008_lines', 'line'];
  }
  const rowid = table.rowid ?? 'rowid';
  const chunk = 10_000;
  const hashes: Promise<ArrayBuffer>[] = [];
  let [rows, last] = [0, ''];
  for (let size = chunk; size === chunk; rows += size) {
    const [part] = await sql.query(`SELECT count(*) AS n, CAST(max(at) AS TEXT) AS last,
      CAST(group_concat(line, char(10)) AS BLOB) AS lines
      FROM (SELECT ${rowid} AS at, ${line} AS line FROM ${from} ${last} ORDER BY ${rowid} LIMIT ${chunk})`);
    size = Number(part?.['n'] ?? 0);
    last = `WHERE ${rowid} > ${String(part?.['last'])}`;
    const lines = part?.['lines'];
    // Hashed beside the next query.
    if (lines instanceof Uint8Array) hashes.push(crypto.subtle.digest('SHA-256', new Uint8Array(lines)));
  }
  const all = new Uint8Array(await new Blob(await Promise.all(hashes)).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  return { rows, digest: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
