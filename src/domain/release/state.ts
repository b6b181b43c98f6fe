import { createHash } from 'node:crypto';
import { STAGES, type ChecklistItem, type Figure, type ItemState, type Stage } from '../../model/contribution.ts';
import type { JournalEntry, JournalError } from '../../model/journal-entry.ts';
import type { MigrationSet } from '../../model/migration.ts';
import { walkerOf, type ReleaseWalker } from './walker.ts';

/** What the journal says of one item. Times ISO 8601 UTC, durations in ms. */
export interface ItemRecord {
  readonly id: string;
  readonly title: string;
  readonly stage: Stage;
  readonly state: ItemState;
  readonly detail: string;
  readonly figures: readonly Figure[];
  /** Null for an automatic item. */
  readonly signedBy: string | null;
  readonly operator: string;
  readonly at: string;
  readonly durationMs: number | null;
  readonly error: JournalError | null;
}

/** One release as the journal tells it. */
export interface ReleaseState {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: 'open' | 'succeeded' | 'failed' | 'given up';
  /** How it ended, in a sentence. */
  readonly ending: string | null;
  /** The last version applied when it began; null where there was none. */
  readonly from: string | null;
  readonly to: string | null;
  /** Hash of the migrations when it was last taken up. */
  readonly set: string | null;
  /** Everybody who ran a part of it, the first one first. */
  readonly operators: readonly string[];
  readonly host: string;
  /** Who is at it now; null where nobody is. One that was killed still is, until another takes it over. */
  readonly walker: ReleaseWalker | null;
  readonly items: ReadonlyMap<string, ItemRecord>;
}

/** The releases among journal entries, oldest first. */
export function foldReleases(entries: readonly JournalEntry[]): readonly ReleaseState[] {
  const releases = new Map<string, ReleaseState>();
  for (const entry of entries) {
    const before = releases.get(entry.runId);
    const after = foldEntry(before, entry);
    if (after !== undefined) releases.set(entry.runId, after);
  }
  return [...releases.values()];
}

/** A release with one more entry; undefined where the entry belongs to none. */
export function foldEntry(before: ReleaseState | undefined, entry: JournalEntry): ReleaseState | undefined {
  const note = entry.release;
  if (entry.event === 'release-started') {
    const { from = null, to = null, set = null } = note ?? {};
    if (before === undefined)
      return {
        id: entry.runId,
        startedAt: entry.at,
        finishedAt: null,
        outcome: 'open',
        ending: null,
        from,
        to,
        set,
        operators: [entry.operator],
        host: entry.host,
        walker: walkerOf(entry),
        items: new Map(),
      };
    // Of two who began at one moment the first goes on.
    if (before.walker !== null && note?.takeOver !== true) return before;
    return {
      ...before,
      set,
      walker: walkerOf(entry),
      operators: [...new Set([...before.operators, entry.operator])],
      items: set === before.set ? before.items : withoutSignatures(before.items),
    };
  }
  if (before === undefined) return undefined;
  if (entry.event === 'release-left')
    return note?.walk?.id === before.walker?.walk ? { ...before, walker: null } : before;
  if (entry.event === 'release-finished')
    return {
      ...before,
      walker: null,
      finishedAt: entry.at,
      outcome: entry.outcome === 'succeeded' ? 'succeeded' : entry.outcome === 'failed' ? 'failed' : 'given up',
      ending: note?.detail ?? null,
    };
  if (note?.item == null || note.stage === null || note.state === null) return before;
  const record: ItemRecord = {
    id: note.item,
    title: note.title ?? note.item,
    stage: note.stage,
    state: note.state,
    detail: note.detail ?? '',
    figures: note.figures,
    signedBy: note.signedBy,
    operator: entry.operator,
    at: entry.at,
    durationMs: entry.durationMs,
    error: entry.error,
  };
  return { ...before, items: new Map([...before.items, [record.id, record]]) };
}

/** Who signed before the migrations were edited has signed something else. */
function withoutSignatures(items: ReadonlyMap<string, ItemRecord>): ReadonlyMap<string, ItemRecord> {
  return new Map([...items].filter(([, record]) => record.signedBy === null || !isBefore(record.stage, 'migrate')));
}

/** Whether a stage comes ahead of another. */
export function isBefore(stage: Stage, other: Stage): boolean {
  return STAGES.indexOf(stage) < STAGES.indexOf(other);
}

/** Items in the order they are walked: by stage, and as they were offered within one. */
export function orderItems(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return STAGES.flatMap((stage) => items.filter((item) => item.stage === stage));
}

/**
 * Whether a record still holds when the release is taken up again. Signatures and what came after the migration do;
 * automatic items ahead of it are facts of another hour and are looked at again.
 */
export function stillHolds(item: ChecklistItem, state: ReleaseState): boolean {
  const record = state.items.get(item.id);
  if (record === undefined || (record.state !== 'passed' && record.state !== 'absent')) return false;
  if (item.stops.includes(record.state)) return false;
  return item.run === null || !isBefore(item.stage, 'migrate') || state.items.get('migrate')?.state === 'passed';
}

/** A hash of the migrations a release is about: versions, texts and which of them have rollbacks and checks. */
export function setHash(set: MigrationSet): string {
  const lines = set.migrations.map(
    (each) =>
      `${each.name} ${each.checksum} ${each.rollback === null ? '-' : 'down'} ${each.verify === null ? '-' : 'verify'}`,
  );
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
