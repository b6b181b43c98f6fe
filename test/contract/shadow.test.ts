import { existsSync, renameSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createEmbeddedShadow, stageOn } from '../../src/adapters/embedded-postgres/database.ts';
import { startThrowAway } from '../../src/adapters/embedded-postgres/index.ts';
import { withPostgresStage } from '../../src/adapters/embedded-postgres/stage.ts';
import { createSqliteShadow } from '../../src/adapters/sqlite/index.ts';
import type { Database } from '../../src/ports/database.ts';
import type { Shadow } from '../../src/ports/shadow.ts';
import type { WatchedSession } from '../../src/ports/write-watch.ts';
import { firstLine, runTypescript } from '../support/run-typescript.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const SHADOWS: readonly (readonly [string, Shadow])[] = [
  ['sqlite', createSqliteShadow('main')],
  [
    'postgres',
    createEmbeddedShadow({
      name: 'main',
      from: PROJECT,
      signal: new AbortController().signal,
      majorOf: async () => Promise.resolve(18),
      processes: async () => Promise.reject(new Error('not needed')),
    }),
  ],
];

async function opened(shadow: Database): Promise<WatchedSession> {
  return shadow.watchWrites(await shadow.connect({ create: true, label: 'test' }));
}

async function committed({ session }: WatchedSession, shadow: Database, ...texts: readonly string[]): Promise<void> {
  const { dialect } = shadow;
  const outcomes = await session.batch([dialect.beginProbe, ...texts, dialect.commit].map((text) => ({ text })));
  expect(outcomes.map(({ status }) => status)).not.toContain('failed');
}

describe.each(SHADOWS)('a stage of shadows on %s', (engine, source) => {
  test('makes them empty or as copies, and drops them', async () => {
    await source.withStage({}, async (stage) => {
      const first = await stage.make();
      const session = await opened(first);
      await committed(session, first, 'CREATE TABLE a (id integer PRIMARY KEY)', 'INSERT INTO a VALUES (1)');
      await session.session.close();
      const copy = await stage.make(first);
      await stage.drop(first);
      const other = await copy.connect({ create: false, label: 'test' });
      expect(await other.query('SELECT id FROM a')).toEqual([{ id: 1 }]);
      await other.close();
      await stage.drop(copy);
    });
  });

  test('knows which tables a session wrote to, by triggers and foreign keys too', async () => {
    await source.withStage({}, async (stage) => {
      const shadow = await stage.make();
      const watched = await opened(shadow);
      const id = (table: string): string => `table ${engine === 'sqlite' ? '' : 'public.'}${table}`;
      await committed(
        watched,
        shadow,
        'CREATE TABLE a (id integer PRIMARY KEY)',
        'CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id) ON DELETE CASCADE)',
        'CREATE TABLE log (n integer)',
        'CREATE TABLE idle (n integer)',
        ...(engine === 'sqlite'
          ? ['CREATE TRIGGER a_log AFTER INSERT ON a BEGIN INSERT INTO log VALUES (1); END']
          : [
              'CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (1); RETURN NULL; END $$',
              'CREATE TRIGGER a_log AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION note()',
            ]),
      );
      watched.take();
      const tracker = await shadow.introspector.track(watched.unwatched);
      await committed(watched, shadow, 'INSERT INTO a VALUES (1)', 'SELECT * FROM idle');
      expect(tracker.written(watched.take())).toEqual(new Set(['a', 'log'].map(id)));
      await committed(watched, shadow, 'INSERT INTO b VALUES (1, 1)');
      watched.take();
      await committed(watched, shadow, 'DELETE FROM a');
      expect(tracker.written(watched.take())).toContain(id('b'));
      await watched.session.query('INSERT INTO idle VALUES (1)');
      const outside = tracker.written(watched.take());
      expect(outside === null || outside.has(id('idle'))).toBe(true);
      await watched.session.close();
    });
  });

  test('digests only what is asked for, and reads rows as texts', async () => {
    await source.withStage({}, async (stage) => {
      const shadow = await stage.make();
      const watched = await opened(shadow);
      await committed(
        watched,
        shadow,
        'CREATE TABLE a (id integer PRIMARY KEY, x text)',
        "INSERT INTO a VALUES (2, NULL), (1, 'NULL')",
      );
      const table = engine === 'sqlite' ? 'a' : 'public.a';
      const digest = async (...columns: string[]): Promise<string> =>
        (await shadow.digester.digestTables(watched.session, [{ table, columns }]))[0]?.hash ?? '';
      expect(await digest('id', 'x')).toBe(await digest('x', 'id'));
      const before = await digest('id', 'x');
      const ids = await digest('id');
      await committed(watched, shadow, "UPDATE a SET x = '' WHERE id = 2");
      expect(await digest('id', 'x')).not.toBe(before);
      expect(await digest('id')).toBe(ids);
      const rows = await shadow.digester.rowTexts(watched.session, { table, columns: ['id', 'x'] }, 10);
      expect(rows).toHaveLength(2);
      expect(rows[0]?.[0]).toBe('1');
      await watched.session.close();
    });
  });
});

test('no session of a shadow is handed out that is on something else: SQLite', async () => {
  await createSqliteShadow('main').withStage({}, async (stage) => {
    const shadow = await stage.make();
    const session = await shadow.connect({ create: true, label: 'test' });
    const [row] = await session.query('SELECT file FROM pragma_database_list WHERE name = ?', ['main']);
    await session.close();
    const path = String(row?.['file']);
    const other = `${path}-other`;
    renameSync(path, other);
    symlinkSync(other, path);
    await expect(shadow.connect({ create: true, label: 'test' })).rejects.toMatchObject({ code: 'shadow-foreign' });
  });
});

test('no session of a shadow is handed out that is on something else: PostgreSQL', async () => {
  const parts = {
    start: async () =>
      stageOn(
        { name: 'main', processes: async () => Promise.reject(new Error('not needed')) },
        await startThrowAway({ from: PROJECT, major: 18 }),
        () => 'postgres',
      ),
  };
  await withPostgresStage(parts, async (stage) => {
    const shadow = await stage.make();
    await expect(shadow.connect({ create: true, label: 'test' })).rejects.toMatchObject({
      code: 'shadow-foreign',
      message: expect.stringContaining('reached the database postgres; nothing was written'),
    });
  });
});

test('what a killed process left of its shadows is removed by the next one that makes some', async () => {
  const child = runTypescript('hold-shadow.ts', []);
  const line = await firstLine(child);
  const folder = line.trim();
  expect(existsSync(folder)).toBe(true);
  await createSqliteShadow('main').withStage({}, async () => Promise.resolve());
  expect(existsSync(folder)).toBe(true);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  await createSqliteShadow('main').withStage({}, async () => Promise.resolve());
  expect(existsSync(folder)).toBe(false);
});
