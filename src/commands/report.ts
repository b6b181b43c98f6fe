import {
  findingsOf,
  mergeSections,
  renderJunit,
  renderReportMarkdown,
  renderSarif,
  suitesOf,
} from '../domain/report/index.ts';
import { isAbsentDatabase, withSession } from '../domain/run/index.ts';
import type { ReportOptions, ReportSection, SectionValue } from '../model/contribution.ts';
import { isSurefootError } from '../model/errors.ts';
import type { DatabaseReport, Report } from '../model/report.ts';
import { TOOL_VERSION } from '../model/tool-version.ts';
import type { ReportRenderer } from '../ports/report-renderer.ts';
import { CAPABILITIES, contributionsOf, type Capability } from './contributions.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';

export const REPORT_FORMATS = ['html', 'markdown', 'junit', 'sarif', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportInput {
  /** False: run nothing on a shadow. What only a shadow knows is absent then. */
  readonly shadow?: boolean | undefined;
}

/**
 * Everything the capabilities tell of a database, as one value. Reads only; what can not be read is said in its place.
 * Throws where the database is there and can not be reached: nothing would be known of it.
 */
export async function report(
  target: CommandTarget,
  input: ReportInput,
  capabilities: readonly Capability[] = CAPABILITIES,
): Promise<DatabaseReport> {
  const { database, signal } = target;
  const names = new Map(loadSet(target).migrations.map(({ version, name }) => [version.text, name]));
  await reach(target);
  const { sections } = await contributionsOf(target, capabilities);
  const options: ReportOptions = { signal, shadow: input.shadow !== false };
  const values = [];
  for (const section of sections) {
    values.push({ id: section.id, title: section.title, value: await valueOf(section, options) });
  }
  return {
    name: database.name,
    engine: database.capabilities.engine,
    url: database.displayUrl,
    ...mergeSections(values, names),
  };
}

async function reach(target: CommandTarget): Promise<void> {
  try {
    await withSession(target, false, async () => Promise.resolve());
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
  }
}

/** A section that fails is a finding of the report, not its end; only an interruption is. */
async function valueOf(section: ReportSection, options: ReportOptions): Promise<SectionValue> {
  try {
    return await section.value(options);
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    const { file, line } = error.context;
    return {
      headlines: [{ label: section.title, text: `absent: ${error.message.split('\n')[0] ?? ''}`, tone: 'warning' }],
      blocks: [
        {
          kind: 'findings',
          findings: [
            {
              severity: 'error',
              rule: error.code,
              message: error.hint === undefined ? error.message : `${error.message}\n${error.hint}`,
              file: typeof file === 'string' ? file : null,
              line: typeof line === 'number' ? line : null,
            },
          ],
        },
      ],
    };
  }
}

/** The reports of several databases as one. */
export function joinReports(databases: readonly DatabaseReport[], at: Date): Report {
  return { format: 1, at: at.toISOString(), toolVersion: TOOL_VERSION, databases };
}

/** One text. The renderer of HTML is loaded when HTML is wanted. */
export async function renderReport(
  value: Report,
  format: ReportFormat,
  openRenderer: () => Promise<ReportRenderer>,
): Promise<string> {
  switch (format) {
    case 'html':
      return (await openRenderer()).render(value);
    case 'markdown':
      return renderReportMarkdown(value);
    case 'junit':
      return renderJunit(suitesOf(value));
    case 'sarif':
      return renderSarif(findingsOf(value), value.toolVersion);
    case 'json':
      return `${JSON.stringify(value, null, 2)}\n`;
  }
}

/** The format that the ending of a file says. */
export function reportFormatOf(file: string): ReportFormat {
  const ending = /\.(\w+)$/u.exec(file)?.[1]?.toLowerCase() ?? '';
  const known: Readonly<Record<string, ReportFormat>> = { md: 'markdown', xml: 'junit', sarif: 'sarif', json: 'json' };
  return known[ending] ?? 'html';
}
