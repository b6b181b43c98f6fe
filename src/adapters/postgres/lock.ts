import { randomInt } from 'node:crypto';
import type { HeldLock, Lock } from '../../ports/lock.ts';
import type { Session } from '../../ports/session.ts';
import { FENCE_MESSAGE } from './errors.ts';
import { applicationName } from './wire/application-name.ts';

/** First keys of the two advisory locks; the letters of "Sure" and its neighbour. They hold for one database each. */
const RUN_CLASS = 0x53_75_72_65;
const FENCE_CLASS = RUN_CLASS + 1;
/** Second key of the run lock: the same for every run. */
const RUN_KEY = 1;
const HIGHEST_KEY = 2 ** 31 - 1;
const RUN = `${String(RUN_CLASS)}, ${String(RUN_KEY)}`;

const OF_THIS_DATABASE =
  "locktype = 'advisory' AND granted AND objsubid = 2 AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())";
const RUN_LOCK = `classid = ${String(RUN_CLASS)} AND objid = ${String(RUN_KEY)}`;

/**
 * The run lock: an advisory lock of the session, which the server frees with the connection. A second one with a
 * random key tells this run's lock from one that an earlier run left on a pooled connection: the fence asks for both.
 * Each is taken twice, so that the fence can ask by giving one of the two back: only its holder can, and it stays held
 * while that one is taken again. To look it up in pg_locks would copy the locks of the whole server, for every step.
 */
export const POSTGRES_LOCK: Lock = {
  tryAcquire: async (session, label) => {
    const nonce = randomInt(1, HIGHEST_KEY);
    // Asked, never waited for: a session that waits for an advisory lock blocks CREATE INDEX CONCURRENTLY of its holder.
    const [row] = await session.query(
      `SELECT CASE WHEN ${take(RUN)} THEN ${take(RUN)} AND ${take(fenceKeys(nonce))} AND ${take(fenceKeys(nonce))} ELSE false END AS taken`,
    );
    if (row?.['taken'] !== true) return null;
    // Until the session is reset: then the label given to connect() shows again.
    await session.query("SELECT pg_catalog.set_config('application_name', $1, false)", [applicationName(label)]);
    return held(session, nonce);
  },
  holder: async (session) => {
    const [row] = await session.query(
      `SELECT l.pid, a.application_name AS label, pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since ` +
        `FROM pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid WHERE ${OF_THIS_DATABASE.replace('database =', 'l.database =')} AND ${RUN_LOCK} LIMIT 1`,
    );
    if (row === undefined) return null;
    return { pid: Number(row['pid']), label: textOrNull(row['label']), since: textOrNull(row['since']) };
  },
};

function held(session: Session, nonce: number): HeldLock {
  const own = fenceKeys(nonce);
  const unlock = `SELECT ${[own, own, RUN, RUN].map(giveBack).join(', ')}`;
  const isHeld = (keys: string): string => `CASE WHEN ${giveBack(keys)} THEN ${take(keys)} ELSE false END`;
  return {
    // The cast fails with the message in it; the number keeps the planner from evaluating it beforehand.
    fence: `SELECT CASE WHEN ${isHeld(own)} AND ${isHeld(RUN)} THEN 2 ELSE ('${FENCE_MESSAGE} (' || pg_catalog.pg_backend_pid() || ')')::integer END`,
    release: async () => {
      const [first] = await session.batch([{ text: unlock }]);
      if (first?.status === 'done' || (first?.status === 'failed' && first.failure.connectionLost)) return;
      // Left in a failed transaction: it has to end before anything is answered.
      await session.batch([
        { text: 'ROLLBACK', tolerate: true },
        { text: unlock, tolerate: true },
      ]);
    },
  };
}

function fenceKeys(nonce: number): string {
  return `${String(FENCE_CLASS)}, ${String(nonce)}`;
}

function take(keys: string): string {
  return `pg_catalog.pg_try_advisory_lock(${keys})`;
}

function giveBack(keys: string): string {
  return `pg_catalog.pg_advisory_unlock(${keys})`;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
