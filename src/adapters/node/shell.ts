import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { messageOf, SurefootError } from '../../model/errors.ts';
import type { Ended, Shell, ShellOptions } from '../../ports/shell.ts';

const KEPT = 64 * 1024;

/** `program` is the file that runs surefoot. */
export function createShell(program: URL): Shell {
  return {
    run: async (line, options) => ended({ command: line, args: [], shell: true }, options),
    surefoot: async (words, options) =>
      ended({ command: process.execPath, args: [fileURLToPath(program), ...words], shell: false }, options),
  };
}

async function ended(
  { command, args, shell }: { readonly command: string; readonly args: readonly string[]; readonly shell: boolean },
  { folder, signal }: ShellOptions,
): Promise<Ended> {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { cwd: folder, shell, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (data: string): void => {
      output = (output + data).slice(-KEPT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => {
      if (signal.aborted)
        reject(
          new SurefootError({ code: 'interrupted', message: `interrupted while running ${command}`, cause: error }),
        );
      else resolve({ code: 127, output: messageOf(error) });
    });
    child.on('close', (code, killer) =>
      resolve({ code: code ?? 128 + (killer === null ? 0 : constants.signals[killer]), output }),
    );
  });
}
