import { describe, expect, test } from 'vitest';
import type { Database } from '../../../src/ports/database.ts';
import type { Session } from '../../../src/ports/session.ts';
import { failureOf, must, statuses, texts, withSession, type ContractEngine } from './contract-engine.ts';

const COLUMNS = {
  layout: ['version'],
  history: [
    'version',
    'version_order',
    'name',
    'kind',
    'state',
    'direction',
    'checksum',
    'statements_done',
    'statements_total',
    'statement_begun',
    'statements_hash',
    'applied_at',
    'duration_ms',
    'operator',
    'run_id',
    'tool_version',
    'irreversible',
    'needs_file',
    'scripts',
    'scripts_hash',
  ],
  journal: ['seq', 'run_id', 'at', 'event', 'version', 'direction', 'outcome', 'entry', 'hash'],
  journal_head: ['id', 'seq', 'hash'],
} as const;
const TABLES = Object.keys(COLUMNS) as readonly (keyof typeof COLUMNS)[];

export function describeLayout(engine: ContractEngine): void {
  const onLayout = (work: (session: Session, database: Database) => Promise<void>): Promise<void> =>
    engine.withDatabase((database) =>
      withSession(database, async (session) => {
        await must(
          session,
          ...database.dialect.begin({ lockMs: null, statementMs: null }),
          ...database.layout.flatMap((step) => step.statements),
          database.dialect.commit,
        );
        await work(session, database);
      }),
    );

  describe('layout', () => {
    test('has ascending versions from 1', () =>
      engine.withDatabase(async ({ layout }) => {
        expect(layout.map((step) => step.version)).toEqual(layout.map((_, index) => index + 1));
        await Promise.resolve();
      }));

    test('makes the same tables and columns on each engine', () =>
      onLayout(async (session, { dialect }) => {
        for (const table of TABLES) {
          const [outcome] = await session.batch(texts(`SELECT * FROM ${dialect.table(table)}`));
          expect(outcome).toMatchObject({ status: 'done', columns: COLUMNS[table] });
        }
      }));

    test('comments every table and every column', () =>
      onLayout(async (session, { capabilities, dialect }) => {
        for (const table of TABLES) {
          for (const column of COLUMNS[table]) {
            if (capabilities.engine === 'postgres') {
              const [row] = await session.query(
                'SELECT col_description(a.attrelid, a.attnum) AS of_column, obj_description(a.attrelid) AS of_table FROM pg_attribute AS a WHERE a.attrelid = $1::regclass AND a.attname = $2',
                [dialect.table(table), column],
              );
              expect(row, `${table}.${column}`).toEqual({
                of_column: expect.stringMatching(/\w{3}/u),
                of_table: expect.stringMatching(/\w{3}/u),
              });
            } else {
              const [row] = await session.query('SELECT sql FROM sqlite_schema WHERE name = ?', [dialect.table(table)]);
              expect(row?.['sql']).toMatch(new RegExp(`\\n  ${column} .* -- \\w`, 'u'));
              expect(row?.['sql']).toMatch(/^CREATE TABLE \w+ \( -- \w/u);
            }
          }
        }
      }));

    test('begins the journal at 0 with 64 zeros, in one row', () =>
      onLayout(async (session, { dialect }) => {
        expect(await must(session, `SELECT id, seq, hash FROM ${dialect.table('journal_head')}`)).toEqual([
          [1, 0, '0'.repeat(64)],
        ]);
        expect(
          statuses(await session.batch(texts(`INSERT INTO ${dialect.table('journal_head')} VALUES (2, 0, '')`))),
        ).toEqual(['failed']);
      }));

    test('leaves nothing behind when its transaction is aborted', () =>
      engine.withDatabase(async (database) => {
        const { dialect, layout } = database;
        await withSession(database, async (session) => {
          const statements = layout.flatMap((step) => step.statements);
          await must(session, ...dialect.begin({ lockMs: null, statementMs: null }), ...statements, dialect.abort);
          expect(statuses(await session.batch(texts(`SELECT 1 FROM ${dialect.table('layout')}`)))).toEqual(['failed']);
          await must(session, ...dialect.begin({ lockMs: null, statementMs: null }), ...statements, dialect.commit);
        });
      }));

    test('keeps a history row as it was written, and clashes of version and order apart', () =>
      onLayout(async (session, { dialect }) => {
        const scripts = new Uint8Array([1, 0, 255]);
        const values = [
          '001',
          1,
          '001_first',
          'migration',
          'applied',
          'up',
          'sha256:x',
          3,
          5,
          4,
          'def',
          '2025-11-09T12:00:00.000Z',
          12,
          'ann',
          'run',
          '0.1.0',
          'it "drops" data',
          true,
          scripts,
          'abc',
        ] as const;
        const insert = (changes: Readonly<Record<number, string | number>>): string =>
          `INSERT INTO ${dialect.table('history')} (${COLUMNS.history.join(', ')}) VALUES (${values.map((value, index) => dialect.literal(changes[index] ?? value)).join(', ')})`;
        await must(session, insert({}));
        const time = COLUMNS.history
          .map((column) => (column === 'applied_at' ? dialect.isoTime(column) : column))
          .join(', ');
        const [row] = await must(session, `SELECT ${time} FROM ${dialect.table('history')}`);
        expect(row).toEqual(values.map((value) => (value === true && engine.quirks.booleansAsNumbers ? 1 : value)));
        for (const changes of [
          { 1: 2 },
          { 0: '1' },
          { 0: '2', 1: 2, 3: 'other' },
          { 0: '2', 1: 2, 4: 'other' },
          { 0: '2', 1: 2, 5: 'other' },
        ]) {
          expect(statuses(await session.batch(texts(insert(changes))))).toEqual(['failed']);
        }
        await must(session, insert({ 0: '20251109123456', 1: '20251109123456' }));
      }));

    test('is not there on a fresh database, and reading it makes nothing', () =>
      engine.withDatabase(async (database) => {
        await withSession(database, async (session) => {
          const [outcome] = await session.batch(texts(`SELECT 1 FROM ${database.dialect.table('history')}`));
          expect(failureOf(outcome)).toMatchObject({ sqlState: engine.quirks.absentTable });
        });
      }));
  });
}
