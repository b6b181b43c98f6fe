import { createHash } from 'node:crypto';
import type { Dialect } from '../../ports/dialect.ts';
import type { Command } from '../../ports/session.ts';
import { recordCommand, type RecordStatement } from './kept.ts';
import { GENESIS_HASH, type JournalEntry, type StoredEntry } from '../../model/journal-entry.ts';

const ADVANCE_HEAD: RecordStatement = {
  name: 'surefoot_head',
  columns: ['entry'],
  text: (dialect, [entry = '']) =>
    `UPDATE ${dialect.table('journal_head')} SET seq = seq + 1, hash = ${dialect.sha256(`hash || ${entry}`)} WHERE id = 1`,
};

const INSERT_ENTRY: RecordStatement = {
  name: 'surefoot_entry',
  columns: ['run_id', 'at', 'event', 'version', 'direction', 'outcome', 'entry'],
  text: (dialect, values) =>
    `INSERT INTO ${dialect.table('journal')} (seq, ${INSERT_ENTRY.columns.join(', ')}, hash) ` +
    `SELECT seq, ${values.join(', ')}, hash FROM ${dialect.table('journal_head')} WHERE id = 1`,
};

export const ENTRY_STATEMENTS: readonly RecordStatement[] = [ADVANCE_HEAD, INSERT_ENTRY];

/**
 * Appends one entry. The head row is updated first, so that two writers take turns on it; the hash is computed by the
 * engine from the head's own hash, so that no answer has to come back before the entry can be sent.
 */
export function appendCommands(dialect: Dialect, entry: JournalEntry): readonly Command[] {
  const text = JSON.stringify(entry);
  const { runId, at, event, version, direction, outcome } = entry;
  return [
    recordCommand(dialect, ADVANCE_HEAD, [text]),
    recordCommand(dialect, INSERT_ENTRY, [runId, at, event, version, direction, outcome, text]),
  ];
}

export function hashEntry(previous: string, text: string): string {
  return createHash('sha256').update(previous).update(text).digest('hex');
}

/** What `checkChain` found. */
export type ChainResult =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly seq: number; readonly reason: string };

/** Recomputes the chain over all entries, ascending, and compares the head. Names the first entry that does not fit. */
export function checkChain(
  entries: readonly StoredEntry[],
  head: { readonly seq: number; readonly hash: string } | null,
): ChainResult {
  let previous = GENESIS_HASH;
  let expected = 1;
  for (const stored of entries) {
    if (stored.seq !== expected)
      return { intact: false, seq: expected, reason: `entry ${String(expected)} is missing` };
    if (hashEntry(previous, stored.text) !== stored.hash) {
      return {
        intact: false,
        seq: stored.seq,
        reason: `entry ${String(stored.seq)} was changed, or the one before it removed`,
      };
    }
    const { columns, entry } = stored;
    if (
      columns.runId !== entry.runId ||
      columns.event !== entry.event ||
      columns.version !== entry.version ||
      columns.direction !== entry.direction ||
      columns.outcome !== entry.outcome ||
      columns.at !== entry.at
    ) {
      return {
        intact: false,
        seq: stored.seq,
        reason: `a column of entry ${String(stored.seq)} does not say what its text says`,
      };
    }
    previous = stored.hash;
    expected += 1;
  }
  if (head !== null && (head.seq !== expected - 1 || head.hash !== previous)) {
    return {
      intact: false,
      seq: expected,
      reason: `entries from ${String(expected)} on were removed: the head says ${String(head.seq)} entries`,
    };
  }
  return { intact: true, entries: entries.length };
}
