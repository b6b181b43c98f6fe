// umzug as its documentation shows it: a list, a storage of our own, each file in a transaction.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import postgres from 'postgres';
import { Umzug } from 'umzug';

const [action, folder] = process.argv.slice(2);
const { PGHOST: host, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: database } = process.env;
const sql = postgres({ host, port: Number(port), username, password, database, max: 1, onnotice: () => undefined });
const run = (direction, name) => sql.begin((tx) => tx.unsafe(readFileSync(join(folder, direction, name), 'utf8')));
await sql`CREATE TABLE IF NOT EXISTS umzug_history (name text PRIMARY KEY)`;
const umzug = new Umzug({
  migrations: {
    glob: ['up/*.sql', { cwd: folder }],
    resolve: ({ path }) => {
      const name = basename(path);
      return { name, up: () => run('up', name), down: () => run('down', name) };
    },
  },
  storage: {
    executed: async () => (await sql`SELECT name FROM umzug_history ORDER BY name`).map(({ name }) => name),
    logMigration: ({ name }) => sql`INSERT INTO umzug_history VALUES (${name})`,
    unlogMigration: ({ name }) => sql`DELETE FROM umzug_history WHERE name = ${name}`,
  },
  logger: undefined,
});
if (action === 'up') await umzug.up();
else if (action === 'down') await umzug.down({ to: 0 });
else await umzug.pending();
await sql.end();
