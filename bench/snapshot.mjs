// node bench/snapshot.mjs [--tables 500,2000,10000] [--rounds N] [--major N] [--pg-dump PATH]: how long it takes to read a whole
// schema, beside `pg_dump --schema-only` of the same server in the same run, rounds by turns; and one look of a tracker
// after one table was made and dropped. Medians in ms.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';
import postgres from 'postgres';
import { openServer } from './lib/postgres.mjs';

const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: '500,2000,10000' },
    rounds: { type: 'string', default: '3' },
    major: { type: 'string', default: '15' },
    'pg-dump': { type: 'string', default: '/usr/lib/postgresql/15/bin/pg_dump' },
  },
});
const jiti = createJiti(import.meta.url);
const { createPostgresDatabase } = await jiti.import('../src/adapters/postgres/index.ts');
const pgDump = existsSync(values['pg-dump']) ? values['pg-dump'] : null;
const server = await openServer(undefined, Number(values.major));
const rows = [];
try {
  for (const tables of values.tables.split(',').map(Number)) rows.push(await measure(tables));
} finally {
  await server.close();
}
console.log(`\nPostgreSQL ${server.version} (${server.origin}); medians of ${values.rounds} rounds, ms`);
console.table(rows);

async function measure(tables) {
  const name = await server.fresh('bench_snapshot');
  const { host, port, user, password } = server.place;
  const sql = postgres({ host, port, username: user, password, database: name, max: 1, onnotice: () => undefined });
  await fill(sql, tables);
  const url = `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  const database = createPostgresDatabase({ name, url, env: {} });
  const session = await database.connect({ create: false, label: 'bench' });
  const ours = [];
  const dumps = [];
  let objects = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    const start = performance.now();
    objects = (await database.introspector.snapshot(session)).objects.length;
    ours.push(performance.now() - start);
    if (pgDump !== null) dumps.push(timeDump(name));
  }
  const tracker = await database.introspector.track(session);
  const looks = [];
  for (let round = 0; round < 6; round++) {
    await sql.unsafe(
      round % 2 === 0 ? 'CREATE TABLE touched (id integer PRIMARY KEY, name text)' : 'DROP TABLE touched',
    );
    const start = performance.now();
    const changes = await tracker.refresh();
    looks.push(performance.now() - start);
    if (changes.length === 0) throw new Error('the tracker saw nothing');
  }
  await session.close();
  await sql.end();
  const own = median(ours);
  const dump = dumps.length === 0 ? null : median(dumps);
  return {
    tables,
    objects,
    snapshot: Math.round(own),
    'per table': (own / tables).toFixed(3),
    pg_dump: dump === null ? 'absent' : Math.round(dump),
    ratio: dump === null ? '' : (own / dump).toFixed(2),
    'one look': Math.round(median(looks)),
  };
}

function timeDump(name) {
  const { host, port, user, password } = server.place;
  const start = performance.now();
  execFileSync(pgDump, ['--schema-only', '-h', host, '-p', String(port), '-U', user, '-f', '/dev/null', name], {
    env: { ...process.env, PGPASSWORD: password },
  });
  return performance.now() - start;
}

/** Tables with a key, a foreign key, a check and two indexes; a view for every fourth, a function for every tenth. */
async function fill(sql, tables) {
  const statements = [];
  for (let at = 0; at < tables; at++) {
    const parent = at === 0 ? 'integer' : `integer REFERENCES t${at - 1} (id) ON DELETE CASCADE`;
    statements.push(
      `CREATE TABLE t${at} (id serial PRIMARY KEY, parent ${parent}, name varchar(80) NOT NULL DEFAULT 'none', amount numeric(12,2) CHECK (amount >= 0), at timestamptz NOT NULL DEFAULT now(), note text)`,
      `CREATE INDEX ON t${at} (parent)`,
      `CREATE INDEX ON t${at} (name, at) WHERE note IS NOT NULL`,
    );
    if (at % 4 === 0) statements.push(`CREATE VIEW v${at} AS SELECT id, name, amount FROM t${at} WHERE amount > 0`);
    if (at % 10 === 0)
      statements.push(
        `CREATE FUNCTION f${at}(x integer) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT amount FROM t${at} WHERE id = x'`,
      );
  }
  for (let from = 0; from < statements.length; from += 400)
    await sql.unsafe(statements.slice(from, from + 400).join(';'));
  await sql.unsafe(
    'ANALYZE pg_catalog.pg_depend; ANALYZE pg_catalog.pg_attribute; ANALYZE pg_catalog.pg_class; ANALYZE pg_catalog.pg_constraint; ANALYZE pg_catalog.pg_index',
  );
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
