import type { ErrorCode } from '../model/error-catalogue.ts';

/** A piece of a file, by UTF-16 offsets. What no span covers is white space, a semicolon, or a comment before one. */
export interface Span {
  readonly kind: 'statement' | 'comment' | 'psql' | 'copy-data';
  readonly start: number;
  readonly end: number;
}

/** A problem before its offset is turned into a line and a column. */
export interface Fault {
  readonly code: ErrorCode;
  readonly offset: number;
  readonly message: string;
  readonly hint: string | null;
}

/** The pieces in the order of the file. A `copy-data` span directly follows its statement. */
export interface Spans {
  readonly spans: readonly Span[];
  readonly faults: readonly Fault[];
}

/** The fault for a quoted text, comment or body that the end of the file cuts off. */
export function unterminated(offset: number, what: string, close: string): Fault {
  return {
    code: 'sql-unterminated',
    offset,
    message: `${what} opened here is never closed`,
    hint: `Close it with ${close}.`,
  };
}

const LONGEST_SHOWN_TAG = 40;

/** Tells from its first characters what an unterminated token was to become. */
export function unterminatedToken(text: string, offset: number): Fault {
  const dollar = /^\$[^$]*\$/.exec(text.slice(offset, offset + LONGEST_SHOWN_TAG))?.[0];
  if (dollar !== undefined) return unterminated(offset, `The text quoted by ${dollar}`, dollar);
  if (text.startsWith('$', offset)) return unterminated(offset, 'The dollar-quoted text', 'its tag');
  if (text.startsWith('/*', offset)) return unterminated(offset, 'The comment', '*/');
  if (text.startsWith('[', offset)) return unterminated(offset, 'The identifier', ']');
  const opening = /^[A-Za-z]?&?(["'`])/.exec(text.slice(offset, offset + 3))?.[1] ?? "'";
  return unterminated(offset, opening === "'" ? 'The string' : 'The identifier', opening);
}
