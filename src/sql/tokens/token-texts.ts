import type { Engine } from '../../model/engine.ts';
import { PostgresScanner } from '../postgres/tokens.ts';
import { SqliteScanner } from '../sqlite/tokens.ts';
import { isComment, TOKEN, type TokenKind } from './token.ts';

/** One token of a text: operators of several characters and numbers with a point are whole. */
export interface TokenText {
  readonly kind: TokenKind;
  readonly text: string;
}

/** The tokens of a text without its comments. Nothing but white space and comments is lost. */
export function tokenTexts(engine: Engine, text: string): readonly TokenText[] {
  const scanner = engine === 'sqlite' ? new SqliteScanner(text) : new PostgresScanner(text);
  const tokens: { kind: TokenKind; text: string }[] = [];
  let end = -1;
  for (let kind = scanner.next(); kind !== TOKEN.end; kind = scanner.next()) {
    if (isComment(kind)) continue;
    const piece = text.slice(scanner.start, scanner.end);
    const last = tokens.at(-1);
    if (last !== undefined && scanner.start === end && belongTogether(last, kind, piece)) {
      last.text += piece;
      if (kind === TOKEN.number) last.kind = TOKEN.number;
    } else {
      tokens.push({ kind, text: piece });
    }
    end = scanner.end;
  }
  return tokens;
}

const OPERATORS = new Set(['>=', '<=', '<>', '!=', '==', '||', '<<', '>>', '->', '->>', '::', ':=', '=>', '..']);

function belongTogether(last: TokenText, kind: TokenKind, piece: string): boolean {
  if (kind === TOKEN.other && last.kind === TOKEN.other) return OPERATORS.has(last.text + piece);
  // 1.5, .5, 1e-5
  if (last.kind === TOKEN.number) {
    if (kind === TOKEN.other)
      return piece === '.' || (/^[\d.]+e$/iu.test(last.text) && (piece === '-' || piece === '+'));
    return kind === TOKEN.number && /[.+-]$/u.test(last.text);
  }
  return last.kind === TOKEN.other && last.text === '.' && kind === TOKEN.number;
}

const SPACED = new Set(
  'and as between by check collate constraint default else except exists from generated glob having in intersect into is join key like limit match not of on or over partition primary raise references returning select set then to union unique using values when where with'.split(
    ' ',
  ),
);

/** One way to write tokens: one space between them, none inside brackets and around points. */
export function joinTokens(tokens: readonly TokenText[]): string {
  let out = '';
  let last: TokenText | undefined;
  for (const token of tokens) {
    if (last !== undefined && spaceBetween(last, token)) out += ' ';
    out += token.text;
    last = token;
  }
  return out;
}

function spaceBetween(last: TokenText, token: TokenText): boolean {
  if (token.kind === TOKEN.close || token.kind === TOKEN.semicolon || token.text === ',' || token.text === '.')
    return false;
  if (last.kind === TOKEN.open || last.text === '.') return false;
  if (token.kind !== TOKEN.open) return true;
  return !(last.kind === TOKEN.word || last.kind === TOKEN.quotedIdentifier) || SPACED.has(last.text.toLowerCase());
}
