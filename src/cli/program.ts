import yargs, { type Argv } from 'yargs';
import { closest } from '../model/closest.ts';
import { SurefootError } from '../model/errors.ts';
import { TOOL_VERSION } from '../model/tool-version.ts';
import type { CliContext } from './context.ts';
import type { Verb } from './quick.ts';
import { backupVerb } from './verbs/backup.ts';
import { baselineVerb } from './verbs/baseline.ts';
import { initVerb } from './verbs/init.ts';
import { logVerb } from './verbs/log.ts';
import { maintainVerb } from './verbs/maintain.ts';
import { migrateVerb } from './verbs/migrate.ts';
import { newVerb } from './verbs/new.ts';
import { planVerb } from './verbs/plan.ts';
import { redoVerb } from './verbs/redo.ts';
import { repairVerb } from './verbs/repair.ts';
import { restoreVerb } from './verbs/restore.ts';
import { rollbackVerb } from './verbs/rollback.ts';
import { statusVerb } from './verbs/status.ts';
import { verifyVerb } from './verbs/verify.ts';

export const VERBS = {
  init: initVerb,
  new: newVerb,
  status: statusVerb,
  plan: planVerb,
  migrate: migrateVerb,
  rollback: rollbackVerb,
  redo: redoVerb,
  verify: verifyVerb,
  maintain: maintainVerb,
  baseline: baselineVerb,
  repair: repairVerb,
  backup: backupVerb,
  restore: restoreVerb,
  log: logVerb,
} as const;

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

const OPTIONS = [
  'config',
  'url',
  'direct-url',
  'env',
  'env-file',
  'json',
  'no-color',
  'verbose',
  'help',
  'all',
  'yes',
  'lock-wait',
  'allow',
  'to',
  'step',
  'down',
  'check',
  'dry-run',
  'single-transaction',
  'allow-out-of-order',
  'only',
  'reason',
  'as',
  'run',
  'limit',
  'format',
  'out',
  'outcome',
  'operator',
  'since',
  'until',
  'follow',
  'key',
  'signature',
  'ts',
  'migration-version',
  'engine',
  'list',
  'prove',
  'backup',
  'discard-later-runs',
  'end-connections',
] as const;

function suggestOption(unknown: string, args: readonly string[]): string | null {
  const written = args.find((arg) => arg.replace(/^-+/u, '').replace(/=.*$/u, '') === unknown);
  const near = closest(unknown, OPTIONS);
  return near === null || written === undefined ? null : `Did you mean --${near}?`;
}

function suggestVerb(unknown: string): string | null {
  const near = closest(unknown, Object.keys(VERBS));
  return near === null ? null : `Did you mean surefoot ${near}?`;
}
