import type { CommutesResult } from '../../commands/prove-commutes.ts';
import type { RehearseResult } from '../../commands/rehearse-faults.ts';
import type { Terminal } from '../terminal.ts';
import { hang, plural, renderTable, showDuration } from './table.ts';

type Rehearsal = RehearseResult['rehearsals'][number];

/** Statement and fault, and what became of it, step by step. */
export function renderRehearsals(result: RehearseResult, terminal: Terminal): string {
  const on = result.server === null ? '' : ` on version ${result.server}`;
  const lines = [`${terminal.paint('bold', result.name)} (${result.engine}${on}): crash rehearsal`];
  if (result.rehearsals.length === 0) return `${lines.join('')}: nothing to rehearse`;
  const steps = new Map<string, Rehearsal[]>();
  for (const each of result.rehearsals) {
    const step = `${each.direction === 'up' ? '↑' : '↓'} ${each.name}`;
    steps.set(step, [...(steps.get(step) ?? []), each]);
  }
  for (const [step, rehearsals] of steps) {
    lines.push('', `  ${step}`);
    lines.push(
      ...renderTable(
        ['    before', 'fault', 'right after', 'after another run'],
        rehearsals.map(({ statement, line, fault, met, left, end, findings }) => [
          `    ${statement === null ? 'commit' : `statement ${String(statement)}${line === null ? '' : `, line ${String(line)}`}`}`,
          fault,
          met ? { before: 'as before', between: 'between', after: 'as after' }[left] : 'nothing to wait for',
          end === 'third'
            ? terminal.paint('red', `third state: ${findings.join('; ')}`)
            : [terminal.paint('green', end === 'after' ? 'as after' : 'as before'), ...findings].join('; '),
        ]),
        terminal.width,
      ),
    );
  }
  const ok = result.rehearsals.length - result.findings;
  lines.push(
    '',
    `  ${plural(result.rehearsals.length, 'rehearsal')}: ${String(ok)} ended as before or as after, ${String(result.findings)} in a third state, in ${showDuration(result.durationMs)}`,
  );
  return lines.join('\n');
}

export function renderCommutes(result: CommutesResult, terminal: Terminal): string {
  const title = terminal.paint('bold', result.name);
  if (result.pairs.length === 0) return `${title}: no pending migration is older than an applied one`;
  const lines = [`${title}: ${plural(result.pairs.length, 'pair')} in both orders`];
  for (const { pending, applied, differences } of result.pairs) {
    const word =
      differences.length === 0 ? terminal.paint('green', 'commute') : terminal.paint('red', 'depend on their order');
    lines.push(...hang('  ', `${pending} and ${applied} ${word}`, terminal.width));
    for (const difference of differences) lines.push(...hang('      ', difference, terminal.width));
  }
  lines.push(
    result.findings === 0
      ? `  recorded: surefoot migrate ${result.name} may apply them now`
      : '  next: give the pending migration a newer version, or roll back to below it',
  );
  return lines.join('\n');
}
