import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { composeTools, openReportRenderer } from '../../compose.ts';
import { workingDirectory } from '../../config/index.ts';
import { SurefootError } from '../../model/errors.ts';
import { forEachDatabase, outputOf, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { renderReportSummary } from '../render/report.ts';

const FORMATS = ['html', 'markdown', 'junit', 'sarif', 'json'] as const;

export function reportVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'report [database..]',
    'One file on everything known: state, runs, checks, proofs, schema, drift',
    (builder) =>
      databaseFlags(builder)
        .option('out', {
          type: 'string',
          describe: 'Write it to this file; its ending says the format (.html .md .xml .sarif .json)',
          requiresArg: true,
        })
        .option('format', {
          choices: FORMATS,
          describe: 'The format; without --out it is printed',
          requiresArg: true,
        })
        .option('shadow', {
          type: 'boolean',
          default: true,
          describe: 'Run the migrations on a shadow to see what each changes; --no-shadow leaves that and drift out',
        })
        .example('$0 report crm --out report.html', 'one page that loads nothing from the network')
        .example('$0 report --all --format markdown', 'all databases, for a wiki or a ticket'),
    async (flags) => {
      const { joinReports, renderReport, report, reportFormatOf } = await import('../../commands/report.ts');
      if (flags.json && flags.format !== undefined && flags.format !== 'json')
        throw new SurefootError({
          code: 'usage',
          message: `--json and --format ${flags.format} exclude each other`,
          hint: 'Leave one of them out, or write the report with --out.',
        });
      const out = flags.out === undefined ? null : resolve(workingDirectory(), flags.out);
      const format = flags.format ?? (out === null ? null : reportFormatOf(out));
      const at = new Date();
      const results = await forEachDatabase(
        cli,
        flags,
        async (target) => report(target, { shadow: flags.shadow }),
        (result, terminal) => (out === null && format !== null ? null : renderReportSummary(result, terminal)),
        () => false,
        (databases) => ({ ...joinReports(databases, at) }),
      );
      if (format === null || (flags.json && out === null)) return;
      const text = await renderReport(joinReports(results, at), format, openReportRenderer);
      const { terminal } = outputOf(flags);
      if (out === null) terminal.out(text.trimEnd());
      else {
        composeTools().files.write(out, text);
        if (!flags.json) terminal.out(`\nwritten to ${out}`);
      }
    },
  );
}
