import type { JournalEntry } from '../../model/journal-entry.ts';
import { renderMarkdown } from './markdown.ts';
import type { RunSummary } from './runs.ts';
import { renderTemplate } from './template.ts';

/** Formats of the log for people and for programs; `json` is the command's own document. */
export const LOG_FORMATS = ['table', 'template', 'markdown', 'json', 'jsonl', 'csv'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Runs of one database as a document without colours. Empty where there is nothing to tell. */
export function formatRuns(
  format: 'template' | 'markdown' | 'jsonl' | 'csv',
  runs: readonly RunSummary[],
  database: string,
  options: { readonly head: boolean },
): string {
  switch (format) {
    case 'template':
      return runs.map((run) => renderTemplate(run, database)).join('\n\n');
    case 'markdown':
      return renderMarkdown(runs, database);
    case 'jsonl':
    case 'csv':
      return formatEntries(
        format,
        runs.flatMap((run) => run.entries),
        options,
      );
  }
}

/** Entries one a line. `head` puts the names of the columns before them. */
export function formatEntries(
  format: 'jsonl' | 'csv',
  entries: readonly JournalEntry[],
  options: { readonly head: boolean },
): string {
  if (format === 'jsonl') return entries.map((entry) => JSON.stringify(entry)).join('\n');
  const lines = entries.map((entry) => COLUMNS.map(([, read]) => csvCell(read(entry))).join(','));
  return (options.head ? [COLUMNS.map(([name]) => name).join(','), ...lines] : lines).join('\n');
}

const COLUMNS: readonly (readonly [string, (entry: JournalEntry) => string | number | null])[] = [
  ['at', (entry) => entry.at],
  ['database', (entry) => entry.database],
  ['engine', (entry) => entry.engine],
  ['runId', (entry) => entry.runId],
  ['command', (entry) => entry.command],
  ['event', (entry) => entry.event],
  ['outcome', (entry) => entry.outcome],
  ['direction', (entry) => entry.direction],
  ['version', (entry) => entry.version],
  ['name', (entry) => entry.name],
  ['durationMs', (entry) => entry.durationMs],
  ['checksPassed', (entry) => entry.checks.filter((check) => check.outcome === 'passed').length],
  ['checksFailed', (entry) => entry.checks.filter((check) => check.outcome === 'failed').length],
  ['operator', (entry) => entry.operator],
  ['host', (entry) => entry.host],
  ['toolVersion', (entry) => entry.toolVersion],
  ['gitCommit', (entry) => entry.gitCommit],
  ['checksum', (entry) => entry.checksum],
  ['errorCode', (entry) => entry.error?.code ?? null],
  ['sqlState', (entry) => entry.error?.sqlState ?? null],
  ['error', (entry) => entry.error?.message ?? null],
  ['notes', (entry) => entry.notes.join('\n')],
];

/** RFC 4180. A spreadsheet would take a text that begins like a formula for one: an apostrophe keeps it a text. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
