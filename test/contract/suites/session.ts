import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/model/engine.ts';
import { failureOf, must, rowsOf, statuses, texts, withSession, type ContractEngine } from './contract-engine.ts';

const TABLE = 'CREATE TABLE thing (id integer PRIMARY KEY, name text, CONSTRAINT small CHECK (id < 1000000))';
const ids = 'SELECT id FROM thing ORDER BY id';

export function describeSession(engine: ContractEngine): void {
  const { quirks } = engine;
  const onSession = (work: Parameters<typeof withSession>[1]): Promise<void> =>
    engine.withDatabase((database) => withSession(database, work));

  describe('Session.batch', () => {
    test('answers each command in order, with columns, rows, counts and durations', () =>
      onSession(async (session) => {
        const outcomes = await session.batch(
          texts(
            TABLE,
            "INSERT INTO thing VALUES (1, 'a'), (2, 'b')",
            'SELECT id, name, id AS id FROM thing ORDER BY id',
            "UPDATE thing SET name = 'c'",
            ids,
          ),
        );
        expect(statuses(outcomes)).toEqual(['done', 'done', 'done', 'done', 'done']);
        expect(outcomes[1]).toMatchObject({ columns: [], rows: [], rowCount: 2 });
        expect(outcomes[2]).toMatchObject({
          columns: ['id', 'name', 'id'],
          rows: [
            [1, 'a', 1],
            [2, 'b', 2],
          ],
          rowCount: 2,
        });
        expect(outcomes[3]).toMatchObject({ rowCount: 2 });
        for (const outcome of outcomes) expect(outcome).toHaveProperty('durationMs', expect.any(Number));
      }));

    test('tells the columns of an empty result', () =>
      onSession(async (session) => {
        const outcomes = await session.batch(texts(TABLE, 'SELECT id, name FROM thing'));
        expect(outcomes[1]).toMatchObject({ columns: ['id', 'name'], rows: [], rowCount: 0 });
      }));

    test('skips all that follows a failure, and nothing of it survives the abort', () =>
      onSession(async (session) => {
        await must(session, TABLE);
        const outcomes = await session.batch(
          texts(
            'BEGIN',
            'INSERT INTO thing (id) VALUES (1)',
            'INSERT INTO nowhere VALUES (1)',
            'INSERT INTO thing (id) VALUES (2)',
            'COMMIT',
          ),
        );
        expect(statuses(outcomes)).toEqual(['done', 'done', 'failed', 'skipped', 'skipped']);
        await must(session, 'ROLLBACK');
        expect(await must(session, ids)).toEqual([]);
      }));

    test.each([
      ['outside a transaction', ['INSERT INTO nowhere VALUES (1)', 'INSERT INTO thing (id) VALUES (2)']],
      [
        'in the transaction after a failed one',
        ['BEGIN', 'INSERT INTO nowhere VALUES (1)', 'COMMIT', 'BEGIN', 'INSERT INTO thing (id) VALUES (2)', 'COMMIT'],
      ],
      [
        'after a commit that failed',
        [
          'BEGIN',
          'INSERT INTO thing (id) VALUES (5)',
          'INSERT INTO nowhere VALUES (1)',
          'COMMIT',
          'INSERT INTO thing (id) VALUES (2)',
        ],
      ],
      [
        'when a savepoint revives the transaction',
        [
          'BEGIN',
          'SAVEPOINT a',
          'INSERT INTO nowhere VALUES (1)',
          'ROLLBACK TO SAVEPOINT a',
          'INSERT INTO thing (id) VALUES (2)',
          'COMMIT',
        ],
      ],
      [
        'when the transaction ends inside a text of several statements',
        ['BEGIN', 'DELETE FROM thing; COMMIT', 'INSERT INTO nowhere VALUES (1)', 'INSERT INTO thing (id) VALUES (2)'],
      ],
    ])('sends nothing that takes effect behind a failure: %s', (_, statements) =>
      onSession(async (session) => {
        await must(session, TABLE);
        const outcomes = await session.batch(texts(...statements));
        const failed = outcomes.findIndex((outcome) => outcome.status === 'failed');
        expect(failed).toBe(statements.indexOf('INSERT INTO nowhere VALUES (1)'));
        expect(new Set(statuses(outcomes.slice(failed + 1)))).toEqual(new Set(['skipped']));
        await must(session, 'ROLLBACK');
        expect(await must(session, ids)).toEqual([]);
      }),
    );

    test('a tolerated failure does not end the batch: a savepoint puts it right', () =>
      onSession(async (session) => {
        await must(session, TABLE);
        const outcomes = await session.batch([
          ...texts('BEGIN', 'INSERT INTO thing (id) VALUES (1)', 'SAVEPOINT a'),
          { text: 'INSERT INTO thing (id) VALUES (1000000)', tolerate: true },
          ...texts('ROLLBACK TO SAVEPOINT a', 'INSERT INTO thing (id) VALUES (2)', 'COMMIT'),
        ]);
        expect(statuses(outcomes)).toEqual(['done', 'done', 'done', 'failed', 'done', 'done', 'done']);
        expect(failureOf(outcomes[3])).toMatchObject({
          sqlState: quirks.checkViolation,
          code: 'sql-failed',
          connectionLost: false,
          object: 'small',
        });
        expect(await must(session, ids)).toEqual([[1], [2]]);
      }));

    test('names the place of an error in UTF-16 units, whatever stands before it', () =>
      onSession(async (session) => {
        const text = "SELECT 'äöü 🐘🐘', /* ß */ 1 FROM wrong wrong wrongest";
        const [outcome] = await session.batch(texts(text));
        const failure = failureOf(outcome);
        expect(failure.sqlState).toBe(quirks.syntaxError);
        expect(failure.index).toBe(text.indexOf('wrongest'));
      }));

    test('runs several statements in one text, and a text of none', () =>
      onSession(async (session) => {
        const outcomes = await session.batch(
          texts(`${TABLE}; INSERT INTO thing (id) VALUES (1); INSERT INTO thing (id) VALUES (2)`, '-- nothing', ids),
        );
        expect(statuses(outcomes)).toEqual(['done', 'done', 'done']);
        expect(rowsOf(outcomes[2])).toEqual([[1], [2]]);
      }));

    test('aborting where no transaction is open is no failure', () =>
      onSession(async (session) => {
        expect(statuses(await session.batch(texts('ROLLBACK', 'SELECT 1')))).toEqual(['done', 'done']);
      }));

    test('holds thousands of commands in order, within one transaction and without', () =>
      onSession(async (session) => {
        await must(session, TABLE);
        const inserts = Array.from({ length: 3000 }, (_, index) => `INSERT INTO thing (id) VALUES (${String(index)})`);
        const outcomes = await session.batch(
          texts(
            'BEGIN',
            ...inserts,
            'COMMIT',
            ...inserts.slice(0, 200).map((text) => text.replace('VALUES (', 'VALUES (-1')),
            ids,
          ),
        );
        expect(new Set(statuses(outcomes))).toEqual(new Set(['done']));
        expect(outcomes).toHaveLength(3203);
        expect(rowsOf(outcomes.at(-1))).toHaveLength(3200);
      }));

    test('takes a statement of several megabytes', () =>
      onSession(async (session) => {
        const long = 'x'.repeat(3_000_000);
        const outcomes = await session.batch(texts(`SELECT length('${long}')`, `SELECT '${long}'`, 'SELECT 1'));
        expect(rowsOf(outcomes[0])).toEqual([[long.length]]);
        expect(rowsOf(outcomes[1])[0]?.[0]).toBe(long);
        expect(rowsOf(outcomes[2])).toEqual([[1]]);
      }));

    test('an aborted signal skips what has not begun', () =>
      onSession(async (session) => {
        await must(session, TABLE);
        const outcomes = await session.batch(
          texts('INSERT INTO thing (id) VALUES (1)', 'INSERT INTO thing (id) VALUES (2)'),
          { signal: AbortSignal.abort() },
        );
        expect(statuses(outcomes)).toEqual(['skipped', 'skipped']);
        const controller = new AbortController();
        const many = ['BEGIN', ...Array.from({ length: 200_000 }, () => 'SELECT 1')].map((text) => ({ text }));
        setTimeout(() => controller.abort(), 30);
        const interrupted = statuses(await session.batch(many, { signal: controller.signal }));
        expect(interrupted.at(-1)).toBe('skipped');
        await must(session, 'ROLLBACK');
        expect(await must(session, ids)).toEqual([]);
      }));

    test('lets other work of the process have its turn', () =>
      onSession(async (session) => {
        let turns = 0;
        const timer = setInterval(() => turns++, 10);
        const slow =
          'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT count(*) FROM n';
        await session.batch(texts(...Array.from({ length: 20 }, () => slow)));
        clearInterval(timer);
        expect(turns).toBeGreaterThan(2);
      }));
  });

  describe('Session values', () => {
    test.each(Object.entries(quirks.samples))('returns %s as promised', (_, { sql, value }) =>
      onSession(async (session) => {
        const [outcome] = await session.batch(texts(`SELECT ${sql}`));
        expect(rowsOf(outcome)).toEqual([[value]]);
        const [row] = await session.query(`SELECT ${sql} AS found`);
        expect(row?.['found']).toEqual(value);
      }),
    );
  });

  describe('Session.query', () => {
    test('takes parameters of every kind', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          await must(
            session,
            `CREATE TABLE kinds (t text, i bigint, r double precision, b boolean, y ${quirks.bytesType})`,
          );
          const values: readonly Value[] = [
            `'); DROP TABLE kinds; -- 🐘`,
            9_007_199_254_740_993n,
            -0.25,
            true,
            new Uint8Array([0, 1, 255]),
          ];
          const places = values.map((_, index) => database.dialect.parameter(index + 1)).join(', ');
          await session.query(`INSERT INTO kinds VALUES (${places})`, values);
          await session.query(`INSERT INTO kinds VALUES (${places})`, [null, 3, null, false, null]);
          const rows = await session.query('SELECT * FROM kinds ORDER BY i');
          expect(rows).toEqual([
            { t: null, i: 3, r: null, b: quirks.booleansAsNumbers ? 0 : false, y: null },
            { t: values[0], i: '9007199254740993', r: -0.25, b: quirks.booleansAsNumbers ? 1 : true, y: values[4] },
          ]);
        }),
      ));

    test('throws a SurefootError with code and SQLSTATE', () =>
      onSession(async (session) => {
        await expect(session.query('SELECT * FROM nowhere')).rejects.toMatchObject({
          name: 'SurefootError',
          code: 'sql-failed',
          message: expect.stringContaining('nowhere'),
          context: { sqlState: quirks.absentTable, connectionLost: false },
        });
        expect(await session.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      }));
  });

  describe('Session.close', () => {
    test('never throws, and aborts an open transaction', () =>
      engine.withDatabase(async (database) => {
        const session = await database.connect({ create: false, label: 'closing' });
        await must(session, TABLE, 'BEGIN', 'INSERT INTO thing (id) VALUES (1)');
        await session.close();
        await session.close();
        await session.cancel();
        const outcomes = await session.batch(texts('SELECT 1', 'SELECT 2'));
        expect(statuses(outcomes)).toEqual(['failed', 'skipped']);
        expect(failureOf(outcomes[0])).toMatchObject({ connectionLost: true, code: 'connection-lost' });
        await expect(session.query('SELECT 1')).rejects.toMatchObject({ code: 'connection-lost' });
        await withSession(database, async (other) => {
          expect(await must(other, ids)).toEqual([]);
        });
      }));
  });
}
