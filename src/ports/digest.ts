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

/** A table to digest: named as `TableDigest` names it, with the columns that count. */
export interface DigestTable {
  readonly table: string;
  /** Unquoted; in any order. */
  readonly columns: readonly string[];
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
  /** These tables only, in their order, in one round trip, outside a transaction. */
  digestTables(session: Session, tables: readonly DigestTable[]): Promise<readonly TableDigest[]>;
  /**
   * The rows of one table as texts of the given columns (null: NULL), ordered by these texts, outside a transaction.
   * At most `limit` of them.
   */
  rowTexts(session: Session, table: DigestTable, limit: number): Promise<readonly (readonly (string | null)[])[]>;
}
