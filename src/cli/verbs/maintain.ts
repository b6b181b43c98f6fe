import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { runFlags } from '../flags.ts';
import { renderMaintain } from '../render/maintain.ts';

export function maintainVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'maintain [database..]',
    "Run the database's own maintenance jobs that are due",
    (builder) =>
      runFlags(builder)
        .example('$0 maintain mes', 'run what is due, once; exit 1 when a job failed')
        .example('* * * * * cd /srv/app && npx surefoot maintain mes --lock-wait 0s', 'from cron, every minute'),
    async (flags) => {
      const { maintain } = await import('../../commands/maintain.ts');
      await forEachDatabase(cli, flags, maintain, renderMaintain, (result) => result.failed > 0);
    },
  );
}
