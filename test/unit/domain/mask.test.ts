import { describe, expect, it } from 'vitest';
import { maskCheck, maskMessage } from '../../../src/domain/journal/index.ts';
import { hidePasswords } from '../../../src/domain/journal/mask.ts';
import type { CheckResult } from '../../../src/model/check-result.ts';
import { maskLiterals } from '../../../src/sql/index.ts';

const check = (change: Partial<CheckResult>): CheckResult => ({
  version: '001',
  name: 'names',
  when: 'after',
  outcome: 'failed',
  severity: 'error',
  expected: 'rows = 0',
  actual: 'rows = 2',
  detail: null,
  sql: "SELECT * FROM users WHERE email = 'ana@example.com'",
  file: 'verify/001.sql',
  line: 1,
  durationMs: 1,
  ...change,
});

describe('what the journal keeps of user data', () => {
  it('overwrites literals of a statement and leaves every place where it was', () => {
    const cases: readonly (readonly ['postgres' | 'sqlite', string, string])[] = [
      ['postgres', 'SELECT \'ana\', 42, "Col 1"', 'SELECT \'***\', **, "Col 1"'],
      ['postgres', "SELECT E'a\\'b' || U&'x'", "SELECT E'****' || U&'*'"],
      ['postgres', "DO $$ BEGIN RAISE 'ana'; END $$", "DO $$ BEGIN RAISE '***'; END $$"],
      ['postgres', "SELECT 'a''b\nc' -- ana\n, 1", "SELECT '****\n*'       \n, *"],
      ['sqlite', "SELECT x'ff', [a 1], `b 2`, 1.5e3", "SELECT x'**', [a 1], `b 2`, *.***"],
      ['sqlite', "SELECT 'never closed", "SELECT '************"],
    ];
    for (const [engine, text, masked] of cases) {
      expect(maskLiterals(engine, text)).toBe(masked);
      expect(masked).toHaveLength(text.length);
    }
  });

  it('keeps counts of a check and drops values of rows', () => {
    expect(maskCheck('postgres', check({}))).toMatchObject({
      actual: 'rows = 2',
      sql: "SELECT * FROM users WHERE email = '***************'",
    });
    const actuals: readonly (readonly [string, string])[] = [
      ['value = 4', 'value = 4'],
      ['value = true', 'value = true'],
      ['value = Ana Lang', 'value = ***'],
      ['2 of 7 rows differ', '2 of 7 rows differ'],
      ['[{"name":"Ana","count":3}]', '[{"name":"***","count":3}]'],
      ['indexes users_email', 'indexes users_email'],
      ['median 4.20 ms of 5 runs', 'median 4.20 ms of 5 runs'],
      [
        'error 22P02: invalid input syntax for type uuid: "ana"',
        'error 22P02: invalid input syntax for type uuid: "***"',
      ],
    ];
    for (const [actual, masked] of actuals) expect(maskCheck('postgres', check({ actual })).actual).toBe(masked);
    const table = maskCheck('postgres', check({ detail: 'id  name\n--  ----\n1   Ana\n2   Bo' }));
    expect(table.detail).toBe('id  name\n--  ----\n(2 lines, values masked)');
    const diff = maskCheck('postgres', check({ detail: '-  {"name":"Ana","n":1}\n+  {"name":"Bo","n":1}' }));
    expect(diff.detail).toBe('-  {"name":"***","n":1}\n+  {"name":"***","n":1}');
  });

  it('drops the values an engine quotes, and keeps the names it quotes', () => {
    const messages: readonly (readonly [string, string])[] = [
      ['Key (email)=(ana@example.com) already exists.', 'Key (email)=(***) already exists.'],
      ['Key (a, b)=(1, (x)) is not present in table "users".', 'Key (a, b)=(***) is not present in table "users".'],
      ['Failing row contains (1, Ana, (x)).', 'Failing row contains (***).'],
      ['duplicate key value violates unique constraint "users_email_key"', ''],
      ['relation "users" does not exist', ''],
      ['value "99999999999" is out of range for type integer', 'value "***" is out of range for type integer'],
      ['COPY users, line 3, column name: "Ana "quoted" Lang"', 'COPY users, line 3, column name: "***"'],
      ["don't and can't stay", ''],
    ];
    for (const [message, masked] of messages) expect(maskMessage(message)).toBe(masked === '' ? message : masked);
  });

  it('never keeps a password', () => {
    expect(hidePasswords('see postgres://ana:s3c:r@t@db/crm now')).toBe('see postgres://ana:***@db/crm now');
    expect(hidePasswords('host=db password=s3cret user=ana')).toBe('host=db password=*** user=ana');
    expect(hidePasswords("ALTER ROLE ana PASSWORD 's3''cret'")).toBe("ALTER ROLE ana PASSWORD '***'");
  });
});
