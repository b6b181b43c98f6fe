import type { Direction } from './engine.ts';
import type { ScriptKind, Version } from './migration.ts';

/** One version the database has, as its history row says. */
export interface AppliedMigration {
  readonly version: Version;
  readonly name: string;
  readonly kind: 'migration' | 'baseline';
  /** `failed`: a step outside a transaction that stopped midway in `direction`. */
  readonly state: 'applied' | 'failed';
  readonly direction: Direction;
  readonly checksum: string;
  readonly statementsDone: number | null;
  readonly statementsTotal: number | null;
  /** Index of a statement begun outside a transaction whose end was not recorded. */
  readonly statementBegun: number | null;
  /** SHA-256 of the statements done or begun outside a transaction, by which an edit of them is known. */
  readonly statementsHash: string | null;
  readonly appliedAt: string;
  readonly durationMs: number;
  readonly operator: string;
  readonly runId: string;
  readonly toolVersion: string;
  readonly irreversible: string | null;
  readonly needsFile: boolean;
  readonly scriptsHash: string | null;
}

/** What a row says of a version that is in place as a whole. */
export const IN_PLACE = {
  state: 'applied',
  direction: 'up',
  statementsDone: null,
  statementsTotal: null,
  statementBegun: null,
  statementsHash: null,
} as const satisfies Partial<AppliedMigration>;

/** Which versions a database has, ascending, and the head of its journal. `layout` is null where surefoot's tables are absent. */
export interface History {
  readonly layout: number | null;
  readonly applied: readonly AppliedMigration[];
  readonly head: { readonly seq: number; readonly hash: string } | null;
}

/** The texts kept with an applied version, so that it can be rolled back without its files. */
export interface StoredScripts {
  readonly migration: StoredScript | null;
  readonly rollback: StoredScript | null;
  readonly verify: StoredScript | null;
}

export interface StoredScript {
  readonly kind: ScriptKind;
  /** Path from the project folder when it was applied. */
  readonly file: string;
  readonly text: string;
}
