import type { Argv } from 'yargs';
import { outputOf, printJson, type CliContext } from '../context.ts';
import { sharedFlags } from '../flags.ts';
import { openTargets } from '../open.ts';

export function newVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'new <slug> [database]',
    'Write the three files of a new migration',
    (builder) =>
      sharedFlags(builder)
        .positional('slug', { type: 'string', demandOption: true, describe: 'What it does, in a few words' })
        .positional('database', { type: 'string', describe: 'The database; the only one configured when left out' })
        .option('ts', { type: 'boolean', default: false, describe: 'Migration and rollback in TypeScript' })
        .option('migration-version', {
          type: 'string',
          describe: 'The version; else the next number or a UTC timestamp',
          requiresArg: true,
        })
        .example('$0 new add_users', 'SQL files')
        .example('$0 new backfill_totals crm --ts', 'TypeScript, for the database crm'),
    async (flags) => {
      const { terminal, json } = outputOf(flags);
      const { newMigration } = await import('../../commands/new.ts');
      const database = flags.database === undefined ? [] : [flags.database];
      const [target] = await openTargets({
        flags: { ...flags, database },
        progress: { report: () => undefined },
        signal: cli.signal,
      });
      if (target === undefined) return;
      const result = await newMigration(target, {
        slug: flags.slug,
        typescript: flags.ts,
        version: flags.migrationVersion,
      });
      if (json) printJson(terminal, result);
      else terminal.out(result.files.join('\n'));
    },
  );
}
