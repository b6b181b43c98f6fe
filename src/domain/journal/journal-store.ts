import { SurefootError } from '../../model/errors.ts';
import type { Value } from '../../model/engine.ts';
import type { History } from '../../model/history.ts';
import type { JournalEntry, StoredEntry } from '../../model/journal-entry.ts';
import type { Database } from '../../ports/database.ts';
import type { Session } from '../../ports/session.ts';

/** Which entries to read. */
export interface EntryFilter {
  readonly runId?: string | undefined;
  readonly version?: string | undefined;
  readonly event?: string | undefined;
  /** Only entries behind this place in the chain. */
  readonly after?: number | undefined;
}

/** Reads entries in the order of the chain. Empty where surefoot's tables are absent is the caller's to know. */
export async function readEntries(
  database: Database,
  session: Session,
  filter: EntryFilter = {},
): Promise<readonly StoredEntry[]> {
  return (await readJournal(database, session, filter)).entries;
}

/** The entries and the head of the chain at one and the same moment; the head is null where there is no entry. */
export async function readJournal(
  database: Database,
  session: Session,
  filter: EntryFilter = {},
): Promise<{ readonly entries: readonly StoredEntry[]; readonly head: History['head'] }> {
  const { dialect } = database;
  const parameters: Value[] = [];
  const conditions: string[] = [];
  const where = (column: string, value: Value | undefined, comparison = '='): void => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(`${column} ${comparison} ${dialect.parameter(parameters.length)}`);
  };
  where('run_id', filter.runId);
  where('version', filter.version);
  where('event', filter.event);
  where('seq', filter.after, '>');
  const head = dialect.table('journal_head');
  const rows = await session.query(
    `SELECT seq, run_id, ${dialect.isoTime('at')} AS at, event, version, direction, outcome, entry, hash, (SELECT seq FROM ${head}) AS head_seq, (SELECT hash FROM ${head}) AS head_hash FROM ${dialect.table('journal')}` +
      (conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`) +
      ' ORDER BY seq',
    parameters,
  );
  const [first] = rows;
  const entries = rows.map((row): StoredEntry => {
    const text = String(row['entry']);
    return {
      seq: Number(row['seq']),
      hash: String(row['hash']),
      text,
      entry: parseEntry(database, text, Number(row['seq'])),
      columns: {
        runId: String(row['run_id']),
        at: String(row['at']),
        event: String(row['event']),
        version: nullable(row['version']),
        direction: nullable(row['direction']),
        outcome: String(row['outcome']),
      },
    };
  });
  const top = first === undefined ? null : { seq: Number(first['head_seq']), hash: String(first['head_hash']) };
  return { entries, head: top };
}

/** What the steps that applied these versions noted, by version; of a version applied more than once, the last time. */
export async function readNotes(
  database: Database,
  session: Session,
  versions: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (versions.length === 0) return new Map();
  const { dialect } = database;
  const rows = await session.query(
    `SELECT seq, entry FROM ${dialect.table('journal')} WHERE version IN (${versions.map((version) => dialect.literal(version)).join(', ')})` +
      " AND event = 'step' AND direction = 'up' AND outcome = 'succeeded' ORDER BY seq",
  );
  const entries = rows.map((row) => parseEntry(database, String(row['entry']), Number(row['seq'])));
  return new Map(entries.map((entry) => [entry.version ?? '', entry.notes]));
}

/** The last run that began and has no end in the journal; null when every run has one. */
export async function readOpenRun(database: Database, session: Session): Promise<JournalEntry | null> {
  const { dialect } = database;
  const journal = dialect.table('journal');
  const rows = await session.query(
    `SELECT seq, entry FROM ${journal} AS started WHERE event = 'run-started' AND NOT EXISTS (` +
      // Word for word what the index says, which SQLite wants to see to use it.
      `SELECT 1 FROM ${journal} AS ended WHERE ended.run_id = started.run_id AND ended.event <> 'step' AND ended.event IN ('run-finished', 'run-interrupted')) ` +
      'ORDER BY seq DESC LIMIT 1',
  );
  const text = rows[0]?.['entry'];
  return typeof text === 'string' ? parseEntry(database, text, Number(rows[0]?.['seq'])) : null;
}

/**
 * Versions whose checks after the commit failed and were not made since, and those that were the last step of a run that
 * did not end well, so that it may not have come to these checks; all its steps where they were committed together.
 */
export async function readOwedVersions(database: Database, session: Session): Promise<readonly string[]> {
  const { dialect } = database;
  const journal = dialect.table('journal');
  const list = (values: Iterable<string>): string => [...values].map((value) => dialect.literal(value)).join(', ');
  const [layout] = await session.batch([{ text: `SELECT version FROM ${dialect.table('layout')}`, tolerate: true }]);
  if (layout?.status !== 'done') return [];
  const told = await session.query(
    `SELECT seq, run_id, event, outcome, version FROM ${journal} WHERE event <> 'step' ORDER BY seq`,
  );
  const owed = new Map<string, number>();
  const open = new Set<string>();
  for (const row of told) {
    const runId = String(row['run_id']);
    if (row['event'] === 'run-started') open.add(runId);
    if (row['event'] === 'run-finished' && row['outcome'] === 'succeeded') open.delete(runId);
    if (row['event'] === 'verified' && row['outcome'] === 'failed' && row['version'] !== null)
      owed.set(String(row['version']), Number(row['seq']));
  }
  if (open.size > 0) {
    const steps = await session.query(
      `SELECT run_id, event, version, seq, CASE event WHEN 'run-started' THEN entry END AS entry FROM ${journal} WHERE (event = 'run-started' OR (event = 'step' AND outcome = 'succeeded')) AND run_id IN (${list(open)}) ORDER BY seq`,
    );
    const together = new Set(
      steps
        .filter(
          ({ event, entry, seq }) =>
            event === 'run-started' && parseEntry(database, String(entry), Number(seq)).together,
        )
        .map((row) => row['run_id']),
    );
    const done = steps.filter(({ event }) => event === 'step');
    const last = new Map(done.map((step) => [step['run_id'], step]));
    for (const row of done) {
      if (!together.has(row['run_id']) && last.get(row['run_id']) !== row) continue;
      const version = String(row['version']);
      owed.set(version, Math.max(owed.get(version) ?? 0, Number(row['seq'])));
    }
  }
  if (owed.size === 0) return [];
  const later = await session.query(
    `SELECT version, max(seq) AS seq FROM ${journal} WHERE version IN (${list(owed.keys())}) AND (event = 'verified' OR (event = 'step' AND outcome = 'succeeded')) GROUP BY version`,
  );
  const made = new Map(later.map((row) => [String(row['version']), Number(row['seq'])]));
  return [...owed]
    .filter(([version, seq]) => (made.get(version) ?? 0) <= seq)
    .sort(([, one], [, other]) => one - other)
    .map(([version]) => version);
}

function parseEntry({ name }: Database, text: string, seq: number): JournalEntry {
  try {
    // The chain's hash vouches for the shape: only surefoot wrote it.
    return JSON.parse(text) as JournalEntry;
  } catch (error) {
    throw new SurefootError({
      code: 'journal-broken',
      message: `entry ${String(seq)} of the journal of ${name} was changed: it is not JSON any more`,
      hint: `Find out who changed it: .surefoot/log/${name}.jsonl, on the machine that ran it, has the entry as it was written.`,
      cause: error,
    });
  }
}

function nullable(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
