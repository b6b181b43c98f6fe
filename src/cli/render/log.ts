import type { LogResult } from '../../commands/log.ts';
import type { RunSummary, SignatureResult } from '../../domain/journal/index.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable, showDuration, showTime } from './table.ts';

const COLOURS = { succeeded: 'green', failed: 'red', interrupted: 'red', running: 'yellow' } as const;

/** From this width on there is room to say who ran it; a run in full always does. */
const WIDE = 110;

/** The runs of a database as a table, newest last. */
export function renderLog(result: LogResult, terminal: Terminal): string {
  const lines = [terminal.paint('bold', result.name)];
  if (result.runs.length === 0) lines.push('  the journal is empty');
  else {
    const wide = terminal.width >= WIDE;
    const rows = result.runs.map((run) => [
      `  ${run.runId.slice(0, 8)}`,
      showTime(run.startedAt),
      run.command,
      terminal.paint(COLOURS[run.outcome], run.outcome),
      showDuration(run.durationMs),
      ...(wide ? [`${run.operator}@${run.host}`] : []),
      versionsOf(run),
      checksOf(run),
    ]);
    const head = [
      '  run',
      'started (UTC)',
      'command',
      'outcome',
      'time',
      ...(wide ? ['operator'] : []),
      'versions',
      'checks',
    ];
    lines.push(...renderTable(head, rows, terminal.width));
  }
  if (result.chain !== null) {
    lines.push(
      result.chain.intact
        ? terminal.paint('green', `  the chain of ${entries(result.chain.entries)} holds`)
        : terminal.paint('red', `  the chain is broken at entry ${String(result.chain.seq)}: ${result.chain.reason}`),
    );
  }
  if (result.signatures !== null) lines.push(...signatureLines(result.signatures, terminal));
  return lines.join('\n');
}

function signatureLines(signatures: SignatureResult, terminal: Terminal): readonly string[] {
  const { key, valid, unverified, signedTo, broken } = signatures;
  if (broken !== null)
    return [terminal.paint('red', `  not what was signed, from entry ${String(broken.seq)} on: ${broken.reason}`)];
  if (key === null) {
    if (unverified === 0) return ['  no signatures'];
    return [`  ${plural(unverified, 'signature')} not verified: pass --key with the public key`];
  }
  if (valid === 0) return [terminal.paint('red', `  no signature of key ${key}: nobody vouches for these entries`)];
  const others = unverified === 0 ? '' : `; ${String(unverified)} of other keys not verified`;
  return [
    terminal.paint(
      'green',
      `  ${plural(valid, 'signature')} of key ${key}: entries 1 to ${String(signedTo)} are as signed${others}`,
    ),
  ];
}

function entries(count: number): string {
  return `${String(count)} ${count === 1 ? 'entry' : 'entries'}`;
}

/** One run in full. */
export function renderRunLog(run: RunSummary, database: string, terminal: Terminal): string {
  const facts: [string, string][] = [
    ['run', run.runId],
    ['command', `${run.command} ${database}`],
    ['outcome', terminal.paint(COLOURS[run.outcome], run.outcome)],
    ['started', `${showTime(run.startedAt)} UTC`],
    ['finished', run.finishedAt === null ? '' : `${showTime(run.finishedAt)} UTC`],
    ['time', showDuration(run.durationMs)],
    ['operator', `${run.operator} on ${run.host}`],
    ['surefoot', run.toolVersion],
    ['git commit', run.gitCommit ?? ''],
  ];
  const lines = facts.filter(([, value]) => value !== '').map(([label, value]) => `${label.padEnd(10)}  ${value}`);
  for (const entry of run.entries) lines.push(...entryLines(entry, terminal));
  return lines.join('\n');
}

/** One entry on a line, as `--follow` shows it, and below it what went wrong. */
export function renderEntry(entry: JournalEntry, terminal: Terminal, named: boolean): string {
  const colour = entry.outcome === 'started' || entry.outcome === 'absent' ? 'yellow' : COLOURS[entry.outcome];
  const subject = entry.release?.title ?? entry.event;
  const what = entry.name === null ? subject : `${entry.direction === 'down' ? '↓' : '↑'} ${entry.name}`;
  const facts = [
    showTime(entry.at),
    ...(named ? [entry.database] : []),
    entry.runId.slice(0, 8),
    `${entry.command}: ${what}`,
    terminal.paint(colour, entry.outcome),
    showDuration(entry.durationMs),
  ].filter((fact) => fact !== '');
  const notes = entry.event === 'note' || entry.event === 'signed' ? entry.notes : [];
  const error = entry.error === null ? [] : entry.error.message.split('\n');
  return [facts.join('  '), ...[...notes, ...error].map((line) => `  ${line}`)].join('\n');
}

function entryLines(entry: JournalEntry, terminal: Terminal): string[] {
  if (entry.event === 'run-started' || entry.event === 'run-finished') return [];
  const item = entry.release?.title ?? null;
  const what = `${entry.event}${entry.name === null ? '' : ` ${entry.direction === 'down' ? '↓' : '↑'} ${entry.name}`}${item === null ? '' : ` ${item}`}`;
  const colour = entry.outcome === 'started' || entry.outcome === 'absent' ? 'yellow' : COLOURS[entry.outcome];
  const lines = [
    '',
    `${showTime(entry.at)}  ${what}  ${terminal.paint(colour, entry.outcome)}  ${showDuration(entry.durationMs)}`.trimEnd(),
  ];
  if (entry.backup !== undefined) lines.push(`  backup ${entry.backup.id}: ${entry.backup.location}`);
  for (const note of entry.notes) lines.push(`  ${note}`);
  const { detail = null, signedBy = null } = entry.release ?? {};
  if (detail !== null) lines.push(`  ${signedBy === null ? '' : `${signedBy}: `}${detail}`);
  for (const check of entry.checks) {
    lines.push(
      `  ${check.outcome === 'passed' ? terminal.paint('green', '✓') : terminal.paint('red', '✗')} ${check.name}${check.outcome === 'passed' ? '' : `: expected ${check.expected}, actual ${check.actual}`}`,
    );
  }
  if (entry.error !== null)
    lines.push(
      ...`  ${terminal.paint('red', entry.error.code)}${entry.error.sqlState === null ? '' : ` (SQLSTATE ${entry.error.sqlState})`}: ${entry.error.message}`.split(
        '\n',
      ),
    );
  return lines;
}

/** What went through, and what the run stopped at. */
function versionsOf({ versions, direction, entries: all }: RunSummary): string {
  const arrow = direction === 'down' ? '↓' : direction === 'up' ? '↑' : '';
  const [first] = versions;
  const range = versions.length > 1 ? `${String(first)}..${String(versions.at(-1))}` : first;
  const stopped = all.findLast(({ event, outcome }) => event === 'step' && outcome === 'failed')?.version ?? null;
  return [
    ...(range === undefined ? [] : [`${arrow} ${range}`.trimStart()]),
    ...(stopped === null ? [] : [`✗ ${stopped}`]),
  ].join('  ');
}

function checksOf({ checksPassed, checksFailed }: RunSummary): string {
  if (checksPassed + checksFailed === 0) return '';
  return checksFailed === 0 ? `${String(checksPassed)} ✓` : `${String(checksFailed)} ✗`;
}
