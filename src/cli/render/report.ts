import type { DatabaseReport } from '../../model/report.ts';
import type { Terminal } from '../terminal.ts';
import { renderTable } from './table.ts';

const COLOURS = { good: 'green', bad: 'red', warning: 'yellow', neutral: 'dim' } as const;
const SIGNS = { good: '✓', bad: '✗', warning: '!', neutral: '-' } as const;

/** The first lines of a report. */
export function renderReportSummary({ name, engine, url, headlines }: DatabaseReport, terminal: Terminal): string {
  const rows = headlines.map(({ label, text, tone }) => [
    `  ${terminal.paint(COLOURS[tone], SIGNS[tone])} ${label}`,
    text,
  ]);
  const [, ...lines] = renderTable(['', ''], rows, terminal.width);
  return [`${terminal.paint('bold', name)} (${engine}, ${url})`, ...lines].join('\n');
}
