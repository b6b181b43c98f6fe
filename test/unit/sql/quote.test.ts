import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/model/engine.ts';
import { parsePostgres, quoteIdentifier, quoteLiteral, quotePath, splitStatements } from '../../../src/sql/index.ts';

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom("'", '"', '\\', '$', ';', '--', '/*', '\n', 'é', '😀'),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((s) => !s.includes('\0'));

/** The constant PostgreSQL reads from a literal: its node without the location. */
async function constant(literal: string): Promise<string> {
  const parsed = await parsePostgres(`SELECT ${literal}`);
  if (!('tree' in parsed)) throw new Error(parsed.error.message);
  return JSON.stringify(parsed.tree.stmts);
}

describe('identifiers', () => {
  it.each([
    ['users', '"users"'],
    ['My "T"', '"My ""T"""'],
    ['é.😀;--', '"é.😀;--"'],
  ])('quotes %j', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  it('refuses what no engine can hold', () => {
    expect(() => quoteIdentifier('')).toThrow(RangeError);
    expect(() => quoteIdentifier('a\0')).toThrow(RangeError);
  });

  it.each([
    ['users', '"users"'],
    ['app.users', '"app"."users"'],
    ['"a.b".c', '"a.b"."c"'],
    ['"a""b"', '"a""b"'],
  ])('quotes the path %j', (path, quoted) => {
    expect(quotePath(path)).toBe(quoted);
  });

  it.each(['', '.', 'a.', '.a', 'a..b', '"a', 'a"b"', '""'])('refuses the path %j', (path) => {
    expect(() => quotePath(path)).toThrow(RangeError);
  });

  it('gives a name that both engines read back', async () => {
    const database = new Database(':memory:');
    await fc.assert(
      fc.asyncProperty(
        text.filter((name) => name !== ''),
        async (name) => {
          const quoted = quoteIdentifier(name);
          expect(database.prepare(`SELECT 1 AS ${quoted}`).columns()[0]?.name).toBe(name);
          expect(await constant(`1 AS ${quoted}`)).toContain(JSON.stringify(name));
          expect(splitStatements('postgres', `SELECT ${quoted}`, 'f').statements).toHaveLength(1);
        },
      ),
    );
    database.close();
  });
});

describe('literals', () => {
  it.each<[Value | Date, string, string]>([
    [null, 'NULL', 'NULL'],
    ["it's", "'it''s'", "'it''s'"],
    ['a\\b', String.raw`E'a\\b'`, String.raw`'a\b'`],
    [true, 'TRUE', '1'],
    [false, 'FALSE', '0'],
    [1.5, '1.5', '1.5'],
    [-1, '(-1)', '(-1)'],
    [-0, '(-0.0)', '(-0.0)'],
    [1e300, '1e+300', '1e+300'],
    [Number.POSITIVE_INFINITY, "'Infinity'::float8", '9e999'],
    [9_007_199_254_740_993n, '9007199254740993', '9007199254740993'],
    [-1n, '(-1)', '(-1)'],
    [new Uint8Array([0, 255]), String.raw`E'\\x00ff'::bytea`, "x'00ff'"],
    [new Date(0), "'1970-01-01T00:00:00.000Z'", "'1970-01-01T00:00:00.000Z'"],
  ])('of %s', (value, postgres, sqlite) => {
    expect(quoteLiteral('postgres', value)).toBe(postgres);
    expect(quoteLiteral('sqlite', value)).toBe(sqlite);
  });

  it('refuses what can not be written', () => {
    expect(() => quoteLiteral('postgres', 'a\0')).toThrow(RangeError);
    expect(() => quoteLiteral('sqlite', Number.NaN)).toThrow(RangeError);
    expect(() => quoteLiteral('postgres', new Date(Number.NaN))).toThrow(RangeError);
  });

  it('are read back by SQLite as they were', () => {
    const database = new Database(':memory:').defaultSafeIntegers();
    const value = fc.oneof(
      text,
      fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }),
      fc.uint8Array(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(value, (expected) => {
        const row = database
          .prepare(`SELECT 1 - ${quoteLiteral('sqlite', 1n)}, ${quoteLiteral('sqlite', expected)} AS v`)
          .get() as { v: unknown };
        expect(row.v instanceof Buffer ? new Uint8Array(row.v) : row.v).toEqual(expected);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (expected) => {
        const row = database.prepare(`SELECT CAST(${quoteLiteral('sqlite', expected)} AS real) AS v`).get() as {
          v: number;
        };
        expect(row.v === expected).toBe(true);
      }),
    );
    database.close();
  });

  it('are read back by the PostgreSQL parser as they were', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (expected) => {
        expect(await constant(quoteLiteral('postgres', expected))).toContain(
          `"sval":{"sval":${JSON.stringify(expected)}}`,
        );
      }),
    );
  });
});
