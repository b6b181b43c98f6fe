import { isSurefootError, SurefootError } from '../../../model/errors.ts';
import type { AppliedMigration, History, StoredScripts } from '../../../model/history.ts';
import type { LockPolicy } from '../../../model/lock-policy.ts';
import type { MigrationSet } from '../../../model/migration.ts';
import type { HazardName, Plan } from '../../../model/plan.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Database } from '../../../ports/database.ts';
import type { Executor } from '../../../ports/executor.ts';
import type { Files } from '../../../ports/files.ts';
import type { Host } from '../../../ports/host.ts';
import type { Loader } from '../../../ports/loader.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { Session } from '../../../ports/session.ts';
import {
  createRecorder,
  prepareLayout,
  readHistory,
  readOpenRun,
  readScripts,
  type Recorder,
} from '../../journal/index.ts';
import type { ProofBook } from '../../migrations/index.ts';
import type { Prepared, PrepareParts } from '../../plan/index.ts';
import type { RunContext } from './context.ts';
import { createObserver } from './observer.ts';
import { runLabel } from './run-label.ts';
import { openSession, withSeat } from './seat.ts';

/** Everything a run on one database works with. Times in milliseconds. */
export interface RunParts {
  readonly database: Database;
  readonly set: MigrationSet;
  readonly files: Files;
  readonly loader: Loader;
  readonly host: Host;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly executor: Executor;
  readonly signal: AbortSignal;
  /** The project folder, and its `.surefoot` folder. */
  readonly root: string;
  readonly stateFolder: string;
  readonly command: string;
  /** Of the run that these parts are for. */
  readonly runId: string;
  readonly settings: RunSettings;
  readonly proofs: ProofBook;
}

export interface RunSettings {
  readonly lockWaitMs: number;
  readonly lockTimeoutMs: number | null;
  readonly statementTimeoutMs: number | null;
  readonly requireVerification: boolean;
  /** Nothing is applied whose rollback is not proven; `acceptEquivalent`: up to layout is enough. */
  readonly requireProof: boolean;
  readonly acceptEquivalent: boolean;
  /** A proof that was made without rows will not do. */
  readonly requireRows: boolean;
  readonly locks: LockPolicy;
  /** Hazards that stop a run unless allowed. */
  readonly refuseHazards: readonly HazardName[];
  readonly allowHazards: readonly HazardName[];
  /** Keep values of user data and literals of statements out of the journal. */
  readonly maskLiterals: boolean;
}

/** A session that holds the run lock. */
export interface LockedRun {
  readonly context: RunContext;
  /** Of the moment the lock was obtained, or of the last `reread`. */
  history: History;
  reread(): Promise<History>;
}

/** Opens a session, lends it to `work`, and closes it. */
export async function withSession<T>(
  parts: Pick<RunParts, 'database' | 'progress' | 'host' | 'signal'> & { readonly runId?: string },
  create: boolean,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { host, runId } = parts;
  const label = runId === undefined ? `surefoot ${host.operator}@${host.host}` : runLabel(host, runId);
  const session = await openSession(parts, create, label);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** Takes the run lock, then reads the history, then lends both to `work`; always gives the lock back. */
export async function withLock<T>(
  parts: RunParts,
  session: Session,
  options: { readonly prepare: boolean },
  work: (run: LockedRun) => Promise<T>,
): Promise<T> {
  const { database, clock, progress, host, files, runId, signal } = parts;
  const waitMs = parts.settings.lockWaitMs;
  // Asked for while the lock is.
  const gitCommit = host.gitCommit(parts.root);
  const observer = createObserver(database, (reason) =>
    progress.report({
      type: 'message',
      database: database.name,
      level: 'warn',
      text: `nobody can see who waits behind this run: ${reason}. Lock time-outs hold all the same; a direct URL (--direct-url) or a larger pool gives it a second session`,
    }),
  );
  try {
    return await withSeat({ database, host, clock, progress, signal, runId, waitMs }, session, async (seat) => {
      let history = await readHistory(database, session);
      if (options.prepare && history.layout !== database.layout.at(-1)?.version) {
        await prepareLayout(database, session, history.layout);
        history = await readHistory(database, session);
      }
      const recorder = createRecorder({
        database,
        engine: database.capabilities.engine,
        files,
        host,
        clock,
        progress,
        stateFolder: parts.stateFolder,
        command: parts.command,
        runId,
        gitCommit: await gitCommit,
        maskLiterals: parts.settings.maskLiterals,
      });
      if (options.prepare) await settleEarlierRuns(database, session, recorder);
      const run: LockedRun = {
        context: {
          database,
          get session() {
            return seat.session;
          },
          get lock() {
            return seat.lock;
          },
          seat,
          recorder,
          journalsSteps: true,
          clock,
          files,
          progress,
          signal,
          locks: parts.settings.locks,
          observer,
          waitMs,
          backup: { made: null },
        },
        history,
        reread: async () => {
          run.history = await readHistory(database, seat.session);
          return run.history;
        },
      };
      return work(run);
    });
  } finally {
    await observer.close();
  }
}

/** What earlier runs could not write is written now, and a run that never ended is named as interrupted. */
async function settleEarlierRuns(database: Database, session: Session, recorder: Recorder): Promise<void> {
  await recorder.catchUp(session);
  const open = await readOpenRun(database, session);
  if (open === null) return;
  await recorder.append(session, {
    ...recorder.entry({
      event: 'run-interrupted',
      outcome: 'interrupted',
      notes: [
        `run of ${open.operator}@${open.host} (pid ${String(open.pid)}) begun ${open.at} has no end: it was killed or lost its connection`,
      ],
    }),
    runId: open.runId,
  });
}

export function storedReader(
  database: Database,
  session: Session,
): (applied: AppliedMigration) => Promise<StoredScripts | null> {
  return async (applied) => readScripts(database, session, applied);
}

export function prepareParts(parts: RunParts, session: Session, history: History): PrepareParts {
  return {
    database: parts.database,
    reading: { files: parts.files, loader: parts.loader, engine: parts.database.capabilities.engine },
    history,
    defaults: { lockTimeoutMs: parts.settings.lockTimeoutMs, statementTimeoutMs: parts.settings.statementTimeoutMs },
    stored: storedReader(parts.database, session),
    requireVerification: parts.settings.requireVerification,
    proofOf: (migration) => parts.proofs.of(migration),
  };
}

/** Refuses hazards that the environment does not want and nobody allowed by name. */
export function refuseHazards(plan: Plan, settings: RunSettings): void {
  const refused = plan.steps.flatMap((step) =>
    step.hazards.filter(
      (each) =>
        settings.refuseHazards.includes(each.hazard) &&
        each.allowed === null &&
        !settings.allowHazards.includes(each.hazard),
    ),
  );
  if (refused.length === 0) return;
  const names = [...new Set(refused.map((each) => each.hazard))];
  throw new SurefootError({
    code: 'hazard',
    message: `the plan for ${plan.database} holds hazards that nobody allowed:\n${refused.map((each) => `  ${each.file}${each.line === null ? '' : `:${String(each.line)}`}: ${each.hazard}: ${each.message}`).join('\n')}`,
    hint: `Allow them with ${names.map((name) => `--allow ${name}`).join(' ')}, or write ${names.map((name) => `-- @allow ${name} <reason>`).join(' and ')} at the head of the file.`,
    context: { hazards: refused },
  });
}

/** Steps that another run left for us must be among those that were planned and shown. */
export function refuseOtherPlan(planned: Prepared, now: Prepared): void {
  const known = new Set(planned.plan.steps.map((step) => `${step.direction} ${step.name}`));
  const other = now.plan.steps.filter((step) => !known.has(`${step.direction} ${step.name}`));
  if (other.length === 0) return;
  throw new SurefootError({
    code: 'plan-changed',
    message: `another run changed ${now.plan.database} while this one waited; its plan would now hold ${other.map((step) => step.name).join(', ')}; nothing was changed`,
    hint: `Look at surefoot plan ${now.plan.database}${other[0]?.direction === 'down' ? ' --down' : ''}, then run the command again.`,
  });
}

export function isAbsentDatabase(error: unknown): boolean {
  return isSurefootError(error) && error.code === 'database-absent';
}
