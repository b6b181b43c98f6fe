import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Database } from '../../ports/database.ts';
import type { HeldLock, LockHolder } from '../../ports/lock.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Session } from '../../ports/session.ts';
import { readOpenRun } from '../journal/index.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;
const WORD_EVERY_MS = 5_000;

export interface LockRequest {
  readonly database: Database;
  readonly session: Session;
  readonly label: string;
  readonly waitMs: number;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Polls for the run lock up to `waitMs`, telling who holds it; SurefootError `locked` when the time is over. */
export async function acquireLock(request: LockRequest): Promise<HeldLock> {
  const { database, session, clock, progress, signal } = request;
  const start = clock.monotonic();
  let pause = FIRST_PAUSE_MS;
  let lastWord = Number.NEGATIVE_INFINITY;
  for (;;) {
    signal.throwIfAborted();
    const held = await database.lock.tryAcquire(session, request.label);
    if (held !== null) return held;
    const waitedMs = clock.monotonic() - start;
    const holder = await namedHolder(database, session);
    if (waitedMs >= request.waitMs) throw lockedError(database.name, holder, waitedMs);
    if (waitedMs - lastWord >= WORD_EVERY_MS) {
      progress.report({
        type: 'lock-waiting',
        database: database.name,
        holder: describeHolder(holder),
        since: holder?.since ?? null,
        waitedMs,
      });
      lastWord = waitedMs;
    }
    await clock.sleep(Math.min(pause, request.waitMs - waitedMs), signal);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
}

/** The holder as the engine knows it, called by its run where the journal tells of one under way. */
async function namedHolder(database: Database, session: Session): Promise<LockHolder | null> {
  const holder = await database.lock.holder(session);
  if (holder === null) return null;
  try {
    const run = await readOpenRun(database, session);
    if (run === null) return holder;
    const label = `run ${run.runId} of ${run.operator}@${run.host} pid ${String(run.pid)}`;
    return { ...holder, label, since: run.at };
  } catch (error) {
    // The first run on a database holds the lock before there is a journal.
    if (!isSurefootError(error)) throw error;
    return holder;
  }
}

export function describeHolder(holder: LockHolder | null): string {
  if (holder === null) return 'a run that just ended';
  const pid = holder.pid === null ? '' : ` (pid ${String(holder.pid)})`;
  return holder.label ?? `another run${pid}`;
}

function lockedError(name: string, holder: LockHolder | null, waitedMs: number): SurefootError {
  const since = holder?.since == null ? '' : ` since ${holder.since}`;
  return new SurefootError({
    code: 'locked',
    message: `${name} is locked by ${describeHolder(holder)}${since}; waited ${(waitedMs / 1000).toFixed(1)} s; nothing was changed`,
    hint: 'Wait until that run has ended and run the command again, or give it more time with --lock-wait.',
    context: { holder },
  });
}
