import type { Check } from '../../model/directives.ts';
import type { VerifyScript } from '../../model/migration.ts';
import type { BoundCheck } from './run-checks.ts';

/** A verify script and the version it belongs to; `version` null for invariants. */
export interface BoundScript {
  readonly version: string | null;
  readonly order: bigint;
  readonly script: VerifyScript;
}

/** The checks ahead of a step up. The ones a `within` check compares itself with are timed. */
export function checksBefore(own: BoundScript): readonly BoundCheck[] {
  const compared = new Set(
    own.script.checks.filter((check) => check.expectation.kind === 'within').map((check) => check.name),
  );
  return bind(own, (check) => check.when === 'before', compared);
}

/** The checks of a step up before it commits: its own, and those of earlier versions and the invariants that hold always. */
export function checksInStep(
  own: BoundScript | null,
  standing: readonly BoundScript[],
  order: bigint,
): readonly BoundCheck[] {
  const mine =
    own === null
      ? []
      : bind(own, (check) => check.when === 'after' || check.when === 'step' || check.when === 'always');
  return [...mine, ...standing.flatMap((each) => standingChecks(each, order))];
}

export function checksCommitted(own: BoundScript): readonly BoundCheck[] {
  return bind(own, (check) => check.when === 'committed');
}

/** The checks of a step down before it commits. `standing` are scripts of versions that stay applied, and the invariants. */
export function checksRolledBack(
  own: BoundScript | null,
  standing: readonly BoundScript[],
  order: bigint,
): readonly BoundCheck[] {
  const mine = own === null ? [] : bind(own, (check) => check.when === 'rolled-back');
  return [...mine, ...standing.flatMap((each) => standingChecks(each, order))];
}

/** The checks of a `verify`: everything that holds while its version is applied. `highest` is the last applied version. */
export function checksNow(scripts: readonly BoundScript[], highest: bigint): readonly BoundCheck[] {
  return scripts.flatMap((each) =>
    bind(
      each,
      (check) =>
        (check.when === 'after' || check.when === 'always') &&
        check.expectation.kind !== 'within' &&
        holdsAt(check, highest),
    ),
  );
}

/** Whether a script has a check that later steps make too. */
export function holdsOn(bound: BoundScript): boolean {
  return bound.script.checks.some((check) => isStanding(bound, check));
}

function standingChecks(script: BoundScript, order: bigint): readonly BoundCheck[] {
  return bind(script, (check) => isStanding(script, check) && holdsAt(check, order));
}

function isStanding({ version }: BoundScript, { when }: Check): boolean {
  return when === 'always' || (version === null && when === 'after');
}

function holdsAt(check: Check, order: bigint): boolean {
  return check.until === null || order <= BigInt(check.until.replaceAll('_', ''));
}

function bind(
  { version, script }: BoundScript,
  wanted: (check: Check) => boolean,
  timed: ReadonlySet<string> = new Set(),
): readonly BoundCheck[] {
  return script.checks
    .filter(wanted)
    .map((check) => ({ version, check, timed: check.when === 'before' && timed.has(check.name) }));
}
