import { createSql, withSession } from '../domain/run/index.ts';
import { errorOfFailure } from '../model/sql-failure.ts';
import type { Sql } from '../model/user-script.ts';
import type { CommandTarget } from './parts/target.ts';

/** Lends `work` a database in a transaction that is always aborted: whatever it writes is gone afterwards. */
export async function inspect<T>(target: CommandTarget, work: (sql: Sql) => Promise<T>): Promise<T> {
  const { database } = target;
  return withSession(target, false, async (session) => {
    const [opened] = await session.batch([{ text: database.dialect.beginProbe }]);
    if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'opening a transaction');
    try {
      return await work(
        createSql({ session, dialect: database.dialect, engine: database.capabilities.engine, name: 'inspect' }),
      );
    } finally {
      await session.batch([{ text: database.dialect.abort, tolerate: true }]);
    }
  });
}
