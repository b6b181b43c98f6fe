import type { Row, Value } from './engine.ts';

/** A piece of SQL that is put into a tagged template as it is: a quoted identifier. */
export interface SqlFragment {
  readonly sqlFragment: string;
}

/** Runs SQL in the step's own transaction. Values become parameters, never text. */
export interface Sql {
  (strings: TemplateStringsArray, ...values: readonly (Value | SqlFragment)[]): Promise<readonly Row[]>;
  /** One statement with the engine's own place holders (`$1` or `?`). */
  query(text: string, parameters?: readonly Value[]): Promise<readonly Row[]>;
  /** Several statements, no parameters. */
  script(text: string): Promise<void>;
  /** A quoted identifier; `schema.table` as two arguments. */
  id(...names: readonly string[]): SqlFragment;
}

/** What a TypeScript migration or rollback is given. */
export interface StepTools {
  readonly sql: Sql;
  /**
   * Streams a CSV file (RFC 4180, UTF-8, first line names the columns; an empty unquoted field is NULL) into a table, in
   * the step's transaction. Relative paths start at the migration file. Returns the number of rows.
   */
  copyFromCsv(table: string, file: string, options?: { readonly delimiter?: string }): Promise<number>;
  /** Streams rows into a table, in the step's transaction. Returns their number. */
  copyRows(
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly Value[]> | AsyncIterable<readonly Value[]>,
  ): Promise<number>;
  progress(state: { readonly done: number; readonly total?: number; readonly unit?: string }): void;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
}

/** What `defineMigration` and `defineRollback` take. */
export interface StepDefinition {
  readonly description?: string;
  /** `none`: outside a transaction; the function must then be able to run again after a crash. Default `each`. */
  readonly transaction?: 'each' | 'none';
  /** Reason why there is no rollback; only for migrations. */
  readonly irreversible?: string;
  /** Like `30s` or milliseconds. */
  readonly lockTimeout?: string | number;
  readonly statementTimeout?: string | number;
  run(tools: StepTools): Promise<void>;
}

/** A step definition that went through `defineMigration` or `defineRollback`. */
export interface UserScript extends StepDefinition {
  readonly surefoot: 'migration' | 'rollback';
}

/** Seeded random values: the same seed gives the same values. */
export interface Random {
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  /** 0 up to 1, without 1. */
  float(): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
  /** 0 to n - 1, small numbers much more often than large. */
  zipf(n: number): number;
  uuid(): string;
  /** ISO 8601 UTC between two ISO times. */
  date(from: string, to: string): string;
  name(): string;
  company(): string;
  sentence(words: number): string;
}

export interface SampleTools {
  readonly sql: Sql;
  copyRows: StepTools['copyRows'];
  readonly random: Random;
  /** Rows wanted over all tables together. */
  readonly rows: number;
  progress: StepTools['progress'];
}

/** What `defineSample` takes: data for the schema as it is right after version `at`. */
export interface SampleDefinition {
  readonly description?: string;
  readonly at: string;
  fill(tools: SampleTools): Promise<void>;
}

export interface UserSample extends SampleDefinition {
  readonly surefoot: 'sample';
}
