import type { DriftResult } from '../../commands/drift.ts';
import type { Terminal } from '../terminal.ts';
import { renderDifferences, renderIgnored, summaryOf } from './schema-differences.ts';
import { plural } from './table.ts';

export function renderDrift(result: DriftResult, terminal: Terminal): string {
  const { differences, ignored, applied, source } = result;
  const made = source === 'cache' ? 'as made on a shadow before' : 'as made on a shadow';
  return [
    terminal.paint('bold', result.name),
    ...renderDifferences(differences, terminal),
    ...renderIgnored(ignored),
    differences.length === 0
      ? `  ${terminal.paint('green', 'no drift')}: the schema is what ${plural(applied, 'applied version')} made, ${made}`
      : `  ${terminal.paint('red', 'drift')}, against ${plural(applied, 'applied version')} ${made}: ${summaryOf(differences)}`,
  ].join('\n');
}
