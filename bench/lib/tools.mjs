// How each tool is started. Every function gives what `time` of measure.mjs takes.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveBinary } from 'dbmate';
import { environmentOf } from './postgres.mjs';

const BENCH = fileURLToPath(new URL('..', import.meta.url));
const child = (name) => join(BENCH, 'children', name);
const module = (path) => join(BENCH, 'node_modules', path);

/** On one PostgreSQL server: `action` is up, down, noop or status, `database` a name, `folders` those of the fixtures. */
export function postgresTools({ node, surefoot, place, folders }) {
  const env = (database) => environmentOf(place, database);
  return {
    psql: (action, database) => ({
      command: 'psql',
      args: ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', join(folders.psql, `${action}.sql`)],
      env: env(database),
    }),
    bare: (action, database) => ({
      command: node,
      args: [child('bare-postgres.mjs'), action, folders.plain],
      env: env(database),
    }),
    umzug: (action, database) => ({
      command: node,
      args: [child('umzug-postgres.mjs'), action, folders.plain],
      env: env(database),
    }),
    dbmate: (action, database) => dbmate(action, env(database).BENCH_URL, folders.dbmate),
    knex: (action, database) => knex(node, action, { ...env(database), BENCH_FOLDER: folders.knex }),
    'node-pg-migrate': (action, database) => ({
      command: node,
      args: [
        module('node-pg-migrate/bin/node-pg-migrate.js'),
        ...(action === 'down' ? ['down', '100000'] : ['up']),
        '--migrations-dir',
        folders.nodePgMigrate,
        '--no-single-transaction',
        '--no-verbose',
        '--database-url-var',
        'BENCH_URL',
      ],
      env: env(database),
    }),
    surefoot: (action, database) => surefootRun(node, surefoot, action, folders.surefoot, env(database)),
  };
}

/** On SQLite files: as above, with the path of the file. */
export function sqliteTools({ node, surefoot, folders }) {
  return {
    sqlite3: (action, file) => ({
      command: 'sqlite3',
      args: ['-batch', '-bail', file, `.read ${join(folders.sqlite3, `${action}.sql`)}`],
    }),
    bare: (action, file) => ({ command: node, args: [child('bare-sqlite.mjs'), action, folders.plain, file] }),
    umzug: (action, file) => ({ command: node, args: [child('umzug-sqlite.mjs'), action, folders.plain, file] }),
    dbmate: (action, file) => dbmate(action, `sqlite:${file}`, folders.dbmate),
    knex: (action, file) => knex(node, action, { BENCH_FILE: file, BENCH_FOLDER: folders.knex }),
    surefoot: (action, file) => surefootRun(node, surefoot, action, folders.surefoot, { BENCH_URL: `sqlite:${file}` }),
  };
}

const SUREFOOT_ARGS = {
  up: ['migrate'],
  noop: ['migrate'],
  down: ['rollback', '--to', '0', '--yes'],
  status: ['status'],
  seed: ['migrate', '--single-transaction'],
};

export function surefootRun(node, bin, action, cwd, env) {
  return { command: node, args: [bin, ...SUREFOOT_ARGS[action]], cwd, env };
}

/** dbmate takes back one migration per call: `down` is one of them. */
function dbmate(action, url, folder) {
  const word = { up: 'up', noop: 'up', down: 'rollback', status: 'status' }[action];
  return { command: resolveBinary(), args: ['--url', url, '--migrations-dir', folder, '--no-dump-schema', word] };
}

function knex(node, action, env) {
  const words = {
    up: ['migrate:latest'],
    noop: ['migrate:latest'],
    down: ['migrate:rollback', '--all'],
    status: ['migrate:list'],
  }[action];
  return { command: node, args: [module('knex/bin/cli.js'), ...words, '--knexfile', child('knexfile.cjs')], env };
}
