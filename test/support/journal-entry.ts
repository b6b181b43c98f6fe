import { foldRuns, type RunSummary } from '../../src/domain/journal/index.ts';
import type { JournalEntry, StoredEntry } from '../../src/model/journal-entry.ts';

/** An entry that begins a run, but for what the test cares about. */
export function journalEntry(change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    runId: 'aaaa',
    at: '2026-11-21T10:00:00.000Z',
    event: 'run-started',
    command: 'migrate',
    database: 'crm',
    engine: 'postgres',
    version: null,
    name: null,
    direction: 'up',
    checksum: null,
    durationMs: null,
    outcome: 'started',
    operator: 'ana',
    host: 'db1',
    pid: 1,
    toolVersion: '0.1.0',
    gitCommit: null,
    error: null,
    checks: [],
    notes: [],
    scriptsHash: null,
    ...change,
  };
}

/** The runs that entries tell of, with a chain that nobody looks at. */
export function runsOf(entries: readonly JournalEntry[]): readonly RunSummary[] {
  return foldRuns(entries.map((entry): StoredEntry => ({ seq: 1, hash: '', text: '', entry, columns: { ...entry } })));
}
