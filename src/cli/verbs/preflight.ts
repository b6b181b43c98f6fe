import type { Argv } from 'yargs';
import { completing } from '../complete-commands.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderPreflight } from '../render/preflight.ts';

export function preflightVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'preflight [database..]',
    'Examine the target before a migrate; exit 1 where something blocks it',
    (builder) =>
      databaseFlags(builder)
        .option('to', { type: 'string', describe: 'The last version that would be applied', requiresArg: true })
        .example('$0 preflight crm --env production', 'what production wants of the target')
        .example('$0 preflight --all --json', 'every database, for a program'),
    async (flags) => {
      const { preflight } = await import('../../commands/preflight.ts');
      await forEachDatabase(
        cli,
        flags,
        async (target) => preflight(target, { to: flags.to }),
        completing(renderPreflight, flags),
        (result) => result.outcome === 'block',
      );
    },
  );
}
