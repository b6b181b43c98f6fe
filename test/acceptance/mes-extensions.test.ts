import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { log, migrate, rollback, verify, type Config } from '../../src/index.ts';
import { connectTo, withTestDatabase } from '../support/postgres.ts';
import { MAJORS } from '../support/servers.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const WANTED = ['pg_cron', 'pg_duckdb', 'pg_search', 'pgmq', 'timescaledb'] as const;
const MINUTES = 60_000;

/** What the server of a test offers beside its own extensions. */
interface StandIn {
  readonly control: string;
  readonly script: string;
}

/** The queue functions of the native way, packaged as an extension: callers must not see the difference. */
function queueStandIn(): StandIn {
  const source = readFileSync(join(PROJECT, 'migrations/mes/2025_11_09_130100_set_up_message_queue.ts'), 'utf8');
  const native = /const NATIVE = `([^`]*)`/u.exec(source)?.[1];
  if (native === undefined) throw new Error('the native queue functions are not where this test reads them');
  return {
    control: "default_version = '9.9'\nrelocatable = false\nschema = pgmq",
    script: native.replace('CREATE SCHEMA pgmq;', ''),
  };
}

const SCHEDULER: StandIn = {
  control: "default_version = '9.9'\nrelocatable = false",
  script: `
    CREATE SCHEMA cron;
    CREATE TABLE cron.job (jobid bigserial PRIMARY KEY, schedule text NOT NULL, command text NOT NULL,
      active boolean NOT NULL DEFAULT true, jobname text UNIQUE);
    CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
      fields text[] := string_to_array($2, ' ');
      made bigint;
    BEGIN
      IF cardinality(fields) IS DISTINCT FROM 5 OR fields[1] = '61' OR fields[2] = '24' THEN
        RAISE EXCEPTION 'invalid schedule: %', $2;
      END IF;
      INSERT INTO cron.job AS j (schedule, command, jobname) VALUES ($2, $3, $1)
      ON CONFLICT (jobname) DO UPDATE SET schedule = excluded.schedule, command = excluded.command
      RETURNING j.jobid INTO made;
      RETURN made;
    END $$;
    CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM cron.job WHERE jobname = job_name;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'could not find valid entry for job %', job_name;
      END IF;
      RETURN true;
    END $$;`,
};

/** On offer and installed without complaint, but nothing of it works: as when its library is not loaded. */
const HOLLOW: StandIn = { control: "default_version = '9.9'\nrelocatable = true", script: 'SELECT 1;' };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Has the server itself write a file: it may run in a container or as another user. */
async function writeOnServer(sql: postgres.Sql, path: string, text: string): Promise<void> {
  if (text.includes('\\')) throw new Error('COPY would double the backslashes');
  const lines = `SELECT line FROM unnest(string_to_array(${quoted(text)}, chr(10))) WITH ORDINALITY AS u (line, n) ORDER BY n`;
  await sql.unsafe(`COPY (${lines}) TO PROGRAM ${quoted(`cat > ${path}`)}`);
}

/** Lends a folder on the server that the database looks for extensions in. */
async function withStandIns(
  sql: postgres.Sql,
  offered: Readonly<Record<string, StandIn>>,
  work: () => Promise<void>,
): Promise<void> {
  await sql.unsafe(
    "CREATE TEMP TABLE folder (path text); COPY folder FROM PROGRAM 'd=$(mktemp -d) && mkdir $d/extension && chmod -R 755 $d && echo $d'",
  );
  const [row] = await sql<
    { path: string; database: string }[]
  >`SELECT path, current_database() AS database FROM folder`;
  if (row === undefined || !/^\/[\w./-]+$/u.test(row.path)) throw new Error('the server made no folder');
  try {
    for (const [name, { control, script }] of Object.entries(offered)) {
      await writeOnServer(sql, `${row.path}/extension/${name}.control`, control);
      await writeOnServer(sql, `${row.path}/extension/${name}--9.9.sql`, script);
    }
    await sql.unsafe(`ALTER DATABASE ${row.database} SET extension_control_path = ${quoted(`$system:${row.path}`)}`);
    await work();
  } finally {
    await sql.unsafe(`COPY (SELECT 1) TO PROGRAM ${quoted(`rm -r ${row.path}`)}`);
  }
}

const configFor = (url: string): Config => ({
  databases: {
    mes: {
      url,
      migrations: join(PROJECT, 'migrations/mes'),
      rollbacks: join(PROJECT, 'rollbacks/mes'),
      verify: join(PROJECT, 'verify/mes'),
    },
  },
});

async function choices(sql: postgres.Sql): Promise<Record<string, string>> {
  const rows = await sql<{ extension: string; told: string }[]>`
    SELECT extension, way || CASE WHEN created_extension THEN ' (created)' ELSE '' END || ': ' || reason AS told
    FROM extension_choices ORDER BY extension`;
  return Object.fromEntries(rows.map(({ extension, told }) => [extension, told]));
}

async function installed(sql: postgres.Sql): Promise<readonly string[]> {
  const rows = await sql<{ name: string }[]>`
    SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname IN ('pgmq', 'cron') ORDER BY 1`;
  return rows.map(({ name }) => name);
}

/** The lines about extensions that the journal keeps. */
async function journalled(config: Config): Promise<readonly string[]> {
  const [told] = (await log(config, { root: PROJECT })).databases;
  const notes = (told?.runs ?? []).flatMap((run) => run.entries.flatMap((entry) => entry.notes));
  return notes.filter((note) => WANTED.some((name) => note.startsWith(`${name}: `)));
}

/** Eight sessions take messages from one queue, and need the same month of a time series. */
async function serveAtOnce(url: string): Promise<void> {
  const sql = connectTo(url, 8);
  try {
    await sql`SELECT pgmq.send_batch('notifications', ARRAY(SELECT jsonb_build_object('n', n) FROM generate_series(1, 200) AS n))`;
    const workers = Array.from({ length: 8 }, async () => {
      const taken: string[] = [];
      for (;;) {
        const rows = await sql<{ id: string }[]>`SELECT msg_id::text AS id FROM pgmq.read('notifications', 60, 7)`;
        if (rows.length === 0) return taken;
        taken.push(...rows.map(({ id }) => id));
      }
    });
    const taken = (await Promise.all(workers)).flat();
    expect([taken.length, new Set(taken).size]).toEqual([200, 200]);
    await Promise.all(
      Array.from({ length: 8 }, () => sql`SELECT ensure_chunk('production_logs', timestamptz '2019-05-05')`),
    );
  } finally {
    await sql.end({ timeout: 5 });
  }
}

describe('the extensions of MES', () => {
  it.each(MAJORS)(
    'are served natively by PostgreSQL %i that offers none, and nothing is left after the way back',
    async (major) => {
      await withTestDatabase(
        async (url, sql) => {
          const config = configFor(url);
          await migrate(config, { root: PROJECT, to: '2025_11_09_130500' });
          expect(await choices(sql)).toEqual(
            Object.fromEntries(WANTED.map((name) => [name, 'native: the server does not offer it'])),
          );
          expect(await installed(sql)).toEqual(['schema cron', 'schema pgmq']);
          expect(await journalled(config)).toHaveLength(WANTED.length);
          await serveAtOnce(url);
          await rollback(config, { root: PROJECT, to: '0' });
          expect(await installed(sql)).toEqual([]);
        },
        { major },
      );
    },
    3 * MINUTES,
  );

  it(
    'are used where the server has them, natively served where one does not work, and dropped on the way back',
    async () => {
      await withTestDatabase(
        async (url, sql) => {
          const offered = {
            pgmq: queueStandIn(),
            pg_cron: SCHEDULER,
            pg_duckdb: HOLLOW,
            pg_search: HOLLOW,
            timescaledb: HOLLOW,
          };
          await withStandIns(sql, offered, async () => {
            const config = configFor(url);
            await migrate(config, { root: PROJECT });
            const told = await choices(sql);
            expect(told).toMatchObject({
              pgmq: 'extension (created): the server offers it and it works',
              pg_cron: 'extension (created): the server offers it and it works',
              pg_duckdb: 'extension (created): the server offers it and it works',
            });
            expect(told['pg_search']).toMatch(/^native: the server offers it, but: .*bm25.*\(42704\)$/u);
            expect(told['timescaledb']).toMatch(/^native: the server offers it, but: .*create_hypertable.*\(42883\)$/u);
            expect(await installed(sql)).toEqual(['pg_cron', 'pg_duckdb', 'pgmq', 'schema cron', 'schema pgmq']);
            expect(await journalled(config)).toContain('pg_cron: extension (the server offers it and it works)');

            // the checks ran with every step; all of them together hold at the end too
            const [verified] = (await verify(config, { root: PROJECT })).databases;
            expect(verified).toMatchObject({ failed: 0 });

            await rollback(config, { root: PROJECT, to: '0' });
            expect(await installed(sql)).toEqual([]);
          });
        },
        { major: 18 },
      );
    },
    5 * MINUTES,
  );

  it(
    'stay when they were there before',
    async () => {
      await withTestDatabase(
        async (url, sql) => {
          await withStandIns(sql, { pgmq: queueStandIn(), pg_cron: SCHEDULER }, async () => {
            const config = configFor(url);
            await migrate(config, { root: PROJECT, to: '2025_11_09_130000' });
            // a session of its own: the setting of the database reaches new ones only
            const administrator = connectTo(url, 1);
            await administrator.unsafe('CREATE EXTENSION pg_cron');
            await administrator.end();
            await migrate(config, { root: PROJECT, to: '2025_11_09_130500' });
            expect((await choices(sql))['pg_cron']).toBe('extension: was installed already');
            await rollback(config, { root: PROJECT, to: '0' });
            expect(await installed(sql)).toEqual(['pg_cron', 'schema cron']);
          });
        },
        { major: 18 },
      );
    },
    3 * MINUTES,
  );
});
