import type { Session } from './session.ts';

/** The content of one table at one instant. */
export interface TableDigest {
  /** Qualified and quoted where the engine needs it. */
  readonly table: string;
  readonly rows: number;
  /** Equal for equal rows in whatever order; any value of any column, and NULL against anything else, changes it. */
  readonly hash: string;
}

export interface DigestOptions {
  /** surefoot's own tables too. */
  readonly own?: boolean;
  /** Where counters stand too: sequences on PostgreSQL, AUTOINCREMENT on SQLite. */
  readonly counters?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** After each table. */
  readonly onTable?: ((done: number, of: number) => void) | undefined;
}

/**
 * Digests tables in the database itself: rows never leave it. Columns go in by name, so their order does not matter.
 * Digests of one engine and major version can be compared, whichever server they are from.
 */
export interface Digester {
  /**
   * All tables, ordered by name. The caller has a transaction open (repeatable read, where writers may be about);
   * session settings are as before afterwards. Throws SurefootError when a table can not be read whole.
   */
  digest(session: Session, options?: DigestOptions): Promise<readonly TableDigest[]>;
}
