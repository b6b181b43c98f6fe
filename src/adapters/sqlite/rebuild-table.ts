import { isSurefootError, SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { TableRebuild } from '../../model/user-script.ts';
import type { RebuildTable } from '../../ports/rebuild.ts';
import type { Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';

const NAME = String.raw`"(?:[^"]|"")+"|\[[^\]]+\]|\x60[^\x60]+\x60|[\w$]+`;
const CREATE = new RegExp(
  String.raw`^\s*create\s+table\s+(?:if\s+not\s+exists\s+)?(?:(?:${NAME})\s*\.\s*)?(${NAME})`,
  'iu',
);

/** The twelve steps of sqlite.org/lang_altertable.html, of which the runner takes those around the transaction. */
export const rebuildSqliteTable: RebuildTable = async (session, table, rebuild) => {
  const old = await readShape(session, table);
  if (old === null) throw refused(table, 'there is no such table', 'Name a table that is there.');
  await refuseReferred(session, table);
  const made = `surefoot_new_${table}`;
  const kept = await hangingOn(session, table, rebuild.drop ?? []);
  const counter = await counterOf(session, table);
  await run(session, table, createText(table, made, rebuild.create));
  const wanted = await readShape(session, made);
  if (wanted === null) throw refused(table, '`create` made no table', 'Write the whole CREATE TABLE statement.');
  const copied = copiedColumns(table, old, wanted, rebuild);
  const rowid = old.rowid && wanted.rowid && !wanted.rowidAlias ? [['rowid', 'rowid'] as const] : [];
  const pairs = [...rowid, ...copied.map(({ name, from }) => [quoteIdentifier(name), from] as const)];
  await run(
    session,
    table,
    `INSERT INTO ${quoteIdentifier(made)} (${pairs.map(([to]) => to).join(', ')}) SELECT ${pairs.map(([, from]) => from).join(', ')} FROM ${quoteIdentifier(table)}`,
  );
  const rows = await compareCopies(
    session,
    table,
    made,
    copied.filter(({ same }) => same).map(({ name }) => name),
  );
  await replace(session, table, made);
  for (const { kind, name, sql } of kept) await makeAgain(session, table, kind, name, sql);
  if (counter !== null) await restoreCounter(session, table, counter);
  return rows;
};

interface Shape {
  readonly columns: ReadonlyMap<string, { readonly name: string; readonly type: string; readonly generated: boolean }>;
  readonly rowid: boolean;
  /** A column is another name of the rowid. */
  readonly rowidAlias: boolean;
}

async function readShape(session: Session, table: string): Promise<Shape | null> {
  const [listed] = await session.query("SELECT wr FROM pragma_table_list(?) WHERE schema = 'main' AND type = 'table'", [
    table,
  ]);
  if (listed === undefined) return null;
  const rows = await session.query('SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)', [table]);
  const keys = rows.filter((row) => Number(row['pk']) > 0);
  return {
    columns: new Map(
      rows.map((row) => {
        const name = String(row['name']);
        return [
          name.toLowerCase(),
          { name, type: String(row['type']).toUpperCase(), generated: Number(row['hidden']) > 1 },
        ];
      }),
    ),
    rowid: Number(listed['wr']) === 0 && !rows.some((row) => String(row['name']).toLowerCase() === 'rowid'),
    rowidAlias: keys.length === 1 && String(keys[0]?.['type']).toUpperCase() === 'INTEGER',
  };
}

/** With foreign keys enforced, dropping the old table would delete the rows that refer to it, or fail. */
async function refuseReferred(session: Session, table: string): Promise<void> {
  const [enforced] = await session.query('PRAGMA foreign_keys');
  if (Number(enforced?.['foreign_keys'] ?? 0) === 0) return;
  const children = await session.query(
    `SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND lower(k."table") = lower(?) AND lower(m.name) <> lower(?)`,
    [table, table],
  );
  if (children.length === 0) return;
  throw refused(
    table,
    `${children.map((row) => String(row['name'])).join(', ')} refer to it, and foreign keys are enforced: their rows would go with the old table`,
    "Write foreignKeys: 'off' in the migration: surefoot then checks every foreign key before it commits.",
  );
}

async function hangingOn(session: Session, table: string, drop: readonly string[]) {
  const rows = await session.query(
    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND lower(tbl_name) = lower(?) AND sql IS NOT NULL ORDER BY type, rowid",
    [table],
  );
  const names = new Set(rows.map((row) => String(row['name'])));
  const unknown = drop.filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw refused(
      table,
      `it has no index or trigger ${unknown.join(', ')}`,
      `It has: ${[...names].join(', ') || 'none'}.`,
    );
  return rows
    .map((row) => ({ kind: String(row['type']), name: String(row['name']), sql: String(row['sql']) }))
    .filter(({ name }) => !drop.includes(name));
}

function createText(table: string, made: string, create: string): string {
  const match = CREATE.exec(create);
  const name = match?.[1]?.replaceAll(/^["[`]|["\]`]$/gu, '').replaceAll('""', '"');
  if (match === null || name?.toLowerCase() !== table.toLowerCase())
    throw refused(
      table,
      `\`create\` is no CREATE TABLE ${table}`,
      `Write the statement for the table as it is to be, under its own name.`,
    );
  const [head] = match;
  return `${head.slice(0, head.length - (match[1]?.length ?? 0)).replace(/if\s+not\s+exists\s+/iu, '')}${quoteIdentifier(made)}${create.slice(head.length)}`;
}

interface Copied {
  readonly name: string;
  /** An expression over the old row. */
  readonly from: string;
  /** The value must be what it was. */
  readonly same: boolean;
}

function copiedColumns(table: string, old: Shape, wanted: Shape, { columns = {} }: TableRebuild): readonly Copied[] {
  const mapped = new Map(Object.entries(columns).map(([name, from]) => [name.toLowerCase(), from]));
  const unknown = [...mapped.keys()].filter((name) => wanted.columns.get(name)?.generated !== false);
  if (unknown.length > 0)
    throw refused(
      table,
      `\`columns\` names what the new table can not be given: ${unknown.join(', ')}`,
      'Name columns of the new table.',
    );
  return [...wanted.columns].flatMap(([key, { name, type, generated }]): Copied[] => {
    if (generated) return [];
    const from = mapped.get(key);
    if (from !== undefined) return [{ name, from: `(${from})`, same: false }];
    const former = old.columns.get(key);
    return former === undefined ? [] : [{ name, from: quoteIdentifier(former.name), same: former.type === type }];
  });
}

async function compareCopies(session: Session, table: string, made: string, same: readonly string[]): Promise<number> {
  const from = quoteIdentifier(table);
  const to = quoteIdentifier(made);
  const [counts] = await session.query(
    `SELECT (SELECT count(*) FROM ${from}) AS had, (SELECT count(*) FROM ${to}) AS has`,
  );
  const columns = same.map(quoteIdentifier).join(', ');
  const [changed] =
    same.length === 0
      ? [{ rows: 0 }]
      : await session.query(
          `SELECT count(*) AS rows FROM (SELECT ${columns} FROM ${from} EXCEPT SELECT ${columns} FROM ${to})`,
        );
  if (counts?.['had'] !== counts?.['has'] || changed?.['rows'] !== 0)
    throw refused(
      table,
      `the copy is not what the table held: ${String(counts?.['had'])} rows before, ${String(counts?.['has'])} after, ${String(changed?.['rows'])} of them different`,
      'Correct `create` or `columns`.',
    );
  return Number(counts?.['has'] ?? 0);
}

/** The old way of renaming touches nothing but the table: views, triggers and keys of others that name it stay as they are. */
async function replace(session: Session, table: string, made: string): Promise<void> {
  const [legacy] = await session.query('PRAGMA legacy_alter_table');
  await run(session, table, `DROP TABLE ${quoteIdentifier(table)}`);
  await run(session, table, 'PRAGMA legacy_alter_table = ON');
  await run(session, table, `ALTER TABLE ${quoteIdentifier(made)} RENAME TO ${quoteIdentifier(table)}`);
  await run(
    session,
    table,
    `PRAGMA legacy_alter_table = ${Number(legacy?.['legacy_alter_table'] ?? 0) === 0 ? 'OFF' : 'ON'}`,
  );
}

async function makeAgain(session: Session, table: string, kind: string, name: string, sql: string): Promise<void> {
  try {
    await run(session, table, sql);
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    throw refused(
      table,
      `the ${kind} ${name} does not fit the new table: ${error.message}`,
      `Name it in \`drop\`, and make another one behind the rebuild if one is wanted.`,
    );
  }
}

async function counterOf(session: Session, table: string): Promise<number | null> {
  const [there] = await session.query("SELECT 1 AS one FROM sqlite_schema WHERE name = 'sqlite_sequence'");
  if (there === undefined) return null;
  const [row] = await session.query('SELECT seq FROM sqlite_sequence WHERE lower(name) = lower(?)', [table]);
  return row === undefined ? null : Number(row['seq']);
}

async function restoreCounter(session: Session, table: string, counter: number): Promise<void> {
  const [table_] = await session.query('SELECT sql FROM sqlite_schema WHERE lower(name) = lower(?)', [table]);
  if (!/\bautoincrement\b/iu.test(String(table_?.['sql']))) return;
  await session.query('DELETE FROM sqlite_sequence WHERE lower(name) = lower(?) AND seq < ?', [table, counter]);
  await session.query(
    'INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE lower(name) = lower(?))',
    [table, counter, table],
  );
}

async function run(session: Session, table: string, text: string): Promise<void> {
  const [outcome] = await session.batch([{ text }]);
  if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, `rebuilding ${table}`);
}

function refused(table: string, reason: string, hint: string): SurefootError {
  return new SurefootError({
    code: 'rebuild-refused',
    message: `rebuildTable('${table}'): ${reason}`,
    hint,
    context: { object: table },
  });
}
