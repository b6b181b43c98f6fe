import type { Argv } from 'yargs';
import { EXIT } from '../../model/exit.ts';
import { LAYOUT_KINDS } from '../../model/snapshot.ts';
import { outputOf, printJson, type CliContext } from '../context.ts';
import { sharedFlags } from '../flags.ts';
import { createProgress } from '../progress.ts';
import { renderDiff } from '../render/diff.ts';

export function diffVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'diff <left> <right>',
    'Compare two schemas object by object',
    (builder) =>
      sharedFlags(builder)
        .positional('left', {
          type: 'string',
          demandOption: true,
          describe:
            'A database, name@version (on a shadow), a URL, a snapshot (.json) or an SQL file (.sql, on a shadow)',
        })
        .positional('right', { type: 'string', demandOption: true, describe: 'The same' })
        .option('ignore', {
          type: 'string',
          array: true,
          choices: LAYOUT_KINDS,
          describe: 'Layout that is no difference',
          requiresArg: true,
        })
        .example('$0 diff crm@004 crm', 'what came after version 004')
        .example('$0 diff staging.json crm --ignore whitespace', 'a snapshot taken elsewhere against this database'),
    async (flags) => {
      const { terminal, json } = outputOf(flags);
      const progress = createProgress(terminal, json);
      const [{ diff }, { openSources }] = await Promise.all([
        import('../../commands/diff.ts'),
        import('../open-sources.ts'),
      ]);
      const ignore = LAYOUT_KINDS.filter((kind) => flags.ignore?.includes(kind));
      const sources = await openSources({ flags, progress, signal: cli.signal });
      const result = await diff(sources, { left: flags.left, right: flags.right, ignore });
      progress.clear();
      if (json) printJson(terminal, result);
      else terminal.out(renderDiff(result, terminal));
      if (result.differences.length > 0) cli.exitCode = EXIT.finding;
    },
  );
}
