import type { Engine, Value } from '../model/engine.ts';

/** One recorded fact about an engine each: the only thing the flow may branch on. */
export interface Capabilities {
  readonly engine: Engine;
  /** A database that is absent is made by the first run. */
  readonly creates: boolean;
  /** `@as <role>`. */
  readonly roles: boolean;
  /** `@set key = value`. */
  readonly settings: boolean;
  /** `@statement-timeout`. */
  readonly statementTimeout: boolean;
  /** `@lock-timeout`. On SQLite it is the busy time-out. */
  readonly lockTimeout: boolean;
  /** A running statement can be cancelled. */
  readonly cancel: boolean;
  /** A column's type is a hint by its name, not a rule. */
  readonly typeAffinity: boolean;
  /** Deferred constraints can be made immediate. */
  readonly deferredConstraints: boolean;
  /** How far a long statement is can be asked on another session. */
  readonly statementProgress: boolean;
  /** Foreign keys are enforced or not, session by session: `@foreign-keys off`. */
  readonly foreignKeySwitch: boolean;
  /** Sessions queue for locks and can be seen doing so. */
  readonly lockQueue: boolean;
  /** `CREATE INDEX CONCURRENTLY` and its kin, settled after a crash by the catalog. */
  readonly concurrentOperations: boolean;
  /** The engine is at the other end of a line: a session can be lost, and with it the answer to a COMMIT. */
  readonly remote: boolean;
}

export interface Timeouts {
  readonly lockMs: number | null;
  readonly statementMs: number | null;
  /** False: foreign keys are not enforced from here on until `resetSession` outside a transaction, where the engine can do that. */
  readonly foreignKeys?: boolean | undefined;
}

/** How an engine spells what the flow says. Every member is text; none talks to a database. */
export interface Dialect {
  /** Opens a transaction for writing (SQLite: `BEGIN IMMEDIATE`) with its time-outs. */
  begin(timeouts: Timeouts): readonly string[];
  /** The same time-outs once more inside an open transaction, after `resetSession` took them away. */
  transactionTimeouts(timeouts: Timeouts): readonly string[];
  /** Ends another session at once; null where sessions have no number. */
  terminate(backend: number): string | null;
  /** A query for the major version of the server or library as one text, `major`: what proofs are made for. */
  readonly serverMajor: string;
  /** Opens a transaction that only reads, or whose writes are always aborted. */
  readonly beginProbe: string;
  /** Gives one row with the version of the server or library that catalogs depend on. */
  readonly serverVersion: string;
  /** Gives one row with the size of the database in bytes. */
  readonly databaseSize: string;
  readonly commit: string;
  readonly abort: string;
  savepoint(name: string): string;
  /** A query on no table that only computes, in proportion to `size`: how fast the machine is just now. */
  timingReference(size: number): string;
  rollbackTo(name: string): string;
  /** Makes deferred constraints immediate; null where there are none. */
  readonly immediateConstraints: string | null;
  /** For the rest of the savepoint. */
  assumeRole(role: string): string;
  /** For the rest of the savepoint. */
  setting(key: string, value: string): string;
  /** Sent after a step's own statements: role, search path and settings as at connect, so that nothing leaks into the next step. */
  readonly resetSession: readonly string[];
  /** Session-wide time-outs, for statements outside a transaction. */
  sessionTimeouts(timeouts: Timeouts): readonly string[];
  /** A statement that returns the plan of `text` without running it. */
  explain(text: string): string;
  /** surefoot's own table: `surefoot.history` or `surefoot_history`. */
  table(name: 'history' | 'journal' | 'journal_head' | 'layout'): string;
  /** An expression: lower-case hex SHA-256 of a text expression. */
  sha256(expression: string): string;
  /** An expression: a stored time as ISO 8601 UTC text with milliseconds. */
  isoTime(column: string): string;
  identifier(name: string): string;
  literal(value: Value): string;
  /** The text form of a value as a literal of a column's type, which is written as a snapshot writes it. */
  typed(text: string, type: string): string;
  /** Statements that write rows of several tables which refer to each other, for one transaction. */
  insertTogether(inserts: readonly string[]): readonly string[];
  /** What an INSERT says ahead of VALUES where it gives a value for a column that the engine numbers. */
  readonly givenNumbers: string;
  /** Sets the place holder of parameter `n` (1-based) for Session.query. */
  parameter(n: number): string;
}

/** surefoot's own tables as versioned internal steps; every column commented. `statements` run in one transaction. */
export interface LayoutStep {
  readonly version: number;
  readonly statements: readonly string[];
}
