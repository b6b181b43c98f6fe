import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { workingDirectory } from '../../config/index.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderSnapshotResult } from '../render/snapshot.ts';

const FORMATS = ['json', 'sql', 'mermaid', 'svg'] as const;

export function snapshotVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'snapshot [database..]',
    'Describe the whole schema: as a file, as SQL, as a diagram',
    (builder) =>
      databaseFlags(builder)
        .option('out', {
          type: 'string',
          describe: 'Write it to this file; its ending says the format (.json .sql .mmd .svg)',
          requiresArg: true,
        })
        .option('format', {
          type: 'string',
          choices: FORMATS,
          describe: 'Print it like this instead of a summary',
          requiresArg: true,
        })
        .example('$0 snapshot crm --out crm.json', 'a file that diff compares with')
        .example('$0 snapshot caps --format mermaid', 'tables and foreign keys, for a README'),
    async (flags) => {
      const { snapshot } = await import('../../commands/snapshot.ts');
      const format = FORMATS.find((each) => each === flags.format);
      const out = flags.out === undefined ? undefined : resolve(workingDirectory(), flags.out);
      await forEachDatabase(cli, flags, async (target) => snapshot(target, { format, out }), renderSnapshotResult);
    },
  );
}
