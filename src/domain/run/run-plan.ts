import type { CheckResult } from '../../model/check-result.ts';
import { SurefootError } from '../../model/errors.ts';
import type { History } from '../../model/history.ts';
import type { Command } from '../../ports/session.ts';
import type { PreparedStep } from '../plan/index.ts';
import {
  checksBefore,
  checksCommitted,
  checksInStep,
  checksRolledBack,
  holdsOn,
  type BoundScript,
} from '../verification/index.ts';
import { applyIn, type AppliedStep, type PendingRecord, type Tracks } from './apply-in.ts';
import { isOneBatch, openCommands, sendOpening, type StepChecks } from './step/apply-step.ts';
import { checkCommitted, checkShared } from './checks/check-committed.ts';
import { createCommits, RefusedCommit } from './commit/commits.ts';
import type { RunContext } from './session/context.ts';
import { abort, failStep } from './step/fail-step.ts';
import { asInterruption } from './errors/interrupted-error.ts';
import { isWatched } from './locks/lock-scope.ts';
import { commitRecord } from './commit/record-step.ts';
import type { PlanRun, StepResult } from './step-result.ts';
import { runShared, type SharedTry } from './run-shared.ts';
import { watchStatements } from './locks/watch-statements.ts';

/** Runs every step of a plan in order and stops at the first that fails, which it throws after `onStep` has seen it. */
export async function runSteps(context: RunContext, run: PlanRun, onStep: (result: StepResult) => void): Promise<void> {
  if (run.scope === 'each') await runOnce(context, run, null, onStep);
  else {
    const results: StepResult[] = [];
    const push = (result: StepResult): void => void results.push(result);
    await runShared(context, run, async (shared) => runOnce(context, run, shared, shared.onStep), push);
    const shared = run.scope === 'single' ? run.prepared.steps : [];
    const { checks, error } = await checkShared(context, shared);
    for (const result of results) onStep(withChecks(result, checks.get(result.name) ?? []));
    if (error !== null) throw error;
  }
}

function withChecks(result: StepResult, more: readonly CheckResult[]): StepResult {
  return more.length === 0 ? result : { ...result, verification: 'passed', checks: [...result.checks, ...more] };
}

async function runOnce(
  context: RunContext,
  run: PlanRun,
  shared: SharedTry | null,
  onStep: (result: StepResult) => void,
): Promise<void> {
  const applied = new Set(run.applied);
  const standing = new Map(run.standing.filter(holdsOn).map((script) => [script.order, script]));
  const highestBeside = highestOf(applied);
  const { steps } = run.prepared;
  const pending: PendingRecord[] = [];
  const commits = createCommits(context);
  const tracks = { scope: run.scope, pending, commits, ...(shared === null ? {} : { doubted: shared.doubted }) };
  const settle = async (): Promise<void> => {
    try {
      await commits.settle();
    } catch (error) {
      throw await failRefused(context, error);
    }
  };
  const watch = watchStatements(context);
  try {
    if (shared !== null) await openShared(context, steps, shared.guard);
    await run.executor.execute(
      steps.map((step, index) => ({
        name: step.plan.name,
        run: async () => {
          if (context.signal.aborted) {
            await settle();
            throw interruptedBefore(step);
          }
          shared?.at(step);
          const { order } = step.target.version;
          const own = step.verify === null ? null : { version: step.plan.version, order, script: step.verify };
          const others = [...standing.values()].filter(
            (script) => script.order !== order && (script.version === null || applied.has(script.order)),
          );
          const staying = step.plan.direction === 'down' ? highestBeside(order) : -1n;
          const place = { own, others, staying, index, of: steps.length, applied };
          watch.turnTo(step.plan.name);
          await runOne(context, tracks, step, place, onStep);
          if (step.plan.direction === 'up') applied.add(order);
          else applied.delete(order);
          if (own !== null && step.plan.direction === 'up' && holdsOn(own)) standing.set(order, own);
        },
      })),
    );
    await settle();
    if (run.scope === 'single') await commitShared(context, steps, pending);
  } catch (error) {
    if (shared !== null) await abort(context, error);
    throw error;
  } finally {
    await watch.stop();
  }
  if (run.scope === 'abort') await abort(context, null);
}

/** The highest order in a set that only loses members, beside the given one; -1 without any. */
function highestOf(orders: ReadonlySet<bigint>): (beside: bigint) => bigint {
  const descending = [...orders].sort((a, b) => (a > b ? -1 : 1));
  let first = 0;
  return (beside) => {
    while (first < descending.length && !orders.has(descending[first] ?? -1n)) first += 1;
    for (let index = first; index < descending.length; index += 1) {
      const order = descending[index] ?? -1n;
      if (order !== beside && orders.has(order)) return order;
    }
    return -1n;
  };
}

interface Place {
  readonly own: BoundScript | null;
  readonly others: readonly BoundScript[];
  /** Order of the highest version that stays applied when this one is taken back. */
  readonly staying: bigint;
  readonly index: number;
  readonly of: number;
  /** Orders of what was applied before this step. */
  readonly applied: ReadonlySet<bigint>;
}

async function runOne(
  context: RunContext,
  tracks: Tracks,
  step: PreparedStep,
  place: Place,
  onStep: (result: StepResult) => void,
): Promise<void> {
  const { clock } = context;
  const { commits } = tracks;
  const checks = checksFor(step, place);
  const each = tracks.scope === 'each';
  const later = each && step.plan.direction === 'up' && place.own !== null ? checksCommitted(place.own) : [];
  const watched = isWatched(context, step, step.facts);
  const mayStayOpen = each && step.plan.transaction === 'each' && later.length === 0 && !watched;
  const began = { at: clock.monotonic() };
  try {
    if (watched || !isOneBatch(step, checks)) await commits.settle();
    commits.afterwards(() => {
      began.at = clock.monotonic();
      reportStarted(context, step, place);
    });
    const durationMs = (): number => clock.monotonic() - began.at;
    const applied = await applyIn(context, tracks, step, checks, durationMs, mayStayOpen);
    const refuse = ({ history }: Pick<AppliedStep, 'history'>): void => {
      if (history !== null) refuseOtherHistory(context, step, place.applied, history);
    };
    const finish = (result: AppliedStep, committed: readonly CheckResult[] = []): void =>
      onStep(reportFinished(context, step, result, [...result.checks, ...committed]));
    if (applied.open === null) {
      refuse(applied);
      finish(applied, await checkCommitted(context, step, later));
      return;
    }
    const { record, again } = applied.open;
    commits.defer({
      step,
      record,
      start: began.at,
      again: async (error) => {
        const result = await again(error);
        refuse(result);
        finish(result);
      },
      onCommitted: (history) => {
        refuse({ history });
        finish(applied);
      },
    });
  } catch (error) {
    if (error instanceof RefusedCommit) throw await failRefused(context, error);
    const told = asInterruption(context, step, error);
    if (each) await failStep(context, step, told, began.at);
    throw told;
  }
}

/** Tells of the step whose commit was refused; returns what refused it. */
async function failRefused(context: RunContext, error: unknown): Promise<unknown> {
  if (!(error instanceof RefusedCommit)) return error;
  const { open, reason } = error;
  await failStep(context, open.step, reason, open.start);
  return reason;
}

function interruptedBefore({ plan }: PreparedStep): SurefootError {
  return new SurefootError({
    code: 'interrupted',
    message: `interrupted before ${plan.name}; the steps before it are complete`,
    hint: 'Run the command again to go on.',
  });
}

function reportStarted({ database, progress }: RunContext, { plan }: PreparedStep, { index, of }: Place): void {
  const { name, direction } = plan;
  progress.report({ type: 'step-started', database: database.name, name, direction, index, steps: of });
}

function reportFinished(
  { database, progress }: RunContext,
  { plan: { name, direction, version } }: PreparedStep,
  { durationMs, locks }: AppliedStep,
  checks: readonly CheckResult[],
): StepResult {
  progress.report({ type: 'step-finished', database: database.name, name, direction, durationMs, checks });
  const verification = checks.length === 0 ? 'absent' : 'passed';
  return { version, name, direction, outcome: 'succeeded', durationMs, verification, checks, locks };
}

function checksFor(step: PreparedStep, { own, others, staying }: Place): StepChecks {
  const { order } = step.target.version;
  if (step.plan.direction === 'down') {
    return { before: [], after: checksRolledBack(own, others, staying) };
  }
  return { before: own === null ? [] : checksBefore(own), after: checksInStep(own, others, order) };
}

/** The lock was free while the run connected again: another run may have gone on with its plan. */
function refuseOtherHistory(
  context: RunContext,
  step: PreparedStep,
  before: ReadonlySet<bigint>,
  history: History,
): void {
  const expected = new Set(before);
  if (step.plan.direction === 'up') expected.add(step.target.version.order);
  else expected.delete(step.target.version.order);
  const now = history.applied.map((row) => row.version.order);
  if (now.length === expected.size && now.every((order) => expected.has(order))) return;
  throw new SurefootError({
    code: 'plan-changed',
    message: `the connection was lost while ${step.plan.name} was being committed. It was committed, and another run has changed ${context.database.name} since; this one stops`,
    hint: `Look at surefoot status ${context.database.name}, then run the command again.`,
    context: { committed: true },
  });
}

async function openShared(
  context: RunContext,
  steps: readonly PreparedStep[],
  guard: readonly Command[],
): Promise<void> {
  const [first] = steps;
  if (first === undefined) return;
  await sendOpening(context, [...openCommands(context, first), ...guard]);
}

async function commitShared(
  context: RunContext,
  steps: readonly PreparedStep[],
  records: readonly PendingRecord[],
): Promise<void> {
  const last = steps.at(-1);
  const final = records.at(-1);
  if (last === undefined || final === undefined) return;
  const record = { entry: final.entry, commands: records.flatMap((each) => each.commands) };
  await commitRecord(context, last, record, final.transaction, steps);
  for (const { entry } of records.slice(0, -1)) context.recorder.mirror(entry);
}
