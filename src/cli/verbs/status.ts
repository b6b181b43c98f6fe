import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderStatus } from '../render/status.ts';

export function statusVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'status [database..]',
    'Show the state of every migration',
    (builder) =>
      databaseFlags(builder)
        .option('check', { type: 'boolean', default: false, describe: 'Exit 1 unless everything is applied' })
        .example('$0 status --all', 'every database of the project')
        .example('$0 status crm --check', 'a CI gate: exit 1 when something is pending'),
    async (flags) => {
      const { status } = await import('../../commands/status.ts');
      await forEachDatabase(
        cli,
        flags,
        status,
        renderStatus,
        (result) => flags.check && result.migrations.some((each) => each.state !== 'applied'),
      );
    },
  );
}
