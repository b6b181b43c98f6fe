import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderPlan } from '../render/plan.ts';

export function planVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'plan [database..]',
    'Show what migrate (or rollback) would do, with its hazards',
    (builder) =>
      databaseFlags(builder)
        .option('to', {
          type: 'string',
          describe: 'The last version to apply; with --down the one that stays',
          requiresArg: true,
        })
        .option('step', { type: 'number', describe: 'At most this many steps', requiresArg: true })
        .option('down', { type: 'boolean', default: false, describe: 'Plan a rollback' })
        .option('allow-out-of-order', {
          type: 'boolean',
          default: false,
          describe: 'Take versions older than an applied one too',
        })
        .option('check', { type: 'boolean', default: false, describe: 'Exit 1 when there is something to do' })
        .example('$0 plan crm', 'what migrate would do now')
        .example('$0 plan crm --down --to 001', 'the way back to version 001'),
    async (flags) => {
      const { plan } = await import('../../commands/plan.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) =>
          plan(target, {
            direction: flags.down ? 'down' : 'up',
            to: flags.to,
            step: flags.step,
            allowOutOfOrder: flags.allowOutOfOrder,
          }),
        renderPlan,
        (result) => flags.check && result.steps.length > 0,
      );
    },
  );
}
