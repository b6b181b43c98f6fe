import { createPostgresDatabase } from '../../src/adapters/postgres/index.ts';
import { createSqliteDatabase } from '../../src/adapters/sqlite/index.ts';
import { renderStatements } from '../../src/domain/schema/index.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Database } from '../../src/ports/database.ts';
import type { Session } from '../../src/ports/session.ts';

/** The adapter's database for a URL of a test. */
export function databaseAt(url: string): Database {
  return url.startsWith('sqlite:')
    ? createSqliteDatabase({ name: 'test', path: url.slice('sqlite:'.length) })
    : createPostgresDatabase({ name: 'test', url, env: {} });
}

/** Lends a session, made where the file is absent. */
export async function withSessionAt<T>(
  url: string,
  work: (session: Session, database: Database) => Promise<T>,
): Promise<T> {
  const database = databaseAt(url);
  const session = await database.connect({ create: url.startsWith('sqlite:'), label: 'test' });
  try {
    return await work(session, database);
  } finally {
    await session.close();
  }
}

export async function snapshotAt(url: string): Promise<Snapshot> {
  return withSessionAt(url, async (session, database) => database.introspector.snapshot(session));
}

/** Runs texts one by one; the first that fails is told with its text. */
export async function runAt(url: string, texts: readonly string[]): Promise<void> {
  await withSessionAt(url, async (session) => {
    for (const text of texts) {
      const [answer] = await session.batch([{ text }]);
      if (answer?.status === 'failed') throw new Error(`${answer.failure.message}\n${text}`);
    }
  });
}

/** The schema made anew from its own rendering in the empty database at `url`. */
export async function rebuiltAt(url: string, snapshot: Snapshot): Promise<Snapshot> {
  await runAt(url, renderStatements(snapshot));
  return snapshotAt(url);
}
