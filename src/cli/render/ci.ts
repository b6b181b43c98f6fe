import type { CiDatabaseResult } from '../../model/ci.ts';
import type { Terminal } from '../terminal.ts';
import { cut, renderTable, showDuration } from './table.ts';

const COLOURS = { passed: 'green', failed: 'red', absent: 'yellow' } as const;

export function renderCi({ name, engine, checks, outcome, durationMs }: CiDatabaseResult, terminal: Terminal): string {
  const rows = checks.map((check) => [
    `  ${terminal.paint(COLOURS[check.outcome], check.outcome)}`,
    showDuration(check.durationMs),
    check.title,
  ]);
  const details = checks.flatMap((check) => [
    ...(check.outcome === 'passed'
      ? []
      : ['', `  ${terminal.paint(COLOURS[check.outcome], check.outcome)}: ${check.title}`, `    ${check.detail}`]),
    ...(check.findings ?? [])
      .filter(({ severity }) => severity === 'error' || check.outcome === 'failed')
      .flatMap(({ file, line, message }) =>
        `${file === null ? '' : `${file}${line === null ? '' : `:${String(line)}`}: `}${message}`
          .split('\n')
          .map((text) => cut(`    ${text}`, terminal.width)),
      ),
  ]);
  return [
    `${terminal.paint('bold', name)} (${engine})`,
    ...renderTable(['  outcome', 'time', 'check'], rows, terminal.width),
    ...details,
    `  ${terminal.paint(COLOURS[outcome], outcome)} in ${showDuration(durationMs)}`,
  ].join('\n');
}
