import { describe, expect, test } from 'vitest';
import { createPostgresDatabase } from '../../src/adapters/postgres/index.ts';
import type { Settlement } from '../../src/ports/probe.ts';
import type { Session } from '../../src/ports/session.ts';
import { connectTo, testServers, withTestDatabase } from '../support/postgres.ts';
import { failureOf, must, texts, withSession } from './suites/contract-engine.ts';
import { statement } from './suites/probe.ts';

interface Scene {
  readonly session: Session;
  settle(text: string): Promise<Settlement>;
  readonly url: string;
}

describe.each(testServers())('settling on PostgreSQL $major', ({ major, url: serverUrl }) => {
  const onScene = (work: (scene: Scene) => Promise<void>): Promise<void> =>
    withTestDatabase(
      (url) => {
        const database = createPostgresDatabase({ name: 'pg', url, env: {} });
        return withSession(database, async (session) => {
          await must(
            session,
            'CREATE SCHEMA app',
            'CREATE TABLE app."my table" (id integer, "ON" text, status varchar(10), at timestamptz, twice integer GENERATED ALWAYS AS (id * 2) STORED)',
          );
          await work({ session, url, settle: (text) => database.probe.settle(session, statement(text)) });
        });
      },
      { major },
    );

  const INDEXES = [
    'CREATE INDEX CONCURRENTLY found ON app."my table" (id)',
    'create unique index concurrently if not exists "found" on only app."my table" using btree (id desc nulls last) include (status)',
    `CREATE INDEX CONCURRENTLY found -- ON nothing\n ON /* USING */ app."my table" USING btree ((lower("ON")), at) WHERE status = 'a' AND id IN (1, 2)`,
    'CREATE INDEX CONCURRENTLY found ON app."my table" (twice) WITH (fillfactor = 70)',
    'CREATE INDEX CONCURRENTLY ON app."my table" (status text_pattern_ops)',
    'CREATE INDEX CONCURRENTLY "ON" ON app."my table" USING hash ("ON")',
  ] as const;

  test.each(INDEXES)('%s: absent before, done after, and still what the statement says', (text) =>
    onScene(async ({ session, settle }) => {
      expect(await settle(text)).toMatchObject({ state: 'absent', cleanup: [] });
      await must(session, text);
      expect(await settle(text)).toMatchObject({
        state: 'done',
        cleanup: [],
        evidence: expect.stringContaining('valid'),
      });
      expect(await must(session, "SELECT count(*) FROM pg_class WHERE relname LIKE 'surefoot%'")).toEqual([[0]]);
    }),
  );

  test('the index without a schema is found by the search path', () =>
    onScene(async ({ session, settle }) => {
      await must(session, 'SET search_path = app', 'CREATE INDEX CONCURRENTLY found ON "my table" (id)');
      expect(await settle('CREATE INDEX CONCURRENTLY found ON "my table" (id)')).toMatchObject({ state: 'done' });
      expect(await settle('DROP INDEX CONCURRENTLY found')).toMatchObject({ state: 'absent' });
      expect(await settle('CREATE INDEX CONCURRENTLY found ON nowhere (id)')).toMatchObject({
        state: 'absent',
        cleanup: [],
      });
    }));

  test('an invalid index of that name and definition is dropped first', () =>
    onScene(async ({ session, settle }) => {
      const text = 'CREATE UNIQUE INDEX CONCURRENTLY "My found" ON app."my table" (id)';
      await must(session, 'INSERT INTO app."my table" (id) VALUES (1), (1)');
      expect(failureOf((await session.batch(texts(text)))[0]).sqlState).toBe('23505');
      const settlement = await settle(text);
      expect(settlement).toMatchObject({ state: 'absent', cleanup: ['DROP INDEX CONCURRENTLY app."My found"'] });
      await must(session, ...settlement.cleanup, 'DELETE FROM app."my table"', text);
      expect(await settle(text)).toMatchObject({ state: 'done' });
    }));

  test.each([
    ['another column', 'CREATE INDEX found ON app."my table" (at)'],
    ['not unique', 'CREATE INDEX found ON app."my table" (id)'],
    ['another predicate', 'CREATE UNIQUE INDEX found ON app."my table" (id) WHERE status = \'b\''],
    ['another table', 'CREATE TABLE app.other (id integer); CREATE UNIQUE INDEX found ON app.other (id)'],
    ['no index', 'CREATE TABLE app.found (id integer)'],
  ])('a valid relation of that name that is something else is for a person to decide: %s', (_, existing) =>
    onScene(async ({ session, settle }) => {
      await must(session, existing);
      for (const exists of ['', 'IF NOT EXISTS ']) {
        await expect(
          settle(`CREATE UNIQUE INDEX CONCURRENTLY ${exists}found ON app."my table" (id)`),
        ).rejects.toMatchObject({ code: 'failed-step', message: expect.stringContaining('app.found') });
      }
    }),
  );

  test('DROP INDEX CONCURRENTLY: absent while the index is there, valid or not, done when it is gone', () =>
    onScene(async ({ session, settle }) => {
      const text = 'DROP INDEX CONCURRENTLY app.found';
      await must(session, 'CREATE INDEX found ON app."my table" (id)');
      expect(await settle(text)).toMatchObject({ state: 'absent', cleanup: [] });
      await must(session, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'app.found'::regclass");
      expect(await settle(text)).toMatchObject({ state: 'absent', evidence: expect.stringContaining('invalid') });
      await must(session, text);
      expect(await settle(text)).toMatchObject({ state: 'done' });
    }));

  test('REINDEX CONCURRENTLY: what it left is dropped, and it is run again', () =>
    onScene(async ({ session, settle }) => {
      await must(
        session,
        'CREATE INDEX found ON app."my table" (id)',
        'CREATE TABLE other (id integer)',
        'CREATE INDEX elsewhere_ccnew ON other (id)',
      );
      const all = [
        'REINDEX INDEX CONCURRENTLY app.found',
        'REINDEX TABLE CONCURRENTLY app."my table"',
        'REINDEX SCHEMA CONCURRENTLY app',
        'REINDEX (VERBOSE, CONCURRENTLY) DATABASE',
      ];
      for (const text of all) expect(await settle(text)).toMatchObject({ state: 'unknown', cleanup: [] });
      await must(
        session,
        'CREATE INDEX found_ccnew ON app."my table" (id)',
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'app.found_ccnew'::regclass",
      );
      for (const text of all)
        expect(await settle(text)).toMatchObject({
          state: 'absent',
          cleanup: ['DROP INDEX CONCURRENTLY app.found_ccnew'],
        });
      expect(await settle('REINDEX TABLE CONCURRENTLY other')).toMatchObject({ state: 'unknown', cleanup: [] });
      await must(session, 'DROP INDEX CONCURRENTLY app.found_ccnew', 'REINDEX TABLE CONCURRENTLY app."my table"');
    }));

  test('DETACH PARTITION CONCURRENTLY: absent, pending and finalised, done', () =>
    onScene(async ({ session, settle, url }) => {
      const text = 'ALTER TABLE log DETACH PARTITION log_1 CONCURRENTLY';
      await must(
        session,
        'CREATE TABLE log (id integer) PARTITION BY RANGE (id)',
        'CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10)',
        'CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20)',
      );
      expect(await settle(text)).toMatchObject({ state: 'absent', cleanup: [] });
      const reader = connectTo(url, 1);
      try {
        // A reader that stays in its transaction keeps the detaching session waiting after its first half.
        await reader.unsafe('BEGIN; SELECT * FROM log');
        const [outcome] = await session
          .batch(texts("SET statement_timeout = '300ms'"))
          .then(() => session.batch(texts(text)));
        expect(failureOf(outcome).code).toBe('statement-timeout');
        await reader.unsafe('COMMIT');
      } finally {
        await reader.end();
      }
      const settlement = await settle(text);
      expect(settlement).toMatchObject({ state: 'done', evidence: expect.stringContaining('FINALIZE') });
      expect(settlement.cleanup).toHaveLength(1);
      await must(session, ...settlement.cleanup);
      expect(await settle(text)).toMatchObject({ state: 'done', cleanup: [] });
      expect(
        await must(session, "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'log'::regclass"),
      ).toEqual([['log_2']]);
    }));

  test('CREATE and DROP DATABASE by the list of databases', () =>
    onScene(async ({ session, settle }) => {
      const name = `surefoot_test_settle_${String(process.pid)}`;
      expect(await settle(`CREATE DATABASE ${name}`)).toMatchObject({ state: 'absent' });
      expect(await settle(`DROP DATABASE ${name}`)).toMatchObject({ state: 'done' });
      await must(session, `CREATE DATABASE ${name} TEMPLATE template0`);
      try {
        expect(await settle(`CREATE DATABASE ${name}`)).toMatchObject({ state: 'done' });
        expect(await settle(`DROP DATABASE ${name}`)).toMatchObject({ state: 'absent' });
        await must(session, `UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${name}'`);
        expect(await settle(`CREATE DATABASE ${name}`)).toMatchObject({
          state: 'absent',
          cleanup: [`DROP DATABASE "${name}"`],
        });
      } finally {
        await must(session, `DROP DATABASE ${name}`);
      }
      expect(serverUrl).not.toBe('');
    }));

  test.each(['VACUUM (ANALYZE) app."my table"', "ALTER SYSTEM SET work_mem = '5MB'", 'DISCARD ALL', 'SELECT 1'])(
    '%s: unknown, and said so',
    (text) =>
      onScene(async ({ settle }) => {
        expect(await settle(text)).toMatchObject({
          state: 'unknown',
          cleanup: [],
          evidence: expect.stringMatching(/\w{3}/u),
        });
      }),
  );
});
