import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { runFlags } from '../flags.ts';
import { renderRun } from '../render/run.ts';

export function migrateVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'migrate [database..]',
    'Apply pending migrations, each verified before it commits',
    (builder) =>
      runFlags(builder)
        .option('to', { type: 'string', describe: 'The last version to apply', requiresArg: true })
        .option('step', { type: 'number', describe: 'At most this many migrations', requiresArg: true })
        .option('dry-run', { type: 'boolean', describe: 'Execute for real in a transaction that is aborted' })
        .option('single-transaction', { type: 'boolean', describe: 'All steps in one transaction' })
        .option('allow-out-of-order', {
          type: 'boolean',
          default: false,
          describe: 'Apply versions older than an applied one too',
        })
        .conflicts('dry-run', 'single-transaction')
        .example('$0 migrate crm', 'apply everything that is pending')
        .example('$0 migrate caps --to 007 --dry-run', 'try the way to version 007'),
    async (flags) => {
      const { migrate } = await import('../../commands/migrate.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target, confirm) =>
          migrate(target, {
            to: flags.to,
            step: flags.step,
            dryRun: flags.dryRun,
            singleTransaction: flags.singleTransaction,
            allowOutOfOrder: flags.allowOutOfOrder,
            confirm,
          }),
        renderRun,
      );
    },
  );
}
