import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** A command line under way. */
export interface RunningCli {
  readonly child: ChildProcess;
  /** What it wrote to its standard error until now. */
  readonly err: () => string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts the built command line, behind the words of `before` if any. */
export function startCli(cwd: string, args: readonly string[], before: readonly string[] = []): RunningCli {
  const [program = process.execPath, ...rest] = [...before, process.execPath, BIN, ...args];
  const child = spawn(program, rest, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', CI: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return {
    child,
    err: () => err,
    ended: once(child, 'close').then(([code, signal]) =>
      typeof code === 'number' ? code : (signal as NodeJS.Signals),
    ),
  };
}
