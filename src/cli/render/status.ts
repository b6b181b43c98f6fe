import type { DatabaseStatus } from '../../commands/status.ts';
import type { MigrationState } from '../../model/plan.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable, showDuration, showTime } from './table.ts';

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

/** Who is at work: process and machine, so that somebody can go and look. */
function lockLine(lock: NonNullable<DatabaseStatus['lock']>): string {
  const what = lock.runId === null ? 'another run' : `${lock.command ?? 'a run'} ${lock.runId.slice(0, 8)}`;
  const who = lock.operator === null ? '' : ` of ${lock.operator}`;
  const where = lock.host === null ? '' : ` on ${lock.host}`;
  const pid = lock.pid === null ? '' : `, pid ${String(lock.pid)}`;
  const backend = lock.backend === null ? '' : `, server process ${String(lock.backend)}`;
  const age = lock.ageMs === null ? '' : `, for ${showDuration(lock.ageMs)}`;
  const gone = lock.orphan ? '; its process is gone, the next run ends its session' : '';
  return `locked by ${what}${who}${where}${pid}${backend}${age}${gone}`;
}

export function renderStatus(status: DatabaseStatus, terminal: Terminal): string {
  const counts = new Map<MigrationState, number>();
  for (const { state } of status.migrations) counts.set(state, (counts.get(state) ?? 0) + 1);
  const summary = [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  const title = `${terminal.paint('bold', status.name)} (${status.engine}, ${status.url})${status.exists ? '' : ' does not exist yet'}`;
  const lock = status.lock === null ? [] : [terminal.paint('yellow', `  ${lockLine(status.lock)}`)];
  if (status.migrations.length === 0)
    return [title, ...lock, `  no migrations; write the first one with surefoot new <slug> ${status.name}`].join('\n');
  const rows = status.migrations.flatMap((each) => [
    [
      `  ${each.version}`,
      terminal.paint(COLOURS[each.state], each.state),
      showTime(each.appliedAt) + (each.baseline ? ' baseline' : ''),
      each.name + (each.irreversible ? ' (irreversible)' : ''),
    ],
    ...shownNotes(status.name, each.notes).map((note) => ['', '', '', terminal.paint('dim', `  ${note}`)]),
  ]);
  return [
    title,
    ...lock,
    ...renderTable(['  version', 'state', 'applied (UTC)', 'name'], rows, terminal.width),
    `  ${plural(status.migrations.length, 'migration')}: ${summary}`,
  ].join('\n');
}

/** A few lines; a migration that says more is read in the log. */
function shownNotes(database: string, notes: readonly string[]): readonly string[] {
  if (notes.length <= MOST_NOTES) return notes;
  return [
    ...notes.slice(0, MOST_NOTES - 1),
    `${String(notes.length - MOST_NOTES + 1)} more lines in surefoot log ${database}`,
  ];
}
