import type { Argv } from 'yargs';
import { forEachDatabase, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderChecklist } from '../render/checklist.ts';

export function checklistVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'checklist [database..]',
    'Print the release checklist as Markdown, filled in with what is known',
    (builder) =>
      databaseFlags(builder)
        .option('blank', {
          type: 'boolean',
          default: false,
          describe: 'An empty list, to be filled in for release --answers',
        })
        .example('$0 checklist crm', 'the open release, or the last one, for a ticket')
        .example('$0 checklist crm --blank > answers.md', 'a list to fill in'),
    async (flags) => {
      const { checklist } = await import('../../commands/checklist.ts');
      await forEachDatabase(cli, flags, async (target) => checklist(target, { blank: flags.blank }), renderChecklist);
    },
  );
}
