// Run as a process of its own that a test kills: everything is loaded first, and the run begins when a line comes in.
import { join } from 'node:path';
import { migrate } from '../../dist/index.js';

const [root = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
await new Promise((told) => process.stdin.once('data', told));
process.stdout.write('begun\n');
try {
  await migrate({ databases: { main: { url: `sqlite:${join(root, 'main.db')}` } } }, { root });
} catch {
  process.exitCode = 3;
}
process.stdin.destroy();
