import type { ObjectId, SchemaObject } from '../../../model/snapshot.ts';
import { Finisher, type Draft } from './draft.ts';
import type { TrackedObjects } from './tracked-objects.ts';

/** What has to be read again. */
export interface Touched {
  readonly roots: Set<string>;
  /** Something without a root: a schema, a publication, or a comment on it. */
  globals: boolean;
}

export interface Rereading {
  readonly draft: Draft;
  /** Catalog keys of what each object needs. */
  readonly needs: Map<ObjectId, readonly string[]>;
}

/** Reads roots, and with `whole` what has none, into the draft; gives what they need. */
export type ReadRoots = (roots: readonly string[], whole: boolean) => Promise<ReadonlyMap<ObjectId, readonly string[]>>;

/** Reads what was touched anew, and what is named after it. */
export async function reread(
  { draft, needs }: Rereading,
  touched: Touched,
  tracked: TrackedObjects,
  read: ReadRoots,
): Promise<void> {
  const done = new Set<string>();
  let roots: ReadonlySet<string> = withSequences(draft, touched.roots);
  for (let whole = touched.globals; roots.size > 0 || whole; whole = false) {
    const units = [...roots].flatMap((oid) => [`class:${oid}`, `type:${oid}`, `proc:${oid}`]);
    if (whole) units.push(...withoutRoot(draft));
    const before = new Set<ObjectId>();
    for (const unit of units) for (const id of draft.remove(unit)) before.add(id);
    for (const id of before) needs.delete(id);
    for (const oid of roots) {
      draft.relations.delete(oid);
      done.add(oid);
    }
    for (const [id, keys] of await read([...roots], whole)) needs.set(id, keys);
    if (whole) units.push(...withoutRoot(draft));
    const found = new Set(units.flatMap((unit) => [...(draft.units.get(unit) ?? [])]));
    for (const id of before) if (!found.has(id) && !draft.objects.has(id)) tracked.set(id, null);
    for (const object of finished(draft, needs, found)) tracked.set(object.id, object);
    roots = withSequences(draft, dependents(draft, tracked, before, done));
  }
}

const UNIT = /^(?:class|type|proc):(\d+)$/u;

/** The oid of the root that a unit is; null for what has none. */
export function rootOf(unit: string): string | null {
  return UNIT.exec(unit)?.[1] ?? null;
}

function withoutRoot(draft: Draft): readonly string[] {
  return [...draft.units.keys()].filter((unit) => !UNIT.test(unit));
}

/** Roots of objects that spell the name of something that has another now, or is gone. */
function dependents(
  draft: Draft,
  tracked: TrackedObjects,
  ids: ReadonlySet<ObjectId>,
  done: ReadonlySet<string>,
): ReadonlySet<string> {
  const roots = new Set<string>();
  for (const id of ids) {
    if (!tracked.isRenamed(id)) continue;
    for (const dependent of tracked.dependentsOf(id)) {
      const root = rootOf(draft.unitOf(dependent) ?? '');
      if (root !== null && !done.has(root)) roots.add(root);
    }
  }
  return roots;
}

/** A table goes with the sequences of its columns, and they with it. */
function withSequences(draft: Draft, roots: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(roots);
  for (const root of roots) {
    for (const sequence of draft.sequencesOf(root)) all.add(sequence);
    const table = draft.sequenceOwners.get(root);
    if (table !== undefined) all.add(table);
  }
  return all;
}

export function finished(
  draft: Draft,
  needs: ReadonlyMap<ObjectId, readonly string[]>,
  ids: Iterable<ObjectId>,
): readonly SchemaObject[] {
  const finisher = new Finisher(draft);
  return [...ids].flatMap((id) => {
    const placed = draft.objects.get(id);
    return placed === undefined ? [] : [finisher.finish(placed.object, needs.get(id))];
  });
}
