import type { Argv } from 'yargs';
import { completing } from '../complete-commands.ts';
import { LAYOUT_KINDS } from '../../model/snapshot.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderDrift } from '../render/drift.ts';

export function driftVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'drift [database..]',
    'Compare the live schema with what its history implies',
    (builder) =>
      databaseFlags(builder)
        .option('ignore', {
          type: 'string',
          array: true,
          choices: LAYOUT_KINDS,
          describe: 'Layout that is no difference',
          requiresArg: true,
        })
        .example('$0 drift --all', 'in CI or by night: exit 1 where somebody changed a database by hand')
        .example('$0 drift crm --ignore column-order', 'the order of columns does not count'),
    async (flags) => {
      const { drift } = await import('../../commands/drift.ts');
      const ignore = LAYOUT_KINDS.filter((kind) => flags.ignore?.includes(kind));
      await forEachDatabase(
        cli,
        flags,
        async (target) => drift(target, { ignore }),
        completing(renderDrift, flags),
        ({ differences }) => differences.length > 0,
        (results) => (results.length === 1 ? { differences: results[0]?.differences ?? [] } : {}),
      );
    },
  );
}
