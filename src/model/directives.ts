import type { Position, Statement } from './statement.ts';

/** The directives of a migration or rollback file. Times in milliseconds. */
export interface ScriptDirectives {
  readonly description: string | null;
  readonly transaction: 'each' | 'none';
  readonly lockTimeoutMs: number | null;
  readonly statementTimeoutMs: number | null;
  readonly irreversible: string | null;
  readonly allow: readonly { readonly rule: string; readonly reason: string }[];
  readonly deletes: readonly string[];
  /** False for `@foreign-keys off`: not enforced while the file runs, and checked before it commits. */
  readonly foreignKeys: boolean;
}

export type When = 'before' | 'after' | 'step' | 'committed' | 'rolled-back' | 'always';
export type Severity = 'error' | 'warning';
export type Comparison = '=' | '>=' | '<=' | '>' | '<' | '<>';

/** What a check must return, parsed from `@expect`. Times in milliseconds. */
export type Expectation =
  | { readonly kind: 'rows'; readonly comparison: Comparison; readonly count: number }
  | { readonly kind: 'value'; readonly comparison: Comparison; readonly value: ExpectedValue }
  | { readonly kind: 'every'; readonly column: string; readonly comparison: Comparison; readonly value: ExpectedValue }
  | { readonly kind: 'result'; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'plan-index'; readonly index: string }
  | { readonly kind: 'plan-no-seq-scan'; readonly table: string }
  | { readonly kind: 'median'; readonly comparison: '<' | '<='; readonly ms: number }
  | { readonly kind: 'within'; readonly percent: number };

export type ExpectedValue = number | string | boolean | null;

/** One named query of a verify script, with what it must return. */
export interface Check {
  readonly name: string;
  readonly expectation: Expectation;
  /** The expectation as written. */
  readonly expected: string;
  readonly when: When;
  /** Version text of `@until`, as written. */
  readonly until: string | null;
  readonly role: string | null;
  readonly settings: readonly { readonly key: string; readonly value: string }[];
  readonly severity: Severity;
  readonly setup: readonly Statement[];
  readonly statement: Statement;
  readonly position: Position;
}
