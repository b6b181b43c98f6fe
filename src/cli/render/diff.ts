import type { DiffResult } from '../../commands/diff.ts';
import type { Terminal } from '../terminal.ts';
import { renderDifferences, renderIgnored, summaryOf } from './schema-differences.ts';

export function renderDiff(result: DiffResult, terminal: Terminal): string {
  const { left, right, differences, ignored } = result;
  return [
    `${terminal.paint('red', `--- ${left}`)}\n${terminal.paint('green', `+++ ${right}`)}`,
    ...renderDifferences(differences, terminal),
    ...renderIgnored(ignored),
    differences.length === 0 ? `  ${terminal.paint('green', 'no difference')}` : `  ${summaryOf(differences)}`,
  ].join('\n');
}
