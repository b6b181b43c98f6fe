import { isSurefootError, type SurefootError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit.ts';
import { COMPLETE } from './completion/scripts.ts';
import type { CliContext } from './context.ts';
import type { Verb } from './describe-verb.ts';
import { readQuickly } from './quick.ts';
import { createTerminal } from './terminal.ts';

/** What most command lines are: one of these, plainly written. Anything else is for the whole program. */
const QUICK: Readonly<Record<string, () => Promise<Verb>>> = {
  status: async () => (await import('./verbs/status.ts')).statusVerb,
  plan: async () => (await import('./verbs/plan.ts')).planVerb,
  migrate: async () => (await import('./verbs/migrate.ts')).migrateVerb,
  rollback: async () => (await import('./verbs/rollback.ts')).rollbackVerb,
  verify: async () => (await import('./verbs/verify.ts')).verifyVerb,
  log: async () => (await import('./verbs/log.ts')).logVerb,
};

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
  // Whoever read the output may go (`| head`): what is under way goes on without a listener.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', passOverClosedPipe);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  const cli: CliContext = { signal: interruption.signal, exitCode: EXIT.done };
  try {
    await run(args, cli);
    return state.signalled ?? cli.exitCode;
  } catch (error) {
    return await report(error, args, state.signalled);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  }
}

async function run(args: readonly string[], cli: CliContext): Promise<void> {
  const [name = '', ...rest] = args;
  if (name === COMPLETE) {
    const { printCandidates } = await import('./completion/index.ts');
    return printCandidates(rest, createTerminal(true).out);
  }
  const verb = Object.hasOwn(QUICK, name) ? await QUICK[name]?.() : undefined;
  const quick = verb === undefined ? null : readQuickly(verb, rest, cli);
  if (quick !== null) return quick();
  const { createProgram, usageError } = await import('./program.ts');
  try {
    await createProgram(args, cli, process.stdout.isTTY ? process.stdout.columns : 80).parseAsync();
  } catch (error) {
    throw isUsage(error) ? usageError(error, args) : error;
  }
}

async function report(error: unknown, args: readonly string[], signalled: ExitCode | null): Promise<ExitCode> {
  const { renderError } = await import('./render/error.ts');
  const terminal = createTerminal(args.includes('--no-color'));
  const told = isSurefootError(error) ? await withCommands(error, args) : error;
  if (args.includes('--json') && isSurefootError(told)) terminal.out(JSON.stringify(told, jsonSafe, 2));
  else terminal.err(renderError(told, terminal, args.includes('--verbose')));
  return signalled ?? (isSurefootError(error) ? error.exitCode : EXIT.failed);
}

/** What the command line names beside the configuration, its next commands name too. */
async function withCommands(error: SurefootError, args: readonly string[]): Promise<SurefootError> {
  const { carriedBy, completeCommands } = await import('./complete-commands.ts');
  const carried = carriedBy(args);
  const told = error.with({
    message: completeCommands(error.message, carried),
    hint: error.hint === undefined ? undefined : completeCommands(error.hint, carried),
  });
  if (error.stack !== undefined) told.stack = error.stack;
  return told;
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

function passOverClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
