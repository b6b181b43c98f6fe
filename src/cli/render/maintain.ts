import type { MaintainResult } from '../../commands/maintain.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable } from './table.ts';

export function renderMaintain(result: MaintainResult, terminal: Terminal): string {
  const title = terminal.paint('bold', result.name);
  if (result.jobs.length === 0) return `${title}: nothing is due`;
  const rows = result.jobs.map(({ job, outcome, detail }) => [
    `  ${job}`,
    terminal.paint(outcome === 'failed' ? 'red' : 'green', outcome),
    detail ?? '',
  ]);
  return [
    title,
    ...renderTable(['  job', 'outcome', 'detail'], rows, terminal.width),
    `  ${plural(result.jobs.length, 'job')}: ${String(result.jobs.length - result.failed)} succeeded, ${String(result.failed)} failed`,
  ].join('\n');
}
