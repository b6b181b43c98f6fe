/** What a scanner found. White space is skipped and never a token. */
export const TOKEN = {
  end: 0,
  lineComment: 1,
  blockComment: 2,
  /** An unquoted identifier or key word. */
  word: 3,
  quotedIdentifier: 4,
  /** Any string literal, dollar quotes included. */
  string: 5,
  number: 6,
  semicolon: 7,
  open: 8,
  close: 9,
  /** A psql command, up to the end of its line (PostgreSQL only). */
  backslash: 10,
  /** Any other single character. */
  other: 11,
} as const;

export type TokenKind = (typeof TOKEN)[keyof typeof TOKEN];

/**
 * Walks over a text, one token at a call. The fields tell of the token found last; they are numbers into the text,
 * so that walking over a large file makes no garbage.
 */
export interface Scanner {
  readonly text: string;
  /** UTF-16 offset of the first unit of the token. */
  start: number;
  /** UTF-16 offset behind the token; setting it moves the scanner. */
  end: number;
  /** The token is a quoted text or comment that the end of the text cut off. */
  unterminated: boolean;
  next(): TokenKind;
}

export function isComment(kind: TokenKind): boolean {
  return kind === TOKEN.lineComment || kind === TOKEN.blockComment;
}

/** Whether the ASCII word at [start, end) is `word`, which is given in lower case, in any case of its letters. */
export function wordIs(text: string, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) {
    let code = text.charCodeAt(start + i);
    if (code >= 65 && code <= 90) code += 32;
    if (code !== word.charCodeAt(i)) return false;
  }
  return true;
}

const IDENTIFIER_START = 1;
const IDENTIFIER_PART = 2;

const CLASS = ((): Uint8Array => {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
    const digit = code >= 48 && code <= 57;
    table[code] = letter ? IDENTIFIER_START | IDENTIFIER_PART : digit ? IDENTIFIER_PART : 0;
  }
  return table;
})();

/** A letter, an underscore or any character beyond ASCII, which both engines take as a letter. */
export function isIdentifierStart(code: number): boolean {
  return code >= 128 || ((CLASS[code] ?? 0) & IDENTIFIER_START) !== 0;
}

/** As {@link isIdentifierStart}, or a digit. The dollar sign is not among them. */
export function isIdentifierPart(code: number): boolean {
  return code >= 128 || ((CLASS[code] ?? 0) & IDENTIFIER_PART) !== 0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Offset of the first character that is not white space, from `at` on; a byte order mark at the very start is skipped. */
export function skipSpace(text: string, at: number): number {
  let index = at === 0 && text.charCodeAt(0) === 0xfeff ? 1 : at;
  while (isSpace(text.charCodeAt(index))) index++;
  return index;
}
