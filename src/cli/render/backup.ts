import { formatBytes } from '../../model/bytes.ts';
import type { BackupInfo, BackupResult } from '../../commands/backup.ts';
import type { RestoreResult } from '../../commands/restore.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable, showDuration, showTime } from './table.ts';

export function renderBackup(result: BackupResult, terminal: Terminal): string {
  const name = terminal.paint('bold', result.name);
  const { made } = result;
  if (made === null) return renderList(result, terminal);
  const state = made.version === null ? 'no version applied' : `at version ${made.version}`;
  const proven = made.proven && made.method !== 'database-copy' ? ', restored to a shadow and compared' : '';
  return [
    `${name}: ${terminal.paint('green', 'backup made')} in ${showDuration(made.durationMs)}: ${made.id}`,
    `  holds     ${plural(made.tables, 'table')}, ${plural(made.rows, 'row')}, ${state}`,
    `  location  ${made.location}`,
    ...(made.size === null ? [] : [`  size      ${formatBytes(made.size)}`]),
    ...(made.sha256 === null ? [] : [`  sha-256   ${made.sha256}`]),
    `  checked   ${made.checked}${proven}`,
    ...(result.removed.length === 0 ? [] : [`  removed   ${result.removed.join(', ')}`]),
    `  ${terminal.paint('bold', 'restore')}   surefoot restore ${result.name} --backup ${made.id}`,
  ].join('\n');
}

function renderList({ name, backups }: BackupResult, terminal: Terminal): string {
  const title = terminal.paint('bold', name);
  if (backups.length === 0) return `${title}: no backups; make one with surefoot backup ${name}`;
  const rows = backups.map((backup) => [
    `  ${backup.id}`,
    showTime(backup.at),
    backup.version ?? '-',
    backup.size === null ? '-' : formatBytes(backup.size),
    backup.proven ? terminal.paint('green', 'yes') : 'no',
    placeOf(backup),
  ]);
  return [
    title,
    ...renderTable(['  id', 'made (UTC)', 'version', 'size', 'proven', 'location'], rows, terminal.width),
  ].join('\n');
}

function placeOf({ location, method }: BackupInfo): string {
  return method === 'command' ? `by command: ${location}` : location;
}

export function renderRestore(result: RestoreResult, terminal: Terminal): string {
  const name = terminal.paint('bold', result.name);
  return [
    `${name}: ${terminal.paint('green', `restored the backup ${result.backup.id}`)} in ${showDuration(result.durationMs)}${terminal.paint('dim', ` (run ${result.runId.slice(0, 8)})`)}`,
    `  verified  ${plural(result.tables, 'table')} hold what the backup held${uncomparedOf(result)}`,
    ...(result.kept === null ? [] : [`  kept      the database that was there, as ${result.kept}`]),
    ...result.discarded.map((run) => `  lost      ${run.command} of ${showTime(run.at)}: ${run.versions.join(', ')}`),
    `  ${terminal.paint('bold', 'next')}      surefoot status ${result.name}`,
  ].join('\n');
}

function uncomparedOf({ uncompared }: RestoreResult): string {
  return uncompared === 0 ? '' : `; ${String(uncompared)} changed while it was made and could not be compared`;
}
