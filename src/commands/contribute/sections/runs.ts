import { foldRuns, type RunSummary } from '../../../domain/journal/index.ts';
import type { Contribution, MigrationPart, ReportBlock, SectionValue, Tone } from '../../../model/contribution.ts';
import { formatDuration } from '../../../model/duration.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import type { CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';
import { journalOf } from './journal-of.ts';

/** More would be a table that nobody reads; `log` has them all. */
const MOST_RUNS = 200;
const TONES = { succeeded: 'good', failed: 'bad', interrupted: 'warning', running: 'neutral' } as const;

/** The runs of a database as the journal tells them. */
export async function runsSection(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    sections: [{ id: 'runs', title: 'Runs', value: async () => valueOf((await journalOf(target)).entries) }],
  });
}

function valueOf(entries: readonly JournalEntry[]): SectionValue {
  const runs = foldEntries(entries);
  const last = runs.findLast(({ direction }) => direction !== null);
  return {
    headlines: [
      last === undefined
        ? { label: 'Last run', text: 'absent: nothing was run', tone: 'neutral' }
        : {
            label: 'Last run',
            text: `${last.command} ${versionsOf(last)} ${last.outcome}, ${minute(last.startedAt)}, by ${last.operator}`,
            tone: TONES[last.outcome],
          },
    ],
    blocks: runs.length === 0 ? [] : blocksOf(runs),
    migrations: failuresOf(entries),
  };
}

function foldEntries(entries: readonly JournalEntry[]): readonly RunSummary[] {
  return foldRuns(
    entries
      .filter(({ event }) => !event.startsWith('release-'))
      .map((entry, seq) => ({
        seq,
        hash: '',
        text: '',
        entry,
        columns: { runId: '', at: '', event: '', version: null, direction: null, outcome: null },
      })),
  );
}

function blocksOf(runs: readonly RunSummary[]): readonly ReportBlock[] {
  const shown = runs.slice(-MOST_RUNS);
  return [
    {
      kind: 'timeline',
      entries: shown.map((run) => ({
        at: run.startedAt,
        until: run.finishedAt,
        label: `${run.command}${versionsOf(run) === '' ? '' : ` ${versionsOf(run)}`}: ${run.outcome}`,
        tone: TONES[run.outcome],
      })),
    },
    {
      kind: 'table',
      columns: [
        { title: 'Begun (UTC)', align: 'left' },
        { title: 'Run', align: 'left' },
        { title: 'Command', align: 'left' },
        { title: 'Versions', align: 'left' },
        { title: 'Outcome', align: 'left' },
        { title: 'Checks', align: 'right' },
        { title: 'Time', align: 'right' },
        { title: 'By', align: 'left' },
      ],
      rows: shown
        .toReversed()
        .map((run) => [
          minute(run.startedAt),
          run.runId.slice(0, 8),
          run.command,
          versionsOf(run),
          { text: run.outcome, tone: TONES[run.outcome] satisfies Tone },
          checksOf(run),
          run.durationMs === null ? null : formatDuration(run.durationMs),
          run.operator,
        ]),
    },
    ...(shown.length < runs.length
      ? [
          {
            kind: 'text',
            text: `The newest ${String(shown.length)} of ${counts(runs.length, 'run')}; surefoot log has them all.`,
          } as const,
        ]
      : []),
  ];
}

/** Those it took, the one it failed at among them. */
function versionsOf({ entries, direction }: RunSummary): string {
  const versions = [
    ...new Set(entries.flatMap(({ event, version }) => (event !== 'step' || version === null ? [] : [version]))),
  ];
  const [first = '', last = first] = [versions[0], versions.at(-1)];
  const arrow = direction === 'up' ? '↑ ' : direction === 'down' ? '↓ ' : '';
  return versions.length === 0 ? '' : `${arrow}${first === last ? first : `${first} to ${last}`}`;
}

function checksOf({ checksPassed, checksFailed }: RunSummary): string {
  const total = checksPassed + checksFailed;
  return total === 0 ? 'absent' : `${String(checksPassed)} of ${String(total)}`;
}

/** A step whose last try failed has the error beside its text. */
function failuresOf(entries: readonly JournalEntry[]): readonly MigrationPart[] {
  const last = new Map<string, JournalEntry>();
  for (const entry of entries) if (entry.event === 'step' && entry.version !== null) last.set(entry.version, entry);
  return [...last].flatMap(([version, { outcome, error, at, direction }]): readonly MigrationPart[] =>
    outcome !== 'failed' || error === null
      ? []
      : [
          {
            version,
            title: 'Last failure',
            badges: [{ text: 'last try failed', tone: 'bad' }],
            blocks: [
              {
                kind: 'findings',
                findings: [
                  {
                    severity: 'error',
                    rule: error.code,
                    message: `${direction ?? ''} at ${minute(at)}: ${error.message}`.trim(),
                    file: error.file,
                    line: error.line,
                  },
                ],
              },
            ],
          },
        ],
  );
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
