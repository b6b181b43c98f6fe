import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresDatabase, parseConnection } from '../../../src/adapters/postgres/index.ts';
import type { Database } from '../../../src/ports/database.ts';
import type { Session } from '../../../src/ports/session.ts';
import { withTestDatabase } from '../../support/postgres.ts';
import { startProxy, type Proxy } from '../../support/proxy.ts';
import { withSession } from './contract-engine.ts';

export interface Scene {
  readonly database: Database;
  readonly session: Session;
  /** Another session on the same database, for looking and meddling. */
  readonly other: Session;
}

export function onScene(major: number, work: (scene: Scene) => Promise<void>): Promise<void> {
  return withTestDatabase(
    (url) => {
      const database = createPostgresDatabase({ name: 'pg', url, env: {} });
      return withSession(database, (session) => withSession(database, (other) => work({ database, session, other })));
    },
    { major },
  );
}

export async function throughProxy(
  major: number,
  work: (database: Database, proxy: Proxy) => Promise<void>,
): Promise<void> {
  await withTestDatabase(
    async (url) => {
      const [host] = parseConnection(url, {}).hosts;
      if (host === undefined) throw new Error('no host');
      const proxy = await startProxy(
        host.host.startsWith('/')
          ? { path: `${host.host}/.s.PGSQL.${String(host.port)}` }
          : { host: host.host, port: host.port },
      );
      try {
        const settings = {
          ...parseConnection(url, {}),
          hosts: [{ host: '127.0.0.1', address: null, port: proxy.port }],
        };
        await work(
          createPostgresDatabase({
            name: 'pg',
            env: {},
            displayUrl: 'proxy',
            resolve: () => Promise.resolve(settings),
          }),
          proxy,
        );
      } finally {
        await proxy.close();
      }
    },
    { major },
  );
}

/** Waits until the other session sees this one at work, so that nothing is asserted about how fast that comes. */
export async function untilRunning(other: Session, backend: number | null, words: string): Promise<void> {
  for (;;) {
    const rows = await other.query(
      "SELECT 1 AS one FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND query LIKE '%' || $2 || '%'",
      [backend, words],
    );
    if (rows.length > 0) return;
    await pause(10);
  }
}
