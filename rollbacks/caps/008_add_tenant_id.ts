import { defineRollback } from 'surefoot';
import type { StepTools } from 'surefoot';

type Sql = StepTools['sql'];

/** The comment that the migration left in the stored text of each column and index it made. */
const MARK = /\/\* added by migration 008(?: with ([\w ]+))? \*\//;
const COLUMN =
  /, tenant_id (?:VARCHAR\(255\)|TEXT) NOT NULL DEFAULT 'caps-automotive' \/\* added by migration 008 \*\//;

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly text: string;
}

interface Table {
  readonly name: string;
  /** Name and declared type, all but tenant_id. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** A name of the row number that no column hides; null without one. */
  readonly rowid: string | null;
}

interface Content {
  readonly rows: number;
  /** SHA-256 over all values but tenant_id, by row number. */
  readonly digest: string;
}

export default defineRollback({
  description: 'Remove tenant_id from the tables it was added to',
  async run({ sql, log, progress, signal }) {
    const objects = await schemaObjects(sql);
    const tables = objects.filter(({ type, text }) => type === 'table' && COLUMN.test(text)).map(({ name }) => name);
    const indexes = objects.filter(({ type, text }) => type === 'index' && MARK.test(text));
    for (const name of await othersWithTenant(sql, tables)) log.warn(`${name} keeps the tenant_id it had before 008`);
    await refuseOtherTenants(sql, tables);

    const total = tables.length * 3;
    let done = 0;
    const step = (): void => {
      signal.throwIfAborted();
      done += 1;
      progress({ done, total, unit: 'table passes' });
    };

    const before = new Map<string, Content>();
    for (const table of tables) {
      before.set(table, await exactContentOf(sql, await describe(sql, table)));
      step();
    }

    for (const { name } of indexes) await sql.script(`DROP INDEX main.${quoted(name)}`);
    for (const table of tables) {
      await sql.script(`ALTER TABLE main.${quoted(table)} DROP COLUMN tenant_id`);
      step();
    }
    await dropStatistics(sql, MARK.exec(indexes[0]?.text ?? '')?.[1] ?? '');

    await sql.script(`DROP TABLE IF EXISTS temp.caps_008_undone;
      CREATE TEMP TABLE caps_008_undone (
        table_name TEXT PRIMARY KEY, rows_before, rows_after, digest_before, digest_after
      );
      DROP TABLE IF EXISTS temp.caps_008_objects;
      CREATE TEMP TABLE caps_008_objects (type TEXT, name TEXT, text TEXT);`);
    const texts = new Map((await schemaObjects(sql)).map(({ type, name, text }) => [`${type} ${name}`, text]));
    for (const { type, name, text } of objects) {
      const now = texts.get(`${type} ${name}`);
      const wanted = text.replace(COLUMN, '');
      const gone = (type === 'index' && MARK.test(text)) || (name.startsWith('sqlite_stat') && now === undefined);
      if (now !== (gone ? undefined : wanted)) {
        throw new Error(`the stored text of ${name} is not what it was before migration 008`);
      }
      if (!gone) await sql`INSERT INTO temp.caps_008_objects VALUES (${type}, ${name}, ${wanted})`;
      if (type !== 'table' || !tables.includes(name)) continue;
      const old = before.get(name);
      const left = await exactContentOf(sql, await describe(sql, name));
      if (old === undefined || old.rows !== left.rows || old.digest !== left.digest) {
        throw new Error(`${name} is not as before: ${old?.rows ?? 0} rows before, ${left.rows} now`);
      }
      await sql`INSERT INTO temp.caps_008_undone
        VALUES (${name}, ${old.rows}, ${left.rows}, ${old.digest}, ${left.digest})`;
      step();
    }
    log.info(`tenant_id removed from ${tables.length} tables, with ${indexes.length} indexes`);
  },
});

async function othersWithTenant(sql: Sql, changed: readonly string[]): Promise<readonly string[]> {
  const rows = await sql`SELECT t.name FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c
    WHERE t.schema = 'main' AND t.type = 'table' AND lower(c.name) = 'tenant_id'`;
  return rows.map((row) => String(row['name'])).filter((name) => !changed.includes(name));
}

/** Without the column the rows of all tenants would be those of one: that can't be taken back. */
async function refuseOtherTenants(sql: Sql, tables: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await sql`SELECT tenant_id, count(*) AS n FROM main.${sql.id(table)}
      WHERE tenant_id <> 'caps-automotive' GROUP BY tenant_id LIMIT 3`;
    for (const row of rows) found.push(`${table} has ${String(row['n'])} of ${String(row['tenant_id'])}`);
  }
  if (found.length === 0) return;
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  throw new Error(
    `rows of other tenants would become rows of caps-automotive: ${found.slice(0, 5).join(', ')}${more}. ` +
      'Move or delete these rows first.',
  );
}

/** Removes the statistics tables that the migration was the first to make, unless others are kept in them by now. */
async function dropStatistics(sql: Sql, made: string): Promise<void> {
  for (const name of made.split(' ').filter(Boolean)) {
    const present = await sql`SELECT 1 AS one FROM sqlite_schema WHERE name = ${name}`;
    if (present.length === 0) continue;
    const kept = await sql`SELECT 1 AS one FROM ${sql.id(name)} LIMIT 1`;
    if (kept.length === 0) await sql.script(`DROP TABLE main.${quoted(name)}`);
  }
}

async function schemaObjects(sql: Sql): Promise<readonly SchemaObject[]> {
  const rows = await sql`SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name`;
  return rows.map((row) => ({ type: String(row['type']), name: String(row['name']), text: String(row['sql']) }));
}

async function describe(sql: Sql, name: string): Promise<Table> {
  const info = await sql`SELECT name, type FROM pragma_table_xinfo(${name})
    WHERE lower(name) <> 'tenant_id' ORDER BY cid`;
  const columns = info.map((row) => [String(row['name']), String(row['type'])] as const);
  const lower = new Set(columns.map(([column]) => column.toLowerCase()));
  const [kind] = await sql`SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ${name}`;
  const rowid = kind?.['wr'] === 0 ? ['rowid', '_rowid_', 'oid'].find((alias) => !lower.has(alias)) : undefined;
  return { name, columns, rowid: rowid ?? null };
}

/** JSON holds no bytes: a table that has some in a column for text is read the longer way. */
function exactContentOf(sql: Sql, table: Table): Promise<Content> {
  return contentOf(sql, table).catch(() => contentOf(sql, table, false));
}

/** Rows and digest of a table over all columns but tenant_id, some thousand rows at a time. */
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
