import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const PATIENCE_MS = 60_000;

/** The command line in a pseudo terminal of its own. */
export interface TerminalRun {
  /** Waits until the text was shown behind the last one waited for. */
  shows(text: string): Promise<void>;
  /** Types, as a person would. */
  types(keys: string): void;
  /** Everything shown so far. */
  text(): string;
  /** The exit code, when it has ended. */
  ends(): Promise<number>;
  /** As the power would go. */
  kill(): void;
}

/** Starts the built command line behind a pseudo terminal, made by script(1) of the system. */
export function runInTerminal(
  cwd: string,
  args: readonly string[],
  options: { readonly columns?: number; readonly env?: Readonly<Record<string, string>> } = {},
): TerminalRun {
  const quoted = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  const line = `stty cols ${String(options.columns ?? 80)} rows 40; exec ${quoted}`;
  const inTerminal =
    process.platform === 'linux' ? ['-qec', line, '/dev/null'] : ['-qe', '/dev/null', 'sh', '-c', line];
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...env } = process.env;
  const child: ChildProcess = spawn('script', inTerminal, {
    cwd,
    env: { ...env, TERM: 'xterm', SHELL: '/bin/sh', ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  let shown = '';
  let waited = 0;
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  return {
    shows: async (text) => {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const at = shown.indexOf(text, waited);
        if (at >= 0) {
          waited = at + text.length;
          return;
        }
        if (Date.now() > deadline) throw new Error(`"${text}" was not shown; the terminal has:\n${shown}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    types: (keys) => {
      child.stdin?.write(keys);
    },
    text: () => shown,
    ends: async () => ended,
    kill: () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    },
  };
}
