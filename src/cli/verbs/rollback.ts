import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { runFlags } from '../flags.ts';
import { renderRun } from '../render/run.ts';

export function rollbackVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'rollback [database..]',
    'Take back applied migrations; one step when nothing else is said',
    (builder) =>
      runFlags(builder)
        .option('to', {
          type: 'string',
          describe: 'The version that stays applied last; 0 for nothing',
          requiresArg: true,
        })
        .option('step', { type: 'number', describe: 'This many migrations', requiresArg: true })
        .option('dry-run', { type: 'boolean', describe: 'Execute for real in a transaction that is aborted' })
        .option('single-transaction', { type: 'boolean', describe: 'All steps in one transaction' })
        .conflicts('to', 'step')
        .conflicts('dry-run', 'single-transaction')
        .example('$0 rollback crm', 'take back the last migration')
        .example('$0 rollback crm --to 001 --yes', 'go back to version 001 without being asked'),
    async (flags) => {
      const { rollback } = await import('../../commands/rollback.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target, confirm) =>
          rollback(target, {
            to: flags.to,
            step: flags.step,
            dryRun: flags.dryRun,
            singleTransaction: flags.singleTransaction,
            confirm,
          }),
        renderRun,
      );
    },
  );
}
