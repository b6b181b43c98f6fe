// npm run demo [-- database... | all]: the whole life of a change on real databases, from the schema before it to proof of the way back.
import { spawnSync } from 'node:child_process';
import { createJiti } from 'jiti';
import { inspect, rollback, sample, status } from 'surefoot';
import { differences, fingerprint } from './fingerprint.mjs';

/** The version right before the change, and rows of sample data. */
const SYSTEMS = {
  caps: { before: '007', rows: 20_000 },
  crm: { before: '001', rows: 20_000 },
  abparts: { before: '001', rows: 5_000 },
  clierp: { before: '001', rows: 5_000 },
  mes: { before: '2025_11_08_090000', rows: 5_000 },
};
/** Without names: the two whose documents came first. `all` for every one. */
const FIRST = ['caps', 'crm'];

const config = await createJiti(import.meta.url).import('../surefoot.config.ts', { default: true });
const named = process.argv.slice(2);
const asked = named.length === 0 ? FIRST : named.includes('all') ? Object.keys(SYSTEMS) : named;
const began = performance.now();
for (const name of asked) {
  if (!(name in SYSTEMS))
    throw new Error(`there is no system ${name}; there are ${Object.keys(SYSTEMS).join(', ')} and all`);
  await demonstrate(name, SYSTEMS[name]);
}
console.log(
  `\nAll of it in ${((performance.now() - began) / 1000).toFixed(1)} s. The databases are still there: npx surefoot status --all, npx surefoot log ${asked[0]}`,
);

async function demonstrate(name, { before, rows }) {
  title(`${name}: start from nothing`);
  const [{ exists, engine, migrations }] = (await status(config, { database: name })).databases;
  if (exists && migrations.some((each) => each.appliedAt !== null)) await rollback(config, { database: name, to: '0' });

  title(`${name}: the schema before the change, with sample data`);
  surefoot('migrate', name, '--to', before);
  const loaded = (await sample(config, { database: name, rows })).databases[0];
  console.log(`${loaded.rows.toLocaleString('en')} rows of sample data in ${(loaded.durationMs / 1000).toFixed(1)} s`);
  const start = await look(name, engine);

  title(`${name}: the change, verified before each commit`);
  surefoot('plan', name);
  surefoot('migrate', name);
  surefoot('log', name, '--run', 'last', '--format', 'template');

  title(`${name}: the change is rolled back, and the rollback verified`);
  surefoot('rollback', name, '--to', before, '--yes');
  const end = await look(name, engine);
  const differing = differences(start, end);
  if (differing.length > 0) {
    console.error(`NOT as before:\n${differing.map((line) => `  ${line}`).join('\n')}`);
    process.exit(1);
  }
  console.log(`Exactly as before: ${start.size} schema objects and table digests compared, 0 differences.`);

  title(`${name}: and the change once more`);
  surefoot('migrate', name);
  surefoot('verify', name);
  surefoot('log', name, '--check');
}

async function look(name, engine) {
  return inspect(config, { database: name }, async (sql) => fingerprint(engine, sql));
}

function surefoot(...args) {
  console.log(`\n$ npx surefoot ${args.join(' ')}`);
  const { status: code } = spawnSync(process.execPath, [new URL('../dist/bin.js', import.meta.url).pathname, ...args], {
    stdio: 'inherit',
  });
  if (code !== 0) process.exit(code ?? 1);
}

function title(text) {
  console.log(`\n=== ${text} ===`);
}
