import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/ports/database.ts';
import type { Outcome, Session } from '../../src/ports/session.ts';
import { testServers } from '../support/postgres.ts';
import { failureOf, must, statuses, texts } from './suites/contract-engine.ts';
import { onScene, throughProxy, untilRunning } from './suites/postgres-scene.ts';

describe.each(testServers())('PostgreSQL $major', ({ major }) => {
  describe('a lost connection', () => {
    const lost = { connectionLost: true, code: 'connection-lost' };
    /** An administrator's command, which is also how a server that shuts down ends its sessions. */
    const ended = { connectionLost: true, code: 'server-stopping' };

    test('ended by the server in mid-batch fails that command and everything later, and never comes back', () =>
      onScene(major, async ({ session, other }) => {
        await must(session, 'CREATE TABLE thing (id integer)');
        const running = session.batch(
          texts(
            'BEGIN',
            'INSERT INTO thing VALUES (1)',
            'SELECT pg_sleep(60)',
            'INSERT INTO thing VALUES (2)',
            'COMMIT',
          ),
        );
        await untilRunning(other, session.backend, 'pg_sleep');
        await other.query('SELECT pg_terminate_backend($1)', [session.backend]);
        const outcomes = await running;
        expect(statuses(outcomes)).toEqual(['done', 'done', 'failed', 'skipped', 'skipped']);
        expect(failureOf(outcomes[2])).toMatchObject({
          ...ended,
          sqlState: '57P01',
          message: expect.stringContaining('terminating connection'),
        });
        for (let again = 0; again < 3; again++) {
          const later = await session.batch(texts('SELECT 1', 'SELECT 2'));
          expect(statuses(later)).toEqual(['failed', 'skipped']);
          expect(failureOf(later[0])).toMatchObject(ended);
          await expect(session.query('SELECT 1')).rejects.toMatchObject({
            code: 'server-stopping',
            context: { connectionLost: true },
          });
          await expect(session.copyRows('thing', ['id'], [[1]])).rejects.toMatchObject({ code: 'server-stopping' });
          await pause(20);
        }
        await session.cancel();
        await session.close();
        expect(await must(other, 'SELECT id FROM thing')).toEqual([]);
        expect(
          await must(
            other,
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'contract' AND datname = current_database() AND pid <> pg_backend_pid()",
          ),
        ).toEqual([[0]]);
      }));

    test('ended while nothing runs is noticed by the next call', () =>
      onScene(major, async ({ session, other }) => {
        await other.query('SELECT pg_terminate_backend($1)', [session.backend]);
        let first: Outcome | undefined;
        while (first?.status !== 'failed') {
          [first] = await session.batch(texts('SELECT 1'));
          await pause(5);
        }
        expect(failureOf(first)).toMatchObject(ended);
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
        await expect(session.copyRows('thing', ['id'], slow())).rejects.toMatchObject({ code: 'server-stopping' });
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
        const running = session.batch(
          texts('BEGIN', 'INSERT INTO thing VALUES (1)', 'SELECT pg_sleep(60)', 'SELECT 1'),
        );
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
        const running = session.batch(texts('SELECT pg_sleep(60)', 'CREATE TABLE thing (id integer)'), {
          signal: controller.signal,
        });
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
});
