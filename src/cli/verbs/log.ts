import type { Argv } from 'yargs';
import { SurefootError } from '../../model/errors.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderLog, renderRunLog, renderTemplate } from '../render/log.ts';

export function logVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'log [database..]',
    'Show the migration log',
    (builder) =>
      databaseFlags(builder)
        .option('run', {
          type: 'string',
          describe: 'One run in full, by the beginning of its id; "last" for the newest',
          requiresArg: true,
        })
        .option('limit', { type: 'number', describe: 'At most this many runs, the newest', requiresArg: true })
        .option('format', {
          choices: ['table', 'template'] as const,
          default: 'table' as const,
          describe: 'template fills a migration log form for each run',
          requiresArg: true,
        })
        .option('check', {
          type: 'boolean',
          default: false,
          describe: 'Check the chain of hashes; exit 1 when it is broken',
        })
        .conflicts('run', 'limit')
        .example('$0 log crm', 'all runs')
        .example('$0 log crm --run last --format template', 'the form of the last run'),
    async (flags) => {
      const { log } = await import('../../commands/log.ts');
      const last = flags.run === 'last';
      if (flags.limit !== undefined && !(flags.limit > 0))
        throw new SurefootError({
          code: 'usage',
          message: '--limit must be 1 or more',
          hint: 'Leave it out for all runs.',
        });
      await forEachDatabase(
        cli,
        flags,
        async (target) =>
          log(target, { run: last ? undefined : flags.run, limit: last ? 1 : flags.limit, check: flags.check }),
        (result, terminal) => {
          if (flags.format === 'template')
            return result.runs.map((run) => renderTemplate(run, result.name)).join('\n\n');
          const [run] = result.runs;
          return flags.run !== undefined && run !== undefined
            ? renderRunLog(run, result.name, terminal)
            : renderLog(result, terminal);
        },
        (result) => result.chain?.intact === false,
      );
    },
  );
}
