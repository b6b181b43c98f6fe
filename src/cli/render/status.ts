import type { DatabaseStatus } from '../../commands/status.ts';
import type { MigrationState } from '../../model/plan.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable, showTime } from './table.ts';

const COLOURS = {
  applied: 'green',
  pending: 'yellow',
  missing: 'red',
  modified: 'red',
  'out of order': 'red',
  failed: 'red',
} as const satisfies Record<MigrationState, string>;

/** Lines of one migration. */
const MOST_NOTES = 4;

export function renderStatus(status: DatabaseStatus, terminal: Terminal): string {
  const counts = new Map<MigrationState, number>();
  for (const { state } of status.migrations) counts.set(state, (counts.get(state) ?? 0) + 1);
  const summary = [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  const title = `${terminal.paint('bold', status.name)} (${status.engine}, ${status.url})${status.exists ? '' : ' does not exist yet'}`;
  if (status.migrations.length === 0) return `${title}\n  no migrations; write the first one with surefoot new <slug>`;
  const rows = status.migrations.flatMap((each) => [
    [
      `  ${each.version}`,
      terminal.paint(COLOURS[each.state], each.state),
      showTime(each.appliedAt) + (each.baseline ? ' baseline' : ''),
      each.name + (each.irreversible ? ' (irreversible)' : ''),
    ],
    ...shownNotes(each.notes).map((note) => ['', '', '', terminal.paint('dim', `  ${note}`)]),
  ]);
  return [
    title,
    ...renderTable(['  version', 'state', 'applied (UTC)', 'name'], rows, terminal.width),
    `  ${plural(status.migrations.length, 'migration')}: ${summary}`,
  ].join('\n');
}

/** A few lines; a migration that says more is read in the log. */
function shownNotes(notes: readonly string[]): readonly string[] {
  if (notes.length <= MOST_NOTES) return notes;
  return [...notes.slice(0, MOST_NOTES - 1), `${String(notes.length - MOST_NOTES + 1)} more lines in surefoot log`];
}
