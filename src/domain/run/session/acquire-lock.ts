import { messageOf, SurefootError } from '../../../model/errors.ts';
import { stopIfAborted } from '../../../model/interrupted.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Database } from '../../../ports/database.ts';
import type { Host } from '../../../ports/host.ts';
import type { HeldLock } from '../../../ports/lock.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { Session } from '../../../ports/session.ts';
import { describeOwner, readOwner, type OwnedLock } from './lock-owner.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;
const WORD_EVERY_MS = 5_000;
/** A server that looks after its clients frees the lock of one that was killed by itself within two seconds. */
const ORPHAN_MS = 3_000;

export interface LockRequest {
  readonly database: Database;
  readonly session: Session;
  readonly label: string;
  readonly waitMs: number;
  readonly clock: Clock;
  readonly host: Host;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Polls for the run lock up to `waitMs`, telling who holds it, and ends the session of a run that was killed. Throws
 * `locked` when the time is over.
 */
export async function acquireLock(request: LockRequest): Promise<HeldLock> {
  const { database, session, clock, progress, signal } = request;
  const start = clock.monotonic();
  let pause = FIRST_PAUSE_MS;
  let lastWord = Number.NEGATIVE_INFINITY;
  let ended: string | null = null;
  for (;;) {
    stopIfAborted(signal, `while waiting for the run lock of ${database.name}; nothing was changed`);
    const held = await database.lock.tryAcquire(session, request.label);
    if (held !== null) return held;
    const waitedMs = clock.monotonic() - start;
    const lock = await readOwner(database, session, request.host);
    if (waitedMs >= request.waitMs) throw lockedError(database.name, lock, waitedMs);
    if (lock?.owner.orphan === true && waitedMs >= ORPHAN_MS && ended !== lock.owner.runId) {
      ended = lock.owner.runId;
      await endOrphan(request, lock);
    }
    if (waitedMs - lastWord >= WORD_EVERY_MS) {
      progress.report({
        type: 'lock-waiting',
        database: database.name,
        holder: describeOwner(lock),
        since: lock?.owner.since ?? null,
        waitedMs,
      });
      lastWord = waitedMs;
    }
    await clock.sleep(Math.min(pause, request.waitMs - waitedMs), signal);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
}

/** The process of that run is gone; its session is still at work for nobody, and would keep the lock to its end. */
async function endOrphan({ database, session, progress }: LockRequest, lock: OwnedLock): Promise<void> {
  if (database.lock.endHolder === null) return;
  const told = (level: 'info' | 'warn', text: string): void =>
    progress.report({ type: 'message', database: database.name, level, text });
  try {
    if (await database.lock.endHolder(session, lock.holder))
      told(
        'warn',
        `ended the session of ${describeOwner(lock)}: its process is gone, and the server was still at work for it`,
      );
  } catch (error) {
    told(
      'warn',
      `the session of ${describeOwner(lock)}, whose process is gone, could not be ended: ${messageOf(error)}`,
    );
  }
}

function lockedError(name: string, lock: OwnedLock | null, waitedMs: number): SurefootError {
  const since = lock?.owner.since == null ? '' : ` since ${lock.owner.since}`;
  return new SurefootError({
    code: 'locked',
    message: `${name} is locked by ${describeOwner(lock)}${since}; waited ${(waitedMs / 1000).toFixed(1)} s; nothing was changed`,
    hint: 'Wait until that run has ended and run the command again, or give it more time with --lock-wait.',
    context: { holder: lock === null ? null : lock.owner },
  });
}
