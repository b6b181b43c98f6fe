import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { completing } from '../complete-commands.ts';
import { composeTools } from '../../compose.ts';
import { processEnvironment, workingDirectory } from '../../config/index.ts';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderCi } from '../render/ci.ts';

export function ciVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'ci [database..]',
    'All that CI should ask: plan, proofs, a rehearsal up and down, the kept snapshot',
    (builder) =>
      databaseFlags(builder)
        .option('prove', {
          type: 'boolean',
          default: false,
          describe: 'Prove what has no valid proof, instead of failing for it',
        })
        .option('keep-snapshot', {
          type: 'boolean',
          default: false,
          describe: 'Write verify/<database>/snapshot.json anew, instead of comparing with it',
        })
        .option('junit', { type: 'string', describe: 'Write a JUnit file', requiresArg: true })
        .option('sarif', { type: 'string', describe: 'Write a SARIF file', requiresArg: true })
        .option('summary', {
          type: 'string',
          describe: 'Add a Markdown summary to this file (that of GITHUB_STEP_SUMMARY when left out)',
          requiresArg: true,
        })
        .example('$0 ci --all', 'on a machine of CI; it needs none of the configured databases')
        .example('$0 ci crm --junit junit.xml --sarif surefoot.sarif', 'with files for the server of CI'),
    async (flags) => {
      const { ci, writeCiFiles } = await import('../../commands/ci.ts');
      const results = await forEachDatabase(
        cli,
        flags,
        async (target) => ci(target, { prove: flags.prove, keepSnapshot: flags.keepSnapshot }),
        completing(renderCi, flags),
        (result) => result.outcome === 'failed',
      );
      const absolute = (path: string | undefined): string | undefined =>
        path === undefined || path === '' ? undefined : resolve(workingDirectory(), path);
      writeCiFiles(composeTools().files, results, {
        junit: absolute(flags.junit),
        sarif: absolute(flags.sarif),
        summary: absolute(flags.summary ?? processEnvironment()['GITHUB_STEP_SUMMARY']),
      });
    },
  );
}
