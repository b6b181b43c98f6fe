import { describe, expect, it } from 'vitest';
import { expired, laterRuns } from '../../../src/domain/backup/index.ts';
import type { BackupManifest } from '../../../src/model/backup.ts';
import type { JournalEntry, StoredEntry } from '../../../src/model/journal-entry.ts';

const NOW = new Date('2026-01-10T00:00:00Z');

function manifest(id: string, at: string, more: Partial<BackupManifest> = {}): BackupManifest {
  return {
    format: 1,
    id,
    database: 'main',
    engine: 'sqlite',
    method: 'online-copy',
    source: 'sqlite:main.db',
    at,
    durationMs: 1,
    data: 'data',
    location: `/backups/${id}/data`,
    size: 1,
    sha256: '',
    serverVersion: '3',
    head: { seq: 2, hash: 'h2' },
    version: '001',
    digests: [],
    checked: '',
    proven: false,
    properties: {},
    operator: 'ana',
    host: 'here',
    toolVersion: '0',
    ...more,
  };
}

const ids = (manifests: readonly BackupManifest[]): readonly string[] => manifests.map(({ id }) => id);

describe('expired', () => {
  const all = [
    manifest('d', '2026-01-01T00:00:00.000Z'),
    manifest('c', '2025-12-20T00:00:00.000Z', { method: 'command', data: null }),
    manifest('b', '2025-12-10T00:00:00.000Z'),
    manifest('a', '2025-12-01T00:00:00.000Z'),
  ];

  it('goes by count and by age, leaves the newest whatever its age, and what a command keeps elsewhere', () => {
    expect(ids(expired(all, { keep: null, maxAgeMs: null }, NOW))).toEqual([]);
    expect(ids(expired(all, { keep: 1, maxAgeMs: null }, NOW))).toEqual(['b', 'a']);
    expect(ids(expired(all, { keep: 2, maxAgeMs: null }, NOW))).toEqual(['a']);
    expect(ids(expired(all, { keep: null, maxAgeMs: 86_400_000 }, NOW))).toEqual(['b', 'a']);
    expect(ids(expired(all, { keep: null, maxAgeMs: 35 * 86_400_000 }, NOW))).toEqual(['a']);
  });
});

function entry(seq: number, change: Partial<JournalEntry>): StoredEntry {
  const at = `2026-01-0${String(seq)}T00:00:00.000Z`;
  return {
    seq,
    hash: `h${String(seq)}`,
    text: '',
    columns: { runId: '', at, event: '', version: null, direction: null, outcome: null },
    entry: {
      runId: `r${String(seq)}`,
      at,
      event: 'step',
      outcome: 'succeeded',
      version: String(seq),
      command: 'migrate',
      ...change,
    } as JournalEntry,
  };
}

describe('laterRuns', () => {
  const entries = [
    entry(1, {}),
    entry(2, {}),
    entry(3, { event: 'backed-up' }),
    entry(4, { outcome: 'failed' }),
    entry(5, { runId: 'x' }),
    entry(6, { runId: 'x' }),
    entry(7, { event: 'verified' }),
  ];

  it('names runs that changed something after the place the backup holds', () => {
    const later = laterRuns(entries, manifest('b', '2026-01-02T12:00:00.000Z'));
    expect(later.map(({ runId, versions }) => [runId, versions])).toEqual([['x', ['5', '6']]]);
    expect(laterRuns(entries.slice(0, 4), manifest('b', '2026-01-02T12:00:00.000Z'))).toEqual([]);
  });

  it('goes by time where the journal went another way since', () => {
    const other = manifest('b', '2026-01-01T12:00:00.000Z', { head: { seq: 2, hash: 'another' } });
    expect(laterRuns(entries, other).map(({ runId }) => runId)).toEqual(['r2', 'x']);
  });
});
