import { describe, expect, it } from 'vitest';
import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import { SQLITE_DIALECT } from '../../src/adapters/sqlite/dialect.ts';
import type { Session } from '../../src/ports/session.ts';

const STATE = `SELECT foreign_keys AS keys, legacy_alter_table AS legacy, recursive_triggers AS recursive
  FROM pragma_foreign_keys, pragma_legacy_alter_table, pragma_recursive_triggers`;

describe('settings of a connection to SQLite', () => {
  it.each<[string, (session: Session) => Promise<unknown>]>([
    ['nothing', async () => Promise.resolve()],
    ['a statement', async (session) => session.batch([{ text: 'PRAGMA recursive_triggers = ON' }])],
    ['one of surefoot', async (session) => session.batch([{ text: 'PRAGMA foreign_keys = OFF', together: true }])],
    ['several in one text', async (session) => session.batch([{ text: 'SELECT 1; pragma legacy_alter_table(1)' }])],
    ['one with a comment in it', async (session) => session.batch([{ text: '/**/PRAGMA/**/recursive_triggers=1' }])],
    ['a query', async (session) => session.query('PRAGMA legacy_alter_table = ON')],
    [
      'one that is aborted later',
      async (session) =>
        session.batch(['BEGIN', 'PRAGMA recursive_triggers = ON', 'ROLLBACK'].map((text) => ({ text }))),
    ],
  ])('are as at connect after %s', async (_, turn) => {
    const session = await createSqliteDatabase({ name: 'main', path: ':memory:' }).connect({
      create: true,
      label: 'test',
    });
    try {
      const reset = SQLITE_DIALECT.resetSession.map((text) => ({ text, together: true }));
      const atConnect = await session.query(STATE);
      await turn(session);
      // Inside a transaction foreign keys stay as they are, and are put back outside.
      await session.batch([{ text: 'BEGIN' }, ...reset, { text: 'COMMIT' }]);
      await session.batch(reset);
      expect(await session.query(STATE)).toEqual(atConnect);
      expect(atConnect).toEqual([{ keys: 1, legacy: 0, recursive: 0 }]);
    } finally {
      await session.close();
    }
  });
});
