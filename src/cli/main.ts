import { isSurefootError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit.ts';
import type { CliContext } from './context.ts';
import { createProgram, usageError } from './program.ts';
import { renderError } from './render/error.ts';
import { createTerminal } from './terminal.ts';

/** Runs one command line and returns its exit code. The only place that prints errors. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const interruption = new AbortController();
  const state: { signalled: ExitCode | null } = { signalled: null };
  const onSignal = (code: ExitCode) => () => {
    // A second signal means now: the database aborts what is open by itself.
    if (state.signalled !== null) process.exit(code);
    state.signalled = code;
    interruption.abort();
  };
  const onInterrupt = onSignal(EXIT.interrupted);
  const onTerminate = onSignal(EXIT.terminated);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  const cli: CliContext = { signal: interruption.signal, exitCode: EXIT.done };
  try {
    const program = createProgram(args, cli, process.stdout.isTTY ? process.stdout.columns : 80);
    await program.parseAsync();
    return state.signalled ?? cli.exitCode;
  } catch (error) {
    return report(isUsage(error) ? usageError(error, args) : error, args, state.signalled);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  }
}

function report(error: unknown, args: readonly string[], signalled: ExitCode | null): ExitCode {
  const terminal = createTerminal(args.includes('--no-color'));
  if (args.includes('--json') && isSurefootError(error)) terminal.out(JSON.stringify(error, jsonSafe, 2));
  else terminal.err(renderError(error, terminal, args.includes('--verbose')));
  return signalled ?? (isSurefootError(error) ? error.exitCode : EXIT.failed);
}

/** yargs reports what it does not understand as a bare Error or YError. */
function isUsage(error: unknown): boolean {
  if (isSurefootError(error) || !(error instanceof Error)) return false;
  return (
    error.name === 'YError' ||
    /^(?:Unknown |Not enough |Too many |Missing |Invalid values|Arguments |name a command|Not enough arguments|Missing dependent)/u.test(
      error.message,
    )
  );
}

function jsonSafe(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
