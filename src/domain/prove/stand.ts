import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import type { Database } from '../../ports/database.ts';
import type { DigestTable, TableDigest } from '../../ports/digest.ts';
import type { SchemaTracker } from '../../ports/introspector.ts';
import type { RunParts } from '../run/index.ts';
import type { Change, Delta } from './delta.ts';
import { openRunner, type Runner } from './runner.ts';
import type { SchemaIndex } from './synth/shape.ts';

/** A shadow whose schema and contents are known at every moment between two steps. */
export interface Stand {
  readonly runner: Runner;
  readonly index: SchemaIndex;
  readonly tracker: SchemaTracker;
  /** Contents by the table's id. */
  readonly digests: ReadonlyMap<ObjectId, TableDigest>;
  /** What happened since the last call. Reads only what was touched; `also` was, although nothing can be seen of it. */
  observe(also?: Iterable<ObjectId>): Promise<Delta>;
  /** How a digester names a table of this schema; null for what keeps no rows of its own. */
  digestTable(id: ObjectId): DigestTable | null;
  close(): Promise<void>;
}

/** Connects to a shadow and reads all of it once. */
export async function openStand(parts: RunParts, shadow: Database): Promise<Stand> {
  const runner = await openRunner(parts, shadow);
  const tracker = await shadow.introspector.track(runner.watch.unwatched, { signal: parts.signal });
  const index = createIndex(tracker);
  const digests = new Map<ObjectId, TableDigest>();

  const digestTable = (id: ObjectId): DigestTable | null => {
    const object = tracker.objects.get(id);
    if (object?.kind !== 'table' || object.detail?.type !== 'table' || object.detail.partitioning !== null) return null;
    const columns = object.detail.columns.filter((column) => column.generated?.kind !== 'virtual');
    return { table: tableName(object), columns: columns.map((column) => column.name) };
  };
  const digestAll = async (ids: Iterable<ObjectId>): Promise<Map<ObjectId, Change<TableDigest>>> => {
    const changes = new Map<ObjectId, Change<TableDigest>>();
    const asked: { id: ObjectId; table: DigestTable }[] = [];
    for (const id of ids) {
      const table = digestTable(id);
      if (table !== null) asked.push({ id, table });
      else if (digests.has(id)) {
        changes.set(id, { before: digests.get(id) ?? null, after: null });
        digests.delete(id);
      }
    }
    const found = await shadow.digester.digestTables(
      runner.watch.unwatched,
      asked.map(({ table }) => table),
    );
    for (const [at, { id }] of asked.entries()) {
      const after = found[at];
      if (after === undefined) continue;
      changes.set(id, { before: digests.get(id) ?? null, after });
      digests.set(id, after);
    }
    return changes;
  };

  const positions = new Map(await shadow.introspector.positions(runner.watch.unwatched, null));
  const readPositions = async (ids: Iterable<ObjectId>): Promise<Map<ObjectId, Change<string>>> => {
    const counting = [...ids].filter((id) => counts(tracker.objects.get(id)));
    const changes = new Map<ObjectId, Change<string>>();
    if (counting.length === 0) return changes;
    for (const [id, after] of await shadow.introspector.positions(runner.watch.unwatched, counting)) {
      const before = positions.get(id) ?? null;
      if (before !== after) changes.set(id, { before, after });
      positions.set(id, after);
    }
    return changes;
  };

  const stand: Stand = {
    runner,
    index,
    tracker,
    digests,
    digestTable,
    observe: async (also = []) => {
      const footprint = runner.watch.take();
      const changes = await tracker.refresh(footprint);
      for (const change of changes) index.apply(change.id, change.before, change.after);
      const touched = new Set<ObjectId>([
        ...also,
        ...changes.filter((change) => isTable(change.before ?? change.after)).map(({ id }) => id),
      ]);
      for (const id of tracker.written(footprint) ?? index.tables()) touched.add(id);
      return {
        objects: new Map(changes.map(({ id, before, after }) => [id, { before, after }])),
        data: await digestAll(touched),
        positions: await readPositions(touched),
      };
    },
    close: async () => runner.close(),
  };
  runner.watch.take();
  await digestAll([...tracker.objects.values()].filter(isTable).map(({ id }) => id));
  return stand;
}

/** As SQL and the digester write it. */
export function tableName(object: SchemaObject): string {
  return object.schema === null ? object.name : object.id.slice(object.kind.length + 1);
}

function isTable(object: SchemaObject | null): boolean {
  return object?.kind === 'table';
}

/** Whether a counter gives values to a column of it. */
function counts(object: SchemaObject | undefined): boolean {
  return (
    object?.detail?.type === 'table' &&
    object.detail.columns.some(
      (column) => column.identity !== null || column.autoincrement || column.default?.includes('nextval(') === true,
    )
  );
}

interface TrackedIndex extends SchemaIndex {
  apply(id: ObjectId, before: SchemaObject | null, after: SchemaObject | null): void;
  tables(): Iterable<ObjectId>;
}

/** Finds what belongs to a table without looking at all objects. */
function createIndex(tracker: SchemaTracker): TrackedIndex {
  const children = new Map<ObjectId, Map<ObjectId, SchemaObject>>();
  const partitions = new Map<ObjectId, Set<ObjectId>>();
  const tables = new Set<ObjectId>();
  const routines = new Map<string, Map<ObjectId, SchemaObject>>();
  const parentOf = (object: SchemaObject): ObjectId | null =>
    object.detail?.type === 'table' ? (object.detail.partitionOf?.parent ?? null) : null;
  const remove = (object: SchemaObject): void => {
    if (object.parent !== null) children.get(object.parent)?.delete(object.id);
    const parent = parentOf(object);
    if (parent !== null) partitions.get(parent)?.delete(object.id);
    if (isTable(object)) tables.delete(object.id);
    if (object.detail?.type === 'routine') routines.get(object.name)?.delete(object.id);
  };
  const add = (object: SchemaObject): void => {
    if (object.parent !== null) at(children, object.parent, () => new Map()).set(object.id, object);
    const parent = parentOf(object);
    if (parent !== null) at(partitions, parent, () => new Set()).add(object.id);
    if (isTable(object)) tables.add(object.id);
    if (object.detail?.type === 'routine') at(routines, object.name, () => new Map()).set(object.id, object);
  };
  for (const object of tracker.objects.values()) add(object);
  return {
    get: (id) => tracker.objects.get(id),
    children: (id) => children.get(id)?.values() ?? [],
    partitions: (id) => partitions.get(id) ?? [],
    routines: (name) => routines.get(name)?.values() ?? [],
    tables: () => tables,
    apply: (_, before, after) => {
      if (before !== null) remove(before);
      if (after !== null) add(after);
    },
  };
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
