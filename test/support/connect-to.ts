import postgres from 'postgres';
import { parseConnection } from '../../src/adapters/postgres/index.ts';

/** The bare driver on a URL in libpq's form, sockets included, for what a test looks at or arranges beside surefoot. */
export function connectTo(url: string, max = 2): postgres.Sql {
  const { hosts, user, password, database } = parseConnection(url, {});
  const [host] = hosts;
  if (host === undefined) throw new Error('the test URL names no host');
  return postgres({
    host: host.host,
    port: host.port,
    user,
    password: password ?? '',
    database,
    max,
    onnotice: () => undefined,
    idle_timeout: 0,
    connection: { application_name: 'surefoot-test' },
  });
}

/** The same server and login, another database. */
export function onDatabase(url: string, database: string): string {
  return url.replace(/\/[^/?]*(\?|$)/u, `/${encodeURIComponent(database)}$1`);
}
