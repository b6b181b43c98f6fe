import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../model/engine.ts';
import { messageOf } from '../../model/errors.ts';
import {
  known,
  none,
  unknown,
  type DiskFact,
  type Fact,
  type PlanNeeds,
  type ServerFact,
} from '../../model/target-facts.ts';
import type { FactReader } from '../../ports/target-facts.ts';
import type { Session } from '../../ports/session.ts';
import { missingPrivileges } from './catalog/missing-privileges.ts';

const LONGEST_QUERY = 200;
const OTHERS =
  "backend_type = 'client backend' AND datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()";
const MS = (since: string): string => `(extract(epoch FROM pg_catalog.clock_timestamp() - ${since}) * 1000)::bigint`;

/** `local`: the server may be on this machine, so that its folder may be seen. */
export function createPostgresFacts(local: () => Promise<boolean>): FactReader {
  return {
    now: async (session) => {
      const [row] = await session.query(
        `SELECT pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now`,
      );
      return String(row?.['now']);
    },
    read: async (session, plan) => ({
      server: await readServer(session),
      missing: await fact(async () => missingPrivileges(session, plan.needs)),
      extensions: await fact(async () =>
        (await session.query('SELECT name FROM pg_catalog.pg_available_extensions')).map((row) => String(row['name'])),
      ),
      disk: await readDisk(session, local),
      sizes: await fact(async () => readSizes(session, plan)),
      sessions: await readSessions(session),
      exclusive: none('a server is shared: the sessions tell'),
      prepared: await fact(async () =>
        (
          await session.query(
            `SELECT gid, owner, ${MS('prepared')} AS ms FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database() ORDER BY prepared`,
          )
        ).map((row) => ({ name: String(row['gid']), owner: String(row['owner']), ageMs: Number(row['ms']) })),
      ),
      replicas: await seen(session, async () =>
        (
          await session.query(
            "SELECT coalesce(nullif(application_name, ''), client_addr::text, pid::text) AS name, state, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), replay_lsn)::bigint AS bytes, (extract(epoch FROM replay_lag) * 1000)::bigint AS ms FROM pg_catalog.pg_stat_replication ORDER BY 1",
          )
        ).map((row) => ({
          name: String(row['name']),
          state: String(row['state']),
          lagBytes: numberOrNull(row['bytes']),
          lagMs: numberOrNull(row['ms']),
        })),
      ),
      slots: await fact(async () =>
        (
          await session.query(
            'SELECT slot_name AS name, active, wal_status AS state, CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL ELSE pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn)::bigint END AS bytes FROM pg_catalog.pg_replication_slots ORDER BY 1',
          )
        ).map((row) => ({
          name: String(row['name']),
          active: row['active'] === true,
          retainedBytes: numberOrNull(row['bytes']),
          state: textOrNull(row['state']),
        })),
      ),
      wraparound: await fact(async () => {
        const workers = await session.query(
          "SELECT query FROM pg_catalog.pg_stat_activity WHERE backend_type = 'autovacuum worker' AND datname = pg_catalog.current_database() AND query LIKE '%(to prevent wraparound)%'",
        );
        const [row] = await session.query(
          "SELECT pg_catalog.age(datfrozenxid) AS age, pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint AS most FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()",
        );
        return {
          workers: workers.map(({ query }) => String(query).replace(/^autovacuum: /u, '')),
          age: Number(row?.['age']),
          limit: Number(row?.['most']),
        };
      }),
      invalidIndexes: await fact(async () =>
        (
          await session.query(
            "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, i.indrelid::regclass::text AS of FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace " +
              // Of a partitioned table it may wait for its partitions' indexes, as made with ON ONLY.
              "WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname !~ '^pg_' ORDER BY 1",
          )
        ).map((row) => ({ index: String(row['name']), table: String(row['of']) })),
      ),
    }),
  };
}

async function readServer(session: Session): Promise<ServerFact> {
  const [row] = await session.query(
    "SELECT pg_catalog.current_setting('server_version') AS version, pg_catalog.current_setting('server_version_num')::integer AS number, session_user AS role, " +
      "pg_catalog.pg_is_in_recovery() OR pg_catalog.current_setting('transaction_read_only') = 'on' AS readonly, " +
      "(SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend') AS used, " +
      "pg_catalog.current_setting('max_connections')::integer - pg_catalog.current_setting('superuser_reserved_connections')::integer AS most",
  );
  const number = Number(row?.['number'] ?? 0);
  return {
    product: `PostgreSQL ${String(row?.['version'] ?? '').split(' ')[0] ?? ''}`,
    version: [Math.floor(number / 10_000), number % 10_000],
    role: String(row?.['role']),
    readOnly: row?.['readonly'] === true,
    connections: { used: Number(row?.['used']), most: Number(row?.['most']) },
    journalMode: null,
  };
}

async function readSessions(session: Session): ReturnType<typeof seen<Awaited<ReturnType<typeof sessionsOf>>>> {
  return seen(session, async () => sessionsOf(session));
}

async function sessionsOf(session: Session) {
  const rows = await session.query(
    `SELECT pid, usename, application_name AS app, coalesce(client_addr::text, 'local') AS client, state, ${MS('xact_start')} AS ms, query FROM pg_catalog.pg_stat_activity WHERE ${OTHERS} ORDER BY xact_start NULLS LAST, pid`,
  );
  return rows.map((row) => ({
    pid: Number(row['pid']),
    user: textOrNull(row['usename']),
    application: textOrNull(row['app']),
    client: textOrNull(row['client']),
    state: textOrNull(row['state']),
    transactionMs: numberOrNull(row['ms']),
    query: textOrNull(row['query'])?.replaceAll(/\s+/gu, ' ').slice(0, LONGEST_QUERY) ?? null,
  }));
}

async function readSizes(session: Session, plan: PlanNeeds) {
  const sizes = [];
  for (const table of new Set([...plan.rewrites, ...plan.indexed])) {
    const [row] = await session.query(
      'SELECT pg_catalog.pg_table_size(oid) AS own, pg_catalog.pg_indexes_size(oid) AS indexes FROM (SELECT pg_catalog.to_regclass($1)::oid AS oid) AS found WHERE oid IS NOT NULL',
      [table],
    );
    if (row !== undefined) sizes.push({ table, tableBytes: Number(row['own']), indexBytes: Number(row['indexes']) });
  }
  return sizes;
}

async function readDisk(session: Session, local: () => Promise<boolean>): Promise<Fact<DiskFact>> {
  try {
    const [row] = await session.query("SELECT pg_catalog.current_setting('data_directory') AS folder");
    const folder = String(row?.['folder']);
    if (!(await local())) return unknown('the server is on another machine, whose disk SQL does not show');
    if (!existsSync(join(folder, 'PG_VERSION'))) return unknown(`${folder} can not be seen by this user`);
    const { bavail, bsize } = statfsSync(folder);
    return known({ freeBytes: bavail * bsize, place: folder });
  } catch (error) {
    return unknown(messageOf(error));
  }
}

/** Facts that are blank in other users' rows to a role without pg_read_all_stats. */
async function seen<T>(session: Session, read: () => Promise<T>): Promise<Fact<T>> {
  return fact(async () => {
    const [row] = await session.query(
      "SELECT pg_catalog.pg_has_role(session_user, 'pg_read_all_stats', 'USAGE') AS may",
    );
    if (row?.['may'] !== true) throw new RangeError(`${HIDDEN}`);
    return read();
  });
}

const HIDDEN = 'this role does not see what others do: grant it pg_read_all_stats (or pg_monitor)';

async function fact<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await read());
  } catch (error) {
    return unknown(messageOf(error));
  }
}

function textOrNull(value: Row[string]): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOrNull(value: Row[string]): number | null {
  return value === null || value === undefined ? null : Number(value);
}
