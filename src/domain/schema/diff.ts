import type { Engine } from '../../model/engine.ts';
import type { LayoutKind, ObjectId, SchemaDifference, SchemaObject, Snapshot } from '../../model/snapshot.ts';
import { unifiedDiff } from '../verification/index.ts';
import { describeChange } from './describe.ts';
import { layoutBetween } from './layout.ts';
import { pairSystemNamed, renameBy } from './system-names.ts';

export interface DiffOptions {
  /** Layout that is no difference. */
  readonly ignore?: readonly LayoutKind[] | undefined;
  /** What the sides are called in the unified diffs. */
  readonly names?: readonly [string, string] | undefined;
}

export interface SchemaDiff {
  /** By object, ascending. */
  readonly differences: readonly SchemaDifference[];
  /** What was not counted because it is layout that is ignored. */
  readonly ignored: readonly SchemaDifference[];
}

/** Compares two schemas object by object; no layout is ignored unless asked for. */
export async function diffSnapshots(left: Snapshot, right: Snapshot, options: DiffOptions = {}): Promise<SchemaDiff> {
  return diffObjects(left.engine, left.objects, right.objects, options);
}

/** As {@link diffSnapshots}, for some objects of each side: those that a step touched. */
export async function diffObjects(
  engine: Engine,
  left: Iterable<SchemaObject>,
  right: Iterable<SchemaObject>,
  options: DiffOptions = {},
): Promise<SchemaDiff> {
  const before = byId(left);
  const after = byId(right);
  const removed = [...before.values()].filter(({ id }) => !after.has(id));
  const added = [...after.values()].filter(({ id }) => !before.has(id));
  const pairs = new Map(pairSystemNamed(removed, added));
  const rename = renameBy(pairs, before);
  // What speaks of a renamed object has another id for that alone.
  const free = new Map(added.map((object) => [object.id, object]));
  for (const pair of pairs.values()) free.delete(pair.id);
  for (const object of removed) {
    const match = pairs.has(object.id) ? undefined : free.get(rename(object.id));
    if (match === undefined) continue;
    free.delete(match.id);
    pairs.set(object.id, match);
  }
  const found: SchemaDifference[] = [];
  for (const object of before.values()) {
    const other = after.get(object.id) ?? pairs.get(object.id) ?? null;
    if (other?.id === object.id && other.definition === object.definition) continue;
    const layout = other === null ? [] : layoutOf(engine, object, other, rename);
    found.push(await differenceOf(object, other, layout, options));
  }
  for (const object of free.values()) found.push(await differenceOf(null, object, [], options));
  found.sort((a, b) => (a.object < b.object ? -1 : 1));
  const ignore = options.ignore ?? [];
  const isIgnored = ({ layout }: SchemaDifference): boolean =>
    layout.length > 0 && layout.every((kind) => ignore.includes(kind));
  return { differences: found.filter((each) => !isIgnored(each)), ignored: found.filter(isIgnored) };
}

function layoutOf(
  engine: Engine,
  left: SchemaObject,
  right: SchemaObject,
  rename: (text: string) => string,
): readonly LayoutKind[] {
  if (left.id === right.id) return layoutBetween(engine, left, right, rename);
  if (rename(left.definition) === right.definition) return ['system-names'];
  const rest = layoutBetween(engine, left, right, rename);
  return rest.length === 0 ? [] : [...new Set<LayoutKind>(['system-names', ...rest])];
}

/** What is part of another object's text is not compared twice. */
function byId(objects: Iterable<SchemaObject>): Map<ObjectId, SchemaObject> {
  const map = new Map<ObjectId, SchemaObject>();
  for (const object of objects)
    if (object.detail?.type !== 'constraint' || !object.detail.inline) map.set(object.id, object);
  return map;
}

async function differenceOf(
  before: SchemaObject | null,
  after: SchemaObject | null,
  layout: readonly LayoutKind[],
  { names = ['left', 'right'] }: DiffOptions,
): Promise<SchemaDifference> {
  const object = before ?? after;
  return {
    object: object?.id ?? '',
    kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
    objectKind: object?.kind ?? 'other',
    detail: describeChange({ before, after }),
    diff: await unifiedDiff(lines(before), lines(after), names),
    layout,
  };
}

function lines(object: SchemaObject | null): string {
  return object === null ? '' : `${object.definition}\n`;
}
