import type { LayoutStep } from '../../ports/dialect.ts';

/** surefoot's own tables. SQLite has no COMMENT: the comments are part of the stored table text. */
export const SQLITE_LAYOUT: readonly LayoutStep[] = [
  {
    version: 1,
    statements: [
      `CREATE TABLE surefoot_layout ( -- One row: which layout surefoot's own tables have
  version INTEGER NOT NULL -- Rises when a newer surefoot changes these tables
) STRICT`,
      `CREATE TABLE surefoot_history ( -- Which versions are applied now; kept by surefoot
  version TEXT NOT NULL UNIQUE, -- The version as written in the file name
  version_order INTEGER NOT NULL PRIMARY KEY, -- The version as a number, by which versions are compared
  name TEXT NOT NULL, -- The file's stem
  kind TEXT NOT NULL CHECK (kind IN ('migration', 'baseline')), -- baseline: declared to be present, never run here
  state TEXT NOT NULL CHECK (state IN ('applied', 'failed')), -- failed: a step outside a transaction stopped midway
  direction TEXT NOT NULL CHECK (direction IN ('up', 'down')), -- Which way a failed step was going
  checksum TEXT NOT NULL, -- Algorithm and checksum of the migration's normalised text
  statements_done INTEGER, -- Outside a transaction: statements known to be in place
  statements_total INTEGER, -- Outside a transaction: statements of the file
  statement_begun INTEGER, -- Outside a transaction: index of a statement begun whose end is not recorded
  statements_hash TEXT, -- Outside a transaction: SHA-256 of the statements done or begun, by which an edit of them is known
  applied_at TEXT NOT NULL, -- When it was applied, ISO 8601 UTC
  duration_ms INTEGER NOT NULL, -- How long the step took, in milliseconds
  operator TEXT NOT NULL, -- Who ran surefoot
  run_id TEXT NOT NULL, -- The run that applied it; see surefoot_journal
  tool_version TEXT NOT NULL, -- The surefoot version that applied it
  irreversible TEXT, -- The reason, where the migration was declared to have no rollback
  needs_file INTEGER NOT NULL CHECK (needs_file IN (0, 1)), -- 1: its TypeScript rollback is not stored and needs its file
  scripts BLOB, -- Text of migration, rollback and verify script; compressed unless it is short
  scripts_hash TEXT -- SHA-256 of those texts, which the journal's chain covers
) STRICT`,
      `CREATE TABLE surefoot_journal ( -- The migration log: append-only, chained by hash
  seq INTEGER NOT NULL PRIMARY KEY, -- Place in the chain, without gaps from 1
  run_id TEXT NOT NULL, -- The run this entry belongs to
  at TEXT NOT NULL, -- When it happened, ISO 8601 UTC
  event TEXT NOT NULL, -- What happened
  version TEXT, -- The version it is about
  direction TEXT, -- up or down
  outcome TEXT, -- How it ended
  entry TEXT NOT NULL, -- The whole entry as JSON: what the hash covers
  hash TEXT NOT NULL -- SHA-256 of the previous entry's hash followed by this entry
) STRICT`,
      // Of runs only: an index of all entries would cost each step more than looking one up is worth.
      "CREATE INDEX surefoot_journal_runs ON surefoot_journal (run_id) WHERE event <> 'step'",
      `CREATE TABLE surefoot_journal_head ( -- One row: the end of the chain, on which writers take turns
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), -- Always 1
  seq INTEGER NOT NULL, -- The last entry's place, 0 before the first
  hash TEXT NOT NULL -- The last entry's hash, 64 zeros before the first
) STRICT`,
      `INSERT INTO surefoot_journal_head (id, seq, hash) VALUES (1, 0, '${'0'.repeat(64)}')`,
    ],
  },
];
