import type { ColumnDetail, ObjectId } from '../../../model/snapshot.ts';
import type { Random } from '../../../model/user-script.ts';
import type { Database } from '../../../ports/database.ts';
import type { Words } from './learn.ts';
import type { Picks } from './picks.ts';
import type { SchemaIndex } from './shape.ts';

export interface RowParts {
  readonly database: Database;
  readonly index: SchemaIndex;
  readonly random: Random;
  readonly picks: Picks;
  /** How a table is written in SQL. */
  readonly tableName: (id: ObjectId) => string;
}

export interface RowWish {
  readonly serial: number;
  readonly attempt: number;
  /** Columns that have a default are left to it. */
  readonly defaults: boolean;
  /** Every other column that may be null is. */
  readonly sparse: boolean;
  /** Words to try in columns of text. */
  readonly words: Words;
  /** What the row has already: column name to SQL expression. */
  readonly kept: ReadonlyMap<string, string>;
  /** Tables whose rows are written together with this one; references to them are left open. */
  readonly together: ReadonlySet<ObjectId>;
}

export const FIRST_WISH: Omit<RowWish, 'serial'> = {
  attempt: 0,
  defaults: false,
  sparse: false,
  words: () => [],
  kept: new Map(),
  together: new Set(),
};

/** A value for a column that the engine numbers, far from where it counts. */
export function numberFor({ type }: ColumnDetail, serial: number): string {
  return String(type === 'smallint' ? 20_000 + (serial % 12_000) : 1_000_000_000 + serial);
}
