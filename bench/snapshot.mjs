// node bench/snapshot.mjs [--tables 500,2000,10000] [--rounds N] [--major N] [--pg-dump PATH] [--commands]: how long it takes to read a
// whole schema, beside `pg_dump --schema-only` of the same server in the same run, rounds by turns; and one look of a tracker
// after one table was made and dropped. With --commands also whole processes: snapshot --out, diff with that file, drift
// without and with what is implied known. Medians in ms.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';
import postgres from 'postgres';
import { writeSurefoot } from './lib/fixtures.mjs';
import { median, time } from './lib/measure.mjs';
import { environmentOf, openServer } from './lib/postgres.mjs';

const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: '500,2000,10000' },
    rounds: { type: 'string', default: '3' },
    major: { type: 'string', default: '15' },
    'pg-dump': { type: 'string', default: '/usr/lib/postgresql/15/bin/pg_dump' },
    commands: { type: 'boolean', default: false },
  },
});
/** So many in one migration: all that a transaction makes is locked until it ends. */
const TABLES_TOGETHER = 100;
const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
if (values.commands && !existsSync(bin)) throw new Error(`there is no ${bin}: run npm run build first`);
const jiti = createJiti(import.meta.url);
const { createPostgresDatabase } = await jiti.import('../src/adapters/postgres/index.ts');
const pgDump = existsSync(values['pg-dump']) ? values['pg-dump'] : null;
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-bench-snapshot-'));
const server = await openServer(undefined, Number(values.major));
const rows = [];
const processes = [];
try {
  for (const tables of values.tables.split(',').map(Number)) {
    const name = await server.fresh('bench_snapshot');
    const { host, port, user, password } = server.place;
    const sql = postgres({ host, port, username: user, password, database: name, max: 1, onnotice: () => undefined });
    const project = await make(sql, name, tables);
    rows.push(await measure(sql, name, tables));
    if (project !== null) processes.push(await measureCommands(project, name, tables));
    await sql.end();
  }
} finally {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`\nPostgreSQL ${server.version} (${server.origin}); medians of ${values.rounds} rounds, ms`);
console.table(rows);
if (processes.length > 0) console.table(processes);

async function measure(sql, name, tables) {
  const { host, port, user, password } = server.place;
  const url = `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  const database = createPostgresDatabase({ name, url, env: {} });
  const session = await database.connect({ create: false, label: 'bench' });
  const ours = [];
  const dumps = [];
  let objects = 0;
  // One round that does not count: what runs for the first time is compiled first.
  for (let round = -1; round < Number(values.rounds); round++) {
    const start = performance.now();
    objects = (await database.introspector.snapshot(session)).objects.length;
    const took = performance.now() - start;
    const dumped = pgDump === null ? null : timeDump(name);
    if (round < 0) continue;
    ours.push(took);
    if (dumped !== null) dumps.push(dumped);
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

/** Whole processes; of `snapshot` the file that the diff compares with is written too. */
async function measureCommands(project, name, tables) {
  const env = environmentOf(server.place, name);
  const run = (...args) =>
    time(scratch, { command: process.execPath, args: [bin, ...args], cwd: project, env: { ...env, NO_COLOR: '1' } });
  const times = { snapshot: [], diff: [], 'drift, cold': [], 'drift, warm': [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    times.snapshot.push(await run('snapshot', 'bench', '--out', 'bench.json'));
    times.diff.push(await run('diff', 'bench', 'bench.json'));
    rmSync(join(project, '.surefoot', 'implied'), { recursive: true, force: true });
    times['drift, cold'].push(await run('drift', 'bench'));
    times['drift, warm'].push(await run('drift', 'bench'));
  }
  const medians = Object.entries(times).map(([what, all]) => [what, Math.round(median(all))]);
  return { tables, ...Object.fromEntries(medians) };
}

/** Makes the schema; with --commands by migrations, whose project is returned. */
async function make(sql, name, tables) {
  const parts = [];
  for (let from = 0; from < tables; from += TABLES_TOGETHER)
    parts.push(statementsOf(from, Math.min(tables, from + TABLES_TOGETHER)));
  let project = null;
  if (values.commands) {
    const migrations = parts.map((up, at) => ({
      name: `${String(at + 1).padStart(4, '0')}_tables`,
      up,
      down: ['SELECT 1'],
      check: '-- @check something\n-- @expect rows = 1\nSELECT 1;\n',
    }));
    project = writeSurefoot(join(scratch, `project-${tables}`), migrations);
    const env = environmentOf(server.place, name);
    await time(scratch, { command: process.execPath, args: [bin, 'migrate', 'bench', '--yes'], cwd: project, env });
  } else for (const statements of parts) await sql.unsafe(statements.join(';'));
  const catalogs = ['pg_depend', 'pg_attribute', 'pg_class', 'pg_constraint', 'pg_index'];
  await sql.unsafe(catalogs.map((catalog) => `ANALYZE pg_catalog.${catalog}`).join(';'));
  return project;
}

/** Tables with a key, a foreign key, a check and two indexes; a view for every fourth, a function for every tenth. */
function statementsOf(from, to) {
  const statements = [];
  for (let at = from; at < to; at++) {
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
  return statements;
}
