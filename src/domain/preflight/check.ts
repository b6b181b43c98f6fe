import type { CheckResult } from '../../model/check-result.ts';
import type { SchemaDifference } from '../../model/snapshot.ts';
import type { Fact, PlanNeeds, TargetFacts } from '../../model/target-facts.ts';

/** `unknown`: it can't be seen from here; `not applicable`: it means nothing for this target. */
export type PreflightOutcome = 'ok' | 'warn' | 'block' | 'unknown' | 'not applicable';

/** What a check says: the figure behind it, and what to do where it is not ok. */
export interface PreflightFinding {
  readonly outcome: PreflightOutcome;
  readonly figure: string;
  readonly remedy: string | null;
}

export interface PreflightResult extends PreflightFinding {
  readonly name: string;
  readonly title: string;
}

/** Times in milliseconds. */
export interface PreflightPolicy {
  /** What other connections mean. */
  readonly connections: 'report' | 'block';
  /** A schema that is not what its history implies blocks. */
  readonly refuseDrift: boolean;
  /** A backup is made before the run. */
  readonly backupBefore: boolean;
  /** The oldest backup that will do; null where the environment does not say. */
  readonly backupMaxAgeMs: number | null;
}

/** The checks ahead of one pending migration, run now. `before`: pending migrations that come earlier. */
export interface BeforeChecks {
  readonly migration: string;
  readonly before: number;
  readonly results: readonly CheckResult[];
}

/** Everything the checks look at. Times in milliseconds. */
export interface PreflightInput {
  readonly database: string;
  readonly facts: TargetFacts;
  readonly needs: PlanNeeds;
  readonly policy: PreflightPolicy;
  readonly now: Date;
  /** How far the server's clock is from this machine's, give or take `clockErrorMs`. */
  readonly clockSkewMs: Fact<number>;
  readonly clockErrorMs: number;
  readonly backup: { readonly id: string; readonly at: string } | null;
  /** Why there is no plan; null where there is one. */
  readonly planProblem: { readonly message: string; readonly hint: string | null } | null;
  readonly drift: Fact<{
    readonly differences: readonly Pick<SchemaDifference, 'kind' | 'object'>[];
    readonly applied: number;
  }>;
  /** The kept description of the schema as it should be now, against what is there; null where none is kept. */
  readonly baseline: {
    readonly file: string;
    readonly differences: readonly Pick<SchemaDifference, 'kind' | 'object'>[];
  } | null;
  readonly applied: number;
  readonly pending: number;
  readonly beforeChecks: readonly BeforeChecks[];
}

/** One built-in check. */
export interface PreflightCheck {
  readonly name: string;
  readonly title: string;
  readonly examine: (input: PreflightInput) => PreflightFinding;
}

export const ok = (figure: string): PreflightFinding => ({ outcome: 'ok', figure, remedy: null });
export const warn = (figure: string, remedy: string): PreflightFinding => ({ outcome: 'warn', figure, remedy });
export const block = (figure: string, remedy: string): PreflightFinding => ({ outcome: 'block', figure, remedy });

/** The examination of a fact, or that it can't be seen or means nothing. */
export function onFact<T>(fact: Fact<T>, examine: (value: T) => PreflightFinding): PreflightFinding {
  if (fact.is === 'known') return examine(fact.value);
  return { outcome: fact.is === 'unknown' ? 'unknown' : 'not applicable', figure: fact.why, remedy: null };
}

export function showList(items: readonly string[], most = 3): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
