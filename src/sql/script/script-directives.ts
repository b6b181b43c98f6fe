import type { ScriptDirectives } from '../../model/directives.ts';
import { parseDuration } from '../../model/duration.ts';
import type { Engine } from '../../model/engine.ts';
import type { Problem } from '../../model/problem.ts';
import {
  CHECK_DIRECTIVES,
  readDirective,
  reporter,
  reportUnknown,
  SCRIPT_DIRECTIVES,
  type DirectiveLine,
  type Report,
} from './directive-line.ts';
import { PositionCursor } from '../position.ts';
import { scannerFor } from '../tokens/scanner.ts';
import { isComment, TOKEN } from '../tokens/token.ts';

export interface ParsedScriptDirectives {
  readonly directives: ScriptDirectives;
  readonly problems: readonly Problem[];
}

type Draft = { -readonly [K in keyof ScriptDirectives]: ScriptDirectives[K] };

/**
 * The directives in the leading comment of a migration or rollback: the `-- @name value` lines before the first token.
 * One that stands further down would have no effect and is a problem. `engine` decides where comments end.
 */
export function parseScriptDirectives(text: string, file: string, engine: Engine = 'postgres'): ParsedScriptDirectives {
  const problems: Problem[] = [];
  const report = reporter(file, problems);
  const draft: Draft = {
    description: null,
    transaction: 'each',
    lockTimeoutMs: null,
    statementTimeoutMs: null,
    irreversible: null,
    allow: [],
    deletes: [],
    foreignKeys: true,
  };
  const seen = new Set<string>();
  const cursor = new PositionCursor(text);
  const scanner = scannerFor(engine, text);
  let kind = scanner.next();
  for (; isComment(kind); kind = scanner.next()) {
    const line = kind === TOKEN.lineComment ? readDirective(text, scanner.start, scanner.end, cursor) : null;
    if (line !== null) apply(line, draft, seen, report);
  }
  reportMisplaced(text, engine, scanner.start, cursor, report);
  return { directives: draft, problems };
}

function apply(line: DirectiveLine, draft: Draft, seen: Set<string>, report: Report): void {
  const { name, value } = line;
  const invalid = (message: string, hint: string): void => report('directive-invalid', line.position, message, hint);
  if (!(SCRIPT_DIRECTIVES as readonly string[]).includes(name)) {
    reportUnknown(report, line, SCRIPT_DIRECTIVES, { names: CHECK_DIRECTIVES, where: 'a verify script' });
    return;
  }
  if (name !== 'allow' && name !== 'deletes' && seen.has(name)) {
    invalid(`@${name} is given twice`, 'Keep one of them.');
    return;
  }
  seen.add(name);
  switch (name) {
    case 'description':
      if (value === '') invalid('@description has no text', 'Write `-- @description <what the migration does>`.');
      else draft.description = value;
      return;
    case 'transaction':
      if (value === 'each' || value === 'none') draft.transaction = value;
      else
        invalid(
          `@transaction is either each or none, not '${value}'`,
          'Write `-- @transaction none` for statements that refuse a transaction.',
        );
      return;
    case 'lock-timeout':
    case 'statement-timeout': {
      const ms = parseDuration(value);
      if (ms === null) invalid(`'${value}' is no duration`, `Write \`-- @${name} 2s\`; units are ms, s, min, h and d.`);
      else if (name === 'lock-timeout') draft.lockTimeoutMs = ms;
      else draft.statementTimeoutMs = ms;
      return;
    }
    case 'foreign-keys':
      if (value === 'off') draft.foreignKeys = false;
      else invalid(`@foreign-keys can only be off, not '${value}'`, 'Write `-- @foreign-keys off`, or leave it out.');
      return;
    case 'irreversible':
      if (value === '') invalid('@irreversible has no reason', 'Write `-- @irreversible <reason>`.');
      else draft.irreversible = value;
      return;
    case 'allow':
      draft.allow = [...draft.allow, ...allowed(line, draft.allow, invalid)];
      return;
    case 'deletes':
      if (!/^(?:"(?:[^"]|"")+"|[^\s",;]+)+$/.test(value))
        invalid(`@deletes names one table, not '${value}'`, 'Write one `-- @deletes <table>` for each table.');
      else if (draft.deletes.includes(value)) invalid(`@deletes ${value} is given twice`, 'Keep one of them.');
      else draft.deletes = [...draft.deletes, value];
  }
}

function allowed(
  line: DirectiveLine,
  before: ScriptDirectives['allow'],
  invalid: (message: string, hint: string) => void,
) {
  const [, rule = '', reason = ''] = /^(\S*)\s*(.*)$/s.exec(line.value) ?? [];
  if (rule === '' || reason === '') {
    invalid(
      rule === '' ? '@allow names no rule' : `@allow ${rule} has no reason`,
      'Write `-- @allow <rule> <reason>`.',
    );
    return [];
  }
  if (before.some((other) => other.rule === rule)) {
    invalid(`@allow ${rule} is given twice`, 'Keep one of them.');
    return [];
  }
  return [{ rule, reason }];
}

const MISPLACED = new RegExp(String.raw`--[ \t]*@(?:${SCRIPT_DIRECTIVES.join('|')})(?![\w-])`, 'g');

/** The text is searched first; tokens are only looked at when there is something to judge. */
function reportMisplaced(text: string, engine: Engine, from: number, cursor: PositionCursor, report: Report): void {
  MISPLACED.lastIndex = from;
  if (!MISPLACED.test(text)) return;
  const scanner = scannerFor(engine, text, from);
  for (let kind = scanner.next(); kind !== TOKEN.end; kind = scanner.next()) {
    if (kind !== TOKEN.lineComment) continue;
    const line = readDirective(text, scanner.start, scanner.end, cursor);
    if (line === null || !(SCRIPT_DIRECTIVES as readonly string[]).includes(line.name)) continue;
    const message = `@${line.name} stands below the first statement, where it has no effect`;
    report('directive-invalid', line.position, message, 'Move it into the comment at the head of the file.');
  }
}
