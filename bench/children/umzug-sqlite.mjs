// umzug as its documentation shows it: a list, a storage of our own, each file in a transaction.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { Umzug } from 'umzug';

const [action, folder, path] = process.argv.slice(2);
const db = new Database(path);
const run = async (direction, name) => {
  const text = readFileSync(join(folder, direction, name), 'utf8');
  db.transaction(() => db.exec(text)).immediate();
};
db.exec('CREATE TABLE IF NOT EXISTS umzug_history (name TEXT PRIMARY KEY)');
const umzug = new Umzug({
  migrations: {
    glob: ['up/*.sql', { cwd: folder }],
    resolve: ({ path: file }) => {
      const name = basename(file);
      return { name, up: () => run('up', name), down: () => run('down', name) };
    },
  },
  storage: {
    executed: async () => db.prepare('SELECT name FROM umzug_history ORDER BY name').pluck().all(),
    logMigration: async ({ name }) => db.prepare('INSERT INTO umzug_history VALUES (?)').run(name),
    unlogMigration: async ({ name }) => db.prepare('DELETE FROM umzug_history WHERE name = ?').run(name),
  },
  logger: undefined,
});
if (action === 'up') await umzug.up();
else if (action === 'down') await umzug.down({ to: 0 });
else await umzug.pending();
db.close();
