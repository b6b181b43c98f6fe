import type { Session } from './session.ts';

/** What the engine knows of who holds the run lock. */
export interface LockHolder {
  /** Backend pid on PostgreSQL, operating system pid on SQLite. */
  readonly pid: number | null;
  /** The holder's label: run id, user and host as it gave them. */
  readonly label: string | null;
  readonly since: string | null;
}

export interface HeldLock {
  /** A statement that fails unless this very session still holds the lock; null where the lock can not be lost unseen. */
  readonly fence: string | null;
  /** Never throws. */
  release(): Promise<void>;
}

/** Exclusion of other runs on one database. A holder that died frees it at once. Never waited on, always polled. */
export interface Lock {
  /** Null when another run holds it. */
  tryAcquire(session: Session, label: string): Promise<HeldLock | null>;
  /** Null when nobody holds it. */
  holder(session: Session): Promise<LockHolder | null>;
}
