import { describeBlocker, sumOfLocks, type Blocker, type LockReport } from '../../../model/blocker.ts';
import { isSurefootError, SurefootError } from '../../../model/errors.ts';
import { stopIfAborted } from '../../../model/interrupted.ts';
import type { StatementFacts } from '../../../model/statement.ts';
import { GUARD_MESSAGE, type LockScope } from '../../../ports/traffic.ts';
import type { Command } from '../../../ports/session.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { nextPause } from './next-pause.ts';
import { isWatched, lockScopeOf } from './lock-scope.ts';
import { watchLocks, type Watched } from './watch-locks.ts';

/** What is tried: a step, or one statement of a step outside a transaction. */
export interface Attempt<T> {
  readonly step: PreparedStep;
  readonly facts: readonly StatementFacts[];
  /** Told in messages: the state of the database when nothing more is tried. */
  readonly state: string;
  /** Each failed try goes to the journal; true when left out. */
  readonly recorded?: boolean;
  run(turn: Turn): Promise<T>;
}

export interface Turn {
  /** Goes right behind what opens the transaction. */
  readonly guard: readonly Command[];
  /** An earlier try of this run failed. */
  readonly again: boolean;
  /** What the locks cost until now; null where there is nothing to tell. */
  locks(): LockReport | null;
}

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 1_000;
const WORD_EVERY_MS = 5_000;
const NOBODY: Watched = { blockers: [], othersWaitedMs: null, cancelled: false };

/**
 * Runs `attempt` again as a whole where it failed for a lock, a deadlock or a serialization conflict, after a pause
 * that grows, up to the run's limits; each try under the same time-outs and in the journal. Ahead of a lock that a long
 * transaction is in the way of it waits without standing in line. Throws `lock-unavailable` when the limits are met.
 */
export async function retryStep<T>(
  context: RunContext,
  attempt: Attempt<T>,
): Promise<{ readonly value: T; readonly locks: LockReport }> {
  const { clock, locks: policy, database } = context;
  const { step, facts } = attempt;
  const begun = clock.monotonic();
  const deadline = begun + policy.retryMs;
  const watched = isWatched(context, step, facts);
  const scope = watched ? scopeOf(step, facts) : null;
  const guard: readonly Command[] =
    scope?.tables == null ? [] : [{ text: database.traffic.guard(scope), together: true }];
  // What runs outside a transaction holds no lock that keeps readers or writers waiting.
  const queueMs = facts.some((fact) => !fact.transactional)
    ? Number.POSITIVE_INFINITY
    : (policy.queueMs ?? (step.plan.lockTimeoutMs ?? 0) / 2);
  let tries = 0;
  let waitedMs = 0;
  let othersWaitedMs: number | null = null;
  let pause: number | null = null;
  for (;;) {
    if (scope !== null && scope.tables === null)
      waitedMs += await waitOutside(context, attempt, scope, deadline, (blockers) =>
        exhausted(attempt, context, tries, blockers),
      );
    tries += 1;
    const watch = watched ? watchLocks(context, queueMs) : null;
    let seen = NOBODY;
    let failure: unknown;
    try {
      const value = await attempt.run({
        guard,
        again: tries > 1,
        locks: () => {
          const others = longest(othersWaitedMs, watch?.othersWaitedMs() ?? null);
          return sumOfLocks([{ tries, waitedMs: Math.round(waitedMs), othersWaitedMs: others }]);
        },
      });
      seen = (await watch?.stop()) ?? NOBODY;
      othersWaitedMs = longest(othersWaitedMs, seen.othersWaitedMs);
      return { value, locks: { tries, waitedMs: Math.round(waitedMs), othersWaitedMs } };
    } catch (error) {
      seen = (await watch?.stop()) ?? NOBODY;
      othersWaitedMs = longest(othersWaitedMs, seen.othersWaitedMs);
      failure = error;
    }
    const reason = context.signal.aborted ? null : reasonOf(failure, seen, step);
    if (reason === null || !isSurefootError(failure)) throw failure;
    await context.session.batch([{ text: database.dialect.abort, tolerate: true }]);
    if (reason === 'guard') {
      tries -= 1;
      if (scope !== null)
        waitedMs += await waitOutside(context, attempt, scope, deadline, (blockers) =>
          exhausted(attempt, context, tries, blockers),
        );
      continue;
    }
    const blockers = seen.blockers.length > 0 ? seen.blockers : await conflictsOf(context, scope);
    const spent = tries > policy.retries || clock.monotonic() >= deadline;
    if (attempt.recorded !== false)
      await recordTry(context, step, { failure, reason, tries, blockers, othersWaitedMs: seen.othersWaitedMs });
    if (spent) throw exhausted(attempt, context, tries, blockers, failure);
    pause = nextPause(pause, Math.min(step.plan.lockTimeoutMs ?? 0, queueMs), Math.random());
    const forMs = Math.max(0, Math.min(pause, deadline - clock.monotonic()));
    context.progress.report({
      type: 'step-retried',
      database: database.name,
      name: step.plan.name,
      tries,
      reason: REASONS[reason],
      blockers,
      pauseMs: forMs,
    });
    await clock.sleep(forMs, context.signal);
    stopIfAborted(context.signal, `while ${step.plan.name} waited for its next try. ${attempt.state}`);
  }
}

type Reason = 'lock-timeout' | 'deadlock' | 'serialization' | 'yielded' | 'busy' | 'guard';

const REASONS: Readonly<Record<Reason, string>> = {
  'lock-timeout': 'a lock was not to be had in time',
  deadlock: 'it met another session in a deadlock',
  serialization: 'another transaction changed what it had read',
  yielded: 'others waited behind it for long enough, so it stepped aside',
  busy: 'another connection was writing',
  guard: GUARD_MESSAGE,
};

const SQL_STATES: Readonly<Record<string, Reason>> = {
  '55P03': 'lock-timeout',
  '40P01': 'deadlock',
  '40001': 'serialization',
};

/** Why it is worth another try; null where it is not. */
function reasonOf(error: unknown, seen: Watched, step: PreparedStep): Reason | null {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (!isSurefootError(each)) continue;
    if (each.context['connectionLost'] === true) return null;
    if (each.message.includes(GUARD_MESSAGE)) return 'guard';
    const { sqlState } = each.context;
    const reason = typeof sqlState === 'string' ? SQL_STATES[sqlState] : undefined;
    if (reason !== undefined) return reason;
    if (seen.cancelled && (each.code === 'interrupted' || sqlState === '57014')) return 'yielded';
    // Where nobody asked for a lock time-out, the engine's own patience is the answer.
    if (each.code === 'busy' && step.plan.lockTimeoutMs !== null) return 'busy';
  }
  return null;
}

function scopeOf(step: PreparedStep, facts: readonly StatementFacts[]): LockScope | null {
  // What runs outside a transaction waits for every older one of the database, whatever tables it touched.
  if (facts.some((fact) => !fact.transactional))
    return { tables: null, writersOnly: false, olderThanMs: step.plan.lockTimeoutMs ?? 0 };
  return lockScopeOf(step, facts);
}

async function conflictsOf(context: RunContext, scope: LockScope | null): Promise<readonly Blocker[]> {
  if (scope === null) return [];
  return context.database.traffic.conflicts(context.session, { ...scope, olderThanMs: 0 });
}

/** Waits, with no lock held and none asked for, until nobody is in the way; returns for how long, ms. */
async function waitOutside<T>(
  context: RunContext,
  { step, state }: Attempt<T>,
  scope: LockScope,
  deadline: number,
  refuse: (blockers: readonly Blocker[]) => SurefootError,
): Promise<number> {
  const { clock, database, session, progress, signal } = context;
  const start = clock.monotonic();
  let poll = FIRST_POLL_MS;
  let lastWord = Number.NEGATIVE_INFINITY;
  for (;;) {
    const blockers = await database.traffic.conflicts(session, scope);
    const now = clock.monotonic();
    if (blockers.length === 0) return now - start;
    if (now >= deadline) throw refuse(blockers);
    if (now - lastWord >= WORD_EVERY_MS) {
      lastWord = now;
      progress.report({
        type: 'step-waiting',
        database: database.name,
        name: step.plan.name,
        blockers,
        waitedMs: now - start,
      });
    }
    await clock.sleep(Math.min(poll, deadline - now), signal);
    stopIfAborted(signal, `while ${step.plan.name} waited for those in its way. ${state}`);
    poll = Math.min(poll * 1.5, LONGEST_POLL_MS);
  }
}

async function recordTry(
  context: RunContext,
  step: PreparedStep,
  facts: {
    readonly failure: SurefootError;
    readonly reason: Reason;
    readonly tries: number;
    readonly blockers: readonly Blocker[];
    readonly othersWaitedMs: number | null;
  },
): Promise<void> {
  const { recorder, session } = context;
  await recorder.append(
    session,
    recorder.entry({
      event: 'retried',
      outcome: 'failed',
      version: step.plan.version,
      name: step.plan.name,
      direction: step.plan.direction,
      failure: facts.failure,
      notes: [
        `try ${String(facts.tries)}: ${REASONS[facts.reason]}`,
        ...facts.blockers.map((blocker) => `blocked by ${describeBlocker(blocker)}`),
      ],
      locks: { tries: facts.tries, waitedMs: 0, othersWaitedMs: facts.othersWaitedMs, blockers: facts.blockers },
    }),
  );
}

function exhausted<T>(
  { step, state }: Attempt<T>,
  context: RunContext,
  tries: number,
  blockers: readonly Blocker[],
  cause?: SurefootError,
): SurefootError {
  const verb = step.plan.direction === 'up' ? 'migrate' : 'rollback';
  const command = `surefoot ${verb} ${context.database.name}`;
  const what =
    tries === 0
      ? 'long transactions are in the way of its locks and did not end in time'
      : `${String(tries)} ${tries === 1 ? 'try' : 'tries'} were not enough to get its locks`;
  const who =
    blockers.length === 0
      ? 'nobody is in the way any more'
      : `in the way:\n${blockers.map((blocker) => `  ${describeBlocker(blocker)}`).join('\n')}`;
  const pids = blockers.flatMap(({ pid }) => (pid === null ? [] : [pid]));
  const end = pids.map((pid) => `SELECT pg_terminate_backend(${String(pid)})`).join('; ');
  return new SurefootError({
    code: 'lock-unavailable',
    message: `${step.plan.file}: ${what}; ${who}\n${cause === undefined ? '' : `last: ${cause.message.split('\n')[0] ?? ''}\n`}${state}`,
    hint:
      blockers.length === 0
        ? `Run ${command} again.`
        : `Wait until they have ended${end === '' ? '' : ` (or end them: ${end})`}, then run ${command} again.`,
    context: {
      ...cause?.context,
      file: step.plan.file,
      sqlState: cause?.context['sqlState'] ?? null,
      tries,
      blockers,
    },
    cause,
  });
}

function longest(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.max(one, other);
}
