import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** How text is put on this terminal. */
export interface Terminal {
  /** Columns of standard output; 80 where it is no terminal. */
  readonly width: number;
  /** Standard output is a terminal: a long line is broken where it can be read, which in a file would spoil it. */
  readonly breaks: boolean;
  /** Both standard input and standard error are terminals, so a person can be asked. */
  readonly interactive: boolean;
  /** Standard error is a terminal, so a line can be redrawn. */
  readonly live: boolean;
  paint(format: Format, text: string): string;
  out(text: string): void;
  err(text: string): void;
}

/** The terminal of this process. `NO_COLOR`, `FORCE_COLOR`, `CI` and `--no-color` are respected. */
export function createTerminal(noColor: boolean): Terminal {
  const { env, stdout, stderr, stdin } = process;
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const refused = noColor || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const coloured = !refused && (forced || stdout.isTTY);
  return {
    width: stdout.isTTY ? stdout.columns : Number(env['COLUMNS'] ?? 0) || 80,
    breaks: stdout.isTTY,
    interactive: stdin.isTTY && stderr.isTTY && env['CI'] === undefined,
    live: stderr.isTTY && env['CI'] === undefined && env['TERM'] !== 'dumb',
    paint: (format, text) => (coloured ? styleText(format, text) : text),
    out: (text) => {
      stdout.write(`${text}\n`);
    },
    err: (text) => {
      stderr.write(`${text}\n`);
    },
  };
}
