import type { Argv } from 'yargs';
import { CI_SERVERS, ciTemplate } from '../../commands/parts/ci-templates.ts';
import { composeTools } from '../../compose.ts';
import { workingDirectory } from '../../config/index.ts';
import { outputOf, printJson, type CliContext } from '../context.ts';
import { sharedFlags } from '../flags.ts';

export function initVerb(yargs: Argv, _cli: CliContext): Argv {
  return yargs.command(
    'init [name]',
    'Write a configuration and the folders',
    (builder) =>
      sharedFlags(builder)
        .positional('name', { type: 'string', describe: 'Name of the first database (main)' })
        .option('engine', {
          choices: ['sqlite', 'postgres', 'embedded'] as const,
          default: 'sqlite' as const,
          describe: 'Where it lives',
          requiresArg: true,
        })
        .option('ci', {
          choices: CI_SERVERS,
          describe: 'Write no files; print the workflow or job that runs surefoot ci',
          requiresArg: true,
        })
        .example('$0 init', 'a project with one SQLite database')
        .example('$0 init crm --engine embedded', 'a PostgreSQL that surefoot starts by itself')
        .example('$0 init --ci github > .github/workflows/migrations.yml', 'a workflow of GitHub Actions'),
    async (flags) => {
      const { terminal, json } = outputOf(flags);
      if (flags.ci !== undefined) {
        const template = ciTemplate(flags.ci);
        if (json) printJson(terminal, template);
        else terminal.out(template.text.trimEnd());
        return;
      }
      const { init } = await import('../../commands/init.ts');
      const result = await init(composeTools().files, {
        root: workingDirectory(),
        name: flags.name,
        engine: flags.engine,
      });
      if (json) printJson(terminal, result);
      else
        terminal.out(
          `${result.files.join('\n')}\n\nNext: surefoot new <slug> writes the files of the first migration.`,
        );
    },
  );
}
