import type { Argv } from 'yargs';
import type { LogResult } from '../../commands/log.ts';
import { composeTools } from '../../compose.ts';
import { processEnvironment } from '../../config/index.ts';
import type { LogFormat } from '../../domain/journal/index.ts';
import { SurefootError } from '../../model/errors.ts';
import { forEachDatabase, outputOf, printJson, type CliContext } from '../context.ts';
import { databaseFlags, sharedFlags } from '../flags.ts';
import { plural } from '../render/table.ts';
import { absolute } from '../typed-path.ts';
import { documentOf, logFlags, logInput } from './log-flags.ts';

export function noteVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'note <run> <text> [database]',
    'Add a note to a run',
    (builder) =>
      databaseFlags(builder)
        .positional('run', { type: 'string', describe: 'The beginning of its id, or "last"', demandOption: true })
        .positional('text', { type: 'string', describe: 'What to note', demandOption: true })
        .hide('all')
        .example('$0 log note last "approved in CHG-1042"', 'to the newest run')
        .example('$0 log note 3f2a "rolled back on request" crm', 'to a run of crm'),
    async (flags) => {
      const { logNote } = await import('../../commands/log-note.ts');
      await forEachDatabase(
        cli,
        { ...flags, all: undefined },
        async (target) => logNote(target, { run: flags.run, text: flags.text }),
        (result) => `noted in run ${result.runId} of ${result.name}`,
      );
    },
  );
}

const BY_ENDING: Readonly<Record<string, LogFormat>> = {
  txt: 'template',
  md: 'markdown',
  json: 'json',
  jsonl: 'jsonl',
  csv: 'csv',
};

export function exportVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'export [database..]',
    'Write the log to a file',
    (builder) =>
      logFlags(databaseFlags(builder))
        .option('out', { type: 'string', describe: 'The file', requiresArg: true, demandOption: true })
        .conflicts('run', 'limit')
        .example('$0 log export crm --out audit.csv', 'the format is that of the ending')
        .example('$0 log export --all --since 2026-01-01 --out log.jsonl', 'all databases, this year'),
    async (flags) => {
      const out = absolute(flags.out) ?? '';
      const format = flags.format ?? BY_ENDING[/\.(\w+)$/u.exec(out)?.[1]?.toLowerCase() ?? ''];
      if (format === undefined || format === 'table')
        throw new SurefootError({
          code: 'usage',
          message: `the ending of ${flags.out} tells no format`,
          hint: `End it with ${Object.keys(BY_ENDING).join(', ')}, or pass --format.`,
        });
      const { log } = await import('../../commands/log.ts');
      const results: LogResult[] = [];
      await forEachDatabase(
        cli,
        { ...flags, json: false },
        async (target) => {
          results.push(await log(target, logInput(flags, target)));
        },
        () => null,
      );
      const text = documentOf(results, format) ?? JSON.stringify({ databases: results }, null, 2);
      composeTools().files.write(out, text === '' ? '' : `${text}\n`);
      const runs = results.reduce((sum, result) => sum + result.runs.length, 0);
      const { terminal, json } = outputOf(flags);
      if (json) printJson(terminal, { file: out, format, runs });
      else terminal.out(`${plural(runs, 'run')} written to ${flags.out}`);
    },
  );
}

export function signVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'sign [database..]',
    'Sign the journal as it is',
    (builder) =>
      databaseFlags(builder)
        .option('key', {
          type: 'string',
          describe: 'Ed25519 private key (PEM); its passphrase in SUREFOOT_KEY_PASSPHRASE',
          requiresArg: true,
          demandOption: true,
        })
        .option('out', { type: 'string', describe: 'Keep the signature in this file too', requiresArg: true })
        .example('$0 log sign crm --key audit.key', 'the signature becomes an entry of the journal')
        .example('$0 log sign crm --key audit.key --out crm.sig', 'and is kept apart, against a journal cut short'),
    async (flags) => {
      const { logSign } = await import('../../commands/log-sign.ts');
      const input = {
        key: absolute(flags.key) ?? '',
        out: absolute(flags.out),
        passphrase: processEnvironment()['SUREFOOT_KEY_PASSPHRASE'],
      };
      if (input.out !== undefined && (flags.all || (flags.database ?? []).length > 1))
        throw new SurefootError({
          code: 'usage',
          message: '--out keeps the signature of one database',
          hint: 'Name one database.',
        });
      await forEachDatabase(
        cli,
        flags,
        async (target) => logSign(target, input),
        ({ name, signature, file }) =>
          `${name}: entries 1 to ${String(signature.seq)} signed with key ${signature.key}${file === null ? '' : `, also in ${flags.out ?? ''}`}`,
      );
    },
  );
}

export function keygenVerb(yargs: Argv): Argv {
  return yargs.command(
    'keygen',
    'Make a key pair for signing the journal',
    (builder) =>
      sharedFlags(builder)
        .hide('database')
        .hide('all')
        .option('out', {
          type: 'string',
          default: 'surefoot-journal.key',
          describe: 'File of the private key; the public one ends with .pub',
          requiresArg: true,
        })
        .example('$0 log keygen', 'writes surefoot-journal.key and surefoot-journal.key.pub')
        .example('$0 log keygen --out /etc/surefoot/audit.key', 'elsewhere'),
    async (flags) => {
      const { logKeygen } = await import('../../commands/log-keygen.ts');
      const result = logKeygen(composeTools().files, absolute(flags.out) ?? '');
      const { terminal, json } = outputOf(flags);
      if (json) printJson(terminal, result);
      else
        terminal.out(
          `${flags.out} signs: keep it away from the database and out of the repository\n${flags.out}.pub verifies: give it to auditors`,
        );
    },
  );
}
