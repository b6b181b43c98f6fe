import { describe, expect, test } from 'vitest';
import { FENCE } from '../../../src/domain/run/commit/keep-statements.ts';
import { must, rowsOf, statuses, withSession, type ContractEngine } from './contract-engine.ts';

const NAME = 'surefoot_test';

export function describeKeep(engine: ContractEngine): void {
  describe('Session.keep', () => {
    test('a kept statement does what its text does, told once more or not', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          const { dialect } = database;
          await must(session, 'CREATE TABLE thing (id integer PRIMARY KEY, name text)');
          const insert = (id: number, name: string) => {
            const values = [id, name].map((value) => dialect.literal(value));
            return { text: `INSERT INTO thing VALUES (${values.join(', ')})`, kept: { name: NAME, values } };
          };
          const text = `INSERT INTO thing VALUES (${dialect.parameter(1)}, ${dialect.parameter(2)})`;
          expect(statuses(await session.batch([insert(1, 'not kept')]))).toEqual(['done']);
          await session.keep([{ name: NAME, text }]);
          expect(statuses(await session.batch([insert(2, "it's"), insert(3, 'Ä\\')]))).toEqual(['done', 'done']);
          // As a second run on the same session does.
          await session.keep([{ name: NAME, text }]);
          expect(statuses(await session.batch([insert(4, '')]))).toEqual(['done']);
          const [names] = await session.batch([{ text: 'SELECT name FROM thing ORDER BY id' }]);
          expect(rowsOf(names)).toEqual([['not kept'], ["it's"], ['Ä\\'], ['']]);
        }),
      ));

    test('what can not be kept is sent as text', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          await session.keep([{ name: NAME, text: 'SELECT FROM nowhere WHERE' }]);
          const [answer] = await session.batch([{ text: 'SELECT 7', kept: { name: NAME, values: [] } }]);
          expect(rowsOf(answer)).toEqual([[7]]);
        }),
      ));

    test('a kept fence fails as soon as the lock is gone, and is not taken for that of the next lock', () =>
      engine.withDatabase((database) =>
        withSession(database, async (session) => {
          const held = await database.lock.tryAcquire(session, 'surefoot keep');
          const fence = held?.fence ?? null;
          if (fence === null) return;
          await session.keep([{ name: FENCE, text: fence }]);
          const command = { text: fence, kept: { name: FENCE, values: [] } };
          expect(statuses(await session.batch([command, command]))).toEqual(['done', 'done']);
          await held?.release();
          expect(statuses(await session.batch([command]))).toEqual(['failed']);
          const next = await database.lock.tryAcquire(session, 'surefoot keep');
          const other = { text: next?.fence ?? '', kept: { name: FENCE, values: [] } };
          expect(statuses(await session.batch([other]))).toEqual(['done']);
          await next?.release();
        }),
      ));
  });
}
