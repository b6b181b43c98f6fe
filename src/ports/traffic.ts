import type { Blocker } from '../model/blocker.ts';
import type { Session } from './session.ts';

/** What a step is about to lock. */
export interface LockScope {
  /** As written; found by the session's search path. Null: it waits for every older transaction of the database. */
  readonly tables: readonly string[] | null;
  /** Only writers are kept out, so readers are not in the way. */
  readonly writersOnly: boolean;
  /** Younger transactions are not looked at, ms. */
  readonly olderThanMs: number;
}

/** What an observer saw of one backend at one instant. */
export interface TrafficSample {
  /** The backend waits for a lock. */
  readonly waiting: boolean;
  readonly blockers: readonly Blocker[];
  /** Sessions that wait because of the backend, directly or behind others. */
  readonly behind: readonly { readonly pid: number; readonly waitedMs: number }[];
}

/** Part of the message of a guard that fails. */
export const GUARD_MESSAGE = 'a long transaction is in the way of the locks of this step';

/** Who stands in whose way, where sessions queue for locks. */
export interface Traffic {
  /** A statement that fails with `GUARD_MESSAGE` when `conflicts` would not be empty. It waits for nobody. */
  guard(scope: LockScope): string;
  /** Transactions that hold what the step is about to need, oldest first. */
  conflicts(session: Session, scope: LockScope): Promise<readonly Blocker[]>;
  /** Asked on another session than the one looked at. */
  look(session: Session, backend: number): Promise<TrafficSample>;
}
