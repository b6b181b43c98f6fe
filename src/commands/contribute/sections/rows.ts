import { formatBytes } from '../../../model/bytes.ts';
import type { Contribution, MigrationPart, ReportBlock, SectionValue } from '../../../model/contribution.ts';
import type { JournalEntry, StatementRows } from '../../../model/journal-entry.ts';
import type { CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';
import { journalOf } from './journal-of.ts';

/** More would be a table that nobody reads; `log` has them all. */
const MOST_RUNS = 50;

/** What runs did to rows and to the size of the database, as the journal measured it where they ran. */
export async function rowsSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [
      {
        id: 'rows',
        title: 'Rows and size by run',
        value: async () => valueOf((await journalOf(target)).entries),
      },
    ],
  });
}

/** Versions whose last step up told of rows. */
export function measuredVersions(entries: readonly JournalEntry[]): ReadonlySet<string> {
  return new Set(lastSteps(entries).map(({ version }) => version ?? ''));
}

function lastSteps(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const last = new Map<string, JournalEntry>();
  for (const entry of entries)
    if (entry.event === 'step' && entry.direction === 'up' && entry.outcome === 'succeeded')
      last.set(entry.version ?? '', entry);
  return [...last.values()].filter(({ rows }) => rows !== undefined);
}

function valueOf(entries: readonly JournalEntry[]): SectionValue {
  const rowsOf = new Map<string, StatementRows[]>();
  for (const { runId, event, outcome, rows } of entries)
    if (event === 'step' && outcome === 'succeeded' && rows !== undefined)
      rowsOf.set(runId, [...(rowsOf.get(runId) ?? []), ...rows]);
  const runs = entries.flatMap(({ event, runId, at, command, size }) =>
    event === 'run-finished' && (size !== undefined || rowsOf.has(runId)) ? [{ runId, at, command, size }] : [],
  );
  const shown = runs.slice(-MOST_RUNS).toReversed();
  return {
    headlines: [],
    blocks: runs.length === 0 ? [] : [tableOf(shown, rowsOf), ...restOf(runs.length)],
    migrations: lastSteps(entries).map(partOf),
  };
}

function tableOf(
  runs: readonly Pick<JournalEntry, 'runId' | 'at' | 'command' | 'size'>[],
  rowsOf: ReadonlyMap<string, readonly StatementRows[]>,
): ReportBlock {
  const right = (title: string): { readonly title: string; readonly align: 'right' } => ({ title, align: 'right' });
  const left = (title: string): { readonly title: string; readonly align: 'left' } => ({ title, align: 'left' });
  const sum = (rows: readonly StatementRows[], kind: RegExp): number =>
    rows.filter((each) => kind.test(each.kind)).reduce((total, each) => total + each.rows, 0);
  return {
    kind: 'table',
    columns: [
      left('Ended (UTC)'),
      left('Run'),
      left('Command'),
      right('Rows added'),
      right('Rows changed'),
      right('Rows deleted'),
      right('Size after'),
      right('Change'),
    ],
    rows: runs.map(({ runId, at, command, size }) => {
      const rows = rowsOf.get(runId) ?? [];
      return [
        minute(at),
        runId.slice(0, 8),
        command,
        sum(rows, /^(?:INSERT|REPLACE|COPY|CREATE TABLE AS)$/u),
        sum(rows, /^(?:UPDATE|MERGE)$/u),
        sum(rows, /^DELETE$/u),
        size === undefined ? null : formatBytes(size.after),
        size === undefined ? null : changeOf(size),
      ];
    }),
  };
}

function changeOf({ before, after }: NonNullable<JournalEntry['size']>): string {
  if (before === after) return 'none';
  return `${after > before ? '+' : '−'}${formatBytes(Math.abs(after - before))}`;
}

function restOf(total: number): readonly ReportBlock[] {
  return total <= MOST_RUNS
    ? []
    : [
        {
          kind: 'text',
          text: `The newest ${String(MOST_RUNS)} of ${counts(total, 'run')}; surefoot log has them all.`,
        },
      ];
}

function partOf({ version, rows, at, runId }: JournalEntry): MigrationPart {
  return {
    version: version ?? '',
    title: 'Rows it changed',
    blocks: [
      { kind: 'text', text: `As counted in run ${runId.slice(0, 8)}, ${minute(at)} UTC.` },
      {
        kind: 'table',
        columns: [
          { title: 'Line', align: 'right' },
          { title: 'Statement', align: 'left' },
          { title: 'Table', align: 'left' },
          { title: 'Rows', align: 'right' },
        ],
        rows: (rows ?? []).map((each) => [each.line, each.kind, each.table, each.rows]),
      },
    ],
  };
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
