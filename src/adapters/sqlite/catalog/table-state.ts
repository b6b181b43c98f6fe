import type { TableState } from '../../../model/rebuilt-table.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Session } from '../../../ports/session.ts';
import { columnHashQuery, readHashes } from '../column-hashes.ts';

const EMPTY = { values: '', places: '' };

/** Null where there is no such table. Names of columns are in lower case: SQLite does not tell them apart. */
export async function readTable(session: Session, name: string): Promise<TableState | null> {
  const [table] = await session.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND lower(name) = ?", [
    name,
  ]);
  if (table === undefined) return null;
  const columns = await session.query('SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1', [name]);
  const names = columns.map((column) => String(column['name']));
  const keys = columns
    .filter((column) => Number(column['pk']) > 0)
    .toSorted((one, other) => Number(one['pk']) - Number(other['pk']))
    .map((column) => String(column['name']));
  const [content] = await session.batch([{ text: columnHashQuery(name, names, keys) }]);
  if (content?.status === 'failed') throw errorOfFailure(content.failure, `reading ${name}, which is made anew`);
  const [rows, ...figures] = content?.status === 'done' ? (content.rows[0] ?? []) : [];
  const hashes = readHashes(figures);
  const objects = await session.query(
    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND lower(tbl_name) = ? AND sql IS NOT NULL",
    [name],
  );
  const counter = await counterOf(session, name);
  return {
    name,
    rows: Number(rows ?? 0),
    keys: keys.map((each) => each.toLowerCase()),
    columns: new Map(
      columns.map((column, index) => [
        String(column['name']).toLowerCase(),
        { type: String(column['type']).toUpperCase(), ...(hashes[index] ?? EMPTY) },
      ]),
    ),
    objects: objects.map((row) => ({
      kind: String(row['type']),
      name: String(row['name']),
      definition: definitionOf(String(row['sql'])),
    })),
    counters: counter === null ? [] : [{ name: `the AUTOINCREMENT counter of ${name}`, column: null, value: counter }],
  };
}

/** Last number the table gave, where it is AUTOINCREMENT. */
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
