import type { Argv } from 'yargs';
import { completing } from '../complete-commands.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderRestore } from '../render/backup.ts';

export function restoreVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'restore [database..]',
    'Put a backup in the place of the database, which is kept under another name',
    (builder) =>
      databaseFlags(builder)
        .option('backup', {
          type: 'string',
          demandOption: true,
          describe: 'Id of a backup, or the beginning of one; latest for the newest',
          requiresArg: true,
        })
        .option('discard-later-runs', {
          type: 'boolean',
          describe: 'Lose what runs after the backup did',
        })
        .option('end-connections', { type: 'boolean', describe: 'End the connections of others' })
        .option('yes', { type: 'boolean', alias: 'y', default: false, describe: 'Do not ask' })
        .option('lock-wait', { type: 'string', describe: 'How long to wait for another run (60s)', requiresArg: true })
        .example('$0 restore crm --backup latest', 'go back to the newest backup')
        .example(
          '$0 restore crm --backup crm-20251109 --discard-later-runs --yes',
          'go back behind later runs, without being asked',
        ),
    async (flags) => {
      const { restore } = await import('../../commands/restore.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target, _, ask) =>
          restore(target, {
            backup: flags.backup,
            discardLaterRuns: flags.discardLaterRuns,
            endConnections: flags.endConnections,
            ask,
          }),
        completing(renderRestore, flags),
      );
    },
  );
}
