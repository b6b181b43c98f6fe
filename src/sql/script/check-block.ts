import type { Check, Severity, When } from '../../model/directives.ts';
import type { Engine } from '../../model/engine.ts';
import type { Statement } from '../../model/statement.ts';
import type { DirectiveLine, Report } from './directive-line.ts';
import { parseExpectation } from './expectation.ts';

const WHENS: readonly When[] = ['before', 'after', 'step', 'committed', 'rolled-back', 'always'];
const SEVERITIES: readonly Severity[] = ['error', 'warning'];

/** One check of the directives above its statement, or null when something was reported. `lines` hold a `@check`. */
export function makeCheck(
  engine: Engine,
  lines: readonly DirectiveLine[],
  setup: readonly Statement[],
  statement: Statement,
  report: Report,
): Check | null {
  let sound = true;
  const invalid = (line: DirectiveLine, message: string, hint: string | null): void => {
    sound = false;
    report('directive-invalid', line.position, message, hint);
  };
  const byName = single(lines, invalid);
  const check = byName.get('check');
  const expect = byName.get('expect');
  if (check === undefined) return null;
  if (check.value === '') invalid(check, '@check has no name', 'Write `-- @check <what holds>`.');
  if (expect === undefined) {
    report(
      'check-invalid',
      check.position,
      `the check '${check.value}' has no @expect`,
      'Write what it must return, such as `-- @expect rows = 0`.',
    );
    return null;
  }
  const parsed = parseExpectation(expect.value);
  if ('error' in parsed) invalid(expect, `can not read '${expect.value}'`, `${parsed.error}.`);
  else if (parsed.expectation.kind === 'error') judgeCode(engine, expect, parsed.expectation.code, invalid);

  const when = oneOf(byName.get('when'), WHENS, 'after', invalid);
  const severity = oneOf(byName.get('severity'), SEVERITIES, 'error', invalid);
  const until = byName.get('until');
  if (until !== undefined) judgeUntil(until, when, invalid);
  const role = byName.get('as');
  if (role?.value === '') invalid(role, '@as names no role', 'Write `-- @as <role>`.');
  const settings = settingsOf(lines, invalid);
  for (const line of lines) {
    if (engine === 'postgres' || (line.name !== 'as' && line.name !== 'set')) continue;
    sound = false;
    report(
      'engine-unsupported',
      line.position,
      `SQLite has no ${line.name === 'as' ? 'roles' : 'session settings'}`,
      `Remove @${line.name}.`,
    );
  }
  if (!sound || 'error' in parsed) return null;
  return {
    name: check.value,
    expectation: parsed.expectation,
    expected: expect.value,
    when,
    until: until?.value ?? null,
    role: role === undefined ? null : unquoted(role.value),
    settings,
    severity,
    setup,
    statement,
    position: check.position,
  };
}

type Invalid = (line: DirectiveLine, message: string, hint: string | null) => void;

/** The directives that make sense once, by name. */
function single(lines: readonly DirectiveLine[], invalid: Invalid): ReadonlyMap<string, DirectiveLine> {
  const byName = new Map<string, DirectiveLine>();
  for (const line of lines) {
    if (line.name === 'set') continue;
    if (byName.has(line.name)) invalid(line, `@${line.name} is given twice`, 'Keep one of them.');
    else byName.set(line.name, line);
  }
  return byName;
}

function oneOf<T extends string>(
  line: DirectiveLine | undefined,
  words: readonly T[],
  otherwise: T,
  invalid: Invalid,
): T {
  if (line === undefined) return otherwise;
  const found = words.find((word) => word === line.value);
  if (found !== undefined) return found;
  invalid(line, `@${line.name} is none of its values: '${line.value}'`, `Write one of ${words.join(', ')}.`);
  return otherwise;
}

function judgeUntil(line: DirectiveLine, when: When, invalid: Invalid): void {
  if (!/^\d[\d_]*$/.test(line.value)) invalid(line, `'${line.value}' is no version`, 'Write `-- @until <version>`.');
  else if (when !== 'after' && when !== 'always')
    invalid(line, `@until has no meaning with @when ${when}`, 'Remove one of them.');
}

function judgeCode(engine: Engine, line: DirectiveLine, code: string, invalid: Invalid): void {
  const ofSqlite = code.startsWith('SQLITE_');
  if (engine === 'sqlite' && !ofSqlite)
    invalid(
      line,
      `${code} is a code of PostgreSQL`,
      'Write the name of the SQLite code, such as SQLITE_CONSTRAINT_CHECK.',
    );
  if (engine === 'postgres' && ofSqlite)
    invalid(line, `${code} is a code of SQLite`, 'Write the SQLSTATE, such as 23514.');
}

function settingsOf(lines: readonly DirectiveLine[], invalid: Invalid): Check['settings'] {
  const settings: { key: string; value: string }[] = [];
  for (const line of lines) {
    if (line.name !== 'set') continue;
    const [, key, value = ''] = /^([A-Za-z_][\w.$]*)\s*=\s*(.*)$/s.exec(line.value) ?? [];
    if (key === undefined) invalid(line, `can not read '${line.value}'`, 'Write `-- @set <key> = <value>`.');
    else if (settings.some((other) => other.key === key))
      invalid(line, `@set ${key} is given twice`, 'Keep one of them.');
    else settings.push({ key, value: literal(value) });
  }
  return settings;
}

/** A setting in single quotes may be empty or have white space at its ends. */
function literal(value: string): string {
  return /^'(?:[^']|'')*'$/.test(value) ? value.slice(1, -1).replaceAll("''", "'") : value;
}

function unquoted(name: string): string {
  return /^"(?:[^"]|"")+"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
}
