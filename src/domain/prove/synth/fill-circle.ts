import type { ObjectId } from '../../../model/snapshot.ts';
import { nextSerial, reasonOf, ROWS, write, type FilledTable, type FillParts } from './fill-parts.ts';
import { wordsFor, type Words } from './learn.ts';
import { insertOf, rowOf } from './row.ts';
import { FIRST_WISH, numberFor } from './row-parts.ts';
import type { TableShape } from './shape.ts';

const MOST_TRIES = 60;

/** Writes rows into tables each of which has to refer to another of them: one into each at a time, all at once. */
export async function fillCircle(
  parts: FillParts,
  circle: readonly TableShape[],
  statements: string[],
): Promise<readonly FilledTable[]> {
  const { dialect } = parts.database;
  const words = new Map(circle.map((shape) => [shape.id, wordsFor(parts.index, shape)]));
  let rows = 0;
  let reason = '';
  for (let attempt = 0; attempt < MOST_TRIES && rows < ROWS; attempt += 1) {
    const serial = nextSerial(parts);
    const made = rowsOf(parts, circle, { serial, attempt }, words);
    const inserts = circle.map((shape) => insertOf(parts, shape, [made.get(shape.id) ?? new Map<string, string>()]));
    const texts = dialect.insertTogether(inserts);
    const failure = await write(parts, texts);
    if (failure === null) {
      rows += 1;
      statements.push(...texts);
    } else reason = reasonOf(failure);
  }
  const names = circle.map(({ id }) => id).join(', ');
  return circle.map(({ id: table }) => ({
    table,
    rows,
    reason: rows > 0 ? null : `${names} need a row of each other, and one of each at once was refused: ${reason}`,
  }));
}

/** A row for each table, with the keys of one another. */
function rowsOf(
  parts: FillParts,
  circle: readonly TableShape[],
  { serial, attempt }: { readonly serial: number; readonly attempt: number },
  words: ReadonlyMap<ObjectId, Words>,
): ReadonlyMap<ObjectId, Map<string, string>> {
  const together = new Set(circle.map(({ id }) => id));
  const rows = new Map(
    circle.map((shape) => {
      const wish = { ...FIRST_WISH, serial, attempt, together, words: words.get(shape.id) ?? FIRST_WISH.words };
      return [shape.id, rowOf(parts, shape, wish)];
    }),
  );
  for (const shape of circle)
    for (const { targets, table } of circle.flatMap(({ references }) => references))
      if (table === shape.id)
        for (const column of shape.numbered)
          if (targets.includes(column.name)) rows.get(table)?.set(column.name, numberFor(column, serial));
  // A key may be part of a reference itself: as often as there are tables, it is handed on.
  for (const _ of circle)
    for (const { id, references } of circle)
      for (const { columns, targets, table } of references)
        for (const [at, name] of columns.entries()) {
          const key = together.has(table) ? rows.get(table)?.get(targets[at] ?? '') : undefined;
          if (key !== undefined && rows.get(id)?.has(name) === false) rows.get(id)?.set(name, key);
        }
  return rows;
}
