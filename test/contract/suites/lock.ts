import { describe, expect, test } from 'vitest';
import { failureOf, must, statuses, texts, withSession, type ContractEngine } from './contract-engine.ts';

export function describeLock(engine: ContractEngine): void {
  describe('Lock', () => {
    test('is held by one session at a time, and free again after its release', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (one) => {
          await withSession(database, async (two) => {
            expect(await database.lock.holder(one)).toBeNull();
            const held = await database.lock.tryAcquire(one, 'run 1 of ann@host');
            expect(held).not.toBeNull();
            expect(await database.lock.tryAcquire(two, 'run 2')).toBeNull();
            expect(await database.lock.tryAcquire(two, 'run 2')).toBeNull();
            await held?.release();
            expect(await database.lock.holder(two)).toBeNull();
            const next = await database.lock.tryAcquire(two, 'run 2');
            expect(next).not.toBeNull();
            expect(await database.lock.tryAcquire(one, 'run 1')).toBeNull();
            await next?.release();
          });
        });
      }));

    test('tells who holds it, since when', () =>
      engine.withDatabase(async (database) => {
        await withSession(
          database,
          async (one) => {
            await withSession(
              database,
              async (two) => {
                const before = Date.now();
                const held = await database.lock.tryAcquire(one, 'run 1 of änn@host');
                const holder = await database.lock.holder(two);
                expect(holder).toEqual({
                  pid: one.backend ?? process.pid,
                  label: engine.quirks.lockEndsWithSession ? 'run 1 of ann@host' : 'run 1 of änn@host',
                  since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u),
                  ageMs: expect.any(Number),
                });
                expect(Math.abs(Date.parse(holder?.since ?? '') - before)).toBeLessThan(60_000);
                expect(await database.lock.holder(one)).toEqual({ ...holder, ageMs: expect.any(Number) });
                await held?.release();
              },
              'two',
            );
          },
          'run 1 of änn@host',
        );
      }));

    test('leaves readers, writers and transactions of others alone', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (one) => {
          const held = await database.lock.tryAcquire(one, 'run 1');
          await withSession(database, async (two) => {
            await must(two, 'CREATE TABLE other (id integer)', 'BEGIN', 'INSERT INTO other VALUES (1)', 'COMMIT');
          });
          expect(await must(one, 'SELECT id FROM other')).toEqual([[1]]);
          await held?.release();
        });
      }));

    test('gives it to exactly one of many who ask at the same instant', () =>
      engine.withDatabase(async (database) => {
        const sessions = await Promise.all(
          Array.from({ length: 8 }, (_, index) => database.connect({ create: false, label: `asker ${String(index)}` })),
        );
        try {
          for (let round = 0; round < 5; round++) {
            const locks = await Promise.all(
              sessions.map((session, index) => database.lock.tryAcquire(session, `asker ${String(index)}`)),
            );
            const taken = locks.filter((lock) => lock !== null);
            expect(taken).toHaveLength(1);
            await Promise.all(taken.map((lock) => lock.release()));
          }
        } finally {
          await Promise.all(sessions.map((session) => session.close()));
        }
      }));

    test('its fence lets the holder pass and nobody else, as long as it is held', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (one) => {
          const held = await database.lock.tryAcquire(one, 'run 1');
          const fence = held?.fence ?? null;
          if (fence === null) {
            await held?.release();
            return;
          }
          expect(statuses(await one.batch(texts('BEGIN', fence, 'SELECT 1', 'COMMIT')))).toEqual([
            'done',
            'done',
            'done',
            'done',
          ]);
          await withSession(database, async (two) => {
            const [outcome] = await two.batch(texts(fence));
            expect(failureOf(outcome)).toMatchObject({ code: 'locked', message: expect.stringContaining('lock') });
          });
          await held?.release();
          const [outcome] = await one.batch(texts(fence));
          expect(failureOf(outcome).code).toBe('locked');
          // A later run on the same connection holds a lock of the same name, but not this one.
          const again = await database.lock.tryAcquire(one, 'run 2');
          expect(failureOf((await one.batch(texts(fence)))[0]).code).toBe('locked');
          expect(statuses(await one.batch(texts(again?.fence ?? '')))).toEqual(['done']);
          await again?.release();
        });
      }));

    test('is released even where a failed transaction is still open', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (one) => {
          const held = await database.lock.tryAcquire(one, 'run 1');
          await one.batch(texts('BEGIN', 'SELECT * FROM nowhere'));
          await held?.release();
          await withSession(database, async (two) => {
            expect(await database.lock.holder(two)).toBeNull();
          });
        });
      }));

    test('releasing twice, and after the session has ended, is no failure', () =>
      engine.withDatabase(async (database) => {
        const session = await database.connect({ create: false, label: 'ending' });
        const held = await database.lock.tryAcquire(session, 'ending');
        await session.close();
        if (engine.quirks.lockEndsWithSession) {
          await withSession(database, async (two) => {
            expect(await database.lock.holder(two)).toBeNull();
          });
        }
        await held?.release();
        await held?.release();
        await withSession(database, async (two) => {
          expect(await database.lock.holder(two)).toBeNull();
        });
      }));
  });
}
