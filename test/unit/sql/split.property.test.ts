import Database from 'better-sqlite3';
import fc from 'fast-check';
import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/model/engine.ts';
import { byteOffsetToIndex, splitSpans, splitStatements } from '../../../src/sql/index.ts';
import { PostgresScanner } from '../../../src/sql/postgres/tokens.ts';
import { TOKEN } from '../../../src/sql/tokens/token.ts';

const FRAGMENTS = [
  "'",
  "''",
  "E'",
  "e'\\'",
  "U&'",
  "x'",
  '"',
  '""',
  '`',
  '[',
  ']',
  '$',
  '$$',
  '$a$',
  '$b1$',
  '$1',
  '\\',
  '\\.',
  '\\d',
  '--',
  '-- c\n',
  '/*',
  '*/',
  '/',
  '*',
  '-',
  ';',
  '(',
  ')',
  ',',
  '.',
  '::',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  'é',
  '😀',
  '\uFEFF',
  'a',
  '1',
  '1e',
  '0x',
  'SELECT',
  'CREATE',
  'OR',
  'REPLACE',
  'FUNCTION',
  'f()',
  'BEGIN',
  'ATOMIC',
  'CASE',
  'WHEN',
  'END',
  'AS',
  'TRIGGER',
  'TEMP',
  'COPY t',
  'FROM',
  'STDIN',
  'FROM STDIN;\n',
  '\n\\.\n',
];
const soup = fc
  .array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 })
  .chain((parts) =>
    fc
      .array(fc.boolean(), { minLength: parts.length, maxLength: parts.length })
      .map((glued) => parts.map((part, index) => (glued[index] === true ? part : ` ${part}`)).join('')),
  );
const anything = fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));
const engines = fc.constantFrom<Engine>('postgres', 'sqlite');

describe('splitting any text at all', () => {
  it('loses nothing but white space, semicolons and comments, and keeps the order', () => {
    fc.assert(
      fc.property(engines, anything, (engine, text) => {
        let at = 0;
        for (const { start, end } of splitSpans(engine, text).spans) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(remainder(engine, text.slice(at, start))).toBe('');
          at = end;
        }
        expect(remainder(engine, text.slice(at))).toBe('');
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives statements that are slices of the file at their offsets, and splits each into itself', () => {
    fc.assert(
      fc.property(engines, anything, (engine, text) => {
        const { statements, problems } = splitStatements(engine, text, 'f.sql');
        for (const statement of statements) {
          expect(text.startsWith(statement.text, statement.start.offset)).toBe(true);
          if (problems.length > 0 || statement.copyData !== null || statement.text.startsWith('\uFEFF')) continue;
          expect(splitStatements(engine, statement.text, 'f.sql').statements.map((s) => s.text)).toEqual([
            statement.text,
          ]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('counts lines and characters as a plain count does', () => {
    fc.assert(
      fc.property(engines, anything, (engine, text) => {
        for (const { start } of splitStatements(engine, text, 'f.sql').statements) {
          const before = text.slice(0, start.offset);
          const lastLine = before.slice(before.lastIndexOf('\n') + 1);
          const mark = before === lastLine && text.startsWith('\uFEFF') ? 1 : 0;
          expect([start.line, start.column]).toEqual([
            before.split('\n').length,
            Array.from(lastLine).length - mark + 1,
          ]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What is left of a gap between spans without white space, semicolons and comments (those before a semicolon have no span). */
function remainder(engine: Engine, gap: string): string {
  let text = gap.replace(/^[\s;\uFEFF]+/, '');
  while (text !== '') {
    if (text.startsWith('--')) text = text.replace(engine === 'postgres' ? /^[^\n\r]*/ : /^[^\n]*/, '');
    else if (text.startsWith('/*')) text = text.slice(commentLength(engine, text));
    else return text;
    text = text.replace(/^[\s;]+/, '');
  }
  return text;
}

function commentLength(engine: Engine, text: string): number {
  let depth = 0;
  for (const match of text.matchAll(/\/\*|\*\//g)) {
    const opens = match[0] === '/*' && (engine === 'postgres' || depth === 0);
    depth += opens ? 1 : match[0] === '*/' ? -1 : 0;
    if (depth === 0) return match.index + 2;
  }
  return text.length;
}

describe('agreement with PostgreSQL', () => {
  beforeAll(async () => {
    await loadModule();
  });

  it('finds the same string, identifier and semicolon tokens as its scanner', () => {
    let compared = 0;
    fc.assert(
      fc.property(soup, (text) => {
        const ours = tokens(text);
        const theirs = scanned(text);
        if (ours === null || theirs === null) return;
        compared++;
        expect(withoutContinuations(ours)).toEqual(withoutContinuations(theirs));
      }),
      { numRuns: 6_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('splits scripts of tricky statements at the same places as its parser', () => {
    const noise = fc
      .array(fc.constantFrom(' ', '\n', '\t', "-- c; '\n", '/* ; */', '/* /* ; */ $$ */', '--\r\n', ';', '\f'), {
        maxLength: 4,
      })
      .map((parts) => parts.join(''));
    const script = fc.array(fc.tuple(noise, fc.constantFrom(...TRICKY), noise), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(script, (parts) => {
        const text = parts.map(([before, statement, after]) => `${before}${statement}${after}`).join(';');
        const { statements, problems } = splitStatements('postgres', text, 'f.sql');
        expect(problems).toEqual([]);
        const theirs = (parseSync(text).stmts ?? []).map(({ stmt_location: at = 0 }) => byteOffsetToIndex(text, at));
        expect(statements.map(({ start }) => start.offset)).toEqual(theirs);
        expect(statements.map((statement) => statement.text)).toEqual(parts.map(([, statement]) => statement));
      }),
      { numRuns: 1_500 },
    );
  });

  it('agrees wherever random text happens to parse', () => {
    const words = fc.constantFrom(
      'SELECT',
      "'a;b'",
      "E'\\';'",
      '$$;$$',
      '$q$ $$ ; $q$',
      '"x;y"',
      '1',
      '(',
      ')',
      ';',
      ';',
      '-- c;\n',
      '/* ; */',
      ',',
      '+',
      'CASE WHEN true THEN 1 END',
      'AS',
      'é',
      '\n',
      "U&'\\0061'",
      "'a'\n'b'",
    );
    let compared = 0;
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const text = `SELECT ${parts.join(' ')}`;
        let theirs: readonly number[];
        try {
          theirs = (parseSync(text).stmts ?? []).map(({ stmt_location: at = 0 }) => byteOffsetToIndex(text, at));
        } catch {
          return;
        }
        compared++;
        expect(splitStatements('postgres', text, 'f.sql').statements.map(({ start }) => start.offset)).toEqual(theirs);
      }),
      { numRuns: 6_000 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

/** Our tokens of interest as `start-end`; null where a psql command or an open quote ends what PostgreSQL could judge. */
function tokens(text: string): readonly string[] | null {
  const scanner = new PostgresScanner(text);
  const found: string[] = [];
  for (let kind = scanner.next(); kind !== TOKEN.end; kind = scanner.next()) {
    if (scanner.unterminated || kind === TOKEN.backslash) return null;
    if (kind === TOKEN.semicolon) found.push(`; ${scanner.start}`);
    if (kind === TOKEN.string) found.push(`string ${scanner.start}`);
    if (kind === TOKEN.quotedIdentifier) found.push(`name ${scanner.start}`);
  }
  return found;
}

/** The server takes strings on several lines for one. */
function withoutContinuations(found: readonly string[]): readonly string[] {
  return found.filter((token, index) => !token.startsWith('string') || found[index - 1]?.startsWith('string') !== true);
}

function scanned(text: string): readonly string[] | null {
  // The byte order mark is white space to us and a letter to the server, which drops it from files with psql's help.
  if (text.includes('\uFEFF') || text === '') return null;
  try {
    return scanSync(text).tokens.flatMap(({ start, tokenName, text: token }) => {
      const at = byteOffsetToIndex(text, start);
      if (token === ';') return [`; ${at}`];
      if (tokenName === 'SCONST' || /^(?:[bx]|U&)'/i.test(token)) return [`string ${at}`];
      return /^(?:U&)?"/i.test(token) ? [`name ${at}`] : [];
    });
  } catch {
    return null;
  }
}

const TRICKY = [
  'SELECT 1',
  "SELECT 'it''s; fine'",
  "SELECT E'\\';', E'a'\n  'b\\';'",
  'SELECT $$;$$, $é$ $$ ; $é$',
  'SELECT "a;""b" FROM "t;"',
  "SELECT U&'d\\0061t;' UESCAPE '\\', B'10', X'1F'",
  'SELECT 1 -- ;\n, 2 /* ; /* ; */ */, 3',
  'SELECT CASE WHEN a THEN 1 ELSE 2 END FROM t',
  'BEGIN',
  'END',
  'CREATE TABLE "ünï;" (a int DEFAULT 1, b text CHECK (b <> $$;$$))',
  'CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END',
  'CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (1); SELECT 1 AS end, t.case FROM t; END',
  'CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC END',
  "CREATE FUNCTION h() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN PERFORM 'x;'; IF true THEN NULL; END IF; END; $body$",
  'CREATE FUNCTION i() RETURNS int LANGUAGE sql RETURN 1',
  'CREATE RULE r AS ON INSERT TO t DO INSTEAD (INSERT INTO u VALUES (1); DELETE FROM v; )',
  "DO $$ BEGIN EXECUTE 'SELECT 1;'; END $$",
  'COPY t TO STDOUT',
  'ALTER TABLE t ADD COLUMN "begin" int, ADD COLUMN atomic int',
  "INSERT INTO t VALUES ('😀;', '\u0301'), ('$1$')",
] as const;

describe('agreement with SQLite', () => {
  const pool = [
    'SELECT 1',
    "SELECT 'a;''b', x'00', \"a\" FROM [t;1]",
    'SELECT `a` FROM "t;1" -- ;\n WHERE a /* ; */ > 0',
    'INSERT INTO t VALUES (1, 2)',
    'CREATE TRIGGER n AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE t SET a = 1; END',
    'CREATE TEMP TRIGGER IF NOT EXISTS n AFTER INSERT ON t WHEN new.a > 0 BEGIN DELETE FROM "t;1"; /* ; END; */ SELECT 1; END',
    'CREATE VIEW n AS SELECT CASE a WHEN 1 THEN 2 END AS end FROM t',
    'EXPLAIN SELECT 1',
    'BEGIN',
    'END',
  ];

  it('gives statements of which SQLite says that they are one', () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE t (a, b); CREATE TABLE "t;1" (a)');
    const noise = fc
      .array(fc.constantFrom(' ', '\n', '-- ;\n', '/* ; /* */', ';'), { maxLength: 3 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, fc.constantFrom(...pool), noise), { maxLength: 6 }), (parts) => {
        const text = parts.map(([before, statement, after]) => `${before}${statement}${after}`).join(';');
        const { statements, problems } = splitStatements('sqlite', text, 'f.sql');
        expect(problems).toEqual([]);
        expect(statements.map((statement) => statement.text)).toEqual(parts.map(([, statement]) => statement));
        for (const statement of statements) database.prepare(statement.text);
      }),
      { numRuns: 500 },
    );
    database.close();
  });

  it('finds one statement wherever SQLite takes random text as one', () => {
    const database = new Database(':memory:');
    const words = fc.constantFrom(
      'SELECT',
      "'a;b'",
      '"x;y"',
      '[;]',
      '`;`',
      '1',
      '(',
      ')',
      ';',
      '-- c;\n',
      '/* ; */',
      '/* /* */',
      ',',
      '+',
      'CASE WHEN 1 THEN 1 END',
      'AS',
      'é',
      '\n',
      "x'00'",
    );
    let compared = 0;
    fc.assert(
      fc.property(fc.array(words, { maxLength: 10 }), (parts) => {
        const text = `SELECT ${parts.join(' ')}`;
        try {
          database.prepare(text);
        } catch (error) {
          if (!(error instanceof RangeError)) return;
          // Two statements of which the first is sound.
          expect(splitStatements('sqlite', text, 'f.sql').statements.length).toBeGreaterThan(1);
          return;
        }
        compared++;
        expect(splitStatements('sqlite', text, 'f.sql').statements).toHaveLength(1);
      }),
      { numRuns: 3_000 },
    );
    expect(compared).toBeGreaterThan(50);
    database.close();
  });
});
