// node bench/seeds.mjs [set...] [--rows N] [--major N]... [--write]: each seed set over sample rows: the time of every step
// as the journal has it, and the queries that their documents want within 10 % of before. Prints Markdown.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { log, migrate, sample } from '../dist/index.js';
import { environmentOf, openServer } from './lib/postgres.mjs';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** The last version of the schema that the sample rows are loaded into. */
const SETS = {
  caps: { engine: 'sqlite', before: '007' },
  crm: { engine: 'postgres', before: '001' },
  abparts: { engine: 'postgres', before: '001' },
  clierp: { engine: 'postgres', before: '001' },
  mes: { engine: 'postgres', before: '2025_11_08_090000' },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '1000000' },
    major: { type: 'string', multiple: true, default: ['18', '15'] },
    write: { type: 'boolean', default: false },
  },
});
const names = positionals.length === 0 ? Object.keys(SETS) : positionals;
const root = mkdtempSync(join(tmpdir(), 'surefoot-seeds-'));
const of = (engine) => names.filter((name) => SETS[name].engine === engine);
const sections = [];
try {
  symlinkSync(join(PROJECT, 'samples'), join(root, 'samples'));
  if (of('sqlite').length > 0) {
    const parts = [];
    for (const name of of('sqlite'))
      parts.push(await measure(name, { url: `sqlite:${join(root, `${name}.db`)}`, settle: async () => undefined }));
    sections.push(['## SQLite', ...parts]);
  }
  for (const major of of('postgres').length === 0 ? [] : values.major) sections.push(await measureOn(Number(major)));
} finally {
  rmSync(root, { recursive: true, force: true });
}
const text = `# The seed sets over sample rows

Written by \`node bench/seeds.mjs --rows ${values.rows}${values.write ? ' --write' : ''}\`: Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}). Times of steps hold their checks. The rows are loaded in the schema from before the change and, on PostgreSQL, vacuumed and analysed as autovacuum would have done.

${sections.flat().join('\n\n')}
`;
console.log(text);
if (values.write) writeFileSync(new URL('SEEDS.md', import.meta.url), text);

async function measureOn(major) {
  const server = await openServer(undefined, major);
  try {
    const parts = [`## PostgreSQL ${server.version} (${server.origin})`];
    for (const name of of('postgres')) {
      const database = await server.fresh(`seeds_${name}`);
      const url = environmentOf(server.place, database).BENCH_URL;
      parts.push(await measure(name, { url, settle: () => server.vacuum(database) }));
    }
    return parts;
  } finally {
    await server.close();
  }
}

async function measure(name, { url, settle }) {
  const folders = Object.fromEntries(
    ['migrations', 'rollbacks', 'verify'].map((kind) => [kind, join(PROJECT, kind, name)]),
  );
  const config = { databases: { [name]: { url, ...folders } } };
  process.stderr.write(`${name}: loading\n`);
  await migrate(config, { root, to: SETS[name].before });
  const [loaded] = (await sample(config, { root, rows: Number(values.rows) })).databases;
  await settle();
  process.stderr.write(`${name}: migrating\n`);
  const began = performance.now();
  await migrate(config, { root });
  const seconds = (performance.now() - began) / 1000;
  const { runs } = (await log(config, { root })).databases[0];
  const steps = runs.at(-1).entries.filter((entry) => entry.event === 'step');
  const rows = steps.map((step) => `| ${step.name} | ${(step.durationMs / 1000).toFixed(2)} | ${step.checks.length} |`);
  const timed = steps.flatMap((step) => step.checks).filter((check) => check.expected.startsWith('within'));
  const queries = timed.map((check) => `| ${check.name} | ${check.actual} | ${check.outcome} |`);
  return [
    `### ${name}: ${loaded.rows.toLocaleString('en')} rows, ${steps.length} steps in ${seconds.toFixed(1)} s`,
    `| step | s | checks |\n|---|--:|--:|\n${rows.join('\n')}`,
    ...(queries.length === 0
      ? []
      : [`| query | before and after | within 10 % |\n|---|---|---|\n${queries.join('\n')}`]),
  ].join('\n\n');
}
