// node bench/readers.mjs [--rows N] [--seconds N] [--rounds N]: queries of CAPS before and after 008 (then filtered by
// tenant), by 1 and by 100 readers at once, each a thread with a connection of its own. Both databases hold the same
// rows, and the rounds take turns, so that what else the machine does hits both.
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const QUERIES = [
  (tenant) => `SELECT id, username, role FROM users WHERE username = ? COLLATE NOCASE${tenant}`,
  (tenant) => `SELECT id, first_name, last_name FROM customers WHERE last_name = ? COLLATE NOCASE${tenant} LIMIT 20`,
  (tenant) => `SELECT id, sku, name FROM products WHERE sku = ?${tenant}`,
];

if (isMainThread) await main();
else await read(workerData);

async function read({ file, tenant, seconds }) {
  const Database = createRequire(join(PROJECT, 'package.json'))('better-sqlite3');
  const db = new Database(file, { readonly: true });
  const filter = tenant ? " AND tenant_id = 'caps-automotive'" : '';
  const statements = QUERIES.map((query) => db.prepare(query(filter)));
  parentPort.postMessage('ready');
  await new Promise((go) => parentPort.once('message', go));
  const end = performance.now() + seconds * 1000;
  let count = 0;
  while (performance.now() < end) {
    for (const statement of statements) statement.all(`value ${count % 1000}`);
    count += statements.length;
  }
  db.close();
  parentPort.postMessage(count);
}

async function main() {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const { migrate, sample } = await import('../dist/index.js');
  const root = mkdtempSync(join(tmpdir(), 'surefoot-readers-'));
  try {
    symlinkSync(join(PROJECT, 'samples'), join(root, 'samples'));
    const folder = (kind) => join(PROJECT, kind, 'caps');
    const configOf = (file) => ({
      databases: {
        caps: {
          url: `sqlite:${file}`,
          migrations: folder('migrations'),
          rollbacks: folder('rollbacks'),
          verify: folder('verify'),
        },
      },
    });
    const before = join(root, 'before.db');
    const after = join(root, 'after.db');
    await migrate(configOf(before), { root, to: '007' });
    await sample(configOf(before), { root, rows: Number(values.rows) });
    copyFileSync(before, after);
    await migrate(configOf(after), { root });
    console.log('| readers | queries/s before | queries/s after, by tenant | time after / before |\n|---|---|---|---|');
    for (const readers of [1, 100]) {
      const rates = { before: [], after: [] };
      for (let round = 0; round < Number(values.rounds); round += 1) {
        rates.before.push(await rate(before, false, readers, Number(values.seconds)));
        rates.after.push(await rate(after, true, readers, Number(values.seconds)));
      }
      const [b, a] = [median(rates.before), median(rates.after)];
      console.log(
        `| ${readers} | ${Math.round(b).toLocaleString('en')} | ${Math.round(a).toLocaleString('en')} | ${(b / a).toFixed(2)} |`,
      );
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function rate(file, tenant, readers, seconds) {
  const workers = Array.from(
    { length: readers },
    () => new Worker(new URL(import.meta.url), { workerData: { file, tenant, seconds } }),
  );
  await Promise.all(
    workers.map((worker) => new Promise((ready, failed) => worker.once('message', ready).once('error', failed))),
  );
  const counts = workers.map((worker) => new Promise((told) => worker.once('message', told)));
  for (const worker of workers) worker.postMessage('go');
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return total / seconds;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
