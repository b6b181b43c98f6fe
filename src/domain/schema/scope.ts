import type { ObjectId, SchemaObject, Snapshot } from '../../model/snapshot.ts';

/**
 * The snapshot without the partitions of the tables named (`schema.table`, or `table` for one in public), at any depth,
 * and without all that belongs to those partitions. The parents stay.
 */
export function withoutPartitionsOf(snapshot: Snapshot, parents: readonly string[]): Snapshot {
  if (parents.length === 0) return snapshot;
  const named = new Set(parents.map((name) => `table ${name.includes('.') ? name : `public.${name}`}`));
  const byId = new Map(snapshot.objects.map((object) => [object.id, object]));
  const verdicts = new Map<ObjectId, boolean>();
  const isLeft = (object: SchemaObject): boolean => {
    const known = verdicts.get(object.id);
    if (known !== undefined) return known;
    verdicts.set(object.id, false);
    const above = object.detail?.type === 'table' ? (object.detail.partitionOf?.parent ?? null) : null;
    const owner = byId.get(object.parent ?? '') ?? byId.get(above ?? '');
    const left =
      (above !== null && named.has(above)) || (owner !== undefined && belongs(object, owner) && isLeft(owner));
    verdicts.set(object.id, left);
    return left;
  };
  return { ...snapshot, objects: snapshot.objects.filter((object) => !isLeft(object)) };
}

/** The link from an object to what it goes with: not that of an ordinary table to a partition. */
function belongs(object: SchemaObject, owner: SchemaObject): boolean {
  return (
    object.parent === owner.id || (object.detail?.type === 'table' && object.detail.partitionOf?.parent === owner.id)
  );
}
