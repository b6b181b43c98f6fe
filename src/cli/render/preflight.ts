import type { PreflightReport } from '../../commands/preflight.ts';
import type { PreflightOutcome } from '../../domain/preflight/index.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable } from './table.ts';

const COLOURS: Readonly<Record<PreflightOutcome, 'green' | 'yellow' | 'red' | 'dim'>> = {
  ok: 'green',
  warn: 'yellow',
  block: 'red',
  unknown: 'yellow',
  'not applicable': 'dim',
};

export function renderPreflight(result: PreflightReport, terminal: Terminal): string {
  const shown = result.checks.filter((check) => check.outcome !== 'not applicable');
  const lines = [
    terminal.paint('bold', result.name),
    ...renderTable(
      ['  outcome', 'check', 'figure'],
      shown.map((check) => [
        `  ${terminal.paint(COLOURS[check.outcome], check.outcome)}`,
        check.name,
        check.figure.split('\n')[0] ?? '',
      ]),
      terminal.width,
    ),
  ];
  for (const check of shown.filter((each) => each.outcome !== 'ok')) {
    lines.push('', `  ${terminal.paint(COLOURS[check.outcome], check.outcome)} ${check.title}`);
    lines.push(...check.figure.split('\n').map((line) => `    ${line}`));
    if (check.remedy !== null) lines.push(`    ${terminal.paint('bold', 'next')}: ${check.remedy}`);
  }
  const count = (outcome: PreflightOutcome): number =>
    result.checks.filter((check) => check.outcome === outcome).length;
  const rest = (['block', 'warn', 'unknown'] as const).flatMap((outcome) =>
    count(outcome) === 0 ? [] : [`${String(count(outcome))} ${outcome}`],
  );
  lines.push(`  ${plural(shown.length, 'check')}: ${[`${String(count('ok'))} ok`, ...rest].join(', ')}`);
  return lines.join('\n');
}
