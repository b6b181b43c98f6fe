import type { Detail } from './evaluate.ts';
import { unifiedDiff } from './unified-diff.ts';
import { showValue } from './values.ts';

const MOST_ROWS = 10;
const WIDEST = 40;

/** The detail of a failed check as text: a small table, a unified diff, or a plan. */
export async function renderDetail(detail: Detail): Promise<string> {
  if (detail.kind === 'text') return detail.text;
  if (detail.kind === 'diff') return unifiedDiff(detail.expected, detail.actual);
  return renderTable(detail.columns, detail.rows);
}

function renderTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  if (rows.length === 0) return '(no rows)';
  const shown = rows.slice(0, MOST_ROWS).map((row) => columns.map((_, index) => clip(showValue(row[index]))));
  const widths = columns.map((name, index) => Math.max(name.length, ...shown.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const more = rows.length > MOST_ROWS ? [`… ${String(rows.length - MOST_ROWS)} more rows`] : [];
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...shown.map(line), ...more].join('\n');
}

function clip(text: string): string {
  const single = text.replaceAll('\n', '\\n');
  return single.length > WIDEST ? `${single.slice(0, WIDEST - 1)}…` : single;
}
