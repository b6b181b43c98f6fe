import { createJiti } from 'jiti';
import postgres from 'postgres';

const PROJECT = new URL('../../', import.meta.url);

/** The server to measure on: the one a URL names, or a throw-away one from the embedded binaries (fsync off). */
export async function openServer(url, major) {
  if (url !== undefined) return describe(url, 'given by --url', async () => undefined);
  const { startThrowAway } = await createJiti(import.meta.url).import('../../src/adapters/embedded-postgres/index.ts');
  const server = await startThrowAway({ from: PROJECT.pathname, major });
  const login = `${encodeURIComponent(server.user)}${server.password === null ? '' : `:${encodeURIComponent(server.password)}`}`;
  const socket = server.socketDirectory !== '' && server.socketDirectory.startsWith('/');
  const made = socket
    ? `postgres://${login}@/postgres?host=${encodeURIComponent(server.socketDirectory)}&port=${server.port}`
    : `postgres://${login}@127.0.0.1:${server.port}/postgres`;
  return describe(made, 'embedded, throw-away', () => server.close());
}

async function describe(url, origin, close) {
  // A URL of a unix socket may leave out the host, which URL does not take.
  const parts = new URL(url.replace('@/', '@localhost/'));
  const host = parts.searchParams.get('host') ?? parts.hostname;
  const place = {
    host,
    port: Number(parts.searchParams.get('port') ?? (parts.port || 5432)),
    user: decodeURIComponent(parts.username),
    password: decodeURIComponent(parts.password),
  };
  const sql = connect(place, 'postgres');
  const [row] = await sql`SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync`;
  const databases = new Set();
  const drop = (name) => sql.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return {
    version: row.version.split(' ')[0],
    origin: `${origin}, fsync ${row.fsync}, ${host.startsWith('/') ? 'unix socket' : 'TCP'}`,
    place,
    /** An empty database; one of that name is dropped first. */
    async fresh(name) {
      databases.add(name);
      await drop(name);
      await sql.unsafe(`CREATE DATABASE ${name} TEMPLATE template0`);
      return name;
    },
    /** What autovacuum does to a database that lives: statistics, and pages known to be visible to all. */
    async vacuum(name) {
      const own = connect(place, name);
      await own.unsafe('VACUUM (ANALYZE)');
      await own.end();
    },
    async tables(name) {
      const own = connect(place, name);
      const [{ count }] =
        await own`SELECT count(*)::integer AS count FROM pg_catalog.pg_tables WHERE tablename LIKE 'item\\_%'`;
      await own.end();
      return count;
    },
    async close() {
      for (const name of databases) await drop(name);
      await sql.end();
      await close();
    },
  };
}

function connect({ host, port, user, password }, database) {
  return postgres({ host, port, username: user, password, database, max: 1, onnotice: () => undefined });
}

/** The database as libpq's variables: psql, dbmate, pg and the scripts read them, surefoot is handed the URL. */
export function environmentOf({ host, port, user, password }, database) {
  const login = `${encodeURIComponent(user)}${password === '' ? '' : `:${encodeURIComponent(password)}`}`;
  const socket = host.startsWith('/');
  const tail = socket ? `&host=${encodeURIComponent(host)}&port=${port}` : '';
  return {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: 'disable',
    BENCH_URL: `postgres://${login}@${socket ? '' : `${host}:${port}`}/${database}?sslmode=disable${tail}`,
  };
}
