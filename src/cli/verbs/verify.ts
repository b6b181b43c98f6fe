import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderVerify } from '../render/verify.ts';

export function verifyVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'verify [database..]',
    'Run the checks of everything that is applied',
    (builder) =>
      databaseFlags(builder)
        .option('only', { type: 'string', describe: 'Only the checks of this version', requiresArg: true })
        .example('$0 verify --all', 'every database of the project')
        .example('$0 verify caps --only 008', 'the checks of one version'),
    async (flags) => {
      const { verify } = await import('../../commands/verify.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) => verify(target, { version: flags.only }),
        renderVerify,
        (result) => result.failed > 0,
      );
    },
  );
}
