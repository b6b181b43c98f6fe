import type { JournalEntry, JournalEvent, StoredEntry } from '../../model/journal-entry.ts';

/** One run as the journal tells it. Times ISO 8601 UTC, durations in ms. */
export interface RunSummary {
  readonly runId: string;
  readonly command: string;
  readonly direction: 'up' | 'down' | null;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted' | 'running';
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly operator: string;
  readonly host: string;
  readonly toolVersion: string;
  readonly gitCommit: string | null;
  readonly versions: readonly string[];
  readonly checksPassed: number;
  readonly checksFailed: number;
  readonly error: JournalEntry['error'];
  readonly entries: readonly JournalEntry[];
}

const STARTS: ReadonlySet<JournalEvent> = new Set(['run-started', 'release-started']);
const ENDS: ReadonlySet<JournalEvent> = new Set(['run-finished', 'run-interrupted', 'release-finished']);

/** Groups entries by run, in the order the runs began. */
export function foldRuns(stored: readonly StoredEntry[]): readonly RunSummary[] {
  const groups = new Map<string, JournalEntry[]>();
  for (const { entry } of stored) {
    const group = groups.get(entry.runId);
    if (group === undefined) groups.set(entry.runId, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map(summarise);
}

function summarise(entries: readonly JournalEntry[]): RunSummary {
  const [first] = entries;
  if (first === undefined) throw new RangeError('a run has at least one entry');
  const end = endOf(entries);
  const started = STARTS.has(first.event);
  const checks = entries.flatMap((entry) => entry.checks);
  const steps = entries.filter((entry) => !STARTS.has(entry.event) && !ENDS.has(entry.event));
  return {
    runId: first.runId,
    command: first.command,
    direction: first.direction,
    outcome: outcomeOf(started ? end : first),
    startedAt: first.at,
    finishedAt: end?.at ?? (started ? null : first.at),
    durationMs: end?.durationMs ?? (started ? null : first.durationMs),
    operator: first.operator,
    host: first.host,
    toolVersion: first.toolVersion,
    gitCommit: first.gitCommit,
    versions: [
      ...new Set(
        steps.flatMap((entry) => (entry.version === null || entry.outcome !== 'succeeded' ? [] : [entry.version])),
      ),
    ],
    checksPassed: checks.filter((check) => check.outcome === 'passed').length,
    checksFailed: checks.filter((check) => check.outcome === 'failed').length,
    // A try that failed is not the run's error when a later one went through.
    error: end?.error ?? entries.find((entry) => entry.error !== null && entry.event !== 'retried')?.error ?? null,
    entries,
  };
}

/** A redo begins twice and ends twice, down and up: it is as its last part is, which may have no end yet. */
function endOf(entries: readonly JournalEntry[]): JournalEntry | undefined {
  const last = entries.findLast((entry) => entry.event === 'run-started' || ENDS.has(entry.event));
  return last?.event === 'run-started' ? undefined : last;
}

function outcomeOf(entry: JournalEntry | undefined): RunSummary['outcome'] {
  if (entry === undefined || entry.outcome === 'started' || entry.outcome === 'absent') return 'running';
  return entry.outcome;
}
