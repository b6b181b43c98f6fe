import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { runFlags } from '../flags.ts';
import { plural } from '../render/table.ts';

export function baselineVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'baseline [database..]',
    'Record versions as already present, without running them',
    (builder) =>
      runFlags(builder)
        .option('to', {
          type: 'string',
          demandOption: true,
          describe: 'The last version that is present',
          requiresArg: true,
        })
        .option('reason', { type: 'string', describe: 'Kept in the journal', requiresArg: true })
        .option('unchecked', { type: 'boolean', default: false, describe: 'Record them without making their checks' })
        .example('$0 baseline crm --to 001', 'the database has the schema of version 001 already')
        .example('$0 baseline crm --to 001 --reason "adopted from Supabase"', 'with a reason for the journal'),
    async (flags) => {
      const { baseline } = await import('../../commands/baseline.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) => baseline(target, { to: flags.to, reason: flags.reason, unchecked: flags.unchecked }),
        (result, terminal) =>
          `${terminal.paint('bold', result.name)}: recorded as present: ${result.versions.join(', ')} (${plural(result.checks.length, 'check')} passed)`,
      );
    },
  );
}
