import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import { firstLine, runTypescript } from '../support/run-typescript.ts';
import { must, withSession } from './suites/contract-engine.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'surefoot-sqlite-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const databaseAt = (path: string) => createSqliteDatabase({ name: 'caps', path, pid: process.pid });

describe('the run lock of a SQLite file', () => {
  test('is the same by every path to the file', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    symlinkSync(join(folder, 'real', 'caps.db'), join(folder, 'alias.db'));
    const [one, two, three] = ['real/caps.db', 'linked/caps.db', 'alias.db'].map((path) =>
      databaseAt(join(folder, path)),
    );
    if (one === undefined || two === undefined || three === undefined) throw new Error('three paths');
    const session = await one.connect({ create: true, label: 'x' });
    const held = await one.lock.tryAcquire(session, 'run 1');
    expect(await two.lock.tryAcquire(session, 'run 2')).toBeNull();
    expect(await three.lock.tryAcquire(session, 'run 3')).toBeNull();
    expect(await three.lock.holder(session)).toMatchObject({ label: 'run 1' });
    await held?.release();
    const again = await three.lock.tryAcquire(session, 'run 3');
    expect(await one.lock.holder(session)).toMatchObject({ label: 'run 3' });
    await again?.release();
    await session.close();
    expect(readdirSync(join(folder, 'real')).toSorted()).toEqual(['caps.db', 'caps.db.surefoot-lock']);
  });

  test('holds against other processes, and goes with its process when that is killed', async () => {
    const path = join(folder, 'caps.db');
    const database = databaseAt(path);
    const session = await database.connect({ create: true, label: 'x' });
    for (let round = 0; round < 2; round++) {
      const child = runTypescript('./hold-lock.ts', [path, `run of child ${String(round)}`]);
      try {
        expect(await firstLine(child)).toBe('held');
        expect(await database.lock.tryAcquire(session, 'run 1')).toBeNull();
        expect(await database.lock.holder(session)).toEqual({
          pid: child.pid,
          ageMs: expect.any(Number),
          label: `run of child ${String(round)}`,
          since: expect.stringMatching(/^\d{4}-/u),
        });
        // The database itself is not locked.
        await must(session, 'CREATE TABLE IF NOT EXISTS thing (id INTEGER)', 'INSERT INTO thing VALUES (1)');
      } finally {
        const ended = once(child, 'close');
        child.kill('SIGKILL');
        await ended;
      }
      expect(await database.lock.holder(session)).toBeNull();
      const held = await database.lock.tryAcquire(session, 'run 1');
      expect(held).not.toBeNull();
      const second = runTypescript('./hold-lock.ts', [path, 'second']);
      expect(await firstLine(second)).toBe('refused');
      second.kill('SIGKILL');
      await held?.release();
    }
    await session.close();
  });

  test('looking who holds it does not keep others from taking it', async () => {
    const database = databaseAt(join(folder, 'caps.db'));
    await (await database.connect({ create: true, label: 'x' })).close();
    await withSession(database, async (session) => {
      let looking = true;
      const look = async (): Promise<void> => {
        while (looking) {
          await database.lock.holder(session);
          await pause(0);
        }
      };
      const lookers = [look(), look(), look()];
      for (let round = 0; round < 30; round++) {
        const held = await database.lock.tryAcquire(session, `run ${String(round)}`);
        expect(held).not.toBeNull();
        await held?.release();
      }
      looking = false;
      await Promise.all(lookers);
    });
  });

  test('a lock file that is no database is an error that names it', async () => {
    const path = join(folder, 'caps.db');
    const database = databaseAt(path);
    const session = await database.connect({ create: true, label: 'x' });
    writeFileSync(`${path}.surefoot-lock`, 'rubbish '.repeat(1000));
    await expect(database.lock.tryAcquire(session, 'x')).rejects.toMatchObject({
      code: 'database-file',
      message: expect.stringContaining('.surefoot-lock'),
    });
    expect(await database.lock.holder(session)).toBeNull();
    await session.close();
  });
});
