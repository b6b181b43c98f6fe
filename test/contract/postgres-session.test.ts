import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createPostgresDatabase, parseConnection } from '../../src/adapters/postgres/index.ts';
import type { Database } from '../../src/ports/database.ts';
import type { Outcome, Session } from '../../src/ports/session.ts';
import { testServers, withTestDatabase } from '../support/postgres.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';
import { failureOf, must, rowsOf, statuses, texts, withSession } from './suites/contract-engine.ts';

interface Scene {
  readonly database: Database;
  readonly session: Session;
  /** Another session on the same database, for looking and meddling. */
  readonly other: Session;
}

function onScene(major: number, work: (scene: Scene) => Promise<void>): Promise<void> {
  return withTestDatabase(
    (url) => {
      const database = createPostgresDatabase({ name: 'pg', url, env: {} });
      return withSession(database, (session) => withSession(database, (other) => work({ database, session, other })));
    },
    { major },
  );
}

async function throughProxy(major: number, work: (database: Database, proxy: Proxy) => Promise<void>): Promise<void> {
  await withTestDatabase(
    async (url) => {
      const [host] = parseConnection(url, {}).hosts;
      if (host === undefined) throw new Error('no host');
      const proxy = await startProxy(host.host.startsWith('/') ? { path: `${host.host}/.s.PGSQL.${String(host.port)}` } : { host: host.host, port: host.port });
      try {
        const settings = { ...parseConnection(url, {}), hosts: [{ host: '127.0.0.1', address: null, port: proxy.port }] };
        await work(createPostgresDatabase({ name: 'pg', env: {}, displayUrl: 'proxy', resolve: () => Promise.resolve(settings) }), proxy);
      } finally {
        await proxy.close();
      }
    },
    { major },
  );
}

/** Waits until the other session sees this one at work, so that nothing is asserted about how fast that comes. */
async function untilRunning(other: Session, backend: number | null, words: string): Promise<void> {
  for (;;) {
    const rows = await other.query("SELECT 1 AS one FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND query LIKE '%' || $2 || '%'", [backend, words]);
    if (rows.length > 0) return;
    await pause(10);
  }
}

describe.each(testServers())('PostgreSQL $major', ({ major }) => {
  describe('round trips', () => {
    test('a batch in one transaction takes one', () =>
      throughProxy(major, async (database, proxy) => {
        await withSession(database, async (session) => {
          proxy.takeRoundTrips();
          const selects = Array.from({ length: 20 }, (_, index) => `SELECT ${String(index)}`);
          const outcomes = await session.batch(texts('BEGIN', ...selects, 'CREATE TABLE thing (id integer)', "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$", 'COMMIT'));
          expect(new Set(statuses(outcomes))).toEqual(new Set(['done']));
          expect(outcomes.slice(1, 21).map(rowsOf)).toEqual(selects.map((_, index) => [[index]]));
          expect(proxy.takeRoundTrips()).toBe(1);
          await session.batch(texts('BEGIN', 'SELECT 1', 'COMMIT', 'BEGIN', 'SELECT 2', 'COMMIT', 'SELECT 3', 'SELECT 4'));
          expect(proxy.takeRoundTrips()).toBe(4);
        });
      }));

    test('long statements do not break it up', () =>
      throughProxy(major, async (database, proxy) => {
        await withSession(database, async (session) => {
          proxy.takeRoundTrips();
          const long = Array.from({ length: 40 }, (_, index) => `SELECT length('${'x'.repeat(20_000 + index)}')`);
          const outcomes = await session.batch(texts('BEGIN', ...long, 'COMMIT'));
          expect(outcomes.slice(1, 41).map(rowsOf)).toEqual(long.map((_, index) => [[20_000 + index]]));
          expect(proxy.takeRoundTrips()).toBe(1);
        });
      }));

    test('a step with checks takes two: change and checks, then record and commit', () =>
      throughProxy(major, async (database, proxy) => {
        const { dialect } = database;
        await withSession(database, async (session) => {
          await must(session, 'CREATE TABLE record (id integer)');
          proxy.takeRoundTrips();
          const checks = Array.from({ length: 6 }, (_, index) => [
            { text: dialect.savepoint('surefoot_check') },
            { text: `SELECT ${String(index)}`, tolerate: true },
            { text: dialect.rollbackTo('surefoot_check') },
          ]).flat();
          const timeouts = { lockMs: 2000, statementMs: 60_000 };
          const one = await session.batch([
            ...texts(...dialect.begin(timeouts), 'CREATE TABLE thing (id integer)', ...dialect.resetSession, ...dialect.transactionTimeouts(timeouts), dialect.immediateConstraints ?? ''),
            ...checks,
          ]);
          const two = await session.batch(texts('INSERT INTO record VALUES (1)', 'INSERT INTO record VALUES (2)', dialect.commit));
          expect(new Set(statuses([...one, ...two]))).toEqual(new Set(['done']));
          expect(proxy.takeRoundTrips()).toBe(2);
        });
      }));
  });

  describe('a lost connection', () => {
    const lost = { connectionLost: true, code: 'connection-lost' };

    test('ended by the server in mid-batch fails that command and everything later, and never comes back', () =>
      onScene(major, async ({ session, other }) => {
        await must(session, 'CREATE TABLE thing (id integer)');
        const running = session.batch(texts('BEGIN', 'INSERT INTO thing VALUES (1)', 'SELECT pg_sleep(60)', 'INSERT INTO thing VALUES (2)', 'COMMIT'));
        await untilRunning(other, session.backend, 'pg_sleep');
        await other.query('SELECT pg_terminate_backend($1)', [session.backend]);
        const outcomes = await running;
        expect(statuses(outcomes)).toEqual(['done', 'done', 'failed', 'skipped', 'skipped']);
        expect(failureOf(outcomes[2])).toMatchObject({ ...lost, sqlState: '57P01', message: expect.stringContaining('terminating connection') });
        for (let again = 0; again < 3; again++) {
          const later = await session.batch(texts('SELECT 1', 'SELECT 2'));
          expect(statuses(later)).toEqual(['failed', 'skipped']);
          expect(failureOf(later[0])).toMatchObject(lost);
          await expect(session.query('SELECT 1')).rejects.toMatchObject({ code: 'connection-lost', context: { connectionLost: true } });
          await expect(session.copyRows('thing', ['id'], [[1]])).rejects.toMatchObject({ code: 'connection-lost' });
          await pause(20);
        }
        await session.cancel();
        await session.close();
        expect(await must(other, 'SELECT id FROM thing')).toEqual([]);
        expect(await must(other, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'contract' AND datname = current_database() AND pid <> pg_backend_pid()")).toEqual([[0]]);
      }));

    test('ended while nothing runs is noticed by the next call', () =>
      onScene(major, async ({ session, other }) => {
        await other.query('SELECT pg_terminate_backend($1)', [session.backend]);
        let first: Outcome | undefined;
        while (first?.status !== 'failed') {
          [first] = await session.batch(texts('SELECT 1'));
          await pause(5);
        }
        expect(failureOf(first)).toMatchObject(lost);
      }));

    test('in the middle of a COPY fails the copy', () =>
      onScene(major, async ({ session, other }) => {
        await must(session, 'CREATE TABLE thing (id integer)', 'BEGIN');
        async function* slow(): AsyncGenerator<readonly number[]> {
          for (let id = 0; id < 1_000_000; id++) {
            if (id === 30_000) await other.query('SELECT pg_terminate_backend($1)', [session.backend]);
            if (id > 30_000 && id % 1000 === 0) await pause(5);
            yield [id];
          }
        }
        await expect(session.copyRows('thing', ['id'], slow())).rejects.toMatchObject({ code: 'connection-lost' });
      }));

    test('cut by the network without a word', () =>
      throughProxy(major, async (database, proxy) => {
        const session = await database.connect({ create: false, label: 'cut' });
        const running = session.batch(texts('SELECT pg_sleep(60)', 'SELECT 1'));
        await pause(200);
        proxy.cut();
        const outcomes = await running;
        expect(statuses(outcomes)).toEqual(['failed', 'skipped']);
        expect(failureOf(outcomes[0])).toMatchObject(lost);
        await session.close();
      }));

    test('of a holder in the middle of a long statement frees the run lock', () =>
      onScene(major, async ({ database, other }) => {
        await throughProxyOn(database, other);
      }));

    /** The backend of a client that vanished looks after it every two seconds. */
    async function throughProxyOn(database: Database, other: Session): Promise<void> {
      const holder = await database.connect({ create: false, label: 'holder' });
      expect(await database.lock.tryAcquire(holder, 'holder')).not.toBeNull();
      const running = holder.batch(texts('SELECT pg_sleep(100)'));
      await untilRunning(other, holder.backend, 'pg_sleep');
      await holder.close();
      expect(failureOf((await running)[0])).toMatchObject(lost);
      while ((await database.lock.holder(other)) !== null) await pause(100);
    }
  });

  describe('cancelling', () => {
    test('stops the running statement and skips the rest', () =>
      onScene(major, async ({ session, other }) => {
        await must(session, 'CREATE TABLE thing (id integer)');
        const running = session.batch(texts('BEGIN', 'INSERT INTO thing VALUES (1)', 'SELECT pg_sleep(60)', 'SELECT 1'));
        await untilRunning(other, session.backend, 'pg_sleep');
        await session.cancel();
        const outcomes = await running;
        expect(statuses(outcomes)).toEqual(['done', 'done', 'failed', 'skipped']);
        expect(failureOf(outcomes[2])).toMatchObject({ code: 'interrupted', sqlState: '57014', connectionLost: false });
        await must(session, 'ROLLBACK');
      }));

    test('by the signal, and nothing further is sent', () =>
      onScene(major, async ({ session, other }) => {
        const controller = new AbortController();
        const running = session.batch(texts('SELECT pg_sleep(60)', 'CREATE TABLE thing (id integer)'), { signal: controller.signal });
        await untilRunning(other, session.backend, 'pg_sleep');
        controller.abort();
        const outcomes = await running;
        expect(statuses(outcomes)).toEqual(['failed', 'skipped']);
        expect(failureOf(outcomes[0]).code).toBe('interrupted');
        expect(await must(session, "SELECT to_regclass('thing') IS NULL")).toEqual([[true]]);
      }));

    test('never hits a statement sent later', () =>
      onScene(major, async ({ session }) => {
        for (let round = 0; round < 60; round++) {
          const running = session.batch(texts(`SELECT pg_sleep(${String((round % 10) / 1000)})`));
          await pause(round % 7);
          const cancelled = session.cancel();
          const [outcome] = await running;
          if (outcome?.status === 'failed') expect(outcome.failure.code).toBe('interrupted');
          const [later] = await session.batch(texts('SELECT pg_sleep(0.01)'));
          expect(later?.status).toBe('done');
          await cancelled;
        }
      }));

    test('does nothing where nothing runs', () =>
      onScene(major, async ({ session }) => {
        await session.cancel();
        expect(await must(session, 'SELECT 1')).toEqual([[1]]);
      }));
  });

  describe('failures', () => {
    test.each([
      ['statement-timeout', '57014', ["SET statement_timeout = '50ms'", 'SELECT pg_sleep(10)']],
      ['read-only', '25006', ['SET default_transaction_read_only = on', 'CREATE TABLE thing (id integer)']],
      ['permission-denied', '42501', ['SET ROLE pg_monitor', 'CREATE SCHEMA thing']],
      ['sql-failed', '22012', ['SELECT 1 / 0']],
    ])('are told apart: %s', (code, sqlState, statements) =>
      onScene(major, async ({ session }) => {
        const outcomes = await session.batch(texts(...statements));
        expect(failureOf(outcomes.at(-1))).toMatchObject({ code, sqlState, connectionLost: false });
      }),
    );

    test('lock time-outs, without waiting and with', () =>
      onScene(major, async ({ session, other }) => {
        await must(other, 'CREATE TABLE thing (id integer)', 'BEGIN', 'LOCK TABLE thing');
        const nowait = await session.batch(texts('BEGIN', 'LOCK TABLE thing NOWAIT'));
        expect(failureOf(nowait[1])).toMatchObject({ code: 'lock-timeout', sqlState: '55P03' });
        await must(session, 'ROLLBACK', "SET lock_timeout = '50ms'");
        expect(failureOf((await session.batch(texts('SELECT * FROM thing')))[0])).toMatchObject({ code: 'lock-timeout' });
      }));

    test('keep detail, hint, object and context', () =>
      onScene(major, async ({ session }) => {
        await must(session, 'CREATE SCHEMA app', 'CREATE TABLE app.thing (id integer PRIMARY KEY, name text NOT NULL)', "INSERT INTO app.thing VALUES (1, 'a')");
        const [twice] = await session.batch(texts("INSERT INTO app.thing VALUES (1, 'b')"));
        expect(failureOf(twice)).toMatchObject({ sqlState: '23505', object: 'thing_pkey', detail: expect.stringContaining('already exists') });
        const [empty] = await session.batch(texts('INSERT INTO app.thing VALUES (2, NULL)'));
        expect(failureOf(empty)).toMatchObject({ sqlState: '23502', object: 'app.thing.name' });
        const [hinted] = await session.batch(texts("SELECT lenght('x')"));
        expect(failureOf(hinted)).toMatchObject({ sqlState: '42883', hint: expect.any(String), index: 7 });
        const [inside] = await session.batch(texts("DO $$ BEGIN PERFORM 1 / 0; END $$"));
        expect(failureOf(inside)).toMatchObject({ where: expect.stringContaining('PL/pgSQL'), index: null });
      }));
  });

  test('COPY with its data in the command goes between the others', () =>
    onScene(major, async ({ session }) => {
      const outcomes = await session.batch([
        ...texts('BEGIN', 'CREATE TABLE thing (id integer, name text)'),
        { text: 'COPY thing (id, name) FROM stdin', copyData: '1\tZoë \\t 🐘\n2\t\\N' },
        { text: "COPY thing FROM stdin WITH (FORMAT csv)", copyData: '3,"a\nb"\n' },
        { text: 'COPY thing FROM stdin', copyData: '' },
        ...texts('SELECT id, name FROM thing ORDER BY id', 'COMMIT'),
      ]);
      expect(outcomes.map((outcome) => (outcome.status === 'done' ? outcome.rowCount : -1))).toEqual([0, 0, 2, 1, 0, 3, 0]);
      expect(rowsOf(outcomes[5])).toEqual([[1, 'Zoë \t 🐘'], [2, null], [3, 'a\nb']]);
      const failed = await session.batch([...texts('BEGIN'), { text: 'COPY thing FROM stdin', copyData: 'x\ty\n' }, ...texts('SELECT 1')]);
      expect(statuses(failed)).toEqual(['done', 'failed', 'skipped']);
      expect(failureOf(failed[1])).toMatchObject({ sqlState: '22P02', where: expect.stringContaining('COPY thing, line 1') });
      await must(session, 'ROLLBACK');
      const absent = await session.batch([{ text: 'COPY nowhere FROM stdin', copyData: '1\n' }, { text: 'SELECT 1' }]);
      expect(statuses(absent)).toEqual(['failed', 'skipped']);
      const big = Array.from({ length: 200_000 }, (_, id) => `${String(id)}\tname of ${String(id)}`).join('\n');
      expect((await session.batch([{ text: 'COPY thing FROM stdin', copyData: big }]))[0]).toMatchObject({ status: 'done', rowCount: 200_000 });
    }));

  test('copies into a table of a schema, and refuses columns that are none', () =>
    onScene(major, async ({ session }) => {
      await must(session, 'CREATE SCHEMA "My app"', 'CREATE TABLE "My app"."a thing" ("the id" integer, at timestamptz, extra jsonb, amount numeric)');
      const rows = [[1, '2025-11-09T12:00:00Z', '{"a": "\\\\ \\" \\n"}', '1.50']] as const;
      expect(await session.copyRows('"My app"."a thing"', ['the id', 'at', 'extra', 'amount'], rows)).toBe(1);
      const [row] = await session.query('SELECT "the id" AS id, extra, amount FROM "My app"."a thing"');
      expect(row).toEqual({ id: 1, extra: { a: '\\ " \n' }, amount: '1.50' });
      await expect(session.copyRows('"My app"."a thing"', ['nope'], rows)).rejects.toMatchObject({ context: { sqlState: '42703' } });
    }));

  test('a hundred thousand statements run in bounded memory', () =>
    onScene(major, async ({ session }) => {
      const long = 'x'.repeat(2000);
      const before = process.memoryUsage().heapUsed;
      const commands = Array.from({ length: 100_000 }, () => ({ text: `SET LOCAL app.x = '${long}'` }));
      const outcomes = await session.batch([{ text: 'BEGIN' }, ...commands, { text: 'COMMIT' }]);
      expect(outcomes).toHaveLength(100_002);
      expect(outcomes.every((outcome) => outcome.status === 'done')).toBe(true);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(400_000_000);
    }));

  test('shows its label to the server, cut to what the server keeps, and hands notices over', () =>
    withTestDatabase(
      async (url) => {
        const notices: string[] = [];
        const session = await createPostgresDatabase({ name: 'pg', url, env: {} }).connect({ create: false, label: `Zoë ${'x'.repeat(100)}`, onNotice: (text) => notices.push(text) });
        expect(await must(session, 'SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()')).toEqual([[`Zoe ${'x'.repeat(59)}`]]);
        expect(await must(session, 'SELECT pg_backend_pid()')).toEqual([[session.backend]]);
        await must(session, "DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'beware' USING HINT = 'of the dog'; END $$");
        expect(notices).toEqual(['NOTICE: hello', 'WARNING: beware\nof the dog']);
        await session.close();
      },
      { major },
    ));

  test('a text ends up as JSON, boolean or time by the type of its parameter', () =>
    onScene(major, async ({ session }) => {
      const [row] = await session.query('SELECT $1::jsonb AS j, $2::boolean AS b, $3::timestamptz AT TIME ZONE $4 AS t, $5::date AS d, $6::numeric AS n, $7::int8 AS i', ['{"a":"ü"}', 'true', '2025-11-09T12:00:00+02:00', 'UTC', '2025-11-09', '1.10', '9223372036854775807']);
      expect(row).toEqual({ j: { a: 'ü' }, b: true, t: '2025-11-09 10:00:00', d: '2025-11-09', n: '1.10', i: '9223372036854775807' });
      await must(session, 'SET bytea_output = escape');
      expect(await must(session, String.raw`SELECT '\x005cff41'::bytea`)).toEqual([[new Uint8Array([0, 0x5c, 0xff, 0x41])]]);
    }));
});
