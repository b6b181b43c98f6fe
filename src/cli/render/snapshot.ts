import type { SnapshotResult } from '../../commands/snapshot.ts';
import type { Terminal } from '../terminal.ts';
import { plural, renderTable } from './table.ts';

/** A summary by kind, or the text that was asked for, as it is. */
export function renderSnapshotResult(result: SnapshotResult, terminal: Terminal): string {
  if (result.text !== null) return result.text.trimEnd();
  const rows = Object.entries(result.counts).map(([kind, count]) => [`  ${kind.replaceAll('-', ' ')}`, String(count)]);
  const total = Object.values(result.counts).reduce((sum, count) => sum + count, 0);
  return [
    terminal.paint('bold', result.name),
    ...(rows.length === 0 ? [] : renderTable(['  kind', 'objects'], rows, terminal.width)),
    `  ${plural(total, 'object')}, sha256 ${result.hash}`,
    ...(result.file === null ? [] : [`  written to ${result.file}`]),
  ].join('\n');
}
