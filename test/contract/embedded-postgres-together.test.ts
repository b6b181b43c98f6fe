import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureServer, type EmbeddedServer } from '../../src/adapters/embedded-postgres/index.ts';
import { isRunning } from '../../src/adapters/embedded-postgres/processes.ts';
import { bringServer, TUNING } from '../../src/adapters/embedded-postgres/server.ts';
import {
  ask,
  clientProgram,
  ended,
  eventually,
  firstLine,
  killHard,
  makeProject,
  postmasterOf,
  removeBundle,
  REPOSITORY,
  runClient,
  startClient,
  stateOf,
  type Project,
} from '../support/embedded/fixture.ts';

const from = REPOSITORY;
const QUICK = { idleMs: 400, pollMs: 50 };
let one: Project;

beforeAll(clientProgram);
afterEach(() => one.remove());
afterAll(removeBundle);

describe('many commands at the same time', () => {
  test('50 that come to an empty project share one server', { timeout: 300_000 }, async () => {
    one = makeProject();
    const { root } = one;
    const task = { act: 'query', root, from, sql: 'select pg_postmaster_start_time()::text as since' } as const;
    interface Said {
      readonly server: EmbeddedServer;
      readonly rows: readonly { readonly since: string }[];
    }
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => runClient<Said>(task)));
    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([]);
    expect(new Set(outcomes.map(({ said }) => said.rows[0]?.since)).size).toBe(1);
    const log = readFileSync(join(root, 'postgres-18/server.log'), 'utf8');
    expect(log.match(/ready to accept connections/g)).toHaveLength(1);
    expect(log).not.toContain('FATAL');
  });

  test('all stay connected at once', { timeout: 300_000 }, async () => {
    one = makeProject();
    const task = { act: 'hold', root: one.root, from } as const;
    const children = await Promise.all(Array.from({ length: 50 }, () => startClient(task)));
    const servers = await Promise.all(children.map((child) => firstLine(child)));
    const [server] = servers;
    if (server === undefined) throw new Error('no server');
    const [row] = await ask(
      server,
      `select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and application_name <> 'surefoot keeper'`,
    );
    expect(row?.['n']).toBeGreaterThanOrEqual(51);
    await Promise.all(children.map(killHard));
  });
});

describe('the end of a server that nobody uses', () => {
  test(
    'comes within 30 s after the last client was killed in the middle of a statement',
    { timeout: 180_000 },
    async () => {
      one = makeProject();
      const { root } = one;
      const sql = 'select count(*) from generate_series(1, 1000000000000)';
      const child = await startClient({ act: 'hold', root, from, sql });
      const server = await firstLine(child);
      const postmaster = postmasterOf(server);
      const { keeper } = stateOf(root);
      await eventually('the statement runs', async () => {
        const rows = await ask(
          server,
          `select 1 from pg_stat_activity where state = 'active' and query like '%generate_series%'`,
        );
        return rows.length > 1;
      });
      await killHard(child);
      const took = await ended(postmaster);
      expect(took).toBeGreaterThan(10_000);
      expect(took).toBeLessThan(30_000);
      await ended(keeper);
      expect(execFileSync('tail', ['-n1', join(root, 'postgres-18/server.log')], { encoding: 'utf8' })).toContain(
        'database system is shut down',
      );
    },
  );

  test('does not come while a client is there', { timeout: 120_000 }, async () => {
    one = makeProject();
    const child = await startClient({ act: 'hold', root: one.root, from, tuning: QUICK });
    const postmaster = postmasterOf(await firstLine(child));
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(isRunning(postmaster)).toBe(true);
    await killHard(child);
    await ended(postmaster);
  });

  test('never meets a client that has just come', { timeout: 300_000 }, async () => {
    one = makeProject();
    const options = { root: one.root, from };
    const tuning = { ...TUNING, ...QUICK };
    const starts = new Set<unknown>();
    // Around the moment of the stop, in steps finer than the stop is long.
    for (let round = 0; round < 14; round += 1) {
      const server = await bringServer(options, tuning);
      const [row] = await ask(server, 'select pg_postmaster_start_time()::text as since');
      starts.add(row?.['since']);
      await new Promise((resolve) => setTimeout(resolve, 400 + round * 20));
    }
    // Both must have happened: found running, and started anew.
    expect(starts.size).toBeGreaterThan(2);
    expect(starts.size).toBeLessThan(14);
  });

  test('is called off when a command asks in the last moment', { timeout: 180_000 }, async () => {
    one = makeProject();
    const options = { root: one.root, from };
    const tuning = { ...TUNING, idleMs: 3_000, pollMs: 50 };
    // Makes the keeper's look at the clients so slow that a command surely comes in the middle of the last one.
    const server = await bringServer(options, tuning);
    const [view] = await ask(server, `select rtrim(pg_get_viewdef('pg_stat_database'), ';') as text`);
    await ask(
      server,
      `set allow_system_table_mods = on; create or replace view pg_catalog.pg_stat_database as
       select seen.* from (${String(view?.['text'])}) seen where (select pg_sleep(0.7)) is not null`,
    );
    for (let ms = 3_000; ms <= 4_500; ms += 300) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      const again = await bringServer(options, tuning);
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      expect(await ask(again, 'select 1 as one')).toEqual([{ one: 1 }]);
    }
  });

  test('is put off by a command that has asked, and not connected yet', { timeout: 120_000 }, async () => {
    one = makeProject();
    const tuning = { ...TUNING, idleMs: 3_000, pollMs: 50 };
    const server = await bringServer({ root: one.root, from }, tuning);
    const postmaster = postmasterOf(server);
    for (let times = 0; times < 4; times += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await bringServer({ root: one.root, from }, tuning);
    }
    expect(isRunning(postmaster)).toBe(true);
    await ended(postmaster);
  });

  test('comes at once when the keeper is told to end', { timeout: 120_000 }, async () => {
    one = makeProject();
    const server = await ensureServer({ root: one.root, from });
    const postmaster = postmasterOf(server);
    const { keeper } = stateOf(one.root);
    process.kill(keeper.pid, 'SIGTERM');
    await ended(postmaster, 10_000);
    await ended(keeper, 10_000);
  });
});

test('a command substitution around the starting command ends with it', { timeout: 120_000 }, async () => {
  one = makeProject();
  const task = JSON.stringify({ act: 'ensure', root: one.root, from });
  const script = 'x=$("$0" "$1" "$2" 2>&1 3>&1); echo "$x"';
  const out = execFileSync('sh', ['-c', script, process.execPath, await clientProgram(), task], { encoding: 'utf8' });
  const server: EmbeddedServer = JSON.parse(out);
  // Had it, or its keeper, kept the pipe open, the shell would have waited for its end.
  expect(isRunning(postmasterOf(server))).toBe(true);
  expect(statSync(server.dataDirectory).isDirectory()).toBe(true);
});
