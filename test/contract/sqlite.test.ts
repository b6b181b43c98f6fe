import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import { refuseUnfit, type DriverLoader } from '../../src/adapters/sqlite/driver.ts';
import { firstLine, runTypescript } from '../support/run-typescript.ts';
import { failureOf, must, rowsOf, statuses, texts, withSession } from './suites/contract-engine.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'surefoot-sqlite-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const databaseAt = (path: string) => createSqliteDatabase({ name: 'caps', path, pid: process.pid });

describe('opening a SQLite file', () => {
  test('makes the file and the folders above it only when asked to', async () => {
    const path = join(folder, 'a', 'b', 'caps.db');
    const database = databaseAt(path);
    expect(database.displayUrl).toBe(`sqlite:${path}`);
    await expect(database.connect({ create: false, label: 'x' })).rejects.toMatchObject({
      code: 'database-absent',
      message: expect.stringContaining(path),
      hint: expect.any(String),
    });
    expect(readdirSync(folder)).toEqual([]);
    await (await database.connect({ create: true, label: 'x' })).close();
    expect(existsSync(path)).toBe(true);
    await (await database.connect({ create: false, label: 'x' })).close();
  });

  test('enforces foreign keys, and leaves the journal mode as the file has it', async () => {
    const database = databaseAt(join(folder, 'caps.db'));
    const session = await database.connect({ create: true, label: 'x' });
    await must(
      session,
      'CREATE TABLE parent (id INTEGER PRIMARY KEY)',
      'CREATE TABLE child (id INTEGER REFERENCES parent (id))',
    );
    const [outcome] = await session.batch(texts('INSERT INTO child VALUES (1)'));
    expect(failureOf(outcome)).toMatchObject({ sqlState: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
    expect(await must(session, 'PRAGMA journal_mode')).toEqual([['delete']]);
    await must(session, 'PRAGMA journal_mode = WAL');
    await session.close();
    await withSession(database, async (again) => {
      expect(await must(again, 'PRAGMA journal_mode')).toEqual([['wal']]);
    });
  });

  test.each<[string, string, (path: string) => void, RegExp]>([
    ['a folder', 'folder', (path) => mkdirSync(path), /is a folder/u],
    [
      'a file that is no database',
      'text.txt',
      (path) => writeFileSync(path, 'not a database, '.repeat(100)),
      /not a database/u,
    ],
    ['a place below a file', 'file/caps.db', (path) => writeFileSync(join(path, '..'), ''), /can not be opened/u],
  ])('refuses %s, naming it', async (_, name, arrange, message) => {
    const path = join(folder, name);
    arrange(path);
    for (const create of [true, false]) {
      await expect(databaseAt(path).connect({ create, label: 'x' })).rejects.toMatchObject({
        code: 'database-file',
        message: expect.stringMatching(message),
        context: { path },
      });
    }
  });

  test('tells a file that may only be read, or not at all', async () => {
    const path = join(folder, 'caps.db');
    const session = await databaseAt(path).connect({ create: true, label: 'x' });
    await must(session, 'CREATE TABLE thing (id INTEGER)');
    await session.close();
    chmodSync(folder, 0o755);
    // As a user who is not the owner: root may read and write whatever the mode says.
    const ask = async (): Promise<unknown> =>
      JSON.parse(
        await firstLine(runTypescript('./write-sqlite.ts', [path], process.getuid?.() === 0 ? { uid: 65_534 } : {})),
      );
    chmodSync(path, 0o444);
    expect(await ask()).toEqual({ opened: true, code: 'read-only', sqlState: 'SQLITE_READONLY' });
    chmodSync(path, 0o000);
    expect(await ask()).toEqual({ opened: false, code: 'database-file', sqlState: null });
  });

  test.each<[string, DriverLoader, string, RegExp]>([
    [
      'is not installed',
      () => Promise.reject(Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })),
      'npm install better-sqlite3',
      /not installed/u,
    ],
    [
      'does not load',
      () => Promise.reject(Object.assign(new Error('wrong ELF class'), { code: 'ERR_DLOPEN_FAILED' })),
      'npm rebuild better-sqlite3',
      /native part does not load: wrong ELF class/u,
    ],
    [
      'was not compiled',
      () =>
        Promise.resolve({
          default: function Broken() {
            throw new Error('Could not locate the bindings file. Tried:\n → a\n → b');
          },
        } as unknown as Awaited<ReturnType<DriverLoader>>),
      'npm rebuild better-sqlite3',
      /native part/u,
    ],
  ])('says what to do when the driver %s', async (_, loadDriver, hint, message) => {
    const database = createSqliteDatabase({ name: 'caps', path: join(folder, 'caps.db'), loadDriver });
    await expect(database.connect({ create: true, label: 'x' })).rejects.toMatchObject({
      code: 'driver-missing',
      hint,
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['12.11.1', { node: '20.20.2', napi: '9' }, null],
    ['12.11.1', { node: '22.23.3', napi: '10' }, null],
    ['12.11.1', { node: '24.21.0', napi: '10' }, 'npm install better-sqlite3@13'],
    ['13.2.0', { node: '24.21.0', napi: '10' }, null],
    ['13.2.0', { node: '22.14.0', napi: '10' }, null],
    ['13.2.0', { node: '22.12.0', napi: '9' }, 'npm install better-sqlite3@12'],
    ['13.2.0', { node: '20.20.2', napi: '9' }, 'npm install better-sqlite3@12'],
  ])('refuses a driver %s that would take Node %o down', (driver, runtime, hint) => {
    const refused = (): unknown => {
      try {
        refuseUnfit(driver, runtime);
        return null;
      } catch (error) {
        return error;
      }
    };
    if (hint === null) expect(refused()).toBeNull();
    else expect(refused()).toMatchObject({ code: 'driver-unfit', hint });
  });

  test('takes :memory:, where nobody can be excluded', async () => {
    const database = databaseAt(':memory:');
    await withSession(database, async (session) => {
      await must(session, 'CREATE TABLE thing (id INTEGER)');
      const held = await database.lock.tryAcquire(session, 'x');
      expect(held?.fence).toBeNull();
      expect(await database.lock.holder(session)).toBeNull();
      await held?.release();
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('failures of SQLite', () => {
  test.each([
    [
      'SQLITE_CONSTRAINT_UNIQUE',
      ['CREATE TABLE t (a UNIQUE)', 'INSERT INTO t VALUES (1)', 'INSERT INTO t VALUES (1)'],
      't.a',
      null,
    ],
    ['SQLITE_CONSTRAINT_NOTNULL', ['CREATE TABLE t (a NOT NULL)', 'INSERT INTO t VALUES (NULL)'], 't.a', null],
    [
      'SQLITE_CONSTRAINT_CHECK',
      ['CREATE TABLE t (a, CONSTRAINT positive CHECK (a > 0))', 'INSERT INTO t VALUES (-1)'],
      'positive',
      null,
    ],
    [
      'SQLITE_CONSTRAINT_TRIGGER',
      [
        'CREATE TABLE t (a)',
        "CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT raise(ABORT, 'no more'); END",
        'INSERT INTO t VALUES (1)',
      ],
      null,
      null,
    ],
    ['SQLITE_ERROR', ['SELECT ä, nope FROM (SELECT 1 AS ä)'], 'nope', 10],
    ['SQLITE_ERROR', ['SELECT 1 AS from_, x FROM (SELECT 2 AS x) WHERE fom x'], null, null],
    ['SQLITE_ERROR', ['SELECT (1'], null, 9],
  ])('%s with object and place where they can be told', async (sqlState, statements, object, index) => {
    await withSession(databaseAt(':memory:'), async (session) => {
      const outcomes = await session.batch(texts(...statements));
      expect(failureOf(outcomes.at(-1))).toMatchObject({ sqlState, object, index, code: 'sql-failed' });
    });
  });

  test('a full disk says so, and its abort is no second failure', async () => {
    const database = databaseAt(join(folder, 'caps.db'));
    const session = await database.connect({ create: true, label: 'x' });
    await must(session, 'PRAGMA max_page_count = 10', 'CREATE TABLE t (a)');
    const outcomes = await session.batch(
      texts('BEGIN IMMEDIATE', 'INSERT INTO t VALUES (zeroblob(1000000))', 'COMMIT'),
    );
    expect(statuses(outcomes)).toEqual(['done', 'failed', 'skipped']);
    expect(failureOf(outcomes[1])).toMatchObject({ sqlState: 'SQLITE_FULL', message: expect.stringContaining('full') });
    expect(statuses(await session.batch(texts('ROLLBACK', 'SELECT 1')))).toEqual(['done', 'done']);
    await session.close();
  });

  test('a busy database is told apart, and free again afterwards', async () => {
    const database = databaseAt(join(folder, 'caps.db'));
    const one = await database.connect({ create: true, label: 'one' });
    await withSession(database, async (two) => {
      await must(one, 'BEGIN IMMEDIATE');
      const outcomes = await two.batch(texts(...database.dialect.begin({ lockMs: 50, statementMs: null })));
      expect(failureOf(outcomes.at(-1))).toMatchObject({ code: 'busy', sqlState: 'SQLITE_BUSY' });
      await must(one, 'ROLLBACK');
      await must(two, ...database.dialect.begin({ lockMs: 50, statementMs: null }), 'COMMIT');
    });
    await one.close();
  });
});

test('RETURNING, PRAGMA and EXPLAIN give rows; the last insert counts its changes', async () => {
  await withSession(databaseAt(':memory:'), async (session) => {
    const outcomes = await session.batch(
      texts(
        'CREATE TABLE t (a INTEGER)',
        'INSERT INTO t VALUES (1), (2) RETURNING a',
        "SELECT name FROM pragma_table_info('t')",
        'PRAGMA table_info(t)',
        'UPDATE t SET a = 3',
        'CREATE TABLE u (a)',
      ),
    );
    expect(rowsOf(outcomes[1])).toEqual([[1], [2]]);
    expect(rowsOf(outcomes[2])).toEqual([['a']]);
    expect(outcomes[3]).toMatchObject({ columns: ['cid', 'name', 'type', 'notnull', 'dflt_value', 'pk'] });
    expect(outcomes[4]).toMatchObject({ rowCount: 2 });
    expect(outcomes[5]).toMatchObject({ rowCount: 0 });
    expect(await session.query('SELECT typeof(?) AS a, typeof(?) AS b, typeof(?) AS c', [1, 1.5, true])).toEqual([
      { a: 'integer', b: 'real', c: 'integer' },
    ]);
  });
});
