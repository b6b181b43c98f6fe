import type { Engine } from '../../model/engine.ts';
import { displayName } from '../name.ts';
import { scannerFor } from './scanner.ts';
import { isComment, TOKEN, wordIs, type Scanner, type TokenKind } from './token.ts';

/** Reads words and names off a scanner, comments skipped, with one token of look-ahead. */
export class TokenReader {
  readonly text: string;
  readonly #scanner: Scanner;
  kind: TokenKind = TOKEN.end;

  constructor(engine: Engine, text: string) {
    this.text = text;
    this.#scanner = scannerFor(engine, text);
    this.advance();
  }

  /** The text of the token at hand. */
  get token(): string {
    return this.text.slice(this.#scanner.start, this.#scanner.end);
  }

  advance(): void {
    do this.kind = this.#scanner.next();
    while (isComment(this.kind));
  }

  isWord(word: string): boolean {
    return this.kind === TOKEN.word && wordIs(this.text, this.#scanner.start, this.#scanner.end, word);
  }

  isSymbol(symbol: string): boolean {
    return this.kind === TOKEN.other && this.text.startsWith(symbol, this.#scanner.start);
  }

  /** Steps over the words when they all stand here in this order, else stays where it is. */
  take(...words: readonly string[]): boolean {
    const scanner = this.#scanner;
    const { start, end } = scanner;
    const { kind } = this;
    for (const word of words) {
      if (!this.isWord(word)) {
        scanner.start = start;
        scanner.end = end;
        this.kind = kind;
        return false;
      }
      this.advance();
    }
    return true;
  }

  /** A name of one or more parts, shown as written, or null when none stands here. */
  name(): string | null {
    const parts: string[] = [];
    for (;;) {
      if (this.kind !== TOKEN.word && this.kind !== TOKEN.quotedIdentifier) return null;
      parts.push(plainName(this.token));
      this.advance();
      if (!this.isSymbol('.')) return displayName(...parts);
      this.advance();
    }
  }
}

/** The identifier a token stands for: quotes removed, or folded to lower case when there are none. */
function plainName(token: string): string {
  const first = token.charAt(0);
  if (first === '[') return token.slice(1, -1);
  if (first === '"' || first === '`') return token.slice(1, -1).replaceAll(first + first, first);
  return token.toLowerCase();
}
