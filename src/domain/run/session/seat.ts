import { isSurefootError } from '../../../model/errors.ts';
import { stopIfAborted } from '../../../model/interrupted.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Database } from '../../../ports/database.ts';
import type { Host } from '../../../ports/host.ts';
import type { HeldLock } from '../../../ports/lock.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { Session } from '../../../ports/session.ts';
import { acquireLock } from './acquire-lock.ts';
import { runLabel } from './run-label.ts';

export interface SeatParts {
  readonly database: Database;
  readonly host: Host;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly runId: string;
  /** How long to try for a lock, and for a connection in place of a lost one. */
  readonly waitMs: number;
}

/** The session and the lock a run works with. Both are replaced when the connection was lost. */
export interface Seat {
  readonly session: Session;
  readonly lock: HeldLock;
  /** A session in place of a lost one, without the lock. Throws the last error when the time is over. */
  reconnect(): Promise<void>;
  /** The lock for the new session. Whoever had it meanwhile, the session that was lost is at its end then. */
  retakeLock(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** What a server may say that is about to be there. */
const PASSING = new Set(['connection-failed', 'connection-lost', 'too-many-connections', 'server-stopping']);

/** Opens a session. `create`: see Database. */
export async function openSession(
  parts: Pick<SeatParts, 'database' | 'progress' | 'signal'>,
  create: boolean,
  label: string,
): Promise<Session> {
  const { database, progress, signal } = parts;
  try {
    return await database.connect({
      create,
      label,
      onNotice: (text) => progress.report({ type: 'message', database: database.name, level: 'info', text }),
      signal,
    });
  } catch (error) {
    // Where there is a server it has told how it is created; a file is made by the first run.
    if (database.capabilities.remote || !isSurefootError(error) || error.code !== 'database-absent') throw error;
    throw error.with({ hint: `Run surefoot migrate ${database.name} to make it, or correct its path.` });
  }
}

/** Takes the lock, lends the seat, and leaves nothing of it behind. The first session stays the caller's to close. */
export async function withSeat<T>(parts: SeatParts, first: Session, work: (seat: Seat) => Promise<T>): Promise<T> {
  const take = async (session: Session): Promise<HeldLock> =>
    acquireLock({ ...parts, session, label: runLabel(parts.host, parts.runId) });
  const now = { session: first, lock: await take(first) };
  const leave = async (): Promise<void> => {
    if (now.session !== first) await now.session.close();
  };
  const seat: Seat = {
    get session() {
      return now.session;
    },
    get lock() {
      return now.lock;
    },
    reconnect: async () => {
      const session = await connectAgain(parts);
      await leave();
      now.session = session;
    },
    retakeLock: async () => {
      now.lock = await take(now.session);
    },
  };
  try {
    return await work(seat);
  } finally {
    await now.lock.release();
    await leave();
  }
}

async function connectAgain(parts: SeatParts): Promise<Session> {
  const { clock, signal } = parts;
  const start = clock.monotonic();
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    stopIfAborted(signal, 'while connecting again');
    try {
      return await openSession(parts, false, runLabel(parts.host, parts.runId));
    } catch (error) {
      const left = parts.waitMs - (clock.monotonic() - start);
      if (!isSurefootError(error) || !PASSING.has(error.code) || left <= 0) throw error;
      await clock.sleep(Math.min(pause, left), signal);
      pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
    }
  }
}
