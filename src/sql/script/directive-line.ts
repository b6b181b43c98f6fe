import { closest } from '../../model/closest.ts';
import type { ErrorCode } from '../../model/error-catalogue.ts';
import type { Problem } from '../../model/problem.ts';
import type { Position } from '../../model/statement.ts';
import type { PositionCursor } from '../position.ts';

/** One comment line `-- @name value`, not yet judged. */
export interface DirectiveLine {
  readonly name: string;
  /** Without white space at its ends; '' when there is none. */
  readonly value: string;
  /** Of the `@`. */
  readonly position: Position;
}

const DIRECTIVE = /^--[ \t]*@([A-Za-z]\S*)(?:[ \t]+(.*))?$/s;

/** The directive in the line comment at [start, end), or null for any other comment. Offsets must ascend over calls. */
export function readDirective(text: string, start: number, end: number, cursor: PositionCursor): DirectiveLine | null {
  if (!text.startsWith('--', start)) return null;
  const match = DIRECTIVE.exec(text.slice(start, end).trimEnd());
  if (match === null) return null;
  const position = cursor.at(text.indexOf('@', start));
  return { name: match[1] ?? '', value: (match[2] ?? '').trim(), position };
}

export type Report = (code: ErrorCode, at: Position, message: string, hint: string | null) => void;

export function reporter(file: string, problems: Problem[]): Report {
  return (code, at, message, hint) => {
    problems.push({ code, file, line: at.line, column: at.column, message, hint });
  };
}

/** The problem of a directive that `known` does not hold; `elsewhere` are those of the other kind of file. */
export function reportUnknown(
  report: Report,
  line: DirectiveLine,
  known: readonly string[],
  elsewhere: { readonly names: readonly string[]; readonly where: string },
): void {
  const message = `unknown directive @${line.name}`;
  if (elsewhere.names.includes(line.name)) {
    report('directive-unknown', line.position, message, `@${line.name} belongs into ${elsewhere.where}.`);
    return;
  }
  const meant = closest(line.name, known);
  const hint =
    meant === null ? `Known here: ${known.map((name) => `@${name}`).join(', ')}.` : `Did you mean @${meant}?`;
  report('directive-unknown', line.position, message, hint);
}

export const SCRIPT_DIRECTIVES = [
  'description',
  'transaction',
  'lock-timeout',
  'statement-timeout',
  'irreversible',
  'allow',
  'deletes',
  'foreign-keys',
] as const;

export const CHECK_DIRECTIVES = ['check', 'expect', 'when', 'until', 'as', 'set', 'severity', 'setup'] as const;
