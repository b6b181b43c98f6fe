import type { Session } from './session.ts';

/** A session that notes which tables are written to through it. */
export interface WatchedSession {
  /** Does what the watched session does. */
  readonly session: Session;
  /**
   * Tables whose rows may have changed since the last call, named as a Digester names them; those that triggers, foreign
   * keys and functions wrote to are among them. Tables that only their definition changed for need not be. Null where
   * it can not be told: any table may have been written to.
   */
  take(): ReadonlySet<string> | null;
}
