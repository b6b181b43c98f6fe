import type { Blocker } from '../../model/blocker.ts';
import type { Row } from '../../model/engine.ts';
import { GUARD_MESSAGE, type LockScope, type Traffic } from '../../ports/traffic.ts';
import type { Session } from '../../ports/session.ts';
import { maskLiterals } from '../../sql/index.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { withPartitions } from './catalog/partitions.ts';

const LONGEST_QUERY = 200;

/** Modes that conflict with a lock that keeps out writers only. */
const WRITING = ['RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock'];
const STRONGEST = ['ExclusiveLock', 'AccessExclusiveLock'];
const READING = ['AccessShareLock', 'RowShareLock'];

const DETAILS =
  'a.usename AS user, a.application_name AS application, a.state, pg_catalog.left(a.query, 2000) AS query, (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint AS age_ms';

/** By what pg_locks, pg_stat_activity and pg_blocking_pids show. A role without pg_read_all_stats sees less of others. */
export const POSTGRES_TRAFFIC: Traffic = {
  // The cast fails with the message in it; the number keeps the planner from evaluating it beforehand.
  guard: (scope) =>
    `SELECT CASE WHEN EXISTS (SELECT ${conflicting(scope)}) THEN ('${GUARD_MESSAGE} (' || pg_catalog.pg_backend_pid() || ')')::integer END`,
  conflicts: async (session, scope) => {
    const rows = await session.query(
      `SELECT DISTINCT ON (age_ms, pid) * FROM (SELECT ${scope.tables === null ? 'a.pid' : 'l.pid'}, ${DETAILS} ${conflicting(scope)}) AS found ORDER BY age_ms DESC NULLS LAST, pid`,
    );
    return rows.map(toBlocker);
  },
  look: async (session, backend) => {
    const waiters = await session.query(
      "SELECT w.pid, pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(w.pid), ',') AS blockers, " +
        // The column is there from PostgreSQL 14 on.
        "(extract(epoch FROM pg_catalog.clock_timestamp() - COALESCE((w.lock->>'waitstart')::timestamptz, a.query_start)) * 1000)::bigint AS waited_ms " +
        'FROM (SELECT l.pid, pg_catalog.to_jsonb(l) AS lock FROM pg_catalog.pg_locks AS l WHERE NOT l.granted AND l.pid IS NOT NULL) AS w LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = w.pid',
    );
    const blockedBy = new Map(waiters.map((row) => [Number(row['pid']), pidsOf(row['blockers'])]));
    const blocking = blockedBy.get(backend) ?? [];
    return {
      waiting: blockedBy.has(backend),
      blockers: blocking.length === 0 ? [] : await describe(session, blocking),
      behind: waiters
        .map((row) => ({ pid: Number(row['pid']), waitedMs: Number(row['waited_ms'] ?? 0) }))
        .filter(({ pid }) => pid !== backend && waitsFor(pid, backend, blockedBy)),
    };
  },
};

/** FROM and WHERE of the transactions in the way. */
function conflicting({ tables, writersOnly, olderThanMs }: LockScope): string {
  const before = `pg_catalog.clock_timestamp() - ${String(Math.ceil(olderThanMs))} * interval '1 millisecond'`;
  if (tables === null) {
    return (
      "FROM pg_catalog.pg_stat_activity AS a WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid() AND a.backend_type = 'client backend' " +
      `AND (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL) AND a.xact_start < ${before}`
    );
  }
  const modes = [...WRITING, ...STRONGEST, ...(writersOnly ? [] : READING)].map((mode) => `'${mode}'`).join(', ');
  const relations = tables.map((name) => `pg_catalog.to_regclass(${quoteLiteral('postgres', name)})::oid`).join(', ');
  return (
    'FROM pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid ' +
    `WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid() AND l.mode IN (${modes}) ` +
    'AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) ' +
    // A lock on a partitioned table is taken on its partitions too.
    `AND l.relation IN (${withPartitions(`SELECT pg_catalog.unnest(ARRAY[${relations}])`)}) ` +
    // An automatic vacuum steps aside by itself, unless it is one against wraparound.
    "AND (a.backend_type IS DISTINCT FROM 'autovacuum worker' OR a.query LIKE '%wraparound%') " +
    `AND (l.pid IS NULL OR a.xact_start < ${before})`
  );
}

async function describe(session: Session, pids: readonly number[]): Promise<readonly Blocker[]> {
  const rows = await session.query(
    `SELECT a.pid, ${DETAILS} FROM pg_catalog.pg_stat_activity AS a WHERE a.pid IN (${pids.map(String).join(', ')}) ORDER BY a.xact_start`,
  );
  const known = rows.map(toBlocker);
  // The server names 0 for a prepared transaction.
  return pids.includes(0) ? [...known, toBlocker({ pid: null })] : known;
}

function toBlocker(row: Row): Blocker {
  const pid = row['pid'] == null ? null : Number(row['pid']);
  const query = textOrNull(row['query']);
  return {
    pid,
    user: textOrNull(row['user']),
    application: textOrNull(row['application']),
    state: pid === null ? 'prepared transaction' : textOrNull(row['state']),
    query: query === null ? null : cut(maskLiterals('postgres', query).replaceAll(/\s+/gu, ' ').trim()),
    ageMs: row['age_ms'] == null ? null : Number(row['age_ms']),
  };
}

function cut(text: string): string {
  return text.length <= LONGEST_QUERY ? text : `${text.slice(0, LONGEST_QUERY - 1)}…`;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function pidsOf(value: unknown): readonly number[] {
  return typeof value === 'string' && value !== '' ? [...new Set(value.split(',').map(Number))] : [];
}

function waitsFor(pid: number, backend: number, blockedBy: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set<number>();
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const blockers = blockedBy.get(next) ?? [];
    if (blockers.includes(backend)) return true;
    // Whom we wait for ourselves does not wait because of us.
    open.push(...blockers.filter((each) => each !== backend));
  }
  return false;
}
