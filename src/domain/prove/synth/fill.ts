import type { ObjectId } from '../../../model/snapshot.ts';
import { fillCircle } from './fill-circle.ts';
import type { FilledTable, FillParts } from './fill-parts.ts';
import { fillTable } from './fill-table.ts';
import { createPicks } from './picks.ts';
import { shapeOf, type TableShape } from './shape.ts';

export interface FillResult {
  readonly tables: readonly FilledTable[];
  /** What to run to fill an equal schema alike. */
  readonly statements: readonly string[];
}

/** Writes rows into the given tables, those that others refer to first. */
export async function fillTables(given: Omit<FillParts, 'picks'>, ids: readonly ObjectId[]): Promise<FillResult> {
  const parts: FillParts = { ...given, picks: createPicks() };
  const shapes = ids
    .flatMap((id) => shapeOf(parts.index, id) ?? [])
    .filter((shape) => shape.detail.partitionOf === null);
  const found = new Map<ObjectId, FilledTable>();
  const statements: string[] = [];
  const isOpen = ({ id }: TableShape): boolean => (found.get(id)?.rows ?? 0) === 0;
  const ordered = inOrder(shapes);
  for (const shape of ordered) found.set(shape.id, await fillTable(parts, shape, statements));
  for (const circle of circlesOf(ordered.filter(isOpen)))
    for (const made of await fillCircle(parts, circle, statements)) found.set(made.table, made);
  // What they refer to, or a trigger of theirs looks into, may have rows only now.
  const open = ordered.filter(isOpen);
  if (open.length < ordered.length)
    for (const shape of open) found.set(shape.id, await fillTable(parts, shape, statements));
  return { tables: [...found.values()], statements };
}

/** Referenced tables first; a circle is cut anywhere. */
function inOrder(shapes: readonly TableShape[]): readonly TableShape[] {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const done = new Set<ObjectId>();
  const ordered: TableShape[] = [];
  const visit = (shape: TableShape): void => {
    if (done.has(shape.id)) return;
    done.add(shape.id);
    for (const { table } of shape.references) {
      const parent = byId.get(table);
      if (parent !== undefined) visit(parent);
    }
    ordered.push(shape);
  };
  for (const shape of shapes) visit(shape);
  return ordered;
}

/** Tables of which none can have the first row, because each has to refer to another. */
function circlesOf(shapes: readonly TableShape[]): readonly (readonly TableShape[])[] {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const reach = (from: TableShape): ReadonlySet<ObjectId> => {
    const seen = new Set<ObjectId>();
    const follow = (shape: TableShape): void => {
      for (const { table, required } of shape.references) {
        const next = byId.get(table);
        if (!required || next === undefined || seen.has(table)) continue;
        seen.add(table);
        follow(next);
      }
    };
    follow(from);
    return seen;
  };
  const reached = new Map(shapes.map((shape) => [shape.id, reach(shape)]));
  const done = new Set<ObjectId>();
  return shapes.flatMap((shape) => {
    const circle = shapes.filter(
      ({ id }) => reached.get(shape.id)?.has(id) === true && reached.get(id)?.has(shape.id) === true,
    );
    if (done.has(shape.id) || circle.length < 2) return [];
    for (const { id } of circle) done.add(id);
    return [circle];
  });
}
