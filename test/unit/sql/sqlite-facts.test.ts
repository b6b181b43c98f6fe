import { describe, expect, it } from 'vitest';
import type { StatementFacts } from '../../../src/model/statement.ts';
import { analyseStatements } from '../../../src/sql/index.ts';

async function facts(text: string): Promise<StatementFacts> {
  const [found] = await analyseStatements('sqlite', [{ text }]);
  if (found === undefined) throw new Error('no facts');
  return found;
}

describe('facts of SQLite statements', () => {
  it.each([
    ['BEGIN IMMEDIATE', 'BEGIN'],
    ['END TRANSACTION', 'COMMIT'],
    ['COMMIT', 'COMMIT'],
    ['ROLLBACK TRANSACTION', 'ROLLBACK'],
    ['ROLLBACK TRANSACTION TO SAVEPOINT s', 'ROLLBACK TO'],
    ['SAVEPOINT s', 'SAVEPOINT'],
    ['RELEASE s', 'RELEASE'],
    ['SELECT 1', null],
  ])('%j controls the transaction: %s', async (text, control) => {
    expect((await facts(text)).transactionControl).toBe(control);
  });

  it.each([
    ['VACUUM', false],
    ["ATTACH 'x' AS y", false],
    ['DETACH y', false],
    ['PRAGMA journal_mode = WAL', false],
    ['PRAGMA main.journal_mode(delete)', false],
    ['PRAGMA foreign_keys = off', false],
    ['PRAGMA synchronous = 1', false],
    ['PRAGMA wal_checkpoint', false],
    ['PRAGMA foreign_keys', true],
    ['PRAGMA foreign_key_check(t)', true],
    ['PRAGMA user_version = 3', true],
    ['PRAGMA legacy_alter_table = on', true],
    ['REINDEX', true],
    ['CREATE TABLE vacuum (a)', true],
  ])('%j is transactional: %s', async (text, transactional) => {
    expect((await facts(text)).transactional).toBe(transactional);
  });

  it.each([
    ['DROP TABLE IF EXISTS main.[a b]', ['main."a b"']],
    ['ALTER TABLE t DROP COLUMN "B"', ['t."B"']],
    ['ALTER TABLE t DROP b', ['t.b']],
    ['ALTER TABLE t RENAME COLUMN a TO b', []],
    ['DELETE FROM `t` WHERE 0', ['t']],
    ['WITH x AS (SELECT 1) DELETE FROM t', ['t']],
    ["INSERT INTO t VALUES ('DELETE FROM t')", []],
    ['CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; DROP TABLE v; END', []],
    ['EXPLAIN QUERY PLAN DELETE FROM t', []],
    ['DROP INDEX i', []],
  ])('%j destroys %j', async (text, names) => {
    expect((await facts(text)).dropsData).toEqual(names);
  });

  it.each([
    ['CREATE TEMP TABLE IF NOT EXISTS t (a)', 'CREATE TABLE', ['t']],
    ['CREATE VIRTUAL TABLE temp.v USING fts5(a)', 'CREATE TABLE', ['temp.v']],
    ['CREATE TABLE t AS SELECT 1', 'CREATE TABLE', ['t']],
    ['CREATE UNIQUE INDEX i ON t (a)', 'CREATE INDEX', []],
    ['REPLACE INTO t VALUES (1)', 'REPLACE', []],
  ])('%j is %s and makes %j', async (text, kind, names) => {
    expect(await facts(text)).toMatchObject({ kind, createsTables: names, locksTables: [], parsed: true });
  });
});
