import yargs, { type Argv } from 'yargs';
import { closest } from '../model/closest.ts';
import { SurefootError } from '../model/errors.ts';
import { TOOL_VERSION } from '../model/tool-version.ts';
import type { CliContext } from './context.ts';
import { describeVerb } from './describe-verb.ts';
import type { Verb } from './describe-verb.ts';
import { VERBS } from './verbs/index.ts';

/** The whole command line. It neither prints an error nor exits: both are the boundary's. */
export function createProgram(
  args: readonly string[],
  cli: CliContext,
  width: number,
  verbs: Readonly<Record<string, Verb>> = VERBS,
): Argv {
  const program = yargs([...args])
    .scriptName('surefoot')
    .usage('$0 <command> [database..]\n\nDatabase migrations, verified before they commit.')
    .version(TOOL_VERSION)
    .help()
    .wrap(Math.min(width, 100))
    .parserConfiguration({
      'camel-case-expansion': true,
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
    })
    .strict()
    .demandCommand(1, 'name a command')
    .exitProcess(false)
    .fail(false)
    .epilogue('Exit codes: 0 done, 1 finding, 2 usage or configuration, 3 failed, 4 refused, 130/143 interrupted.');
  for (const verb of Object.values(verbs)) verb(program, cli);
  return program;
}

/** What yargs says of a command line it does not understand, as our error with a suggestion. */
export function usageError(error: unknown, args: readonly string[]): SurefootError {
  const message = error instanceof Error ? error.message : String(error);
  const verb = args.find((arg) => !arg.startsWith('-'));
  const known = verb !== undefined && verb in VERBS;
  const unknown = /^Unknown (?:argument|command)s?: (.+)$/u.exec(message)?.[1]?.split(', ')[0];
  const command = known ? `surefoot ${verb}` : 'surefoot';
  const suggestion = unknown === undefined ? null : known ? suggestOption(unknown, args) : suggestVerb(unknown);
  return new SurefootError({
    code: 'usage',
    message:
      known || unknown === undefined
        ? message.replace(/^Unknown argument/u, 'unknown option')
        : `unknown command: ${unknown}`,
    hint: suggestion ?? `Run ${command} --help.`,
    cause: error,
  });
}

function suggestOption(unknown: string, args: readonly string[]): string | null {
  const written = args.find((arg) => arg.replace(/^-+/u, '').replace(/=.*$/u, '') === unknown);
  const near = closest(unknown, optionNames());
  return near === null || written === undefined ? null : `Did you mean --${near}?`;
}

function suggestVerb(unknown: string): string | null {
  const near = closest(unknown, Object.keys(VERBS));
  return near === null ? null : `Did you mean surefoot ${near}?`;
}

/** The options of every command, as they are written. */
function optionNames(): readonly string[] {
  const cli: CliContext = { signal: new AbortController().signal, exitCode: 0 };
  const described = Object.values(VERBS).flatMap((verb) => [...(describeVerb(verb, cli)?.options.keys() ?? [])]);
  return [...new Set([...described, 'help', 'no-color'])];
}
