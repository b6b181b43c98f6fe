import type { DriftResult } from '../../commands/drift.ts';
import type { Terminal } from '../terminal.ts';
import { renderDifferences, renderIgnored, summaryOf } from './schema-differences.ts';
import { hang, plural } from './table.ts';

export function renderDrift(result: DriftResult, terminal: Terminal): string {
  const { differences, ignored, applied, source } = result;
  const made = source === 'cache' ? 'as made on a shadow before' : 'as made on a shadow';
  return [
    differences.length === 0
      ? terminal.paint('bold', result.name)
      : `${terminal.paint('bold', result.name)}: the database (${terminal.paint('green', '+')}) against what its history implies (${terminal.paint('red', '-')})`,
    ...renderDifferences(differences, terminal),
    ...renderIgnored(ignored),
    ...(differences.length === 0
      ? hang(
          '  ',
          `${terminal.paint('green', 'no drift')}: the schema is what ${plural(applied, 'applied version')} made, ${made}`,
          terminal.width,
        )
      : [
          ...hang(
            '  ',
            `${terminal.paint('red', 'drift')}: ${summaryOf(differences)}; against ${plural(applied, 'applied version')}, ${made}`,
            terminal.width,
          ),
          '  next: undo it by hand, or write it as a migration ahead of the pending ones',
          `  and record that with: surefoot baseline ${result.name} --to <version>`,
        ]),
  ].join('\n');
}
