import type { Argv } from 'yargs';
import { completing } from '../complete-commands.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderBackup } from '../render/backup.ts';

export function backupVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'backup [database..]',
    'Make a backup and compare it with the database, or list backups',
    (builder) =>
      databaseFlags(builder)
        .option('list', { type: 'boolean', describe: 'List the backups there are' })
        .option('prove', { type: 'boolean', describe: 'Restore it to a shadow and compare' })
        .conflicts('list', 'prove')
        .example('$0 backup crm --prove', 'make a backup that is known to restore')
        .example('$0 backup --list --all', 'the backups of every database'),
    async (flags) => {
      const { backup } = await import('../../commands/backup.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) => backup(target, { list: flags.list, prove: flags.prove }),
        completing(renderBackup, flags),
      );
    },
  );
}
