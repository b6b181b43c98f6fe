import type { Severity, When } from './directives.ts';

/** What became of one check. */
export interface CheckResult {
  /** The version whose verify script holds it; null for invariants. */
  readonly version: string | null;
  readonly name: string;
  readonly when: When;
  readonly outcome: 'passed' | 'failed';
  readonly severity: Severity;
  /** The expectation as written. */
  readonly expected: string;
  /** What was found, for people; for a failed `result` the rows as JSON. */
  readonly actual: string;
  /** A small table or unified diff of a failed check. */
  readonly detail: string | null;
  readonly sql: string;
  readonly file: string;
  readonly line: number;
  readonly durationMs: number;
  /** Only of a timed check: the median of its runs, and of the runs before the change. */
  readonly timing?: { readonly ms: number; readonly beforeMs: number | null } | undefined;
}
