import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/model/engine.ts';
import { must, withSession, type ContractEngine } from './contract-engine.ts';

const TABLE = 'CREATE TABLE thing (id integer PRIMARY KEY, name text, CONSTRAINT small CHECK (id < 1000000))';
const ids = 'SELECT id FROM thing ORDER BY id';

export function describeCopyRows(engine: ContractEngine): void {
  const { quirks } = engine;
  const onSession = (work: Parameters<typeof withSession>[1]): Promise<void> =>
    engine.withDatabase((database) => withSession(database, work));

  describe('Session.copyRows', () => {
    const nasty: readonly (readonly Value[])[] = [
      ['plain', 1, true, new Uint8Array([1, 2])],
      ['tab\there, line\nbreak, return\r, back\\slash, \\N, \\.', 2, false, new Uint8Array([0x5c, 0, 255])],
      ['', 3, null, new Uint8Array([])],
      [null, 4, null, null],
      ['quote \' and " and 🐘', -5, true, null],
    ];
    const TARGET = `CREATE TABLE target (name text, number integer, flag boolean, data ${quirks.bytesType})`;
    const COLUMNS = ['name', 'number', 'flag', 'data'];
    const stored = nasty.map((row) =>
      row.map((value) => (quirks.booleansAsNumbers && typeof value === 'boolean' ? Number(value) : value)),
    );

    test('copies every kind of value, from iterables of both kinds', () =>
      onSession(async (session) => {
        await must(session, TARGET, 'BEGIN');
        expect(await session.copyRows('target', COLUMNS, nasty)).toBe(nasty.length);
        async function* later(): AsyncGenerator<readonly Value[]> {
          for (const row of nasty) {
            await Promise.resolve();
            yield row;
          }
        }
        expect(await session.copyRows('target', COLUMNS, later())).toBe(nasty.length);
        await must(session, 'COMMIT');
        const rows = await must(session, 'SELECT name, number, flag, data FROM target');
        expect(rows).toEqual([...stored, ...stored]);
      }));

    test('copies nothing, and many, telling how many so far', () =>
      onSession(async (session) => {
        await must(session, TABLE, 'BEGIN');
        expect(await session.copyRows('thing', ['id', 'name'], [])).toBe(0);
        const told: number[] = [];
        const rows = function* (): Generator<readonly Value[]> {
          for (let id = 0; id < 50_000; id++) yield [id, `name of ${String(id)}`];
        };
        expect(await session.copyRows('thing', ['id', 'name'], rows(), { onRows: (count) => told.push(count) })).toBe(
          50_000,
        );
        expect(told.at(-1)).toBe(50_000);
        expect(told.length).toBeGreaterThan(2);
        expect(told).toEqual(told.toSorted((a, b) => a - b));
        await must(session, 'COMMIT');
        expect(await must(session, 'SELECT count(*) FROM thing')).toEqual([[50_000]]);
      }));

    test('is part of the open transaction', () =>
      onSession(async (session) => {
        await must(session, TABLE, 'BEGIN');
        await session.copyRows('thing', ['id', 'name'], [[1, 'a']]);
        await must(session, 'ROLLBACK');
        expect(await must(session, ids)).toEqual([]);
      }));

    test.each<[string, readonly (readonly Value[])[]]>([
      [
        'a row that breaks a constraint',
        [
          [1, 'a'],
          [1_000_000, 'b'],
        ],
      ],
      ['a row of the wrong length', [[1, 'a'], [2]]],
      [
        'a row that does not fit the type',
        [
          [1, 'a'],
          ['no number', 'b'],
        ],
      ],
    ])('%s fails the copy, and the session goes on', (_, rows) =>
      onSession(async (session) => {
        await must(session, `${TABLE}${quirks.booleansAsNumbers ? ' STRICT' : ''}`, 'BEGIN');
        await expect(session.copyRows('thing', ['id', 'name'], rows)).rejects.toMatchObject({
          name: 'SurefootError',
          code: 'sql-failed',
          message: expect.stringContaining('thing'),
        });
        await must(session, 'ROLLBACK', 'BEGIN');
        expect(await session.copyRows('thing', ['id', 'name'], [[1, 'a']])).toBe(1);
        await must(session, 'COMMIT');
        expect(await must(session, ids)).toEqual([[1]]);
      }),
    );

    test('an error or an abort in the source ends the copy, and the session goes on', () =>
      onSession(async (session) => {
        await must(session, TABLE);
        const controller = new AbortController();
        const failing = function* (): Generator<readonly Value[]> {
          yield [1, 'a'];
          throw new RangeError('the source is dry');
        };
        const endless = function* (): Generator<readonly Value[]> {
          for (let id = 0; id < 900_000; id++) {
            if (id === 40_000) controller.abort();
            yield [id, 'x'];
          }
        };
        await must(session, 'BEGIN');
        await expect(session.copyRows('thing', ['id', 'name'], failing())).rejects.toThrow('the source is dry');
        await must(session, 'ROLLBACK', 'BEGIN');
        await expect(
          session.copyRows('thing', ['id', 'name'], endless(), { signal: controller.signal }),
        ).rejects.toMatchObject({ code: 'interrupted' });
        await must(session, 'ROLLBACK');
        expect(await must(session, ids)).toEqual([]);
      }));
  });
}
