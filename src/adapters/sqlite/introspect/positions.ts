import type { Positions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { ask, idOf } from './rows.ts';

/** The last number AUTOINCREMENT gave to each table. */
export async function readPositions(session: Session): Promise<Positions> {
  const [found = []] = await ask(session, ["SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'"]);
  if (found.length === 0) return new Map();
  const [rows = []] = await ask(session, [
    "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'surefoot\\_%' ESCAPE '\\' ORDER BY name",
  ]);
  return new Map(rows.map(([name, position]) => [idOf({ type: 'table', name: String(name) }), String(position)]));
}
