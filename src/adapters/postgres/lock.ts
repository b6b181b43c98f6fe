import { randomInt } from 'node:crypto';
import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Place } from '../../ports/commits.ts';
import type { HeldLock, Lock } from '../../ports/lock.ts';
import type { Session } from '../../ports/session.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { PLACE_COLUMNS, toPlace } from './commits.ts';
import { FENCE_MESSAGE } from './errors.ts';
import { refuseSharedConnection } from './pooler.ts';
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
 * `connect` opens a second session beside the one that asks, where a pooler has to be examined.
 */
export function createPostgresLock(connect: (signal: AbortSignal) => Promise<Session>): Lock {
  /** The process behind a pooler in session mode, of each session that was examined. */
  const examined = new WeakMap<Session, number>();
  return {
    tryAcquire: async (session, label) => {
      const nonce = randomInt(1, HIGHEST_KEY);
      let answer = await ask(session, nonce, label, examined.has(session) ? null : session.backend);
      if (answer.state === 'pooled') {
        examined.set(session, await refuseSharedConnection(session, connect));
        answer = await ask(session, nonce, label, null);
      }
      if (answer.state === 'standby' || answer.state === 'read-only') throw readOnly(answer.state);
      return answer.state === 'taken'
        ? held(session, nonce, answer.place, examined.get(session) ?? session.backend)
        : null;
    },
    holder: async (session) => {
      const [row] = await session.query(
        `SELECT l.pid, a.application_name AS label, pg_catalog.to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since, ` +
          `pg_catalog.round(1000 * EXTRACT(epoch FROM pg_catalog.clock_timestamp() - a.backend_start))::bigint AS age FROM ${HELD_BY} LIMIT 1`,
      );
      if (row === undefined) return null;
      return {
        pid: Number(row['pid']),
        label: textOrNull(row['label']),
        since: textOrNull(row['since']),
        ageMs: row['age'] === null ? null : Number(row['age']),
      };
    },
    endHolder: async (session, holder) => {
      const rows = await session.query(
        `SELECT pg_catalog.pg_terminate_backend(l.pid) AS told FROM ${HELD_BY} AND l.pid = ${String(holder.pid)} AND a.application_name = ${quoteLiteral('postgres', holder.label)}`,
      );
      return rows[0]?.['told'] === true;
    },
  };
}

const HELD_BY = `pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid WHERE ${OF_THIS_DATABASE.replace('database =', 'l.database =')} AND ${RUN_LOCK}`;

interface LockAnswer {
  readonly state: unknown;
  readonly place: Place | null;
}

/** One round trip. `backend`: the process that greeted this session, where it must be the one that answers. */
async function ask(session: Session, nonce: number, label: string, backend: number | null): Promise<LockAnswer> {
  // Asked, never waited for: a session that waits for an advisory lock blocks CREATE INDEX CONCURRENTLY of its holder.
  const state =
    "SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'standby' WHEN pg_catalog.current_setting('transaction_read_only') = 'on' THEN 'read-only' " +
    (backend === null ? '' : `WHEN pg_catalog.pg_backend_pid() <> ${String(backend)} THEN 'pooled' `) +
    `WHEN ${take(RUN)} THEN CASE WHEN ${take(RUN)} AND ${take(fenceKeys(nonce))} AND ${take(fenceKeys(nonce))} THEN 'taken' END END AS state OFFSET 0`;
  // The name stays until the session is reset: then the label given to connect() shows again.
  const named = `CASE WHEN state = 'taken' THEN pg_catalog.set_config('application_name', ${quoteLiteral('postgres', applicationName(label))}, false) END`;
  // Where a role may not ask for the place, nothing has been locked yet: privileges are looked at first.
  const [full] = await session.batch([{ text: `SELECT state, ${named}, ${PLACE_COLUMNS} FROM (${state}) AS asked` }]);
  if (full?.status === 'done') {
    const [row = []] = full.rows;
    return { state: row[0], place: toPlace(row[2], row[3]) };
  }
  if (full?.status === 'failed' && full.failure.connectionLost) throw errorOfFailure(full.failure, TAKING);
  const [plain] = await session.batch([{ text: `SELECT state, ${named} FROM (${state}) AS asked` }]);
  if (plain?.status === 'failed') throw errorOfFailure(plain.failure, TAKING);
  return { state: plain?.status === 'done' ? plain.rows[0]?.[0] : null, place: null };
}

const TAKING = 'taking the run lock';

function readOnly(state: 'standby' | 'read-only'): SurefootError {
  return new SurefootError({
    code: 'read-only',
    message:
      state === 'standby'
        ? 'the server is a standby (a replica), which can not be written to; nothing was changed'
        : 'sessions of this role on this database are read-only (default_transaction_read_only); nothing was changed',
    hint:
      state === 'standby'
        ? 'Connect to the primary: name all hosts in the URL and add target_session_attrs=read-write.'
        : 'Switch it off for the migrating role: ALTER ROLE … SET default_transaction_read_only = off.',
    context: { sqlState: '25006' },
  });
}

function held(session: Session, nonce: number, place: Place | null, backend: number | null): HeldLock {
  const own = fenceKeys(nonce);
  const unlock = `SELECT ${[own, own, RUN, RUN].map(giveBack).join(', ')}`;
  const isHeld = (keys: string): string => `CASE WHEN ${giveBack(keys)} THEN ${take(keys)} ELSE false END`;
  return {
    place,
    backend,
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
