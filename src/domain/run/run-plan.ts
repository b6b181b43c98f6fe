import type { LockReport } from '../../model/blocker.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { Direction } from '../../model/engine.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { History } from '../../model/history.ts';
import type { Executor } from '../../ports/executor.ts';
import type { Prepared, PreparedStep } from '../plan/index.ts';
import { checksBefore, checksInStep, checksRolledBack, holdsOn, type BoundScript } from '../verification/index.ts';
import { applyIn, type PendingRecord, type TransactionScope } from './apply-in.ts';
import { openCommands, type StepChecks } from './apply-step.ts';
import { checkCommitted } from './check-committed.ts';
import type { RunContext } from './context.ts';
import { isLost } from './own-transaction.ts';
import { commitRecord } from './record-step.ts';

/** What became of one step. Times in milliseconds. */
export interface StepResult {
  readonly version: string;
  readonly name: string;
  readonly direction: Direction;
  readonly outcome: 'succeeded' | 'failed';
  readonly durationMs: number;
  readonly verification: 'passed' | 'absent' | 'failed';
  readonly checks: readonly CheckResult[];
  readonly locks: LockReport;
}

export interface PlanRun {
  readonly prepared: Prepared;
  readonly scope: TransactionScope;
  readonly standing: readonly BoundScript[];
  /** Orders of the versions applied when the run begins. */
  readonly applied: readonly bigint[];
  readonly executor: Executor;
}

/** Runs every step of a plan in order and stops at the first that fails, which it throws after `onStep` has seen it. */
export async function runSteps(context: RunContext, run: PlanRun, onStep: (result: StepResult) => void): Promise<void> {
  const applied = new Set(run.applied);
  const standing = new Map(run.standing.filter(holdsOn).map((script) => [script.order, script]));
  const highestBeside = highestOf(applied);
  const { steps } = run.prepared;
  const pending: PendingRecord[] = [];
  if (run.scope !== 'each') await openShared(context, steps);
  try {
    await run.executor.execute(
      steps.map((step, index) => ({
        name: step.plan.name,
        run: async () => {
          if (context.signal.aborted)
            throw new SurefootError({
              code: 'interrupted',
              message: `interrupted before ${step.plan.name}; the steps before it are complete`,
              hint: 'Run the command again to go on.',
            });
          const { order } = step.target.version;
          const own = step.verify === null ? null : { version: step.plan.version, order, script: step.verify };
          const others = [...standing.values()].filter(
            (script) => script.order !== order && (script.version === null || applied.has(script.order)),
          );
          const staying = step.plan.direction === 'down' ? highestBeside(order) : -1n;
          const result = await runOne(
            context,
            run,
            step,
            { own, others, staying, index, of: steps.length, applied },
            pending,
          );
          if (step.plan.direction === 'up') applied.add(order);
          else applied.delete(order);
          if (own !== null && step.plan.direction === 'up' && holdsOn(own)) standing.set(order, own);
          onStep(result);
        },
      })),
    );
    if (run.scope === 'single') await commitShared(context, steps, pending);
  } catch (error) {
    if (run.scope !== 'each') await abort(context, error);
    throw error;
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
  run: PlanRun,
  step: PreparedStep,
  place: Place,
  pending: PendingRecord[],
): Promise<StepResult> {
  const { name, direction } = step.plan;
  const { database, progress, clock } = context;
  progress.report({
    type: 'step-started',
    database: database.name,
    name,
    direction,
    index: place.index,
    steps: place.of,
  });
  const start = clock.monotonic();
  const checks = checksFor(step, place);
  try {
    const durationMs = (): number => clock.monotonic() - start;
    const applied = await applyIn(context, run.scope, step, checks, durationMs, pending);
    if (applied.history !== null) refuseOtherHistory(context, step, place.applied, applied.history);
    const committed = run.scope === 'each' ? await checkCommitted(context, step, place.own) : [];
    const all = [...applied.checks, ...committed];
    progress.report({
      type: 'step-finished',
      database: database.name,
      name,
      direction,
      durationMs: applied.durationMs,
      checks: all,
    });
    return {
      version: step.plan.version,
      name,
      direction,
      outcome: 'succeeded',
      durationMs: applied.durationMs,
      verification: all.length === 0 ? 'absent' : 'passed',
      checks: all,
      locks: applied.locks,
    };
  } catch (error) {
    progress.report({
      type: 'step-failed',
      database: database.name,
      name,
      direction,
      message: isSurefootError(error) ? error.message : String(error),
    });
    if (run.scope === 'each') {
      await abort(context, error);
      await recordFailure(context, step, error, clock.monotonic() - start);
    }
    throw error;
  }
}

function checksFor(step: PreparedStep, { own, others, staying }: Place): StepChecks {
  const { order } = step.target.version;
  if (step.plan.direction === 'down') {
    return { before: [], after: checksRolledBack(own, others, staying) };
  }
  return { before: own === null ? [] : checksBefore(own), after: checksInStep(own, others, order) };
}

async function recordFailure(
  context: RunContext,
  step: PreparedStep,
  error: unknown,
  durationMs: number,
): Promise<void> {
  if (isSurefootError(error) && error.context['committed'] === true) return;
  const checks =
    isSurefootError(error) && Array.isArray(error.context['checks'])
      ? (error.context['checks'] as readonly CheckResult[])
      : [];
  const entry = context.recorder.entry({
    event: 'step',
    outcome: isSurefootError(error) && error.code === 'interrupted' ? 'interrupted' : 'failed',
    version: step.plan.version,
    name: step.plan.name,
    direction: step.plan.direction,
    checksum: step.script.checksum,
    durationMs: Math.round(durationMs * 100) / 100,
    failure: error,
    checks,
  });
  if (isLost(error)) context.recorder.putAside(entry);
  else await context.recorder.append(context.session, entry);
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

async function openShared(context: RunContext, steps: readonly PreparedStep[]): Promise<void> {
  const [first] = steps;
  if (first === undefined) return;
  await context.session.batch(openCommands(context, first));
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
  await commitRecord(context, last, record, final.transaction);
  for (const { entry } of records.slice(0, -1)) context.recorder.mirror(entry);
}

async function abort(context: RunContext, error: unknown): Promise<void> {
  if (isLost(error)) return;
  await context.session.batch([{ text: context.database.dialect.abort, tolerate: true }]);
}
