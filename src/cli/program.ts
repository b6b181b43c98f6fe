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
  const suggestion = unknown === undefined ? null : known ? suggestOption(verb, unknown, args) : suggestVerb(unknown);
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

function suggestOption(verb: string, unknown: string, args: readonly string[]): string | null {
  if (!args.some((arg) => arg.replace(/^-+/u, '').replace(/=.*$/u, '') === unknown)) return null;
  const near = closest(unknown, [...optionsOf(verb), 'help', 'no-color']);
  if (near !== null) return `Did you mean --${near}?`;
  const elsewhere = Object.keys(VERBS).filter((other) => optionsOf(other).includes(unknown));
  return elsewhere.length === 0
    ? null
    : `surefoot ${verb} has no --${unknown}; these have: ${elsewhere.join(', ')}. Run surefoot ${verb} --help.`;
}

function suggestVerb(unknown: string): string | null {
  const near = closest(unknown, Object.keys(VERBS));
  return near === null ? null : `Did you mean surefoot ${near}?`;
}

/** The options of a command and of those within it, as they are written. */
function optionsOf(name: string): readonly string[] {
  const verbs: Readonly<Record<string, Verb | undefined>> = VERBS;
  const verb = verbs[name];
  const described =
    verb === undefined ? null : describeVerb(verb, { signal: new AbortController().signal, exitCode: 0 });
  return described === null ? [] : [described, ...described.actions].flatMap(({ options }) => [...options.keys()]);
}
