import { describe, expect, it } from 'vitest';
import type { ScriptDirectives } from '../../../src/model/directives.ts';
import { parseScriptDirectives } from '../../../src/sql/index.ts';

const NONE: ScriptDirectives = {
  description: null,
  transaction: 'each',
  lockTimeoutMs: null,
  statementTimeoutMs: null,
  irreversible: null,
  allow: [],
  deletes: [],
  foreignKeys: true,
};

function sound(text: string): ScriptDirectives {
  const { directives, problems } = parseScriptDirectives(text, 'f.sql');
  expect(problems).toEqual([]);
  return directives;
}

function wrong(text: string): readonly string[] {
  return parseScriptDirectives(text, 'f.sql').problems.map(
    ({ code, file, line, column, message }) => `${code} ${file}:${line}:${column} ${message}`,
  );
}

describe('the directives of a migration or rollback', () => {
  it('are none in a file without a leading comment', () => {
    expect(sound('SELECT 1;')).toEqual(NONE);
    expect(sound('')).toEqual(NONE);
    expect(sound('-- just a comment\n-- mail: a@b.c, x @y\n/* -- @description no */ SELECT 1')).toEqual(NONE);
  });

  it('are all read', () => {
    const text = [
      '\uFEFF-- A note.',
      '-- @description Add tenant_id  -- to every table ',
      '',
      '/* more */',
      '--@transaction none',
      '--\t@lock-timeout 2s',
      '  -- @statement-timeout 10 min',
      '-- @irreversible the old values are gone\r',
      '-- @allow drop-column no reader is left',
      '-- @allow table-rewrite small table',
      '-- @deletes users',
      '-- @deletes "My Schema"."T"',
      '-- @foreign-keys off',
      'SELECT 1;',
    ].join('\n');
    expect(sound(text)).toEqual({
      description: 'Add tenant_id  -- to every table',
      transaction: 'none',
      lockTimeoutMs: 2_000,
      statementTimeoutMs: 600_000,
      irreversible: 'the old values are gone',
      allow: [
        { rule: 'drop-column', reason: 'no reader is left' },
        { rule: 'table-rewrite', reason: 'small table' },
      ],
      deletes: ['users', '"My Schema"."T"'],
      foreignKeys: false,
    });
  });

  it('are known by name, with a hint at the one that was meant', () => {
    const { problems } = parseScriptDirectives('-- x\n  -- @descripton y\nSELECT 1', 'f.sql');
    expect(problems).toEqual([
      {
        code: 'directive-unknown',
        file: 'f.sql',
        line: 2,
        column: 6,
        message: 'unknown directive @descripton',
        hint: 'Did you mean @description?',
      },
    ]);
    expect(parseScriptDirectives('-- @expect rows = 0', 'f.sql').problems[0]?.hint).toContain('verify script');
    expect(parseScriptDirectives('-- @author me', 'f.sql').problems[0]?.hint).toContain('@description, @transaction');
  });

  it.each([
    ['-- @description', '1:4 @description has no text'],
    ['-- @transaction maybe', "1:4 @transaction is either each or none, not 'maybe'"],
    ['-- @lock-timeout 5', "1:4 '5' is no duration"],
    ['-- @statement-timeout soon', "1:4 'soon' is no duration"],
    ['-- @irreversible ', '1:4 @irreversible has no reason'],
    ['-- @allow', '1:4 @allow names no rule'],
    ['-- @allow drop-column', '1:4 @allow drop-column has no reason'],
    ['-- @allow r a\n-- @allow r b', '2:4 @allow r is given twice'],
    ['-- @deletes', "1:4 @deletes names one table, not ''"],
    ['-- @deletes a, b', "1:4 @deletes names one table, not 'a, b'"],
    ['-- @deletes a\n-- @deletes a', '2:4 @deletes a is given twice'],
    ['-- @description a\n\n-- @description b', '3:4 @description is given twice'],
    ['-- @transaction each\n-- @transaction none', '2:4 @transaction is given twice'],
  ])('%j is wrong', (text, problem) => {
    expect(wrong(text)).toEqual([`directive-invalid f.sql:${problem}`]);
  });

  it('are a problem below the first statement, where they would do nothing', () => {
    expect(wrong('SELECT 1;\n-- @transaction none\nSELECT 2; -- @allow x y')).toEqual([
      'directive-invalid f.sql:2:4 @transaction stands below the first statement, where it has no effect',
      'directive-invalid f.sql:3:14 @allow stands below the first statement, where it has no effect',
    ]);
    expect(
      wrong("SELECT '\n-- @transaction none\n', $$\n-- @allow x y\n$$; -- @param x\n/*\n-- @description a */"),
    ).toEqual([]);
  });

  it('follow the comment rules of the engine', () => {
    const text = '/* /* */ -- @description a\nSELECT 1';
    expect(parseScriptDirectives(text, 'f.sql', 'sqlite').directives.description).toBe('a');
    expect(parseScriptDirectives(text, 'f.sql', 'postgres').directives.description).toBeNull();
  });
});
