// node bench/run.mjs [options]: surefoot beside its peers, every figure as a ratio to a floor measured in the same round.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ITEMS } from './lib/figures.mjs';
import { openServer } from './lib/postgres.mjs';
import { renderTable } from './lib/table.mjs';

const HELP = `node bench/run.mjs [options]
  --items <list>       ${Object.keys(ITEMS).join(', ')} (all of them)
  --peers <list>       psql, sqlite3, bare, umzug, dbmate, knex, node-pg-migrate, surefoot (all of them)
  --rounds <n>         rounds of the runs (3)
  --idle-rounds <n>    rounds of the commands with nothing to do (11)
  --migrations <n>     how many (1000; ten times as many for the commands with nothing to do)
  --rows <n>           rows for CAPS (1000000)
  --minutes <n>        no new round is begun after this time (6)
  --url <postgres url> the PostgreSQL server to use, as a role that may create databases; else a throw-away embedded one
  --major <n>          major version of the embedded server (18)
  --node <path>        the Node that runs every script (this one)
  --surefoot <path>    the bin.js to measure (dist/bin.js)
  --write              also write the result to bench/RESULTS.md`;

const { values } = parseArgs({
  options: {
    items: { type: 'string' },
    peers: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    'idle-rounds': { type: 'string', default: '11' },
    migrations: { type: 'string', default: '1000' },
    rows: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '6' },
    url: { type: 'string' },
    major: { type: 'string', default: '18' },
    node: { type: 'string', default: process.execPath },
    surefoot: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const began = performance.now();
const bin = resolve(values.surefoot ?? fileURLToPath(new URL('../dist/bin.js', import.meta.url)));
if (!existsSync(bin)) fail(`there is no ${bin}: run npm run build first`);
const items = values.items?.split(',') ?? Object.keys(ITEMS);
const unknown = items.filter((item) => !(item in ITEMS));
if (unknown.length > 0) fail(`unknown item ${unknown.join(', ')}\n${HELP}`);

const nodeVersion = execFileSync(values.node, ['--version'], { encoding: 'utf8' }).trim();
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-bench-'));
const server = items.some((item) => item.startsWith('postgres'))
  ? await openServer(values.url, Number(values.major))
  : null;
const context = {
  scratch,
  server,
  node: values.node,
  nodeMajor: Number(/^v(\d+)/.exec(nodeVersion)?.[1]),
  surefoot: bin,
  library: pathToFileURL(join(bin, '../index.js')).href,
  peers: values.peers?.split(',') ?? null,
  rounds: { run: Number(values.rounds), idle: Number(values['idle-rounds']) },
  migrations: Number(values.migrations),
  rows: Number(values.rows),
  deadline: began + Number(values.minutes) * 60_000,
  say: (text) => process.stderr.write(process.stderr.isTTY ? `\r\u001B[2K${text}` : `${text}\n`),
};
const figures = [];
try {
  for (const item of items) figures.push(...(await ITEMS[item](context)));
} finally {
  await server?.close();
  rmSync(scratch, { recursive: true, force: true });
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K');
}

const setting = [
  `Node ${nodeVersion.slice(1)}`,
  ...(server === null ? [] : [`PostgreSQL ${server.version} (${server.origin})`]),
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
  `${values.rounds} rounds of the runs, ${values['idle-rounds']} of the others`,
];
const text = `${setting.join(' · ')}

Wall time of whole processes as a ratio to the floor in the same round: median (least..most). Each migration is one
transaction; surefoot's include a check, the history and the journal.

${renderTable(figures)}

Measured in ${((performance.now() - began) / 1000).toFixed(0)} s.`;
console.log(text);
if (values.write)
  writeFileSync(
    new URL('RESULTS.md', import.meta.url),
    `# Figures\n\nWritten by \`npm run bench -- --write\`.\n\n${text}\n`,
  );

function fail(message) {
  console.error(message);
  process.exit(2);
}
