import type { ObjectChange, ObjectId, SchemaObject, Snapshot } from '../../../model/snapshot.ts';
import type { SchemaTracker, SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { readSnapshot } from './read.ts';

/** Looks at everything again at each refresh. */
export async function trackSchema(session: Session, options: SnapshotOptions = {}): Promise<SchemaTracker> {
  let current = await readSnapshot(session, options);
  let objects = byId(current);
  return {
    get objects() {
      return objects;
    },
    refresh: async () => {
      const before = objects;
      current = await readSnapshot(session, options);
      objects = byId(current);
      return changesBetween(before, objects);
    },
    snapshot: () => current,
  };
}

function byId(snapshot: Snapshot): ReadonlyMap<ObjectId, SchemaObject> {
  return new Map(snapshot.objects.map((object) => [object.id, object]));
}

function changesBetween(
  before: ReadonlyMap<ObjectId, SchemaObject>,
  after: ReadonlyMap<ObjectId, SchemaObject>,
): readonly ObjectChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((id) => {
    const was = before.get(id) ?? null;
    const is = after.get(id) ?? null;
    return was?.definition === is?.definition ? [] : [{ id, before: was, after: is }];
  });
}
