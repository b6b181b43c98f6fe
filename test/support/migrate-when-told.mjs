// Run as a process of its own that a test kills: everything is loaded first, and the run begins when a line comes in.
import { join } from 'node:path';
import { migrate } from '../../dist/index.js';

const [root = ''] = process.argv.slice(2);
const run = async (url) => {
  try {
    await migrate({ databases: { main: { url } } }, { root });
  } catch {
    process.exitCode = 3;
  }
};
// What is only loaded when it is needed is loaded by a first run, on a database nobody sees.
await run('sqlite::memory:');
process.stdout.write('ready\n');
await new Promise((told) => process.stdin.once('data', told));
process.stdout.write('begun\n');
await run(`sqlite:${join(root, 'main.db')}`);
process.stdin.destroy();
