import type { Engine } from '../../model/engine.ts';
import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import type { Database } from '../../ports/database.ts';
import { diffObjects } from '../schema/index.ts';

/** A whole database at one instant: its objects, and the contents of its tables. */
export interface DatabaseState {
  readonly engine: Engine;
  readonly objects: readonly SchemaObject[];
  readonly contents: ReadonlyMap<string, string>;
}

/** Reads a shadow whole, on a session of its own. */
export async function readState(shadow: Database): Promise<DatabaseState> {
  const session = await shadow.connect({ create: true, label: 'surefoot looking' });
  const { dialect } = shadow;
  try {
    const { engine, objects } = await shadow.introspector.snapshot(session);
    await session.batch([{ text: dialect.beginProbe }]);
    const digests = await shadow.digester.digest(session);
    await session.batch([{ text: dialect.abort, tolerate: true }]);
    return {
      engine,
      objects,
      contents: new Map(digests.map(({ table, rows, hash }) => [table, `${String(rows)} ${hash}`])),
    };
  } finally {
    await session.close();
  }
}

/** Names of what differs, objects first; what is in `beside` is not compared. */
export async function differencesBetween(
  a: DatabaseState,
  b: DatabaseState,
  beside: ReadonlySet<string> = new Set(),
): Promise<readonly string[]> {
  const { differences } = await diffObjects(a.engine, a.objects, b.objects);
  const objects = differences.map(({ object, kind }): [ObjectId, string] => [object, `${object} (${kind})`]);
  const tables = [...new Set([...a.contents.keys(), ...b.contents.keys()])]
    .filter((table) => a.contents.get(table) !== b.contents.get(table))
    .map((table): [string, string] => [`rows of ${table}`, `rows of ${table}`]);
  return [...objects, ...tables].filter(([key]) => !beside.has(key)).map(([, text]) => text);
}

/** Keys for `beside`: what two states differ in that should be equal. */
export async function unsteady(a: DatabaseState, b: DatabaseState): Promise<ReadonlySet<string>> {
  const names = await differencesBetween(a, b);
  return new Set(names.map((name) => name.replace(/ \((?:added|removed|changed)\)$/u, '')));
}
