import type { Argv } from 'yargs';
import { composeTools } from '../../compose.ts';
import { measure, METRICS_FORMATS, renderMetrics, type Measured } from '../../domain/metrics/index.ts';
import { EXIT } from '../../model/exit.ts';
import { TOOL_VERSION } from '../../model/tool-version.ts';
import { forEachDatabase, outputOf, printJson, type CliContext } from '../context.ts';
import { databaseFlags } from '../flags.ts';
import { absolute } from '../typed-path.ts';

export function metricsVerb(yargs: Argv, cli: CliContext): Argv {
  return yargs.command(
    'metrics [database..]',
    'Print metrics for Prometheus',
    (builder) =>
      databaseFlags(builder)
        .option('out', {
          type: 'string',
          describe: 'Write this file whole, for a textfile collector',
          requiresArg: true,
        })
        .option('drift', {
          type: 'boolean',
          default: false,
          describe: 'Compare the schema with what the history implies, too',
        })
        .option('format', {
          choices: METRICS_FORMATS,
          default: 'prometheus' as const,
          describe: 'Prometheus text 0.0.4, or OpenMetrics 1.0.0',
          requiresArg: true,
        })
        .example('$0 metrics --all --out /var/lib/node_exporter/surefoot.prom', 'for the node exporter, from cron')
        .example('$0 metrics crm --format openmetrics', 'of one database'),
    async (flags) => {
      const { metrics } = await import('../../commands/metrics.ts');
      const measured: Measured[] = [];
      await forEachDatabase(
        cli,
        { ...flags, json: false },
        async (target) => {
          measured.push(await metrics(target, { drift: flags.drift }));
        },
        () => null,
      );
      const families = measure(TOOL_VERSION, measured, new Date());
      const { terminal, json } = outputOf(flags);
      const text = renderMetrics(families, flags.format);
      if (flags.out !== undefined) composeTools().files.write(absolute(flags.out) ?? '', text);
      if (json) printJson(terminal, { families: families.filter(({ samples }) => samples.length > 0) });
      else if (flags.out === undefined) terminal.out(text.trimEnd());
      if (measured.some(({ up, states }) => !up && states === null)) cli.exitCode = EXIT.failed;
    },
  );
}
