import type { ObjectId } from '../../../model/snapshot.ts';
import type { Positions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { ask, idOf } from './rows.ts';

/** The last number AUTOINCREMENT gave to each table, of the given ones, or of all. */
export async function readPositions(session: Session, tables: readonly ObjectId[] | null): Promise<Positions> {
  // To look for it in sqlite_schema would read all of that.
  const [found = []] = await ask(session, ['PRAGMA main.table_xinfo(sqlite_sequence)']);
  if (found.length === 0) return new Map();
  const [rows = []] = await ask(session, [
    "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'surefoot\\_%' ESCAPE '\\'",
  ]);
  const all = rows.map(([name, position]): [ObjectId, string] => [
    idOf({ type: 'table', name: String(name) }),
    String(position),
  ]);
  return new Map(tables === null ? all : all.filter(([id]) => tables.includes(id)));
}
