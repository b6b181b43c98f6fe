import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../../src/sql/index.ts';

function texts(sql: string): readonly string[] {
  const { statements, problems } = splitStatements('sqlite', sql, 'f.sql');
  expect(problems).toEqual([]);
  return statements.map(({ text }) => text);
}

describe('the SQLite splitter', () => {
  it.each([
    ["SELECT 'a;''b', \"c;\"\"d\", `e;``f`, [g;\"h], x'00'"],
    ["SELECT 'a\\'"],
    ['SELECT 1 /* a; /* b; */ + 2 -- c;\n + 3'],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END'],
    [
      'create temp trigger if not exists main.t after update of x on a for each row when new.x > 0 begin update a set x = case when 1 then 2 else 3 end; delete from b; end',
    ],
    [
      'CREATE TEMPORARY TRIGGER t INSTEAD OF DELETE ON v BEGIN INSERT INTO a SELECT CASE 1 WHEN 1 THEN 2 END; /* ; END; */ SELECT 1; END',
    ],
    ['CREATE TRIGGER "begin" AFTER INSERT ON [end] BEGIN SELECT raise(ABORT, \'; END;\'); END'],
    ['EXPLAIN QUERY PLAN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END'],
    ['CREATE TABLE trigger_log (begin, "end")'],
  ])('keeps %j in one piece', (sql) => {
    expect(texts(sql)).toEqual([sql]);
    expect(texts(`SELECT 0;${sql} ;SELECT 9;`)).toEqual(['SELECT 0', sql, 'SELECT 9']);
  });

  it('ends every statement but a trigger at the first semicolon', () => {
    expect(
      texts('BEGIN; SELECT 1; END; CREATE TABLE t (a); CREATE VIEW v AS SELECT CASE 1 WHEN 1 THEN 2 END'),
    ).toHaveLength(5);
    expect(texts('SELECT $$a; SELECT b$$')).toHaveLength(2);
  });

  it('does not nest comments and knows no backslash', () => {
    expect(texts('/* /* */ SELECT 1; \\d')).toEqual(['SELECT 1', '\\d']);
  });

  it.each([
    ["SELECT 'a", '1:8'],
    ['SELECT 1;\nSELECT [a', '2:8'],
    ['SELECT `a', '1:8'],
    ['SELECT 1 /* a', '1:10'],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 2;', '1:36'],
  ])('%j is unterminated', (sql, at) => {
    const { problems } = splitStatements('sqlite', sql, 'f.sql');
    expect(problems.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([`sql-unterminated ${at}`]);
  });
});
