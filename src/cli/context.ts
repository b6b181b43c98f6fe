import type { Ask, CommandTarget, Confirm } from '../commands/parts/target.ts';
import { EXIT, type ExitCode } from '../model/exit.ts';
import { createAsk, createConfirm } from './confirm.ts';
import type { DatabaseFlags, RunFlags, SharedFlags } from './flags.ts';
import { createProgress } from './progress.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** One command line under way: what its verb needs, and the exit code it ends with. */
export interface CliContext {
  readonly signal: AbortSignal;
  exitCode: ExitCode;
}

/** What a verb prints with. */
export interface Output {
  readonly terminal: Terminal;
  readonly json: boolean;
}

/**
 * Runs `work` once for each database the flags name. Each result is printed as soon as it is there; with `--json` all
 * of them as one document `{ databases: [...] }` at the end, with what `more` adds. Null from `render`: there is
 * nothing to print.
 */
export async function forEachDatabase<T>(
  cli: CliContext,
  flags: DatabaseFlags & Partial<RunFlags>,
  work: (target: CommandTarget, confirm: Confirm, ask: Ask) => Promise<T>,
  render: (result: T, terminal: Terminal) => string | null,
  finding: (result: T) => boolean = () => false,
  more: (results: readonly T[]) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<readonly T[]> {
  const terminal = createTerminal(!flags.color);
  const progress = createProgress(terminal, flags.json);
  const confirm = createConfirm(terminal, flags.yes === true, cli.signal);
  const ask = createAsk(terminal, flags.yes === true, cli.signal);
  const { openTargets, openTracing } = await import('./open.ts');
  const tracing = await openTracing(progress);
  const results: T[] = [];
  try {
    for (const target of await openTargets({ flags, progress: tracing.progress, signal: cli.signal })) {
      const result = await work(target, confirm, ask);
      results.push(result);
      progress.clear();
      const text = flags.json ? null : render(result, terminal);
      if (text !== null) terminal.out(`${results.length > 1 ? '\n' : ''}${text}`);
    }
  } finally {
    progress.clear();
    await tracing.close();
  }
  if (flags.json) printJson(terminal, { databases: results, ...more(results) });
  if (results.some(finding)) cli.exitCode = EXIT.finding;
  return results;
}

export function outputOf(flags: SharedFlags): Output {
  return { terminal: createTerminal(!flags.color), json: flags.json };
}

export function printJson(terminal: Terminal, document: unknown): void {
  terminal.out(
    JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2),
  );
}
