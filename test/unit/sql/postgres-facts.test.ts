import { describe, expect, it } from 'vitest';
import type { StatementFacts } from '../../../src/model/statement.ts';
import { analyseStatements, concurrentOperation, factsOfStatement, parsePostgres } from '../../../src/sql/index.ts';

const facts = (text: string): Promise<StatementFacts> => factsOfStatement('postgres', { text });

describe('the kind of a PostgreSQL statement', () => {
  it.each([
    ['create unlogged table t (a int)', 'CREATE TABLE'],
    ['CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)', 'CREATE INDEX'],
    ['CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1', 'CREATE FUNCTION'],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1', 'CREATE MATERIALIZED VIEW'],
    ['CREATE CONSTRAINT TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()', 'CREATE TRIGGER'],
    ['ALTER /* c */ TABLE t ADD a int', 'ALTER TABLE'],
    ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r', 'ALTER DEFAULT PRIVILEGES'],
    ['DROP FOREIGN DATA WRAPPER w', 'DROP FOREIGN DATA WRAPPER'],
    ['((SELECT 1) UNION SELECT 2)', 'SELECT'],
    ['WITH a AS (DELETE FROM t RETURNING 1), b (x) AS MATERIALIZED (SELECT 1) INSERT INTO u SELECT 1', 'INSERT'],
    ['WITH a AS (SELECT 1) (SELECT 1)', 'WITH'],
    ['SET LOCAL a.b = 1', 'SET LOCAL'],
    ['SET work_mem = 1', 'SET'],
    ['REFRESH MATERIALIZED VIEW v', 'REFRESH MATERIALIZED VIEW'],
    ['DO $$ BEGIN END $$', 'DO'],
    ['GRANT SELECT ON t TO r', 'GRANT'],
    ['EXPLAIN ANALYZE SELECT 1', 'EXPLAIN ANALYZE'],
  ])('%j is %s', async (text, kind) => {
    expect((await facts(text)).kind).toBe(kind);
  });
});

describe('transaction statements', () => {
  it.each([
    ['BEGIN', 'BEGIN'],
    ['START TRANSACTION READ ONLY', 'BEGIN'],
    ['commit and chain', 'COMMIT'],
    ['END TRANSACTION', 'COMMIT'],
    ['ROLLBACK', 'ROLLBACK'],
    ['ABORT WORK', 'ROLLBACK'],
    ['ROLLBACK WORK TO SAVEPOINT s', 'ROLLBACK TO'],
    ['SAVEPOINT s', 'SAVEPOINT'],
    ['RELEASE s', 'RELEASE'],
    ["PREPARE TRANSACTION 'x'", 'PREPARE TRANSACTION'],
    ["COMMIT PREPARED 'x'", 'COMMIT PREPARED'],
    ['PREPARE p AS SELECT 1', null],
    ['SELECT 1 AS commit', null],
  ])('%j is %s', async (text, control) => {
    expect((await facts(text)).transactionControl).toBe(control);
  });

  it.each([
    ['SET LOCAL work_mem = 1', true],
    ['SET TRANSACTION READ ONLY', true],
    ['SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY', false],
    ['SET work_mem = 1', false],
    ['RESET ALL', false],
  ])('%j is local: %s', async (text, local) => {
    expect((await facts(text)).setLocal).toBe(local);
  });
});

describe('statements the server refuses in a transaction', () => {
  it.each([
    'CREATE INDEX CONCURRENTLY ON t (a)',
    'DROP INDEX CONCURRENTLY i',
    'REINDEX TABLE CONCURRENTLY t',
    'REINDEX (CONCURRENTLY, VERBOSE) INDEX i',
    'REINDEX SCHEMA s',
    'REINDEX DATABASE d',
    'REINDEX SYSTEM',
    'ALTER TABLE p DETACH PARTITION c CONCURRENTLY',
    'VACUUM',
    'VACUUM (FULL) t',
    'CLUSTER',
    'CREATE DATABASE d',
    'DROP DATABASE d',
    'ALTER DATABASE d SET TABLESPACE s',
    "CREATE TABLESPACE s LOCATION '/x'",
    'DROP TABLESPACE s',
    'ALTER SYSTEM SET work_mem = 1',
    "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
    'ALTER SUBSCRIPTION s REFRESH PUBLICATION',
    'ALTER SUBSCRIPTION s SET PUBLICATION p',
    'DROP SUBSCRIPTION s',
    'DISCARD ALL',
    "ROLLBACK PREPARED 'x'",
    'DO $$ BEGIN IF true THEN COMMIT; END IF; END $$',
  ])('%j is not transactional', async (text) => {
    expect(await facts(text)).toMatchObject({ transactional: false, parsed: true });
  });

  it.each([
    'CREATE INDEX ON t (a)',
    'DROP INDEX i',
    'REINDEX TABLE t',
    'REINDEX (CONCURRENTLY false) INDEX i',
    'ALTER TABLE p DETACH PARTITION c',
    'ALTER TABLE p DETACH PARTITION c FINALIZE',
    'ANALYZE',
    'CLUSTER t USING i',
    'ALTER DATABASE d SET work_mem = 1',
    "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
    "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = off)",
    'ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (refresh = false)',
    'DISCARD PLANS',
    "ALTER TYPE e ADD VALUE 'x'",
    "DO $$ BEGIN RAISE NOTICE 'then commit;'; END $$",
  ])('%j is transactional', async (text) => {
    expect(await facts(text)).toMatchObject({ transactional: true, parsed: true });
  });
});

describe('data a statement destroys', () => {
  it.each([
    ['DROP TABLE IF EXISTS a.b, "C d"', ['a.b', '"C d"']],
    ['DROP MATERIALIZED VIEW v', ['v']],
    ['DROP SCHEMA s CASCADE', ['s']],
    ['DROP SCHEMA s', []],
    ['DROP TYPE t CASCADE', ['t']],
    ['DROP TYPE t', []],
    ['DROP SEQUENCE q', []],
    ['DROP INDEX i', []],
    ['DROP DATABASE d', ['d']],
    ['DROP OWNED BY r', ['r']],
    ['TRUNCATE TABLE a, ONLY s.b', ['a', 's.b']],
    ['ALTER TABLE s.t DROP COLUMN a, ADD b int, DROP "B" CASCADE', ['s.t.a', 's.t."B"']],
    ['ALTER TABLE t DROP CONSTRAINT c', []],
    ['ALTER TABLE t ALTER COLUMN a TYPE text', []],
    ['DELETE FROM ONLY t WHERE false', ['t']],
    ['WITH d AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM d', ['t']],
    ['INSERT INTO u WITH d AS (SELECT 1) SELECT * FROM d', []],
    ['MERGE INTO t USING s ON true WHEN NOT MATCHED THEN DO NOTHING WHEN MATCHED THEN DELETE', ['t']],
    ['MERGE INTO t USING s ON true WHEN MATCHED THEN UPDATE SET a = 1', []],
    ['COPY (DELETE FROM t RETURNING 1) TO STDOUT', ['t']],
    ['EXPLAIN ANALYZE DELETE FROM t', ['t']],
    ['EXPLAIN DELETE FROM t', []],
    ['CREATE FUNCTION f() RETURNS void BEGIN ATOMIC DELETE FROM t; END', []],
    ['CREATE TABLE t (a int REFERENCES u ON DELETE CASCADE)', []],
    [
      "DO $$ BEGIN DELETE FROM t; EXECUTE 'DROP TABLE ' || x; EXECUTE $q$TRUNCATE u$q$; END $$",
      ['t', '(computed name)', 'u'],
    ],
    ["DO $$ BEGIN EXECUTE 'ALTER TABLE t DROP COLUMN a, DROP CONSTRAINT b, DROP IF EXISTS c'; END $$", ['t.a', 't.c']],
    ["DO $$ BEGIN RAISE NOTICE 'about to delete from t'; END $$", []],
  ])('%j', async (text, names) => {
    expect((await facts(text)).dropsData).toEqual(names);
  });
});

describe('tables a statement locks against writers', () => {
  it.each([
    ['ALTER TABLE s.t ADD COLUMN a int', ['s.t']],
    ['ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES s.u NOT VALID', ['t', 's.u']],
    ['ALTER TABLE t ADD COLUMN a int REFERENCES u', ['t', 'u']],
    ['ALTER TABLE t VALIDATE CONSTRAINT c', []],
    ['ALTER TABLE t ALTER COLUMN a SET STATISTICS 1', []],
    ['ALTER TABLE t SET (fillfactor = 70)', []],
    ['ALTER TABLE t SET (user_catalog_table = true)', ['t']],
    ['ALTER TABLE t VALIDATE CONSTRAINT c, ALTER COLUMN a SET DEFAULT 1', ['t']],
    ['ALTER TABLE p ATTACH PARTITION c DEFAULT', ['c']],
    ['ALTER TABLE p DETACH PARTITION c', ['p', 'c']],
    ['ALTER TABLE p DETACH PARTITION c CONCURRENTLY', ['c']],
    ['ALTER TABLE t RENAME COLUMN a TO b', ['t']],
    ['ALTER VIEW v RENAME COLUMN a TO b', []],
    ['ALTER INDEX i RENAME TO j', []],
    ['ALTER TABLE t SET SCHEMA s', ['t']],
    ['CREATE INDEX ON s.t (a)', ['s.t']],
    ['CREATE INDEX CONCURRENTLY ON t (a)', []],
    ['CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()', ['t']],
    ['CREATE POLICY p ON t', ['t']],
    ['DROP POLICY p ON s.t', ['s.t']],
    ['DROP TRIGGER g ON t', ['t']],
    ['CREATE TABLE n (a int REFERENCES t, FOREIGN KEY (a) REFERENCES n)', ['t']],
    ['CREATE TABLE n PARTITION OF p DEFAULT', ['p']],
    ['CREATE TABLE n () INHERITS (t)', []],
    ['DROP TABLE a, s.b', ['a', 's.b']],
    ['DROP INDEX i', ['i']],
    ['DROP INDEX CONCURRENTLY i', []],
    ['TRUNCATE t', ['t']],
    ['LOCK TABLE a, b IN SHARE MODE', ['a', 'b']],
    ['LOCK TABLE a IN ROW EXCLUSIVE MODE', []],
    ['CLUSTER t USING i', ['t']],
    ['REINDEX TABLE t', ['t']],
    ['REINDEX TABLE CONCURRENTLY t', []],
    ['VACUUM FULL t', ['t']],
    ['VACUUM t', []],
    ['REFRESH MATERIALIZED VIEW v', ['v']],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY v', []],
    ['UPDATE t SET a = 1', []],
    ['COMMENT ON TABLE t IS NULL', []],
    ['DO $$ BEGIN ALTER TABLE IF EXISTS ONLY s.t ADD a int; END $$', ['s.t']],
  ])('%j', async (text, names) => {
    expect((await facts(text)).locksTables).toEqual(names);
  });
});

describe('what a statement makes', () => {
  it.each([
    ['CREATE TABLE IF NOT EXISTS s.t (a int)', ['s.t']],
    ['CREATE TEMP TABLE "T" AS SELECT 1', ['"T"']],
    ['SELECT 1 AS a INTO t', ['t']],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1', ['v']],
    ['CREATE FOREIGN TABLE t (a int) SERVER s', ['t']],
    ['CREATE SCHEMA s CREATE TABLE t (a int)', ['t', 's.t']],
    ['CREATE VIEW v AS SELECT 1', []],
  ])('%j', async (text, names) => {
    expect((await facts(text)).createsTables).toEqual(names);
  });

  it('tells of enum values added to a type', async () => {
    expect((await facts("ALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'so so' BEFORE 'good'")).addsEnumValue).toBe(
      's.mood.so so',
    );
    expect((await facts("ALTER TYPE mood RENAME VALUE 'a' TO 'b'")).addsEnumValue).toBeNull();
  });
});

describe('text the parser can not or need not read', () => {
  it('is told from its words', async () => {
    const [repack, index, drop, begin] = await analyseStatements('postgres', [
      { text: 'REPACK (CONCURRENTLY) t' },
      { text: 'CREATE INDEX CONCURRENTLY i ON t (a) SOME NEW CLAUSE' },
      { text: 'DROP TABLE s.t, "U" SOME NEW CLAUSE' },
      { text: 'START TRANSACTION SOME NEW CLAUSE' },
    ]);
    expect(repack).toMatchObject({ kind: 'REPACK', transactional: false, parsed: false });
    expect(index).toMatchObject({ kind: 'CREATE INDEX', transactional: false, parsed: false });
    expect(drop).toMatchObject({ dropsData: ['s.t', '"U"'], locksTables: ['s.t', '"U"'], parsed: false });
    expect(begin).toMatchObject({ transactionControl: 'BEGIN', parsed: false });
  });

  it('is read by tokens when it is an INSERT of megabytes', async () => {
    const text = `INSERT INTO t VALUES ${Array.from({ length: 100_000 }, (_, i) => `(${i}, 'drop table x')`).join(', ')}`;
    const started = performance.now();
    expect(await facts(text)).toMatchObject({ kind: 'INSERT', parsed: true, dropsData: [] });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect((await facts(`WITH d AS (DELETE FROM u) ${text}`)).dropsData).toEqual(['u']);
  });

  it('is not the end of the parser', async () => {
    const deep = `SELECT ${Array.from({ length: 60_000 }, () => '1').join('+')}`;
    for (let i = 0; i < 4; i++) expect((await facts(deep)).parsed).toBe(false);
    expect(await facts('CREATE TABLE t (a int)')).toMatchObject({ parsed: true, createsTables: ['t'] });
  });
});

describe('parsePostgres', () => {
  it.each([
    ["SELECT 'é😀' )", ')'],
    ['SELECT "é😀" from from', 'from', 16],
    ["SELECT 1; SELECT 'é', $$ä", '$$ä'],
  ])('tells where %j goes wrong', async (text, at, from = 0) => {
    const parsed = await parsePostgres(text);
    expect('error' in parsed && parsed.error.index).toBe(text.indexOf(at, from));
    expect('error' in parsed && parsed.error.message).toMatch(/syntax error|unterminated/);
  });

  it('gives the tree of several statements, and of none', async () => {
    const parsed = await parsePostgres('SELECT 1; SELECT 2');
    expect('tree' in parsed && parsed.tree.stmts).toHaveLength(2);
    expect(await parsePostgres('')).toMatchObject({ tree: { stmts: [] } });
    expect(await parsePostgres('-- c')).toMatchObject({ tree: { stmts: [] } });
  });

  it('does not pass what stands before a NUL', async () => {
    expect(await parsePostgres('SELECT 1\0 DROP')).toMatchObject({ error: { index: 8 } });
  });
});

describe('concurrentOperation', () => {
  it.each([
    [
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I" ON s."T" (a)',
      { kind: 'create-index', schema: 's', table: 'T', index: 'I', unique: true, ifNotExists: true },
    ],
    [
      'CREATE INDEX CONCURRENTLY ON t (a)',
      { kind: 'create-index', schema: null, table: 't', index: null, unique: false, ifNotExists: false },
    ],
    [
      'DROP INDEX CONCURRENTLY IF EXISTS s."I"',
      { kind: 'drop-index', names: [{ schema: 's', name: 'I' }], ifExists: true },
    ],
    [
      'REINDEX INDEX CONCURRENTLY i',
      { kind: 'reindex', target: 'index', name: { schema: null, name: 'i' }, concurrently: true },
    ],
    [
      'REINDEX TABLE CONCURRENTLY s.t',
      { kind: 'reindex', target: 'table', name: { schema: 's', name: 't' }, concurrently: true },
    ],
    ['REINDEX SCHEMA s', { kind: 'reindex', target: 'schema', name: { schema: null, name: 's' }, concurrently: false }],
    ['REINDEX DATABASE', { kind: 'reindex', target: 'database', name: null, concurrently: false }],
    [
      'ALTER TABLE s.p DETACH PARTITION c CONCURRENTLY',
      { kind: 'detach-partition', parent: { schema: 's', name: 'p' }, partition: { schema: null, name: 'c' } },
    ],
    ['CREATE DATABASE "D"', { kind: 'create-database', name: 'D' }],
    ['DROP DATABASE d', { kind: 'drop-database', name: 'd' }],
    ['VACUUM FULL t', { kind: 'vacuum' }],
    ['ALTER SYSTEM SET work_mem = 1', { kind: 'other' }],
    ['CREATE INDEX ON t (a)', null],
    ['not SQL', null],
  ])('of %j', async (text, operation) => {
    expect(await concurrentOperation({ text })).toEqual(operation);
  });
});
