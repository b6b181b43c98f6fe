import type { Check, Severity } from '../../model/directives.ts';
import type { CheckResult } from '../../model/check-result.ts';
import { SurefootError } from '../../model/errors.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { renderDetail } from './detail.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { median, TIMED_ROUNDS, TIMED_RUNS } from './timing.ts';

/** A check and the version whose verify script holds it (null: invariants). */
export interface BoundCheck {
  readonly version: string | null;
  readonly check: Check;
  /** It is timed because a check of the same name compares itself with it. */
  readonly timed: boolean;
}

/** Medians of the checks timed before the change, by name, ms. */
export type Baselines = Map<string, number>;

/** The commands of one check: they leave the transaction as it was. */
export interface CheckBatch {
  readonly bound: BoundCheck;
  readonly commands: readonly Command[];
}

const SAVEPOINT = 'surefoot_check';

/** Every check in a savepoint of its own that is always rolled back to. */
export function checkBatch(dialect: Dialect, bound: BoundCheck): CheckBatch {
  const { check } = bound;
  const tolerated = (text: string): Command => ({ text, tolerate: true });
  const asked = isPlan(check) ? dialect.explain(check.statement.text) : check.statement.text;
  return {
    bound,
    commands: [
      { text: dialect.savepoint(SAVEPOINT) },
      ...(check.setup.length > 0 && dialect.immediateConstraints !== null
        ? [tolerated(dialect.immediateConstraints)]
        : []),
      ...check.setup.map((statement) => tolerated(statement.text)),
      ...check.settings.map(({ key, value }) => tolerated(dialect.setting(key, value))),
      ...(check.role === null ? [] : [tolerated(dialect.assumeRole(check.role))]),
      ...Array.from({ length: isTimed(bound) ? TIMED_RUNS + 1 : 1 }, () => tolerated(asked)),
      { text: dialect.rollbackTo(SAVEPOINT) },
    ],
  };
}

/** Reads the answers of a `checkBatch`. A failed timed check is run again, in the still open transaction. */
export async function readCheck(
  session: Session,
  batch: CheckBatch,
  outcomes: readonly Outcome[],
  baselines: Baselines,
): Promise<CheckResult> {
  const { bound } = batch;
  let answer = readAnswer(batch, outcomes);
  let evaluation = judge(bound, answer, baselines);
  for (let round = 1; round < TIMED_ROUNDS && needsAnotherRound(bound, evaluation, answer); round += 1) {
    const again = readAnswer(batch, await session.batch(batch.commands));
    if (median(again.durations) < median(answer.durations)) answer = again;
    evaluation = judge(bound, answer, baselines);
  }
  if (bound.timed && answer.durations.length > 0) baselines.set(bound.check.name, median(answer.durations));
  return resultOf(bound, evaluation, answer.durationMs);
}

/** Runs checks inside the transaction that is open on the session. */
export async function runChecks(
  dialect: Dialect,
  session: Session,
  checks: readonly BoundCheck[],
  baselines: Baselines,
): Promise<readonly CheckResult[]> {
  const batches = checks.map((bound) => checkBatch(dialect, bound));
  const outcomes = await session.batch(batches.flatMap((batch) => batch.commands));
  const results: CheckResult[] = [];
  let offset = 0;
  for (const batch of batches) {
    results.push(await readCheck(session, batch, outcomes.slice(offset, offset + batch.commands.length), baselines));
    offset += batch.commands.length;
  }
  return results;
}

export function failures(results: readonly CheckResult[], severity: Severity = 'error'): readonly CheckResult[] {
  return results.filter((result) => result.outcome === 'failed' && result.severity === severity);
}

/** The error for failed checks: every one with its query, what was expected and what was found. */
export function checksError(
  database: string,
  doing: string,
  results: readonly CheckResult[],
  state: string,
  hint: string,
): SurefootError {
  const failed = failures(results);
  const [first] = failed;
  const usesNewEnumValue = failed.some((result) => result.actual.startsWith('error 55P04'));
  const lines = failed.map((result) => {
    const more = result.detail === null ? '' : `\n${indent(result.detail, 6)}`;
    return `  ${result.file}:${String(result.line)}: ${result.name}\n      expected  ${result.expected}\n      actual    ${result.actual}${more}\n      query\n${indent(result.sql, 6)}`;
  });
  return new SurefootError({
    code: usesNewEnumValue ? 'check-enum' : 'check-failed',
    message: `${doing} on ${database}: ${String(failed.length)} of ${String(results.length)} checks failed; ${state}\n${lines.join('\n')}`,
    hint: usesNewEnumValue
      ? 'A value added to an existing enum type can not be used before the commit: mark the check -- @when committed.'
      : hint,
    context: { checks: failed, file: first?.file, line: first?.line },
  });
}

interface Answer {
  readonly outcome: Outcome;
  /** The first set-up, setting or role statement that failed. */
  readonly broken: Extract<Outcome, { status: 'failed' }> | null;
  readonly durations: readonly number[];
  readonly durationMs: number;
}

function readAnswer(batch: CheckBatch, outcomes: readonly Outcome[]): Answer {
  const runs = isTimed(batch.bound) ? TIMED_RUNS + 1 : 1;
  const end = batch.commands.length - 1;
  const asked = outcomes.slice(end - runs, end);
  const before = outcomes.slice(1, end - runs);
  const [outcome = { status: 'skipped' as const }] = asked;
  const broken = before.find((each) => each.status === 'failed') ?? null;
  const took = (each: Outcome): number => (each.status === 'skipped' ? 0 : each.durationMs);
  return {
    outcome,
    broken,
    durations: asked.slice(1).map(took),
    durationMs: asked.reduce((sum, each) => sum + took(each), 0),
  };
}

function judge(bound: BoundCheck, answer: Answer, baselines: Baselines): Evaluation {
  if (answer.broken !== null) {
    const { failure } = answer.broken;
    return { passed: false, actual: `error ${failure.sqlState ?? ''}: ${failure.message} (in its set-up)`, more: null };
  }
  return evaluate(bound.check, answer.outcome, {
    own: answer.durations,
    before: baselines.get(bound.check.name) ?? null,
  });
}

function needsAnotherRound(bound: BoundCheck, evaluation: Evaluation, answer: Answer): boolean {
  if (answer.outcome.status !== 'done' || !isTimed(bound)) return false;
  return bound.timed ? answer.durationMs < 500 : !evaluation.passed;
}

function isTimed({ check, timed }: BoundCheck): boolean {
  return timed || check.expectation.kind === 'median' || check.expectation.kind === 'within';
}

function isPlan(check: Check): boolean {
  return check.expectation.kind === 'plan-index' || check.expectation.kind === 'plan-no-seq-scan';
}

async function resultOf(
  { version, check }: BoundCheck,
  evaluation: Evaluation,
  durationMs: number,
): Promise<CheckResult> {
  return {
    version,
    name: check.name,
    when: check.when,
    outcome: evaluation.passed ? 'passed' : 'failed',
    severity: check.severity,
    expected: check.expected,
    actual: evaluation.actual,
    detail: evaluation.passed || evaluation.more === null ? null : await renderDetail(evaluation.more),
    sql: check.statement.text,
    file: check.statement.file,
    line: check.position.line,
    durationMs: Math.round(durationMs * 100) / 100,
  };
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`)
    .join('\n');
}
