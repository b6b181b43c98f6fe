import type { LayoutStep } from '../../ports/dialect.ts';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

function table(name: string, comment: string, columns: readonly Column[]): readonly string[] {
  return [
    `CREATE TABLE surefoot.${name} (\n${columns.map((column) => `  ${column.name} ${column.type}`).join(',\n')}\n)`,
    `COMMENT ON TABLE surefoot.${name} IS ${text(comment)}`,
    ...columns.map((column) => `COMMENT ON COLUMN surefoot.${name}.${column.name} IS ${text(column.comment)}`),
  ];
}

/** surefoot's own tables, in a schema of their own. */
export const POSTGRES_LAYOUT: readonly LayoutStep[] = [
  {
    version: 1,
    statements: [
      // CREATE SCHEMA IF NOT EXISTS asks for the right to create schemas even where an administrator has made it.
      "DO $$ BEGIN IF pg_catalog.to_regnamespace('surefoot') IS NULL THEN CREATE SCHEMA surefoot; COMMENT ON SCHEMA surefoot IS 'History and journal of surefoot migrations'; END IF; END $$",
      ...table('layout', "One row: which layout surefoot's own tables have", [
        { name: 'version', type: 'integer NOT NULL', comment: 'Rises when a newer surefoot changes these tables' },
      ]),
      ...table('history', 'Which versions are applied now; kept by surefoot', [
        { name: 'version', type: 'text NOT NULL PRIMARY KEY', comment: 'The version as written in the file name' },
        {
          name: 'version_order',
          type: 'bigint NOT NULL UNIQUE',
          comment: 'The version as a number, by which versions are compared',
        },
        { name: 'name', type: 'text NOT NULL', comment: "The file's stem" },
        {
          name: 'kind',
          type: "text NOT NULL CHECK (kind IN ('migration', 'baseline'))",
          comment: 'baseline: declared to be present, never run here',
        },
        {
          name: 'state',
          type: "text NOT NULL CHECK (state IN ('applied', 'failed'))",
          comment: 'failed: a step outside a transaction stopped midway',
        },
        {
          name: 'direction',
          type: "text NOT NULL CHECK (direction IN ('up', 'down'))",
          comment: 'Which way a failed step was going',
        },
        {
          name: 'checksum',
          type: 'text NOT NULL',
          comment: "Algorithm and checksum of the migration's normalised text",
        },
        { name: 'statements_done', type: 'integer', comment: 'Outside a transaction: statements known to be in place' },
        { name: 'statements_total', type: 'integer', comment: 'Outside a transaction: statements of the file' },
        {
          name: 'statement_begun',
          type: 'integer',
          comment: 'Outside a transaction: index of a statement begun whose end is not recorded',
        },
        {
          name: 'statements_hash',
          type: 'text',
          comment: 'Outside a transaction: SHA-256 of the statements done or begun, by which an edit of them is known',
        },
        { name: 'applied_at', type: 'timestamptz NOT NULL', comment: 'When it was applied' },
        { name: 'duration_ms', type: 'bigint NOT NULL', comment: 'How long the step took, in milliseconds' },
        { name: 'operator', type: 'text NOT NULL', comment: 'Who ran surefoot' },
        { name: 'run_id', type: 'text NOT NULL', comment: 'The run that applied it; see surefoot.journal' },
        { name: 'tool_version', type: 'text NOT NULL', comment: 'The surefoot version that applied it' },
        {
          name: 'irreversible',
          type: 'text',
          comment: 'The reason, where the migration was declared to have no rollback',
        },
        {
          name: 'needs_file',
          type: 'boolean NOT NULL',
          comment: 'True: its TypeScript rollback is not stored and needs its file',
        },
        {
          name: 'scripts',
          type: 'bytea',
          comment: 'Text of migration, rollback and verify script; compressed unless it is short',
        },
        { name: 'scripts_hash', type: 'text', comment: "SHA-256 of those texts, which the journal's chain covers" },
      ]),
      ...table('journal', 'The migration log: append-only, chained by hash', [
        { name: 'seq', type: 'bigint NOT NULL PRIMARY KEY', comment: 'Place in the chain, without gaps from 1' },
        { name: 'run_id', type: 'text NOT NULL', comment: 'The run this entry belongs to' },
        { name: 'at', type: 'timestamptz NOT NULL', comment: 'When it happened' },
        { name: 'event', type: 'text NOT NULL', comment: 'What happened' },
        { name: 'version', type: 'text', comment: 'The version it is about' },
        { name: 'direction', type: 'text', comment: 'up or down' },
        { name: 'outcome', type: 'text', comment: 'How it ended' },
        { name: 'entry', type: 'text NOT NULL', comment: 'The whole entry as JSON: what the hash covers' },
        { name: 'hash', type: 'text NOT NULL', comment: "SHA-256 of the previous entry's hash followed by this entry" },
      ]),
      // Of runs only: an index of all entries would cost each step more than looking one up is worth.
      "CREATE INDEX journal_runs ON surefoot.journal (run_id) WHERE event <> 'step'",
      ...table('journal_head', 'One row: the end of the chain, on which writers take turns', [
        { name: 'id', type: 'integer NOT NULL PRIMARY KEY CHECK (id = 1)', comment: 'Always 1' },
        { name: 'seq', type: 'bigint NOT NULL', comment: "The last entry's place, 0 before the first" },
        { name: 'hash', type: 'text NOT NULL', comment: "The last entry's hash, 64 zeros before the first" },
      ]),
      `INSERT INTO surefoot.journal_head (id, seq, hash) VALUES (1, 0, '${'0'.repeat(64)}')`,
    ],
  },
];
