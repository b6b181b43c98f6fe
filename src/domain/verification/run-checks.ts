import type { Check, Severity } from '../../model/directives.ts';
import type { CheckResult } from '../../model/check-result.ts';
import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Database } from '../../ports/database.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { maskCheck } from '../journal/index.ts';
import { renderDetail } from './detail.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { timeRound, type MakeReference } from './time-round.ts';
import { TIMED_ROUNDS, type Baseline, type Round } from './timing.ts';

/** A check and the version whose verify script holds it (null: invariants). */
export interface BoundCheck {
  readonly version: string | null;
  readonly check: Check;
  /** It is timed because a check of the same name compares itself with it. */
  readonly timed: boolean;
}

/** What the checks timed before the change took, by name. */
export type Baselines = Map<string, Baseline>;

/** The commands of one check: they leave the transaction as it was. */
export interface CheckBatch {
  readonly bound: BoundCheck;
  readonly commands: readonly Command[];
  /** Timed beside a check that is compared with itself before the change. */
  readonly reference: MakeReference | null;
}

const SAVEPOINT = 'surefoot_check';
/** A query this slow is timed in one round before the change: its median is steady enough. */
const MOST_MS_BEFORE = 500;

/** Every check in a savepoint of its own that is always rolled back to. */
export function checkBatch(dialect: Dialect, bound: BoundCheck): CheckBatch {
  const { check } = bound;
  const tolerated = (text: string): Command => ({ text, tolerate: true });
  const asked = isPlan(check) ? dialect.explain(check.statement.text) : check.statement.text;
  return {
    bound,
    reference:
      bound.timed || check.expectation.kind === 'within' ? (size) => ({ text: dialect.timingReference(size) }) : null,
    commands: [
      { text: dialect.savepoint(SAVEPOINT), together: true },
      ...(check.setup.length > 0 && dialect.immediateConstraints !== null
        ? [tolerated(dialect.immediateConstraints)]
        : []),
      ...check.setup.map((statement) => tolerated(statement.text)),
      ...check.settings.map(({ key, value }) => tolerated(dialect.setting(key, value))),
      ...(check.role === null ? [] : [tolerated(dialect.assumeRole(check.role))]),
      tolerated(asked),
      { text: dialect.rollbackTo(SAVEPOINT), together: true },
    ],
  };
}

/** Reads the answers of a `checkBatch`. A timed check is then run again and again, in the still open transaction. */
export async function readCheck(
  session: Session,
  batch: CheckBatch,
  outcomes: readonly Outcome[],
  baselines: Baselines,
): Promise<CheckResult> {
  const { bound } = batch;
  refuseLost(outcomes);
  refuseEnded(batch, outcomes);
  const answer = readAnswer(batch, outcomes);
  let best: Round | null = null;
  let size = baselines.get(bound.check.name)?.reference?.size ?? null;
  let evaluation = judge(bound, answer, best, baselines);
  if (isTimed(bound) && answer.broken === null && answer.outcome.status === 'done') {
    for (
      let round = 0;
      round < TIMED_ROUNDS && (best === null || needsAnotherRound(bound, evaluation, best));
      round += 1
    ) {
      const timed = await timeRound(session, batch.commands, batch.reference, size);
      size ??= timed.reference?.size ?? null;
      if (best === null || timed.ms < best.ms) best = timed;
      evaluation = judge(bound, answer, best, baselines);
    }
    if (bound.timed && best !== null) baselines.set(bound.check.name, best);
  }
  const result = await resultOf(bound, evaluation, answer.durationMs);
  if (best === null) return result;
  const before = bound.check.when === 'before' ? undefined : baselines.get(bound.check.name);
  return { ...result, timing: { ms: rounded(best.ms), beforeMs: before === undefined ? null : rounded(before.ms) } };
}

/** A connection that was lost says nothing of the data: that is no failed check. */
function refuseLost(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === 'failed' && outcome.failure.connectionLost)
      throw errorOfFailure(outcome.failure, 'running the checks');
  }
}

/** Whatever it expects: a check that took its transaction along took the change along. */
function refuseEnded({ bound: { check }, commands }: CheckBatch, outcomes: readonly Outcome[]): void {
  const back = outcomes[commands.length - 1];
  if (back?.status !== 'failed') return;
  throw new SurefootError({
    code: 'sql-failed',
    message: `${check.statement.file}:${String(check.position.line)}: ${check.name} ended the transaction it runs in: ${back.failure.message}`,
    hint: 'Write the check without what ends a transaction, then run the command again.',
  });
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
  database: Pick<Database, 'name' | 'capabilities'>,
  doing: string,
  results: readonly CheckResult[],
  state: string,
  hint: string,
): SurefootError {
  const failed = failures(results);
  const [first] = failed;
  const usesNewEnumValue = failed.some((result) => result.actual.startsWith('error 55P04'));
  const told = (checks: readonly CheckResult[]): string =>
    `${doing} on ${database.name}: ${String(failed.length)} of ${String(results.length)} checks failed; ${state}\n${checks.map(describeFailure).join('\n')}`;
  return new SurefootError({
    code: usesNewEnumValue ? 'check-enum' : 'check-failed',
    message: told(failed),
    record: told(failed.map((check) => maskCheck(database.capabilities.engine, check))),
    hint: usesNewEnumValue
      ? 'A value added to an existing enum type can not be used before the commit: mark the check -- @when committed.'
      : hint,
    context: { checks: failed, file: first?.file, line: first?.line },
  });
}

function describeFailure(check: CheckResult): string {
  const more = check.detail === null ? '' : `\n${indent(check.detail, 6)}`;
  return `  ${check.file}:${String(check.line)}: ${check.name}\n      expected  ${check.expected}\n      actual    ${check.actual}${more}\n      query\n${indent(check.sql, 6)}`;
}

interface Answer {
  readonly outcome: Outcome;
  /** The first set-up, setting or role statement that failed. */
  readonly broken: Extract<Outcome, { status: 'failed' }> | null;
  readonly durationMs: number;
}

function readAnswer(batch: CheckBatch, outcomes: readonly Outcome[]): Answer {
  const end = batch.commands.length - 1;
  const outcome = outcomes[end - 1] ?? { status: 'skipped' };
  const broken = outcomes.slice(1, end - 1).find((each) => each.status === 'failed') ?? null;
  return { outcome, broken, durationMs: outcome.status === 'skipped' ? 0 : outcome.durationMs };
}

function judge(bound: BoundCheck, answer: Answer, round: Round | null, baselines: Baselines): Evaluation {
  if (answer.broken !== null) {
    const { failure } = answer.broken;
    return { passed: false, actual: `error ${failure.sqlState ?? ''}: ${failure.message} (in its set-up)`, more: null };
  }
  return evaluate(bound.check, answer.outcome, {
    own: round,
    before: baselines.get(bound.check.name) ?? null,
  });
}

function needsAnotherRound(bound: BoundCheck, evaluation: Evaluation, { durations }: Round): boolean {
  return bound.timed ? durations.reduce((sum, ms) => sum + ms, 0) < MOST_MS_BEFORE : !evaluation.passed;
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
    durationMs: rounded(durationMs),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`)
    .join('\n');
}
