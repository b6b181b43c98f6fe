import type { Direction } from '../model/engine.ts';
import type { StatementFacts } from '../model/statement.ts';
import type { Command, Outcome, Session } from './session.ts';

/** What is known of a change before it runs. */
export interface ConservationScope {
  readonly statements: readonly { readonly text: string; readonly facts: StatementFacts }[];
  /** Its statements are only known when they run: a TypeScript step. */
  readonly opaque: boolean;
  readonly direction: Direction;
  /** Tables of `@deletes`, as written. */
  readonly declared: readonly string[];
  /** Foreign keys are enforced while it runs. */
  readonly foreignKeys: boolean;
}

/** Rows that are gone although no statement and no directive says so. */
export interface RowLoss {
  readonly table: string;
  /** Null where it was not counted. */
  readonly before: number | null;
  /** Null when the table is gone too. */
  readonly after: number | null;
  /** Counted, not estimated. */
  readonly exact: boolean;
}

/** What a change took away behind its own words. */
export interface Losses {
  readonly rows: readonly RowLoss[];
  /** Indexes, triggers and counters that a rebuilt table lost, one line each. */
  readonly objects: readonly string[];
  /** Foreign keys that refer to nothing now and did not before, one line each. */
  readonly violations: readonly string[];
  /** Columns that a rebuild kept by name and not by content, one line each. */
  readonly altered: readonly string[];
}

/** Looks after one change. */
export interface RowWatch {
  /** Sent right ahead of the change and right behind it, in its batch. */
  readonly before: readonly Command[];
  readonly after: readonly Command[];
  /** Null where the commands say all; else called in the open transaction, ahead of the change. */
  readonly open: ((session: Session) => Promise<void>) | null;
  /** Told of each statement of an opaque change before it runs. */
  statement(session: Session, text: string): Promise<void>;
  /** Called in the still open transaction, ahead of the checks. */
  judge(session: Session, before: readonly Outcome[], after: readonly Outcome[]): Promise<Losses>;
}

/** Conservation of data: whether a change took away more than it says. It costs nothing where nothing can be lost. */
export interface Conservation {
  /** Null when the change can lose nothing. */
  watch(scope: ConservationScope): RowWatch | null;
  /** Rows of a table, outside any transaction. Null where there is no such table. */
  count(session: Session, table: string): Promise<number | null>;
  /**
   * For a change that is never committed: what only COMMIT would hold against it. Called in the open transaction, ahead
   * of the change; the function returned gives the foreign keys that refer to nothing since then, one line each. Null
   * where deferred constraints can be made to speak.
   */
  readonly uncommitted: ((session: Session) => Promise<() => Promise<readonly string[]>>) | null;
}
