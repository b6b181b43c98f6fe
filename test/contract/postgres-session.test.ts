import { describe, expect, test } from 'vitest';
import { createPostgresDatabase } from '../../src/adapters/postgres/index.ts';
import { testServers, withTestDatabase } from '../support/postgres.ts';
import { failureOf, must, rowsOf, statuses, texts, withSession } from './suites/contract-engine.ts';
import { onScene, throughProxy } from './suites/postgres-scene.ts';

describe.each(testServers())('PostgreSQL $major', ({ major }) => {
  describe('round trips', () => {
    test('a batch in one transaction takes one', () =>
      throughProxy(major, async (database, proxy) => {
        await withSession(database, async (session) => {
          proxy.takeRoundTrips();
          const selects = Array.from({ length: 20 }, (_, index) => `SELECT ${String(index)}`);
          const outcomes = await session.batch(
            texts(
              'BEGIN',
              ...selects,
              'CREATE TABLE thing (id integer)',
              'CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$',
              'COMMIT',
            ),
          );
          expect(new Set(statuses(outcomes))).toEqual(new Set(['done']));
          expect(outcomes.slice(1, 21).map(rowsOf)).toEqual(selects.map((_, index) => [[index]]));
          expect(proxy.takeRoundTrips()).toBe(1);
          await session.batch(
            texts('BEGIN', 'SELECT 1', 'COMMIT', 'BEGIN', 'SELECT 2', 'COMMIT', 'SELECT 3', 'SELECT 4'),
          );
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
            ...texts(
              ...dialect.begin(timeouts),
              'CREATE TABLE thing (id integer)',
              ...dialect.resetSession,
              ...dialect.transactionTimeouts(timeouts),
              dialect.immediateConstraints ?? '',
            ),
            ...checks,
          ]);
          const two = await session.batch(
            texts('INSERT INTO record VALUES (1)', 'INSERT INTO record VALUES (2)', dialect.commit),
          );
          expect(new Set(statuses([...one, ...two]))).toEqual(new Set(['done']));
          expect(proxy.takeRoundTrips()).toBe(2);
        });
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
        expect(failureOf((await session.batch(texts('SELECT * FROM thing')))[0])).toMatchObject({
          code: 'lock-timeout',
        });
      }));

    test('keep detail, hint, object and context', () =>
      onScene(major, async ({ session }) => {
        await must(
          session,
          'CREATE SCHEMA app',
          'CREATE TABLE app.thing (id integer PRIMARY KEY, name text NOT NULL)',
          "INSERT INTO app.thing VALUES (1, 'a')",
        );
        const [twice] = await session.batch(texts("INSERT INTO app.thing VALUES (1, 'b')"));
        expect(failureOf(twice)).toMatchObject({
          sqlState: '23505',
          object: 'thing_pkey',
          detail: expect.stringContaining('already exists'),
        });
        const [empty] = await session.batch(texts('INSERT INTO app.thing VALUES (2, NULL)'));
        expect(failureOf(empty)).toMatchObject({ sqlState: '23502', object: 'app.thing.name' });
        const [hinted] = await session.batch(texts("SELECT lenght('x')"));
        expect(failureOf(hinted)).toMatchObject({ sqlState: '42883', hint: expect.any(String), index: 7 });
        const [inside] = await session.batch(texts('DO $$ BEGIN PERFORM 1 / 0; END $$'));
        expect(failureOf(inside)).toMatchObject({ where: expect.stringContaining('PL/pgSQL'), index: null });
      }));
  });

  test('COPY with its data in the command goes between the others', () =>
    onScene(major, async ({ session }) => {
      const outcomes = await session.batch([
        ...texts('BEGIN', 'CREATE TABLE thing (id integer, name text)'),
        { text: 'COPY thing (id, name) FROM stdin', copyData: '1\tZoë \\t 🐘\n2\t\\N' },
        { text: 'COPY thing FROM stdin WITH (FORMAT csv)', copyData: '3,"a\nb"\n' },
        { text: 'COPY thing FROM stdin', copyData: '' },
        ...texts('SELECT id, name FROM thing ORDER BY id', 'COMMIT'),
      ]);
      expect(outcomes.map((outcome) => (outcome.status === 'done' ? outcome.rowCount : -1))).toEqual([
        0, 0, 2, 1, 0, 3, 0,
      ]);
      expect(rowsOf(outcomes[5])).toEqual([
        [1, 'Zoë \t 🐘'],
        [2, null],
        [3, 'a\nb'],
      ]);
      const failed = await session.batch([
        ...texts('BEGIN'),
        { text: 'COPY thing FROM stdin', copyData: 'x\ty\n' },
        ...texts('SELECT 1'),
      ]);
      expect(statuses(failed)).toEqual(['done', 'failed', 'skipped']);
      expect(failureOf(failed[1])).toMatchObject({
        sqlState: '22P02',
        where: expect.stringContaining('COPY thing, line 1'),
      });
      await must(session, 'ROLLBACK');
      const absent = await session.batch([{ text: 'COPY nowhere FROM stdin', copyData: '1\n' }, { text: 'SELECT 1' }]);
      expect(statuses(absent)).toEqual(['failed', 'skipped']);
      const big = Array.from({ length: 200_000 }, (_, id) => `${String(id)}\tname of ${String(id)}`).join('\n');
      expect((await session.batch([{ text: 'COPY thing FROM stdin', copyData: big }]))[0]).toMatchObject({
        status: 'done',
        rowCount: 200_000,
      });
    }));

  test('COPY that the server refuses the moment it begins', () =>
    onScene(major, async ({ session }) => {
      await must(
        session,
        'CREATE TABLE thing (id integer)',
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today' USING ERRCODE = 'P0042'; END $$",
        'CREATE TRIGGER refusing BEFORE INSERT ON thing FOR EACH STATEMENT EXECUTE FUNCTION refuse()',
      );
      for (let round = 0; round < 5; round++) {
        const outcomes = await session.batch([{ text: 'COPY thing FROM stdin', copyData: '1\n2\n' }]);
        expect(failureOf(outcomes[0])).toMatchObject({ sqlState: 'P0042', message: 'not today' });
        await expect(session.copyRows('thing', ['id'], [[1]])).rejects.toMatchObject({
          context: { sqlState: 'P0042' },
        });
      }
      expect(await must(session, 'SELECT count(*) FROM thing')).toEqual([[0]]);
    }));

  test('COPY without its data is refused here, and COPY to the client is passed over', () =>
    onScene(major, async ({ session }) => {
      await must(session, 'CREATE TABLE thing (id integer)');
      const bare = await session.batch(texts('BEGIN', 'COPY thing FROM stdin', 'SELECT 1'));
      expect(statuses(bare)).toEqual(['done', 'failed', 'skipped']);
      expect(failureOf(bare[1]).message).toContain('no data');
      await expect(session.query('COPY thing FROM stdin')).rejects.toMatchObject({ code: 'sql-failed' });
      await must(session, 'ROLLBACK');
      const large = "COPY (SELECT repeat('x', 100) FROM generate_series(1, 50000)) TO STDOUT";
      expect(rowsOf((await session.batch(texts('BEGIN', large, large, 'SELECT 7', 'COMMIT')))[3])).toEqual([[7]]);
      expect(await must(session, large, 'SELECT 8')).toEqual([[8]]);
      expect(await session.query(large)).toEqual([]);
      expect(await session.query('SELECT 9 AS nine')).toEqual([{ nine: 9 }]);
    }));

  test('copies into a table of a schema, and refuses columns that are none', () =>
    onScene(major, async ({ session }) => {
      await must(
        session,
        'CREATE SCHEMA "My app"',
        'CREATE TABLE "My app"."a thing" ("the id" integer, at timestamptz, extra jsonb, amount numeric)',
      );
      const rows = [[1, '2025-11-09T12:00:00Z', '{"a": "\\\\ \\" \\n"}', '1.50']] as const;
      expect(await session.copyRows('"My app"."a thing"', ['the id', 'at', 'extra', 'amount'], rows)).toBe(1);
      const [row] = await session.query('SELECT "the id" AS id, extra, amount FROM "My app"."a thing"');
      expect(row).toEqual({ id: 1, extra: { a: '\\ " \n' }, amount: '1.50' });
      await expect(session.copyRows('"My app"."a thing"', ['nope'], rows)).rejects.toMatchObject({
        context: { sqlState: '42703' },
      });
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
        const session = await createPostgresDatabase({ name: 'pg', url, env: {} }).connect({
          create: false,
          label: `Zoë ${'x'.repeat(100)}`,
          onNotice: (text) => notices.push(text),
        });
        expect(
          await must(session, 'SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()'),
        ).toEqual([[`Zoe ${'x'.repeat(59)}`]]);
        expect(await must(session, 'SELECT pg_backend_pid()')).toEqual([[session.backend]]);
        await must(
          session,
          "DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'beware' USING HINT = 'of the dog'; END $$",
        );
        expect(notices).toEqual(['NOTICE: hello', 'WARNING: beware\nof the dog']);
        await session.close();
      },
      { major },
    ));

  test('a text ends up as JSON, boolean or time by the type of its parameter', () =>
    onScene(major, async ({ session }) => {
      const [row] = await session.query(
        'SELECT $1::jsonb AS j, $2::boolean AS b, $3::timestamptz AT TIME ZONE $4 AS t, $5::date AS d, $6::numeric AS n, $7::int8 AS i',
        ['{"a":"ü"}', 'true', '2025-11-09T12:00:00+02:00', 'UTC', '2025-11-09', '1.10', '9223372036854775807'],
      );
      expect(row).toEqual({
        j: { a: 'ü' },
        b: true,
        t: '2025-11-09 10:00:00',
        d: '2025-11-09',
        n: '1.10',
        i: '9223372036854775807',
      });
      await must(session, 'SET bytea_output = escape');
      expect(await must(session, String.raw`SELECT '\x005cff41'::bytea`)).toEqual([
        [new Uint8Array([0, 0x5c, 0xff, 0x41])],
      ]);
    }));
});
