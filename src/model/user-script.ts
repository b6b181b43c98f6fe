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

/** How a table is to be after `rebuildTable`. */
export interface TableRebuild {
  /** The whole CREATE TABLE statement of the table as it is to be, under its own name. */
  readonly create: string;
  /**
   * New column to an SQL expression over the old row. Columns of the same name are copied as they are; others that are
   * not named here get their default.
   */
  readonly columns?: Readonly<Record<string, string>>;
  /** Indexes and triggers of the table that are not to be made again. */
  readonly drop?: readonly string[];
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
  /**
   * SQLite: makes a table anew where ALTER TABLE can not change it, in the step's transaction. Rows, indexes, triggers,
   * views, keys of other tables that refer to it and the AUTOINCREMENT counter stay; the copy is compared with the old
   * table. Where other tables refer to it the migration needs `foreignKeys: 'off'`. Returns the number of rows.
   */
  rebuildTable(table: string, rebuild: TableRebuild): Promise<number>;
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
  /** Tables it takes rows from on purpose without saying so in a statement: through a cascade or a trigger. */
  readonly deletes?: readonly string[];
  /** SQLite: foreign keys are not enforced while it runs, and all checked before it commits. */
  readonly foreignKeys?: 'off';
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
