import type { Row, Value } from '../model/engine.ts';
import type { SqlFailure } from '../model/sql-failure.ts';

/** One SQL text sent to the engine. It holds one statement, or several that need no separate answer. */
export interface Command {
  readonly text: string;
  /** A failure does not end the batch: what follows puts the session right (`ROLLBACK TO SAVEPOINT`). */
  readonly tolerate?: boolean;
  /**
   * Nothing of its answer is needed but that it succeeded, and it may travel in one message with neighbours that say so
   * too. When one of those fails, the first of them is said to have. `last`: its answer is needed, so it is the last of
   * its message.
   */
  readonly together?: boolean | 'last';
  /** The same with the values of a statement that `Session.keep` was told of; its answer is the same. */
  readonly kept?: { readonly name: string; readonly values: readonly string[] };
  /** Data lines of a `COPY … FROM STDIN`. */
  readonly copyData?: string | null;
}

/** A statement that is sent again and again, with the parameters of `Dialect.parameter`. */
export interface KeptStatement {
  readonly name: string;
  readonly text: string;
}

/** The answer to one command. `rows` are in column order. Times in milliseconds. */
export type Outcome =
  | {
      readonly status: 'done';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
      /** Rows changed or returned, as the engine counts. */
      readonly rowCount: number;
      readonly durationMs: number;
    }
  | { readonly status: 'failed'; readonly failure: SqlFailure; readonly durationMs: number }
  | { readonly status: 'skipped' };

export interface BatchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told while later answers are still out: the first `count` commands have been answered, none with a failure that ends the batch. */
  readonly onDone?: ((count: number) => void) | undefined;
  /**
   * May be told an answer while later ones are still out; `index` is that of its command. Rows told are not kept: the
   * outcome returned for that command has none.
   */
  readonly onAnswer?: ((index: number, answer: Outcome) => void) | undefined;
}

/**
 * One connection that nobody else uses. Every method of one session is called one after the other.
 * Invariants the contract suite checks: a batch answers each command in order; after a failure that is not
 * tolerated every later command of that batch is `skipped` and has had no effect that survives the transaction abort
 * the caller sends next; rows keep column order; 64-bit integers come as numbers where safe, else as text; times,
 * numerics and arrays as text; JSON parsed; bytes as Uint8Array; booleans as booleans (SQLite: as stored).
 */
export interface Session {
  /** Backend process id on PostgreSQL; null on SQLite. */
  readonly backend: number | null;
  /** Sends all commands in order: in one round trip where the engine pipelines, else one by one. */
  batch(commands: readonly Command[], options?: BatchOptions): Promise<readonly Outcome[]>;
  /** One statement with parameters (`$1` on PostgreSQL, `?` on SQLite). Throws SurefootError made by errorOfFailure. */
  query(text: string, parameters?: readonly Value[]): Promise<readonly Row[]>;
  /**
   * Has the engine parse and plan these once, where that saves it time; commands that are `kept` use them from then on.
   * The session must not meet a DEALLOCATE or DISCARD afterwards. Never throws: without it the texts are sent.
   */
  keep(statements: readonly KeptStatement[]): Promise<void>;
  /** What drops this session's temporary tables, views and triggers, for the opening of a transaction. */
  dropTemporary(): readonly Command[];
  /** Streams rows into a table (COPY on PostgreSQL, prepared inserts on SQLite) inside the open transaction; returns their number. */
  copyRows(
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly Value[]> | AsyncIterable<readonly Value[]>,
    options?: { readonly signal?: AbortSignal | undefined; readonly onRows?: (count: number) => void },
  ): Promise<number>;
  /** Asks the engine to stop the running statement; does nothing where none runs or the engine can not. */
  cancel(): Promise<void>;
  /** Ends the connection; an open transaction is aborted by the engine. Never throws. */
  close(): Promise<void>;
}
