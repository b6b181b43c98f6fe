import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const JITI = join(dirname(createRequire(import.meta.url).resolve('jiti/package.json')), 'lib/jiti-register.mjs');

/** Starts a TypeScript file of test/support as a process of its own. Its standard output is a pipe. */
export function runTypescript(
  file: string,
  args: readonly string[],
  options: { readonly uid?: number } = {},
): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ['--import', pathToFileURL(JITI).href, path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
}

/** The first line the process writes. Rejects when it ends without one. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString();
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    child.once('close', () => reject(new Error(`the process ended after: ${text}`)));
  });
}
