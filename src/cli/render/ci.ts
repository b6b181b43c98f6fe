import type { CiDatabaseResult } from '../../model/ci.ts';
import type { Terminal } from '../terminal.ts';
import { cut, hang, plural, renderTable, showDuration } from './table.ts';

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
      : [
          '',
          `  ${terminal.paint(COLOURS[check.outcome], check.outcome)}: ${check.title}`,
          ...hang('    ', check.detail, terminal.width),
        ]),
    ...(check.findings ?? [])
      .filter(({ severity }) => severity === 'error' || check.outcome === 'failed')
      .flatMap(({ file, line, message }) =>
        `${file === null ? '' : `${file}${line === null ? '' : `:${String(line)}`}: `}${message}`
          .split('\n')
          .flatMap((text) => fit(text, terminal.width)),
      ),
  ]);
  return [
    `${terminal.paint('bold', name)} (${engine})`,
    ...renderTable(['  outcome', 'time', 'check'], rows, terminal.width),
    ...details,
    `  ${terminal.paint(COLOURS[outcome], outcome)} in ${showDuration(durationMs)}${absentOf(checks)}`,
  ].join('\n');
}

/** That nothing failed is not that everything was looked at. */
function absentOf(checks: CiDatabaseResult['checks']): string {
  const absent = checks.filter(({ outcome }) => outcome === 'absent').length;
  return absent === 0 ? '' : `; ${plural(absent, 'check')} absent`;
}

/** A caret stands below its place in the line of a file only where neither is broken. */
function fit(text: string, width: number): readonly string[] {
  const [indent = ''] = /^\s*/u.exec(text) ?? [];
  const excerpt = EXCERPT.test(text);
  return excerpt ? [cut(`    ${text}`, width)] : hang(`    ${indent}`, text.slice(indent.length), width);
}

const EXCERPT = /^\s*\d*\s*\|/u;
