import type { Place } from './commits.ts';
import type { Session } from './session.ts';

/** What the engine knows of who holds the run lock. */
export interface LockHolder {
  /** Backend pid on PostgreSQL, operating system pid on SQLite. */
  readonly pid: number | null;
  /** The holder's label: run id, process, user and host as it gave them. */
  readonly label: string | null;
  readonly since: string | null;
  /** Since then, by the clock of whoever told the time; milliseconds. */
  readonly ageMs: number | null;
}

export interface HeldLock {
  /** A statement that fails unless this very session still holds the lock; null where the lock can not be lost unseen. */
  readonly fence: string | null;
  /** The server it is held on; null where there is none, or it does not tell. */
  readonly place: Place | null;
  /** The server's process that holds it: behind a pooler not the one that greeted. Null where there is none. */
  readonly backend: number | null;
  /** Never throws. */
  release(): Promise<void>;
}

/** Exclusion of other runs on one database. A holder that died frees it at once. Never waited on, always polled. */
export interface Lock {
  /** Null when another run holds it. Throws `read-only` and `pooled-connection` where no run can be. */
  tryAcquire(session: Session, label: string): Promise<HeldLock | null>;
  /** Null when nobody holds it. */
  holder(session: Session): Promise<LockHolder | null>;
  /**
   * Ends the session of a holder whose client is gone, if it still is the holder; throws where it may not. Null where
   * the lock ends with the process.
   */
  readonly endHolder: ((session: Session, holder: LockHolder) => Promise<boolean>) | null;
}
