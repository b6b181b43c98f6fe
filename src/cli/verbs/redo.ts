import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { runFlags } from '../flags.ts';
import { renderRun } from '../render/run.ts';

export function redoVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'redo [database..]',
    'Roll the last migrations back and apply them again',
    (builder) =>
      runFlags(builder)
        .option('step', { type: 'number', default: 1, describe: 'How many migrations', requiresArg: true })
        .example('$0 redo crm', 'the last migration once more')
        .example('$0 redo crm --step 2 --yes', 'the last two, without being asked'),
    async (flags) => {
      const { redo } = await import('../../commands/redo.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target, confirm) => redo(target, { step: flags.step, confirm }),
        ({ down, up }, terminal) => `${renderRun(down, terminal)}\n${renderRun(up, terminal)}`,
      );
    },
  );
}
