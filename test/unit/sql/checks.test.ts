import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/model/directives.ts';
import type { Engine } from '../../../src/model/engine.ts';
import { parseChecks } from '../../../src/sql/index.ts';

function sound(text: string, engine: Engine = 'postgres'): readonly Check[] {
  const { checks, problems } = parseChecks(engine, text, 'v.sql');
  expect(problems).toEqual([]);
  return checks;
}

function wrong(text: string, engine: Engine = 'postgres'): readonly string[] {
  return parseChecks(engine, text, 'v.sql').problems.map(
    ({ code, line, column, message }) => `${code} ${line}:${column} ${message}`,
  );
}

const A = '-- @check a\n-- @expect rows = 0\n';

describe('the checks of a verify script', () => {
  it('are blocks of directives above one statement', () => {
    const text = `-- What must hold after this step.

-- @check no tenant_id is null
-- @expect every null_count = 0
SELECT 'users' AS table_name, count(*) AS null_count FROM users WHERE tenant_id IS NULL
UNION ALL SELECT 'a;b', 0;

-- @setup
INSERT INTO users VALUES (1);          -- runs as the migrating role
INSERT INTO users VALUES (2);
-- @check an agent cannot read another organisation
-- (a remark)
-- @expect error 42501
-- @when step
-- @as "Crm agent"
-- @set app.user_id = 00000000-0000-0000-0000-000000000002
-- @set app.empty = ''
-- @severity warning
SELECT * FROM users;
`;
    const [first, second, ...more] = sound(text);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      name: 'no tenant_id is null',
      expectation: { kind: 'every', column: 'null_count', comparison: '=', value: 0 },
      expected: 'every null_count = 0',
      when: 'after',
      until: null,
      role: null,
      settings: [],
      severity: 'error',
      setup: [],
      position: { line: 3, column: 4 },
      statement: { file: 'v.sql', start: { line: 5, column: 1 } },
    });
    expect(first?.statement.text).toMatch(/^SELECT 'users'[^]*'a;b', 0$/);
    expect(second).toMatchObject({
      when: 'step',
      role: 'Crm agent',
      settings: [
        { key: 'app.user_id', value: '00000000-0000-0000-0000-000000000002' },
        { key: 'app.empty', value: '' },
      ],
      severity: 'warning',
      setup: [{ text: 'INSERT INTO users VALUES (1)' }, { text: 'INSERT INTO users VALUES (2)' }],
      statement: { text: 'SELECT * FROM users' },
    });
  });

  it('belong to one set-up each', () => {
    const text = `-- @setup\nINSERT INTO t VALUES (1);\n${A}SELECT 1;\n-- @check b\n-- @expect value = 1\nSELECT 1;`;
    expect(sound(text).map(({ setup }) => setup.length)).toEqual([1, 0]);
  });

  it('may have data for COPY in their set-up', () => {
    const [check] = sound(`-- @setup\nCOPY t FROM STDIN;\n-- @check no\n1\n\\.\n${A}SELECT 1;`);
    expect(check?.setup).toMatchObject([{ copyData: '-- @check no\n1\n' }]);
  });

  it('take their directives in any order', () => {
    expect(sound('-- @expect rows = 0\n-- @until 007\n-- @check a\nSELECT 1')).toMatchObject([
      { name: 'a', until: '007' },
    ]);
  });

  it('are none in a file of comments', () => {
    expect(sound('-- nothing to check\n/* @check */')).toEqual([]);
  });

  it.each([
    ['SELECT 1;', 'check-invalid 1:1 the statement has neither @check nor @setup above it'],
    [`${A}SELECT 1; SELECT 2;`, 'check-invalid 3:11 a check has one statement, and this is another one'],
    ['-- @check a\nSELECT 1;', "check-invalid 1:4 the check 'a' has no @expect"],
    ['-- @check\n-- @expect rows = 0\nSELECT 1;', 'directive-invalid 1:4 @check has no name'],
    [`-- @expect rows = 0\nSELECT 1;`, 'check-invalid 1:4 @expect belongs to no check'],
    [`${A}-- end`, "check-invalid 1:4 the check 'a' has no statement"],
    [`${A}-- @check b\n-- @expect rows = 0\nSELECT 1`, "check-invalid 1:4 the check 'a' has no statement"],
    [`${A}SELECT 1;\n-- @when step`, 'check-invalid 4:4 @when has no statement below it'],
    ['-- @setup\nINSERT INTO t VALUES (1);', 'check-invalid 1:4 @setup is not followed by a check'],
    [
      `-- @setup\nSELECT 0;\n-- @setup\nSELECT 0;\n${A}SELECT 1;`,
      'check-invalid 1:4 @setup is not followed by a check',
    ],
    [`-- @setup x\nSELECT 0;\n${A}SELECT 1;`, 'directive-invalid 1:4 @setup takes no value'],
    [`${A}-- @expect rows = 1\nSELECT 1`, 'directive-invalid 3:4 @expect is given twice'],
    [`${A}-- @when later\nSELECT 1`, "directive-invalid 3:4 @when is none of its values: 'later'"],
    [`${A}-- @severity fatal\nSELECT 1`, "directive-invalid 3:4 @severity is none of its values: 'fatal'"],
    [`${A}-- @until next\nSELECT 1`, "directive-invalid 3:4 'next' is no version"],
    [`${A}-- @until 3\n-- @when step\nSELECT 1`, 'directive-invalid 3:4 @until has no meaning with @when step'],
    [`${A}-- @as\nSELECT 1`, 'directive-invalid 3:4 @as names no role'],
    [`${A}-- @set x\nSELECT 1`, "directive-invalid 3:4 can not read 'x'"],
    [`${A}-- @set x = 1\n-- @set x = 2\nSELECT 1`, 'directive-invalid 4:4 @set x is given twice'],
    ['-- @check a\n-- @expect rowz = 0\nSELECT 1', "directive-invalid 2:4 can not read 'rowz = 0'"],
    ['-- @check a\n-- @expect error SQLITE_BUSY\nSELECT 1', 'directive-invalid 2:4 SQLITE_BUSY is a code of SQLite'],
    [`${A}SELECT 1;\n${A}SELECT 2;`, "check-invalid 4:4 the name 'a' is used twice"],
    ['-- @description x', 'directive-unknown 1:4 unknown directive @description'],
    [`${A}SELECT 'x`, 'sql-unterminated 3:8 The string opened here is never closed'],
    [`\\set x 1\n${A}SELECT 1`, 'psql-command 1:1 `\\set` is a psql command; the server does not know it'],
  ])('%j is wrong', (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });

  it('of SQLite have no roles and settings, and its own error codes', () => {
    expect(wrong(`${A}-- @as x\n-- @set a = b\nSELECT 1`, 'sqlite')).toEqual([
      'engine-unsupported 3:4 SQLite has no roles',
      'engine-unsupported 4:4 SQLite has no session settings',
    ]);
    expect(wrong('-- @check a\n-- @expect error 23514\nSELECT 1', 'sqlite')).toEqual([
      'directive-invalid 2:4 23514 is a code of PostgreSQL',
    ]);
    expect(sound('-- @check a\n-- @expect error SQLITE_CONSTRAINT_CHECK\nSELECT [;]', 'sqlite')).toHaveLength(1);
  });

  describe('that compare a time with the one before', () => {
    const before = '-- @check a\n-- @when before\n-- @expect rows >= 0\nSELECT 1;\n';
    const within = '-- @check a\n-- @expect within 10% of before\nSELECT 1;\n';

    it('share the name of that measurement', () => {
      expect(sound(before + within).map(({ when }) => when)).toEqual(['before', 'after']);
      expect(sound(within + before).map(({ when }) => when)).toEqual(['after', 'before']);
    });

    it('can not do without it', () => {
      expect(wrong(within)).toEqual(["check-invalid 1:4 'within … of before' needs a check 'a' with `@when before`"]);
      expect(wrong(within.replace('@expect', '@when before\n-- @expect'))).toEqual([
        'check-invalid 1:4 a check `@when before` can not be compared with itself',
      ]);
      expect(wrong(before + within + within)).toEqual(["check-invalid 8:4 the name 'a' is used twice"]);
      expect(wrong(before + before)).toEqual(["check-invalid 5:4 the name 'a' is used twice"]);
    });
  });

  it('never throw, whatever the file holds', () => {
    const line = fc.constantFrom(
      '-- @check a',
      '-- @check',
      '-- @expect rows = 0',
      '-- @setup',
      '-- @when before',
      '-- @nope',
      'SELECT 1;',
      'SELECT',
      ';',
      "'",
      '/*',
      '-- x',
      '',
    );
    fc.assert(
      fc.property(fc.constantFrom<Engine>('postgres', 'sqlite'), fc.array(line), (engine, lines) => {
        const { checks, problems } = parseChecks(engine, lines.join('\n'), 'v.sql');
        expect(new Set(checks.map(({ position }) => position.offset)).size).toBe(checks.length);
        for (const problem of problems) expect(problem.line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
