import { spawn } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import type { Ended, Processes, RunOptions } from '../../ports/processes.ts';

const KEPT_CHARACTERS = 8_000;
/** Where packages of PostgreSQL put the programs of each version. */
const VERSIONED = [
  ['/usr/lib/postgresql', 'bin'],
  ['/usr/pgsql', ''],
  ['/opt/homebrew/opt', 'bin'],
  ['/usr/local/opt', 'bin'],
  ['/Library/PostgreSQL', 'bin'],
] as const;

/** Child processes of this one. */
export function createProcesses(): Processes {
  return {
    run: start,
    shell: async (line, options) => start('/bin/sh', ['-c', line], options),
    find: (program) => {
      const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versionedFolders()];
      return [...new Set(folders.filter((folder) => folder !== '').map((folder) => join(folder, program)))].filter(
        isExecutable,
      );
    },
  };
}

async function start(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^PG[A-Z]/u.test(name));
    const child = spawn(program, [...args], {
      env: { ...Object.fromEntries(inherited), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: 'SIGTERM' as const }),
    });
    const kept = { output: '', errors: '' };
    for (const [stream, pipe] of [['output', child.stdout] as const, ['errors', child.stderr] as const]) {
      let begun = '';
      pipe.setEncoding('utf8').on('data', (text: string) => {
        kept[stream] = `${kept[stream]}${text}`.slice(-KEPT_CHARACTERS);
        const lines = `${begun}${text}`.split('\n');
        begun = lines.pop() ?? '';
        for (const line of lines) options.onLine?.(line, stream);
      });
    }
    child.once('error', (error) => {
      reject(
        options.signal?.aborted === true
          ? new SurefootError({ code: 'interrupted', message: `${program} was interrupted` })
          : new SurefootError({
              code: 'program-failed',
              message: `${program} can not be started: ${error.message}`,
              hint: 'Check that it is installed and may be executed.',
              cause: error,
            }),
      );
    });
    child.once('close', (code) => resolve({ code, output: kept.output.trim(), errors: kept.errors.trim() }));
  });
}

function versionedFolders(): readonly string[] {
  return VERSIONED.flatMap(([folder, below]) =>
    folder === '/usr/pgsql'
      ? entries('/usr').flatMap((name) => (name.startsWith('pgsql-') ? [join('/usr', name, 'bin')] : []))
      : entries(folder).map((name) => join(folder, name, below)),
  );
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The folder of another operating system.
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
