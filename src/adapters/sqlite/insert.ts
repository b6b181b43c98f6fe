import type { Value } from '../../model/engine.ts';
import { refuseUnfitRow } from '../../model/row.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import { quoteIdentifier, quotePath } from '../../sql/quote.ts';
import type { Connection } from './connection.ts';
import { toFailure } from './errors.ts';
import { toSqlite } from './values.ts';

const MOST_PARAMETERS = 8000;
const MOST_ROWS = 200;

export interface Insert {
  readonly rowsAtOnce: number;
  /** `before` rows were sent already. */
  rows(chunk: readonly (readonly Value[])[], before: number): void;
}

export function createInsert(connection: Connection, table: string, columns: readonly string[]): Insert {
  const into = `INSERT INTO ${quotePath(table)} (${columns.map(quoteIdentifier).join(', ')}) VALUES `;
  const place = `(${columns.map(() => '?').join(', ')})`;
  const prepared = new Map<number, ReturnType<Connection['prepare']>>();
  const statementFor = (count: number): ReturnType<Connection['prepare']> => {
    const known = prepared.get(count);
    if (known !== undefined) return known;
    const made = connection.prepare(into + Array.from({ length: count }, () => place).join(', '));
    prepared.set(count, made);
    return made;
  };
  return {
    rowsAtOnce: Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_PARAMETERS / Math.max(1, columns.length)))),
    rows: (chunk, before) => {
      const values: unknown[] = [];
      for (const [index, row] of chunk.entries()) {
        refuseUnfitRow(table, columns, row, before + index + 1);
        for (const value of row) values.push(toSqlite(value));
      }
      try {
        statementFor(chunk.length).run(values);
      } catch (error) {
        throw errorOfFailure(
          toFailure(error, into),
          `copying rows ${String(before + 1)} to ${String(before + chunk.length)} into ${table}`,
        );
      }
    },
  };
}

export async function* chunksOf<T>(rows: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  if (Symbol.asyncIterator in rows) {
    for await (const row of rows) {
      chunk.push(row);
      if (chunk.length < size) continue;
      yield chunk;
      chunk = [];
    }
  } else {
    // Apart from the loop above: awaiting each row of a synchronous source would cost more than inserting it.
    for (const row of rows) {
      chunk.push(row);
      if (chunk.length < size) continue;
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
