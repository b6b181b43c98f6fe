import type { Value } from '../model/engine.ts';
import type { DigestTable } from './digest.ts';
import type { Positions } from './introspector.ts';
import type { Session } from './session.ts';

/** Takes rows of one database into another one of the same engine. Everything happens in transactions that are open. */
export interface RowCopy {
  /** All rows of a table, those of its partitions among them, with values as `copyRows` of another session takes them. */
  read(session: Session, table: DigestTable): AsyncIterable<readonly Value[]>;
  /** Takes rows in place of those that are in a table; the columns it does not name get their defaults. */
  replace(session: Session, table: DigestTable, rows: AsyncIterable<readonly Value[]>): Promise<void>;
  /** Lends `work` the open transaction with neither triggers nor foreign keys of this database at work. */
  withoutReactions(session: Session, work: () => Promise<void>): Promise<void>;
  /** Lets counters go on from where they stand elsewhere; those that are not there are left out. */
  setPositions(session: Session, positions: Positions): Promise<void>;
}
