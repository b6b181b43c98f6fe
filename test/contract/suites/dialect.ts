import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/model/engine.ts';
import { failureOf, must, rowsOf, statuses, texts, withSession, type ContractEngine } from './contract-engine.ts';

const NONE = { lockMs: null, statementMs: null };
const NASTY = [
  '',
  "it's",
  'a "quoted" one',
  String.raw`back\slash \' \\`,
  '$1 $$ $tag$',
  '-- comment /* */',
  'line\nbreak\ttab\r',
  'ünï 🐘',
  '%s {} ?',
  "'; DROP TABLE thing; --",
];

export function describeDialect(engine: ContractEngine): void {
  describe('Dialect', () => {
    test('opens, commits and aborts transactions', () =>
      engine.withDatabase(async (database) => {
        const { dialect } = database;
        await withSession(database, async (session) => {
          await must(session, 'CREATE TABLE thing (id integer)');
          for (const timeouts of [
            NONE,
            { lockMs: 250, statementMs: database.capabilities.statementTimeout ? 60_000 : null },
          ]) {
            await must(
              session,
              ...dialect.begin(timeouts),
              ...dialect.transactionTimeouts(timeouts),
              'INSERT INTO thing VALUES (1)',
              dialect.commit,
            );
            await must(session, ...dialect.begin(timeouts), 'INSERT INTO thing VALUES (2)', dialect.abort);
          }
          await must(session, dialect.beginProbe, 'INSERT INTO thing VALUES (3)', dialect.abort);
          expect(await must(session, 'SELECT id FROM thing')).toEqual([[1], [1]]);
        });
      }));

    test('goes back to a savepoint of any name, as often as wanted', () =>
      engine.withDatabase(async (database) => {
        const { dialect } = database;
        await withSession(database, async (session) => {
          await must(session, 'CREATE TABLE thing (id integer)', ...dialect.begin(NONE));
          for (const name of ['check', 'a "b" c', 'Übung']) {
            const outcomes = await session.batch([
              ...texts(dialect.savepoint(name), 'INSERT INTO thing VALUES (1)'),
              { text: 'SELECT * FROM nowhere', tolerate: true },
              ...texts(dialect.rollbackTo(name), 'INSERT INTO thing VALUES (1)', dialect.rollbackTo(name)),
            ]);
            expect(statuses(outcomes)).toEqual(['done', 'done', 'failed', 'done', 'done', 'done']);
          }
          await must(session, dialect.commit);
          expect(await must(session, 'SELECT count(*) FROM thing')).toEqual([[0]]);
        });
      }));

    test('quotes identifiers and literals', () =>
      engine.withDatabase(async (database) => {
        const { dialect } = database;
        await withSession(database, async (session) => {
          for (const name of NASTY.filter((each) => each !== '')) {
            await must(session, `CREATE TABLE ${dialect.identifier(name)} (${dialect.identifier(name)} integer)`);
            expect(
              rowsOf(
                (
                  await session.batch(
                    texts(`SELECT count(${dialect.identifier(name)}) FROM ${dialect.identifier(name)}`),
                  )
                )[0],
              ),
            ).toEqual([[0]]);
          }
          const values: readonly Value[] = [
            ...NASTY,
            0,
            -1,
            1.5,
            -0.25,
            9_007_199_254_740_991,
            true,
            false,
            null,
            new Uint8Array([0, 92, 39, 255]),
          ];
          for (const value of values) {
            const [[found] = []] = await must(session, `SELECT ${dialect.literal(value)}`);
            const expected = typeof value === 'boolean' && engine.quirks.booleansAsNumbers ? Number(value) : value;
            expect(typeof expected === 'number' ? Number(found) : found).toEqual(expected);
          }
          expect(await must(session, `SELECT ${dialect.literal(-9_007_199_254_740_993n)}`)).toEqual([
            ['-9007199254740993'],
          ]);
        });
      }));

    test('hashes text as SHA-256 in lower-case hexadecimal', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (session) => {
          for (const text of NASTY) {
            const [[found] = []] = await must(
              session,
              `SELECT ${database.dialect.sha256(`'a' || ${database.dialect.literal(text)}`)}`,
            );
            expect(found).toBe(createHash('sha256').update(`a${text}`).digest('hex'));
          }
        });
      }));

    test('reads a stored time as ISO 8601 UTC with milliseconds', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (session) => {
          await must(session, ...(database.layout[0]?.statements ?? []));
          const { dialect } = database;
          const times = ['2025-11-09T12:34:56.789Z', '1999-12-31T23:59:59.000Z', '2024-02-29T00:00:00.010Z'];
          for (const [index, at] of times.entries()) {
            await must(
              session,
              `INSERT INTO ${dialect.table('journal')} (seq, run_id, at, event, entry, hash) VALUES (${String(index + 1)}, 'r', ${dialect.literal(at)}, 'step', '{}', '')`,
            );
          }
          expect(
            await must(session, `SELECT ${dialect.isoTime('at')} FROM ${dialect.table('journal')} ORDER BY seq`),
          ).toEqual(times.map((at) => [at]));
        });
      }));

    test('explains a statement without running it', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (session) => {
          await must(session, 'CREATE TABLE thing (id integer)');
          const rows = await must(session, database.dialect.explain('INSERT INTO thing SELECT 1 FROM thing'));
          expect(rows.length).toBeGreaterThan(0);
          expect(JSON.stringify(rows)).toMatch(/thing|SCAN/u);
          expect(await must(session, 'SELECT count(*) FROM thing')).toEqual([[0]]);
        });
      }));

    test('assumes roles and settings for a savepoint where the engine has them, and says so where not', () =>
      engine.withDatabase(async (database) => {
        const { dialect, capabilities } = database;
        if (!capabilities.settings)
          expect(() => dialect.setting('app.user', '1')).toThrow(
            expect.objectContaining({ code: 'engine-unsupported' }),
          );
        if (!capabilities.roles)
          expect(() => dialect.assumeRole('agent')).toThrow(expect.objectContaining({ code: 'engine-unsupported' }));
        if (!capabilities.settings || !capabilities.roles) return;
        await withSession(database, async (session) => {
          const role = `contract "role" ${String(process.pid)}`;
          const state = "SELECT current_user = session_user, coalesce(current_setting('app.user', true), '')";
          await must(session, `CREATE ROLE ${dialect.identifier(role)}`);
          try {
            await must(
              session,
              ...dialect.begin(NONE),
              dialect.savepoint('a'),
              dialect.assumeRole(role),
              dialect.setting('app.user', String.raw`it's \ me`),
            );
            expect(await must(session, state)).toEqual([[false, String.raw`it's \ me`]]);
            await must(session, dialect.rollbackTo('a'));
            expect(await must(session, state)).toEqual([[true, '']]);
            await must(session, dialect.commit);
            expect(await must(session, state)).toEqual([[true, '']]);
          } finally {
            await must(session, `DROP ROLE ${dialect.identifier(role)}`);
          }
        });
      }));

    test('resets what a step left behind in its session', () =>
      engine.withDatabase(async (database) => {
        const { dialect, capabilities } = database;
        await withSession(database, async (session) => {
          await must(session, ...dialect.begin(NONE));
          if (capabilities.settings)
            await must(
              session,
              "SET search_path = nowhere; SET standard_conforming_strings = off; SET lock_timeout = 77; SET app.leak = 'x'; SET ROLE pg_monitor",
            );
          await must(session, ...dialect.resetSession, dialect.commit);
          if (!capabilities.settings) {
            await must(session, 'PRAGMA foreign_keys = OFF', 'PRAGMA legacy_alter_table = ON', ...dialect.resetSession);
            expect(
              await must(
                session,
                'SELECT foreign_keys, legacy_alter_table FROM pragma_foreign_keys, pragma_legacy_alter_table',
              ),
            ).toEqual([[1, 0]]);
            return;
          }
          expect(
            await must(
              session,
              "SELECT current_user = session_user, current_setting('search_path'), current_setting('standard_conforming_strings'), current_setting('lock_timeout'), coalesce(current_setting('app.leak', true), ''), current_setting('application_name')",
            ),
          ).toEqual([[true, '"$user", public', 'on', '0', '', 'contract']]);
        });
      }));

    test('literals hold whatever way the session reads backslashes', () =>
      engine.withDatabase(async (database) => {
        if (!database.capabilities.settings) return;
        const { dialect } = database;
        await withSession(database, async (session) => {
          await must(session, 'SET standard_conforming_strings = off', 'SET escape_string_warning = off');
          for (const text of NASTY) expect(await must(session, `SELECT ${dialect.literal(text)}`)).toEqual([[text]]);
          expect(await must(session, `SELECT ${dialect.literal(new Uint8Array([0, 92, 39, 255]))}`)).toEqual([
            [new Uint8Array([0, 92, 39, 255])],
          ]);
        });
      }));

    test('waits for another writer as long as the lock time-out says', () =>
      engine.withDatabase(async (database) => {
        const { dialect } = database;
        await withSession(database, async (one) => {
          await must(one, 'CREATE TABLE thing (id integer)', ...dialect.begin(NONE), 'DROP TABLE thing');
          await withSession(database, async (two) => {
            const begin = dialect.begin({ lockMs: 200, statementMs: null });
            const outcomes = await two.batch(texts(...begin, 'INSERT INTO thing VALUES (1)'));
            const failed = outcomes.find((outcome) => outcome.status === 'failed');
            expect(['lock-timeout', 'busy']).toContain(failureOf(failed).code);
            if (failed?.status === 'failed') expect(failed.durationMs).toBeGreaterThan(150);
            await must(two, dialect.abort);
          });
          await must(one, dialect.abort);
        });
      }));

    test('makes deferred constraints speak where the engine can', () =>
      engine.withDatabase(async (database) => {
        const { immediateConstraints } = database.dialect;
        expect(immediateConstraints !== null).toBe(database.capabilities.deferredConstraints);
        if (immediateConstraints === null) return;
        await withSession(database, async (session) => {
          await must(
            session,
            'CREATE TABLE parent (id integer PRIMARY KEY)',
            'CREATE TABLE child (id integer REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)',
          );
          const outcomes = await session.batch(
            texts('BEGIN', 'INSERT INTO child VALUES (1)', immediateConstraints, 'ROLLBACK'),
          );
          expect(statuses(outcomes)).toEqual(['done', 'done', 'failed', 'skipped']);
          expect(failureOf(outcomes[2])).toMatchObject({ sqlState: '23503', object: 'child_id_fkey' });
        });
      }));

    test('numbers place holders', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (session) => {
          const { dialect } = database;
          const cast = (n: number): string => `CAST(${dialect.parameter(n)} AS text)`;
          expect(await session.query(`SELECT ${cast(1)} AS a, ${cast(2)} AS b`, ['x', 'y'])).toEqual([
            { a: 'x', b: 'y' },
          ]);
        });
      }));

    test('sets time-outs for statements outside a transaction', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (session) => {
          const { dialect } = database;
          const read = database.capabilities.settings
            ? "SELECT current_setting('lock_timeout')"
            : 'PRAGMA busy_timeout';
          await must(session, ...dialect.sessionTimeouts({ lockMs: 321, statementMs: null }));
          expect(String((await must(session, read))[0]?.[0])).toMatch(/^321/u);
          await must(session, ...dialect.sessionTimeouts(NONE));
          expect(String((await must(session, read))[0]?.[0])).toMatch(/^(?:0|5000)$/u);
        });
      }));
  });
}
