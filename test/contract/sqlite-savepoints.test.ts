import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import type { Command, Session } from '../../src/ports/session.ts';

async function onFile(work: (session: Session) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-savepoints-'));
  const session = await createSqliteDatabase({ name: 'main', path: join(folder, 'main.db') }).connect({
    create: true,
    label: 'test',
  });
  try {
    await work(session);
  } finally {
    await session.close();
    rmSync(folder, { recursive: true });
  }
}

const own = (text: string): Command => ({ text, together: true });
const SAVE = own('SAVEPOINT "check"');
const BACK = own('ROLLBACK TO "check"');

describe('a savepoint around statements on SQLite', () => {
  it.each([
    ['one that writes', ["INSERT INTO item VALUES (2, 'b')"]],
    ['one that writes and answers', ["INSERT INTO item VALUES (2, 'b') RETURNING id"]],
    ['one that reads, then one that writes', ['SELECT * FROM item', 'DELETE FROM item']],
    ['several in one text', ["INSERT INTO item VALUES (2, 'b'); SELECT 1"]],
    ['one that makes a table', ['CREATE TABLE other (id)', 'SELECT * FROM other']],
    ['one that fails halfway', ["INSERT INTO item VALUES (2, 'b'), (1, 'again')", 'SELECT 1']],
    ['one that only reads', ['SELECT * FROM item']],
    ['one that can not be read', ['SELECT * FROM nowhere']],
    ['a pragma', ['PRAGMA table_info(item)', 'PRAGMA user_version = 7']],
    ['a savepoint of its own', ['SAVEPOINT inner', 'DELETE FROM item', 'RELEASE inner']],
  ])('takes back %s', async (_, texts) => {
    await onFile(async (session) => {
      const answers = await session.batch([
        { text: 'BEGIN IMMEDIATE' },
        { text: 'CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)' },
        { text: "INSERT INTO item VALUES (1, 'a')" },
        SAVE,
        ...texts.map((text) => ({ text, tolerate: true })),
        BACK,
        SAVE,
        { text: "INSERT INTO item VALUES (3, 'c')" },
        BACK,
        own("INSERT INTO item VALUES (4, 'd')"),
        own('COMMIT'),
      ]);
      expect(answers.slice(-6).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'done'));
      expect(await session.query('SELECT id, name FROM item ORDER BY id')).toEqual([
        { id: 1, name: 'a' },
        { id: 4, name: 'd' },
      ]);
      expect(await session.query('SELECT name FROM sqlite_schema')).toEqual([{ name: 'item' }]);
      expect(await session.query('PRAGMA user_version')).toEqual([{ user_version: 0 }]);
    });
  });

  it('commits nothing where no transaction is open', async () => {
    await onFile(async (session) => {
      await session.batch([{ text: 'CREATE TABLE item (id)' }]);
      await session.batch([SAVE, { text: 'SELECT * FROM item' }, BACK, { text: 'INSERT INTO item VALUES (1)' }]);
      await session.batch([{ text: 'ROLLBACK' }]);
      expect(await session.query('SELECT * FROM item')).toEqual([]);
    });
  });

  it('costs no reading of the whole schema after a change that is only looked at', async () => {
    await onFile(async (session) => {
      const tables = Array.from({ length: 1500 }, (_, index) => ({ text: `CREATE TABLE item_${String(index)} (id)` }));
      await session.batch([{ text: 'BEGIN' }, ...tables, { text: 'COMMIT' }]);
      const step = async (index: number, check: string): Promise<number> => {
        const began = performance.now();
        await session.batch([
          { text: 'BEGIN IMMEDIATE' },
          { text: `CREATE TABLE more_${String(index)} (id)` },
          ...[SAVE, { text: check }, BACK],
          own(`INSERT INTO more_${String(index)} VALUES (1)`),
          own('COMMIT'),
        ]);
        return performance.now() - began;
      };
      const looks: number[] = [];
      const writes: number[] = [];
      for (let index = 0; index < 20; index += 2) {
        looks.push(await step(index, 'SELECT count(*) FROM item_7'));
        writes.push(await step(index + 1, 'DELETE FROM item_7'));
      }
      expect(Math.min(...looks)).toBeLessThan(Math.min(...writes));
    });
  });
});
