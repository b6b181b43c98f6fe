import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../../src/sql/index.ts';

function texts(sql: string): readonly string[] {
  const { statements, problems } = splitStatements('postgres', sql, 'f.sql');
  expect(problems).toEqual([]);
  return statements.map(({ text }) => text);
}

function problems(sql: string): readonly string[] {
  return splitStatements('postgres', sql, 'f.sql').problems.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );
}

describe('the PostgreSQL splitter', () => {
  it.each([
    ['nothing', ''],
    ['white space and semicolons', ' \n;; ;\t'],
    ['comments only', '-- a;\n/* b; /* c; */ ; */'],
    ['a byte order mark', '\uFEFF'],
  ])('finds no statement in %s', (_, sql) => {
    expect(texts(sql)).toEqual([]);
  });

  it.each([
    ["SELECT 'a;''b;'"],
    [String.raw`SELECT E'a\';b\\'`],
    [`SELECT E'a'\n  'b\\';'`],
    [`SELECT E'a' -- then\n  'b\\';'`],
    [`SELECT E'a' /* no continuation */ AS "b\\"`],
    [String.raw`SELECT 'a\'`],
    [String.raw`SELECT U&'\0061;', U&"x;y", B'1', X'1F', N'n;'`],
    ['SELECT "a;""b;"'],
    ['SELECT $$a;$$, $tag$ $$;$other$ ; $tag$, $ä1$;$ä1$'],
    ['SELECT a$b$c, $1 FROM t WHERE a$b$c = $2'],
    ['SELECT 1e5, 0x1F, 1_000, .5'],
    ['SELECT 1 -- a;\n + 2 /* b; /* c; */ ; */ + 3'],
    ['SELECT 1 -- a;\r + 2'],
    ['CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2))'],
    ['CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END'],
    ['CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t SELECT 1 AS end; DELETE FROM u WHERE u.case = 1; END'],
    [
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT (CASE 1 WHEN 1 THEN CASE 2 WHEN 2 THEN 3 END END); SELECT CASE 1 WHEN 1 THEN CASE 2 WHEN 2 THEN 3 END END; END',
    ],
    ["CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.a := 'x'; RETURN NEW; END; $$"],
    ['DO $do$ BEGIN EXECUTE $x$ SELECT 1; $x$; END $do$'],
    ["COPY (SELECT 'from stdin') TO STDOUT"],
  ])('keeps %j in one piece', (sql) => {
    expect(texts(sql)).toEqual([sql]);
    expect(texts(`SELECT 0;${sql};SELECT 9;`)).toEqual(['SELECT 0', sql, 'SELECT 9']);
  });

  it('does not take words that only look like a body for one', () => {
    expect(texts('SELECT begin atomic FROM t; SELECT 2')).toHaveLength(2);
    expect(texts('CREATE TABLE function (atomic int); SELECT 2')).toHaveLength(2);
    expect(texts('CREATE FUNCTION f("begin" int, atomic int) RETURNS int RETURN 1; SELECT 2')).toHaveLength(2);
  });

  it('leaves comments and white space at both ends out, and keeps those inside', () => {
    expect(texts('-- head\nSELECT /* in */ 1 -- tail\n;\n/* next */ SELECT 2 -- end')).toEqual([
      'SELECT /* in */ 1',
      'SELECT 2',
    ]);
  });

  it('tells where each statement starts, columns counted in characters', () => {
    const { statements } = splitStatements('postgres', "\n\tSELECT '😀é'; SELECT 2;\r\n  SELECT 3", 'f.sql');
    expect(statements.map(({ start }) => start)).toEqual([
      { line: 2, column: 2, offset: 2 },
      { line: 2, column: 15, offset: 16 },
      { line: 3, column: 3, offset: 29 },
    ]);
  });

  describe('COPY … FROM STDIN', () => {
    it('takes the lines below as data', () => {
      const sql = "COPY t (a, b) FROM STDIN;\n1\tit's; -- no comment\n\\N\t\\\\.\n\\.\n\nSELECT 1;";
      const { statements, problems: found } = splitStatements('postgres', sql, 'f.sql');
      expect(found).toEqual([]);
      expect(statements).toMatchObject([
        { text: 'COPY t (a, b) FROM STDIN', copyData: "1\tit's; -- no comment\n\\N\t\\\\.\n" },
        { text: 'SELECT 1', copyData: null, start: { line: 6, column: 1 } },
      ]);
    });

    it.each([
      ['no rows', 'COPY t FROM stdin WITH (FORMAT csv);\n\\.\n', ''],
      ['Windows line ends', 'COPY t FROM stdin;\r\n1\r\n\\.\r\n', '1\r\n'],
      ['a comment behind the semicolon', 'copy t from stdin; -- pg_dump\n1\n\\.', '1\n'],
      ['a line that only contains the mark', 'COPY t FROM stdin;\n\\.x\nx\\.\n\\.\n', '\\.x\nx\\.\n'],
    ])('with %s', (_, sql, data) => {
      const { statements, problems: found } = splitStatements('postgres', sql, 'f.sql');
      expect(found).toEqual([]);
      expect(statements.map(({ copyData }) => copyData)).toEqual([data]);
    });

    it('is a problem without the closing line, and with data on its own line', () => {
      expect(problems('SELECT 1;\n  COPY t FROM STDIN;\n1\n2\n')).toEqual(['sql-unterminated 2:3']);
      expect(problems('COPY t FROM STDIN')).toEqual(['sql-unterminated 1:1']);
      expect(problems('COPY t FROM STDIN; 1\n\\.\n')).toEqual(['sql-unterminated 1:1', 'psql-command 2:1']);
    });

    it('is not seen where STDIN is a name', () => {
      expect(texts('COPY (SELECT * FROM stdin) TO STDOUT; SELECT 1')).toHaveLength(2);
      expect(texts("COPY t FROM '/stdin'; SELECT 1")).toHaveLength(2);
      expect(texts('SELECT * FROM stdin; SELECT 1')).toHaveLength(2);
    });
  });

  describe('psql commands', () => {
    it('are problems with their line, and end the statement before them', () => {
      const { statements, problems: found } = splitStatements(
        'postgres',
        '\\restrict a;b\nSELECT 1\n  \\gexec\nSELECT 2;\n',
        'f.sql',
      );
      expect(statements.map(({ text }) => text)).toEqual(['SELECT 1', 'SELECT 2']);
      expect(found).toMatchObject([
        {
          code: 'psql-command',
          file: 'f.sql',
          line: 1,
          column: 1,
          message: '`\\restrict` is a psql command; the server does not know it',
        },
        { code: 'psql-command', line: 3, column: 3 },
      ]);
      expect(found[0]?.hint).toContain('pg_dump');
      expect(found[1]?.hint).not.toContain('pg_dump');
    });

    it('are not seen in quotes and comments', () => {
      expect(texts(String.raw`SELECT '\d', "\d", $$\d$$ -- \d`)).toHaveLength(1);
    });
  });

  it.each([
    ["SELECT 1;\n SELECT 'a;\n", 'sql-unterminated 2:9', 'string'],
    [String.raw`SELECT E'a\'`, 'sql-unterminated 1:8', 'string'],
    ['SELECT "a', 'sql-unterminated 1:8', 'identifier'],
    ['SELECT $x$ $$;', 'sql-unterminated 1:8', '$x$'],
    ['SELECT 1 /* /* */', 'sql-unterminated 1:10', 'comment'],
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE 1; END;', 'sql-unterminated 1:33', 'ATOMIC'],
    ['SELECT (1, (2); SELECT 3;', 'sql-unterminated 1:8', 'parenthesis'],
  ])('%j is unterminated', (sql, at, what) => {
    expect(problems(sql)).toEqual([at]);
    expect(splitStatements('postgres', sql, 'f.sql').problems[0]?.message).toContain(what);
  });

  it('goes through a large file in linear time', () => {
    const hostile = [
      "'".repeat(2_000_001),
      '$a '.repeat(500_000),
      '$a$ $b$ '.repeat(200_000),
      '('.repeat(1_000_000),
      '/*'.repeat(1_000_000),
      "E'a' \n".repeat(200_000),
      '\\x\n'.repeat(100_000),
      'a;'.repeat(300_000),
    ];
    const started = performance.now();
    for (const sql of hostile) splitStatements('postgres', sql, 'f.sql');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
