import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresDatabase } from '../../../src/adapters/postgres/index.ts';
import { createSqliteDatabase } from '../../../src/adapters/sqlite/index.ts';
import type { Database } from '../../../src/ports/database.ts';
import type { Command, Outcome, Session } from '../../../src/ports/session.ts';
import { testServers, withTestDatabase } from '../../support/postgres.ts';

/** Where engines differ on purpose; everything else in the suites holds for all. */
export interface Quirks {
  readonly syntaxError: string;
  readonly checkViolation: string;
  readonly absentTable: string;
  readonly bytesType: string;
  readonly booleansAsNumbers: boolean;
  /** The lock goes with the session, and is labelled in ASCII; else it goes with the process, and is labelled as asked. */
  readonly lockEndsWithSession: boolean;
  /** Expressions that make a value, by what Session promises for it. */
  readonly samples: Readonly<Record<string, { readonly sql: string; readonly value: unknown }>>;
}

export interface ContractEngine {
  readonly name: string;
  readonly quirks: Quirks;
  /** Lends an empty database, several times connectable. */
  withDatabase(work: (database: Database) => Promise<void>): Promise<void>;
}

const SQLITE: ContractEngine = {
  name: 'sqlite',
  quirks: {
    syntaxError: 'SQLITE_ERROR',
    checkViolation: 'SQLITE_CONSTRAINT_CHECK',
    absentTable: 'SQLITE_ERROR',
    bytesType: 'BLOB',
    booleansAsNumbers: true,
    lockEndsWithSession: false,
    samples: {
      'a safe 64-bit integer': { sql: '9007199254740991', value: 9_007_199_254_740_991 },
      'an unsafe 64-bit integer': { sql: '9223372036854775807', value: '9223372036854775807' },
      'a negative unsafe integer': { sql: '-9007199254740993', value: '-9007199254740993' },
      'a float': { sql: '1.5', value: 1.5 },
      'a time': { sql: "datetime('2025-11-09 12:00:00')", value: '2025-11-09 12:00:00' },
      'text with all sorts': { sql: `'Zoë "O''Neil" 🐘'`, value: `Zoë "O'Neil" 🐘` },
      bytes: { sql: "x'00ff5c'", value: new Uint8Array([0, 255, 92]) },
      nothing: { sql: 'NULL', value: null },
    },
  },
  withDatabase: async (work) => {
    const folder = mkdtempSync(join(tmpdir(), 'surefoot-contract-'));
    try {
      const database = createSqliteDatabase({ name: 'contract', path: join(folder, 'contract.db'), pid: process.pid });
      await (await database.connect({ create: true, label: 'making the file' })).close();
      await work(database);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const postgresOf = (major: number): ContractEngine => ({
  name: `postgres ${String(major)}`,
  quirks: {
    syntaxError: '42601',
    checkViolation: '23514',
    absentTable: '42P01',
    bytesType: 'bytea',
    booleansAsNumbers: false,
    lockEndsWithSession: true,
    samples: {
      'a small integer': { sql: '7::int2', value: 7 },
      'a safe 64-bit integer': { sql: '9007199254740991::int8', value: 9_007_199_254_740_991 },
      'an unsafe 64-bit integer': { sql: '9223372036854775807::int8', value: '9223372036854775807' },
      'a negative unsafe integer': { sql: '-9007199254740993::int8', value: '-9007199254740993' },
      'a float': { sql: '1.5::float8', value: 1.5 },
      'a numeric': { sql: '12345678901234567890.10::numeric', value: '12345678901234567890.10' },
      'a date': { sql: "date '2025-11-09'", value: '2025-11-09' },
      'a time stamp': { sql: "timestamp '2025-11-09 12:00:00.5'", value: '2025-11-09 12:00:00.5' },
      'an interval': { sql: "interval '1 day 2 hours'", value: '1 day 02:00:00' },
      'an array': { sql: "ARRAY['a', 'b c']", value: '{a,"b c"}' },
      json: { sql: `'{"a": [1, null]}'::jsonb`, value: { a: [1, null] } },
      'a boolean': { sql: 'true', value: true },
      'a uuid': { sql: "'00000000-0000-0000-0000-000000000001'::uuid", value: '00000000-0000-0000-0000-000000000001' },
      'text with all sorts': { sql: `'Zoë "O''Neil" 🐘'`, value: `Zoë "O'Neil" 🐘` },
      bytes: { sql: "'\\x00ff5c'::bytea", value: new Uint8Array([0, 255, 92]) },
      nothing: { sql: 'NULL::text', value: null },
    },
  },
  withDatabase: (work) =>
    withTestDatabase((url) => work(createPostgresDatabase({ name: 'contract', url, env: {} })), { major }),
});

export const ENGINES: readonly ContractEngine[] = [SQLITE, ...testServers().map((server) => postgresOf(server.major))];

export const texts = (...all: readonly string[]): readonly Command[] => all.map((text) => ({ text }));

/** Lends a session and closes it. */
export async function withSession(
  database: Database,
  work: (session: Session) => Promise<void>,
  label = 'contract',
): Promise<void> {
  const session = await database.connect({ create: false, label });
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

/** Runs statements that must all succeed; the rows of the last one. */
export async function must(
  session: Session,
  ...statements: readonly string[]
): Promise<readonly (readonly unknown[])[]> {
  const outcomes = await session.batch(texts(...statements));
  const last = outcomes.at(-1);
  const failed = outcomes.find((outcome) => outcome.status === 'failed');
  if (failed?.status === 'failed') throw new Error(`${failed.failure.sqlState ?? ''} ${failed.failure.message}`);
  return last?.status === 'done' ? last.rows : [];
}

export const statuses = (outcomes: readonly Outcome[]): readonly string[] => outcomes.map((outcome) => outcome.status);

export function failureOf(outcome: Outcome | undefined): Extract<Outcome, { status: 'failed' }>['failure'] {
  if (outcome?.status !== 'failed') throw new Error(`expected a failure, found ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

export function rowsOf(outcome: Outcome | undefined): readonly (readonly unknown[])[] {
  if (outcome?.status !== 'done') throw new Error(`expected rows, found ${JSON.stringify(outcome)}`);
  return outcome.rows;
}
