// node bench/prove.mjs [options]: what proving N migrations costs, as a ratio to the bare time of up + down + up of the same.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { smallMigrations, writePlain, writeSurefoot } from './lib/fixtures.mjs';
import { time } from './lib/measure.mjs';
import { environmentOf, openServer } from './lib/postgres.mjs';

const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '250,500,1000,2000' },
    engines: { type: 'string', default: 'postgres,sqlite' },
    rounds: { type: 'string', default: '3' },
    major: { type: 'string', default: '18' },
    surefoot: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const AIM = { count: 1000, ratio: 4 };
const bin = resolve(values.surefoot ?? fileURLToPath(new URL('../dist/bin.js', import.meta.url)));
if (!existsSync(bin)) throw new Error(`there is no ${bin}: run npm run build first`);
const child = (name) => fileURLToPath(new URL(`children/${name}`, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-bench-prove-'));
const counts = values.counts.split(',').map(Number);
const lines = [];
const server = values.engines.includes('postgres') ? await openServer(undefined, Number(values.major)) : null;
try {
  for (const engine of values.engines.split(',')) {
    for (const count of counts) {
      const folder = join(scratch, `${engine}-${count}`);
      const migrations = smallMigrations(count);
      const plain = writePlain(join(folder, 'plain'), migrations);
      const project = writeSurefoot(join(folder, 'project'), migrations);
      const bare = [];
      const proven = [];
      for (let round = 0; round < Number(values.rounds); round += 1) {
        bare.push(await floor(engine, plain, join(folder, `bare-${round}.db`)));
        proven.push(await prove(engine, project, join(folder, `target-${round}.db`)));
        process.stderr.write(`${engine} ${count}: bare ${ms(bare.at(-1))}, prove ${ms(proven.at(-1))}\n`);
      }
      lines.push({ engine, count, bare: median(bare), proven: median(proven) });
      rmSync(folder, { recursive: true, force: true });
    }
  }
} finally {
  await server?.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** Up, down and up again, each as a process of its own. */
async function floor(engine, plain, file) {
  const env = engine === 'postgres' ? environmentOf(server.place, await server.fresh('bench_prove')) : {};
  let total = 0;
  for (const action of ['up', 'down', 'up']) {
    const script = child(engine === 'postgres' ? 'bare-postgres.mjs' : 'bare-sqlite.mjs');
    total += await time(scratch, { command: process.execPath, args: [script, action, plain, file], cwd: scratch, env });
  }
  return total;
}

async function prove(engine, project, file) {
  mkdirSync(join(project, 'verify'), { recursive: true });
  rmSync(join(project, 'verify', 'proofs.json'), { force: true });
  const env = { BENCH_URL: engine === 'postgres' ? `embedded:bench?major=${values.major}` : `sqlite:${file}` };
  return time(scratch, { command: process.execPath, args: [bin, 'prove', '--all'], cwd: project, env });
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

function ms(value) {
  return value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

const text = [
  '| engine | migrations | bare up + down + up | prove | prove / bare | each, ms |',
  '| --- | --: | --: | --: | --: | --: |',
  ...lines.map(({ engine, count, bare, proven }) => {
    const ratio = proven / bare;
    const said = count === AIM.count ? ` (${ratio <= AIM.ratio ? 'met' : 'missed'}: at most ${AIM.ratio})` : '';
    return `| ${engine} | ${count} | ${ms(bare)} | ${ms(proven)} | ${ratio.toFixed(2)}${said} | ${(proven / count).toFixed(1)} |`;
  }),
  '',
  `Whole processes, the start of the throw-away server among them. ${values.rounds} rounds, medians; Node ${process.version.slice(1)}, ${availableParallelism()} cores. Each migration makes a table with an index and a row, has one check, and gets made-up rows when it is proven; all of them are also taken back from the last one on.`,
].join('\n');
console.log(text);
if (values.write)
  writeFileSync(
    new URL('PROVE.md', import.meta.url),
    `# What proving costs\n\nWritten by \`node bench/prove.mjs --write\`.\n\n${text}\n`,
  );
