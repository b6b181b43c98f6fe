import { SurefootError } from '../../model/errors.ts';
import type { LockPolicy } from '../../model/lock-policy.ts';
import type { Database } from '../../ports/database.ts';
import type { Executor } from '../../ports/executor.ts';
import type { Files } from '../../ports/files.ts';
import type { Session } from '../../ports/session.ts';
import type { WatchedSession } from '../../ports/write-watch.ts';
import { createRecorder, prepareLayout, readHistory } from '../journal/index.ts';
import type { PreparedStep } from '../plan/index.ts';
import { createObserver, runSteps, type RunContext, type RunParts } from '../run/index.ts';
import type { BoundScript } from '../verification/index.ts';

/** One shadow with a session of its own, on which steps run as they do for real. */
export interface Runner {
  readonly shadow: Database;
  readonly session: Session;
  readonly watch: WatchedSession;
  readonly context: RunContext;
  close(): Promise<void>;
}

/** Nobody else is on a shadow: waiting for locks would help nothing. */
const NO_RETRY: LockPolicy = { retries: 0, retryMs: 0, queueMs: null };
/** One step needs nobody to keep an order. */
const AT_ONCE: Executor = {
  execute: async (list) => {
    for (const each of list) await each.run();
  },
};
const SILENT = { report: (): void => undefined };

/** Connects to a shadow and makes surefoot's own tables there. */
export async function openRunner(parts: RunParts, shadow: Database): Promise<Runner> {
  const inner = await shadow.connect({ create: true, label: 'surefoot prove', signal: parts.signal });
  const watch = shadow.watchWrites(inner);
  const { session } = watch;
  const history = await readHistory(shadow, session);
  await prepareLayout(shadow, session, history.layout);
  const observer = createObserver(shadow, () => undefined);
  const recorder = createRecorder({
    database: shadow,
    engine: shadow.capabilities.engine,
    files: withoutTraces(parts.files),
    host: parts.host,
    clock: parts.clock,
    progress: SILENT,
    stateFolder: parts.stateFolder,
    command: 'prove',
    runId: parts.host.uuid(),
    gitCommit: null,
  });
  const lock = { fence: null, place: null, backend: null, release: async (): Promise<void> => Promise.resolve() };
  const lost = async (): Promise<never> =>
    Promise.reject(
      new SurefootError({
        code: 'shadow-unavailable',
        message: 'the connection to the shadow was lost',
        hint: 'Run the command again.',
      }),
    );
  return {
    shadow,
    session,
    watch,
    context: {
      database: shadow,
      session,
      lock,
      seat: { session, lock, reconnect: lost, retakeLock: lost },
      waitMs: 0,
      backup: { made: null },
      recorder,
      journalsSteps: false,
      clock: parts.clock,
      files: parts.files,
      progress: SILENT,
      signal: parts.signal,
      locks: NO_RETRY,
      observer,
    },
    close: async () => {
      await observer.close();
      await session.close();
    },
  };
}

/** Runs one step with its checks and commits it. `applied`: orders of versions whose standing checks hold. */
export async function runStep(
  runner: Runner,
  step: PreparedStep,
  checks: { readonly standing: readonly BoundScript[]; readonly applied: readonly bigint[] },
): Promise<void> {
  await runSteps(
    runner.context,
    {
      prepared: {
        plan: {
          database: runner.shadow.name,
          engine: runner.shadow.capabilities.engine,
          direction: step.plan.direction,
          state: '',
          steps: [step.plan],
        },
        steps: [step],
      },
      scope: 'each',
      standing: checks.standing,
      applied: checks.applied,
      executor: AT_ONCE,
    },
    () => undefined,
  );
}

/** What happens to a shadow is not written into the project's log. */
function withoutTraces(files: Files): Files {
  return { ...files, append: () => undefined, exists: () => false };
}
