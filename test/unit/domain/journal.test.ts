import { describe, expect, it } from 'vitest';
import { checkChain, hashEntry, packScripts, unpackScripts } from '../../../src/domain/journal/index.ts';
import { GENESIS_HASH, type JournalEntry, type StoredEntry } from '../../../src/model/journal-entry.ts';

const entry = (version: string): JournalEntry => ({
  runId: 'r',
  at: '2026-01-01T00:00:00.000Z',
  event: 'step',
  command: 'migrate',
  database: 'db',
  engine: 'sqlite',
  version,
  name: `${version}_x`,
  direction: 'up',
  checksum: null,
  durationMs: 1,
  outcome: 'succeeded',
  operator: 'ana',
  host: 'h',
  pid: 1,
  toolVersion: '0',
  gitCommit: null,
  error: null,
  checks: [],
  notes: [],
  scriptsHash: null,
});

function chain(...versions: string[]): StoredEntry[] {
  let hash = GENESIS_HASH;
  return versions.map((version, index) => {
    const made = entry(version);
    const text = JSON.stringify(made);
    hash = hashEntry(hash, text);
    return {
      seq: index + 1,
      hash,
      text,
      entry: made,
      columns: { runId: 'r', at: made.at, event: 'step', version, direction: 'up', outcome: 'succeeded' },
    };
  });
}

describe('the chain of the journal', () => {
  const entries = chain('1', '2', '3');
  const head = { seq: 3, hash: entries[2]?.hash ?? '' };

  it('holds when nothing was touched', () => {
    expect(checkChain(entries, head)).toEqual({ intact: true, entries: 3 });
    expect(checkChain([], null)).toEqual({ intact: true, entries: 0 });
  });

  it.each<[string, readonly StoredEntry[], number]>([
    [
      'a changed text',
      entries.map((each) => (each.seq === 2 ? { ...each, text: each.text.replace('ana', 'eve') } : each)),
      2,
    ],
    ['a removed entry', entries.filter((each) => each.seq !== 2), 2],
    ['a removed first entry', entries.slice(1), 1],
    ['a removed last entry', entries.slice(0, 2), 3],
    [
      'a changed column',
      entries.map((each) => (each.seq === 3 ? { ...each, columns: { ...each.columns, outcome: 'failed' } } : each)),
      3,
    ],
    [
      'entries that changed places',
      [entries[1], entries[0], entries[2]].flatMap((each, index) =>
        each === undefined ? [] : [{ ...each, seq: index + 1 }],
      ),
      1,
    ],
  ])('is broken by %s, and names the first entry that does not fit', (_, changed, seq) => {
    expect(checkChain(changed, head)).toMatchObject({ intact: false, seq });
  });
});

describe('stored scripts', () => {
  const scripts = {
    migration: { kind: 'sql', file: 'm.sql', text: 'SELECT 1; -- ü' },
    rollback: null,
    verify: null,
  } as const;

  it('come back as they were, and only those', () => {
    const packed = packScripts(scripts);
    expect(unpackScripts('main', packed.bytes, packed.hash, 'x')).toEqual(scripts);
    const other = packScripts({ ...scripts, migration: { kind: 'sql', file: 'm.sql', text: 'DROP TABLE users' } });
    expect(() => unpackScripts('main', other.bytes, packed.hash, 'x')).toThrow('not the ones');
    const long = { ...scripts, migration: { kind: 'sql' as const, file: 'm.sql', text: 'SELECT 1;\n'.repeat(1000) } };
    const compressed = packScripts(long);
    expect(compressed.bytes.length).toBeLessThan(1000);
    expect(unpackScripts('main', compressed.bytes, compressed.hash, 'x')).toEqual(long);
    expect(() => unpackScripts('main', compressed.bytes.subarray(5), compressed.hash, 'x')).toThrow('not the ones');
  });
});
