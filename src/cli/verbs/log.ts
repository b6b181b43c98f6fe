import type { Argv } from 'yargs';
import type { LogResult } from '../../commands/log.ts';
import { forEachDatabase, outputOf, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { followLog } from './log-follow.ts';
import { documentOf, logFlags, logInput, refuseTogether, showRuns } from './log-flags.ts';
import { exportVerb, keygenVerb, noteVerb, signVerb } from './log-actions.ts';

export function logVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'log [database..]',
    'Show, note, export and sign the migration log',
    (builder) => {
      for (const action of [noteVerb, exportVerb, signVerb, keygenVerb]) action(builder, cli);
      return logFlags(databaseFlags(builder))
        .option('follow', {
          type: 'boolean',
          default: false,
          global: false,
          describe: 'Go on showing entries as they are written, until interrupted',
        })
        .option('check', {
          type: 'boolean',
          default: false,
          global: false,
          describe: 'Check the chain of hashes and the signatures; exit 1 when one is broken',
        })
        .option('key', {
          type: 'string',
          global: false,
          describe: 'With --check: verify signatures with this public key (PEM)',
          requiresArg: true,
        })
        .option('signature', {
          type: 'string',
          global: false,
          describe: 'With --check: hold this signature file against the journal too',
          requiresArg: true,
        })
        .conflicts('run', 'limit')
        .example('$0 log crm --outcome failed --since 7d', 'failed runs of a week')
        .example('$0 log crm --run last --format template', 'the form of the last run');
    },
    async (flags) => {
      refuseTogether(flags);
      if (flags.follow) return followLog(cli, flags);
      const { isLogFinding, log } = await import('../../commands/log.ts');
      const { format = 'table' } = flags;
      const json = flags.json || format === 'json';
      const results: LogResult[] = [];
      await forEachDatabase(
        cli,
        { ...flags, json },
        async (target) => {
          const result = await log(target, logInput(flags, target));
          results.push(result);
          return result;
        },
        (result, terminal) => (format === 'table' ? showRuns(result, flags, terminal) : null),
        isLogFinding,
      );
      const text = json ? null : documentOf(results, format);
      if (text !== null && text !== '') outputOf(flags).terminal.out(text);
    },
  );
}
