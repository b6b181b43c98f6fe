import type { ObjectId } from '../../../model/snapshot.ts';
import type { SqlFailure } from '../../../model/sql-failure.ts';
import type { Session } from '../../../ports/session.ts';
import { firstFailure } from '../../journal/index.ts';
import type { RowParts } from './row-parts.ts';

/** Rows a table gets when it is new. */
export const ROWS = 3;

export interface FillParts extends RowParts {
  readonly session: Session;
  /** Counts on through all fills of one database, so that no two rows are alike. */
  readonly serial: { next: number };
}

/** What became of one table. `reason`: why it has no row, null where it has. */
export interface FilledTable {
  readonly table: ObjectId;
  readonly rows: number;
  readonly reason: string | null;
}

export function nextSerial({ serial }: FillParts): number {
  serial.next += 1;
  return serial.next;
}

/** Runs the statements in one transaction of their own; what refused them, or null. */
export async function write({ database, session }: FillParts, texts: readonly string[]): Promise<SqlFailure | null> {
  const { dialect } = database;
  const outcomes = await session.batch([
    ...dialect.begin({ lockMs: null, statementMs: null }).map((each) => ({ text: each })),
    ...texts.map((text) => ({ text })),
    { text: dialect.commit },
  ]);
  const failure = firstFailure(outcomes);
  if (failure !== null) await session.batch([{ text: dialect.abort, tolerate: true }]);
  return failure;
}

/** Of these tables, one without a row; null where all have some. */
export async function emptyOf(parts: FillParts, ids: readonly ObjectId[]): Promise<ObjectId | null> {
  for (const id of ids) {
    const rows = await parts.session.query(`SELECT 1 AS one FROM ${parts.tableName(id)} LIMIT 1`);
    if (rows.length === 0) return id;
  }
  return null;
}

/** The engine's words, without the row that it shows. */
export function reasonOf({ message, detail }: SqlFailure): string {
  return detail === null || detail.startsWith('Failing row') ? message : `${message} (${detail})`;
}
