import type { Session } from '../../../ports/session.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';

/** A table before it is rebuilt. */
export interface TableState {
  readonly name: string;
  readonly rows: number;
  /** Declared type and sums over the content, by the name of the column. */
  readonly columns: ReadonlyMap<string, ColumnState>;
  /** Indexes and triggers: name, and the definition behind the table's name. */
  readonly objects: readonly { readonly kind: string; readonly name: string; readonly definition: string }[];
  /** Last number the table gave, where it is AUTOINCREMENT. */
  readonly counter: number | null;
}

interface ColumnState {
  readonly type: string;
  readonly sums: string;
}

/** What a rebuild lost of a table; `rows` is what it holds now. */
export interface Rebuilt {
  readonly rows: number;
  readonly objects: readonly string[];
  readonly altered: readonly string[];
}

/** Null where there is no such table. */
export async function readTable(session: Session, name: string): Promise<TableState | null> {
  const [table] = await session.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND lower(name) = ?", [
    name,
  ]);
  if (table === undefined) return null;
  const columns = await session.query('SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1', [name]);
  const sums = columns.flatMap((column) => sumsOf(String(column['name'])));
  const [content] = await session.batch([
    { text: `SELECT count(*)${sums.map((sum) => `, ${sum}`).join('')} FROM ${quoteIdentifier(name)}` },
  ]);
  const figures = content?.status === 'done' ? (content.rows[0] ?? []) : [];
  const objects = await session.query(
    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND lower(tbl_name) = ? AND sql IS NOT NULL",
    [name],
  );
  return {
    name,
    rows: Number(figures[0] ?? 0),
    columns: new Map(
      columns.map((column, index) => [
        String(column['name']).toLowerCase(),
        {
          type: String(column['type']).toUpperCase(),
          sums: figures.slice(1 + index * SUMS, 1 + (index + 1) * SUMS).join(' '),
        },
      ]),
    ),
    objects: objects.map((row) => ({
      kind: String(row['type']),
      name: String(row['name']),
      definition: definitionOf(String(row['sql'])),
    })),
    counter: await counterOf(session, name),
  };
}

/** Compares a table that was dropped or renamed away with what has its name now. Null where nothing has. */
export async function compareRebuilt(
  session: Session,
  was: TableState,
  dropped: ReadonlySet<string>,
): Promise<Rebuilt | null> {
  const is = await readTable(session, was.name);
  if (is === null) return null;
  const objects = was.objects
    .filter(
      ({ kind, name, definition }) =>
        !dropped.has(name.toLowerCase()) &&
        !is.objects.some(
          (each) => each.kind === kind && (each.name === name || (kind === 'index' && each.definition === definition)),
        ),
    )
    .map(({ kind, name }) => `the ${kind} ${name} of ${was.name}`);
  const lostCounter = was.counter !== null && (is.counter ?? 0) < was.counter;
  if (lostCounter)
    objects.push(
      `the AUTOINCREMENT counter of ${was.name}: ${String(was.counter)} before, ${is.counter === null ? 'none' : String(is.counter)} after, so numbers that were given once are given again`,
    );
  const altered =
    is.rows === was.rows
      ? [...was.columns].flatMap(([name, { type, sums }]) => {
          const kept = is.columns.get(name);
          return kept === undefined || kept.type !== type || kept.sums === sums ? [] : [`${was.name}.${name}`];
        })
      : [];
  return { rows: is.rows, objects, altered };
}

/** Figures of a column that do not depend on the order of rows, and that the engine counts without leaving it. */
const SUMS = 5;
function sumsOf(column: string): readonly string[] {
  const name = quoteIdentifier(column);
  const text = `CAST(${name} AS TEXT)`;
  return [
    `count(${name})`,
    `total(${name})`,
    `total(length(${text}))`,
    `total(unicode(${text}) * (1 + length(${text})))`,
    `total(unicode(substr(${text}, -1)) * (1 + length(${text})))`,
  ];
}

async function counterOf(session: Session, name: string): Promise<number | null> {
  const [there] = await session.query("SELECT 1 AS one FROM sqlite_schema WHERE name = 'sqlite_sequence'");
  if (there === undefined) return null;
  const [row] = await session.query('SELECT seq FROM sqlite_sequence WHERE lower(name) = ?', [name]);
  return row === undefined ? null : Number(row['seq']);
}

function definitionOf(sql: string): string {
  return sql
    .replace(/^[\s\S]*?\bON\s+(?:"[^"]*"|\[[^\]]*\]|`[^`]*`|\S+?)\s*(?=\()/iu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}
