import type { SqlFailure } from '../../../model/sql-failure.ts';
import type { ObjectId } from '../../../model/snapshot.ts';
import type { Session } from '../../../ports/session.ts';
import { firstFailure } from '../../journal/index.ts';
import { insertOf, rowOf, type RowParts } from './row.ts';
import { shapeOf, type TableShape } from './shape.ts';

/** Rows a table gets when it is new. */
const ROWS = 3;
const MOST_TRIES = 30;
const ENOUGH_TRIES = 12;

/** What became of one table. `reason`: why it has fewer rows than wanted, null where it has all. */
export interface FilledTable {
  readonly table: ObjectId;
  readonly rows: number;
  readonly reason: string | null;
}

export interface FillResult {
  readonly tables: readonly FilledTable[];
  /** What to run to fill an equal schema alike. */
  readonly statements: readonly string[];
}

export interface FillParts extends RowParts {
  readonly session: Session;
  /** Counts on through all fills of one database, so that no two rows are alike. */
  readonly serial: { next: number };
}

/** Writes rows into the given tables, those that others refer to first. */
export async function fillTables(parts: FillParts, ids: readonly ObjectId[]): Promise<FillResult> {
  const shapes = ids
    .flatMap((id) => shapeOf(parts.index, id) ?? [])
    .filter((shape) => shape.detail.partitionOf === null);
  const tables: FilledTable[] = [];
  const statements: string[] = [];
  for (const shape of inOrder(shapes)) tables.push(await fillOne(parts, shape, statements));
  return { tables, statements };
}

async function fillOne(parts: FillParts, shape: TableShape, statements: string[]): Promise<FilledTable> {
  const { id: table } = shape;
  if (shape.object.kind === 'foreign-table') return { table, rows: 0, reason: 'a foreign table is not written to' };
  if (shape.bounds === null) return { table, rows: 0, reason: 'it has no partition that could take a row' };
  const first = Array.from({ length: ROWS }, (_, at) =>
    rowOf(parts, shape, { serial: next(parts), attempt: 0, sparse: at === ROWS - 1 }),
  );
  const together = insertOf(parts, shape, first);
  let failure = await insert(parts, together);
  if (failure === null) {
    statements.push(together);
    return { table, rows: ROWS, reason: null };
  }
  let rows = 0;
  for (let attempt = 0; attempt < (rows === 0 ? MOST_TRIES : ENOUGH_TRIES) && rows < ROWS; attempt += 1) {
    const text = insertOf(parts, shape, [
      rowOf(parts, shape, { serial: next(parts), attempt, sparse: attempt % 2 === 1 }),
    ]);
    const failed = await insert(parts, text);
    if (failed === null) {
      rows += 1;
      statements.push(text);
    } else failure = failed;
  }
  return { table, rows, reason: rows > 0 ? null : reasonOf(failure) };
}

async function insert({ database, session }: FillParts, text: string): Promise<SqlFailure | null> {
  const { dialect } = database;
  const outcomes = await session.batch([
    ...dialect.begin({ lockMs: null, statementMs: null }).map((each) => ({ text: each })),
    { text },
    { text: dialect.commit },
  ]);
  const failure = firstFailure(outcomes);
  if (failure !== null) await session.batch([{ text: dialect.abort, tolerate: true }]);
  return failure;
}

function reasonOf(failure: SqlFailure): string {
  return failure.detail === null ? failure.message : `${failure.message} (${failure.detail})`;
}

function next(parts: FillParts): number {
  parts.serial.next += 1;
  return parts.serial.next;
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
