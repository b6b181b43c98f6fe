import type { SqlFailure } from '../../../model/sql-failure.ts';
import { emptyOf, nextSerial, reasonOf, ROWS, write, type FilledTable, type FillParts } from './fill-parts.ts';
import { wordsFor } from './learn.ts';
import { insertOf, rowOf } from './row.ts';
import { FIRST_WISH } from './row-parts.ts';
import type { TableShape } from './shape.ts';

const MOST_ROWS = 24;
const MOST_TRIES = 150;
/** Once there is a row, so many more for the others. */
const MORE_TRIES = 12;
const UNIQUE = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** Writes some rows into one table, and at least one into each of its partitions; adds what it ran to `statements`. */
export async function fillTable(parts: FillParts, shape: TableShape, statements: string[]): Promise<FilledTable> {
  const { id: table } = shape;
  if (shape.object.kind === 'foreign-table') return { table, rows: 0, reason: 'a foreign table is not written to' };
  if (shape.bounds === null) return { table, rows: 0, reason: 'it has no partition that could take a row' };
  const wanted = Math.min(MOST_ROWS, Math.max(ROWS, shape.bounds.length));
  const first = Array.from({ length: wanted }, (_, at) =>
    rowOf(parts, shape, { ...FIRST_WISH, serial: nextSerial(parts), defaults: at === 1, sparse: at === wanted - 1 }),
  );
  const texts = insertsOf(parts, shape, first);
  const failure = await write(parts, texts);
  if (failure === null) {
    statements.push(...texts);
    return { table, rows: wanted, reason: null };
  }
  const required = shape.references.filter((each) => each.required && each.table !== table).map((each) => each.table);
  const empty = await emptyOf(parts, required);
  if (empty !== null) return { table, rows: 0, reason: `it needs a row of ${empty}, which has none` };
  return oneByOne(parts, shape, wanted, failure, statements);
}

/** One INSERT for all rows that give the same columns, and for each row that gives none. */
function insertsOf(
  parts: FillParts,
  shape: TableShape,
  rows: readonly ReadonlyMap<string, string>[],
): readonly string[] {
  const alike = new Map<string, ReadonlyMap<string, string>[]>();
  for (const row of rows) {
    const columns = [...row.keys()].sort().join('\n');
    alike.set(columns, [...(alike.get(columns) ?? []), row]);
  }
  return [...alike.values()].flatMap((some) =>
    some[0]?.size === 0 ? some.map((row) => insertOf(parts, shape, [row])) : [insertOf(parts, shape, some)],
  );
}

async function oneByOne(
  parts: FillParts,
  shape: TableShape,
  wanted: number,
  refused: SqlFailure,
  statements: string[],
): Promise<FilledTable> {
  const words = wordsFor(parts.index, shape);
  let kept: ReadonlyMap<string, string> = new Map();
  let failure = refused;
  let rows = 0;
  let last = MOST_TRIES;
  for (let attempt = 0; attempt < last && rows < wanted; attempt += 1) {
    const row = rowOf(parts, shape, {
      ...FIRST_WISH,
      serial: nextSerial(parts),
      attempt,
      sparse: attempt % 2 === 1,
      words: attempt < 3 ? FIRST_WISH.words : words,
      kept,
    });
    const text = insertOf(parts, shape, [row]);
    const failed = await write(parts, [text]);
    if (failed === null) {
      rows += 1;
      statements.push(text);
      kept = new Map();
      last = Math.max(last === MOST_TRIES ? 0 : last, attempt + MORE_TRIES);
    } else {
      failure = failed;
      kept = attempt < 3 ? new Map() : keptOf(parts, shape, row, failed);
    }
  }
  return {
    table: shape.id,
    rows,
    reason: rows > 0 ? null : `${reasonOf(failure)}, also after ${String(MOST_TRIES)} tries`,
  };
}

/** What of a refused row to keep for the next try: all but the columns that the check, or the message, speaks of. */
function keptOf(
  { random }: FillParts,
  shape: TableShape,
  row: ReadonlyMap<string, string>,
  failure: SqlFailure,
): ReadonlyMap<string, string> {
  if (random.chance(0.2) || UNIQUE.has(failure.sqlState ?? '')) return new Map();
  const check = shape.checks.find(({ name, expression }) => failure.object === name || failure.object === expression);
  const named = [...row].filter(([, expression]) => says(failure.message, expression)).map(([name]) => name);
  const guessed = named.length > 0 ? named : [...row.keys()].filter(() => random.chance(0.5));
  const drawn = new Set(check === undefined ? guessed : check.columns);
  return new Map([...row].filter(([name]) => !drawn.has(name)));
}

/** Whether the message of a trigger shows the value, or that of a domain is about its type. */
function says(message: string, expression: string): boolean {
  const domain = /::(?:\w+\.)?(\w+)$/u.exec(expression)?.[1];
  if (domain !== undefined && message.includes(`domain ${domain} `)) return true;
  const text = /^'((?:[^']|'')+)'/u.exec(expression)?.[1]?.replaceAll("''", "'");
  return text !== undefined && text.length > 1 && message.includes(text);
}
