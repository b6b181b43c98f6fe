import type { Connection } from './connection.ts';

/** Rows that refer to nothing, counted by table and parent, with the rowid of one of them where the table has such. */
export const DANGLING =
  'SELECT "table" AS child, parent, count(*) AS rows, min(rowid) AS rowid FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2';

const MOST_TOLD = 5;

/** Which rows a refused COMMIT left referring to nothing, while its transaction is still open; null where none does. */
export function danglingRows(connection: Connection): string | null {
  const found = connection
    .prepare<[], { child: string; parent: string; rows: number; rowid: number | null }>(DANGLING)
    .all();
  if (found.length === 0) return null;
  const told = found.slice(0, MOST_TOLD).map(({ child, parent, rows, rowid }) => {
    const first = rowid === null ? '' : ` (rowid ${String(rowid)}${rows === 1 ? '' : ' and others'})`;
    return `${String(rows)} ${rows === 1 ? 'row' : 'rows'} of ${child}${first} without its row of ${parent}`;
  });
  return [...told, ...(found.length > MOST_TOLD ? [`and ${String(found.length - MOST_TOLD)} more`] : [])].join('; ');
}
