/** A place in a file: 1-based line and column (columns count characters), 0-based offset in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** One SQL statement after splitting. `text` is exactly what is sent; it has no terminating semicolon or client data. */
export interface Statement {
  readonly text: string;
  readonly file: string;
  readonly start: Position;
  /** The data lines below a `COPY … FROM STDIN`, without the closing `\.`; null for any other statement. */
  readonly copyData: string | null;
}

/** What the parse tree tells of one statement. */
export interface StatementFacts {
  /** A word for people: `CREATE TABLE`, `ALTER TABLE`, `UPDATE` … */
  readonly kind: string;
  /** `BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT` … when the statement controls the transaction. */
  readonly transactionControl: string | null;
  /** False where the server refuses it inside a transaction block. */
  readonly transactional: boolean;
  /** `SET LOCAL` or `SET TRANSACTION`. */
  readonly setLocal: boolean;
  /** Objects whose data the statement destroys, as written. */
  readonly dropsData: readonly string[];
  /** Existing tables it locks against writers or readers, as written (tables made earlier in the same file are left out by the planner). */
  readonly locksTables: readonly string[];
  /** Tables it makes. */
  readonly createsTables: readonly string[];
  /** `type.value` for `ALTER TYPE … ADD VALUE`. */
  readonly addsEnumValue: string | null;
  /** False when the parser could not read the statement (newer syntax): it still runs, with a notice. */
  readonly parsed: boolean;
}
