import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { runFlags } from '../flags.ts';

export function repairVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'repair [database..]',
    'Accept an edited migration, or settle a step that stopped midway; changes the history only',
    (builder) =>
      runFlags(builder)
        .option('to', { type: 'string', demandOption: true, describe: 'The version to repair', requiresArg: true })
        .option('reason', { type: 'string', demandOption: true, describe: 'Kept in the journal', requiresArg: true })
        .option('as', {
          choices: ['applied', 'pending'] as const,
          describe: 'What a step that stopped midway is now',
          requiresArg: true,
        })
        .example('$0 repair crm --to 003 --reason "comment corrected"', "accept the edited file's checksum")
        .example('$0 repair crm --to 005 --as applied --reason "index made by hand"', 'settle a stopped step'),
    async (flags) => {
      const { repair } = await import('../../commands/repair.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) => repair(target, { version: flags.to, reason: flags.reason, as: flags.as }),
        (result, terminal) => `${terminal.paint('bold', result.name)}: ${result.version}: ${result.change}`,
      );
    },
  );
}
