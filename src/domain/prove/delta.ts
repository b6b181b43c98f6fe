import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import type { TableDigest } from '../../ports/digest.ts';

/** How one thing was before and after something happened; null where it was not there. */
export interface Change<T> {
  readonly before: T | null;
  readonly after: T | null;
}

/** What one or several steps changed: objects by id, contents of tables by the table's id. */
export interface Delta {
  readonly objects: ReadonlyMap<ObjectId, Change<SchemaObject>>;
  readonly data: ReadonlyMap<ObjectId, Change<TableDigest>>;
  /** Where counters stand, by the id of the sequence or AUTOINCREMENT table. */
  readonly positions: ReadonlyMap<ObjectId, Change<string>>;
}

export const NO_DELTA: Delta = { objects: new Map(), data: new Map(), positions: new Map() };

/** What remains of two deltas, one after the other: whatever came back as it was is not among it. */
export function compose(first: Delta, second: Delta): Delta {
  return {
    objects: net(first.objects, second.objects, sameObject),
    data: net(first.data, second.data, sameRows),
    positions: net(first.positions, second.positions, (a, b) => a === b),
  };
}

export function isEmpty(delta: Delta): boolean {
  return delta.objects.size === 0 && delta.data.size === 0;
}

function net<T>(
  first: ReadonlyMap<ObjectId, Change<T>>,
  second: ReadonlyMap<ObjectId, Change<T>>,
  same: (a: T, b: T) => boolean,
): ReadonlyMap<ObjectId, Change<T>> {
  const result = new Map<ObjectId, Change<T>>();
  for (const id of new Set([...first.keys(), ...second.keys()])) {
    const one = first.get(id);
    const two = second.get(id);
    const before = one === undefined ? (two?.before ?? null) : one.before;
    const after = two === undefined ? (one?.after ?? null) : two.after;
    const equal = before === null || after === null ? before === after : same(before, after);
    if (!equal) result.set(id, { before, after });
  }
  return result;
}

function sameObject(a: SchemaObject, b: SchemaObject): boolean {
  return a.definition === b.definition;
}

function sameRows(a: TableDigest, b: TableDigest): boolean {
  return a.hash === b.hash && a.rows === b.rows;
}
