import {
  isDigit,
  isIdentifierPart,
  isIdentifierStart,
  skipSpace,
  TOKEN,
  type Scanner,
  type TokenKind,
} from '../tokens/token.ts';

const DOLLAR = 36;

/** The lexical rules of SQLite. */
export class SqliteScanner implements Scanner {
  readonly text: string;
  start = 0;
  end = 0;
  unterminated = false;

  constructor(text: string, from = 0) {
    this.text = text;
    this.end = from;
  }

  next(): TokenKind {
    const { text } = this;
    const at = skipSpace(text, this.end);
    this.start = at;
    this.end = at + 1;
    this.unterminated = false;
    const code = text.charCodeAt(at);
    switch (code) {
      case 34: // "
        this.#doubled('"', at + 1);
        return TOKEN.quotedIdentifier;
      case 96: // `
        this.#doubled('`', at + 1);
        return TOKEN.quotedIdentifier;
      case 91: // [
        this.#close(text.indexOf(']', at + 1), 1);
        return TOKEN.quotedIdentifier;
      case 39: // '
        this.#doubled("'", at + 1);
        return TOKEN.string;
      case 40: // (
        return TOKEN.open;
      case 41: // )
        return TOKEN.close;
      case 59: // ;
        return TOKEN.semicolon;
      case 45: // -
        if (text.charCodeAt(at + 1) !== 45) return TOKEN.other;
        this.#line(at + 2);
        return TOKEN.lineComment;
      case 47: // /
        if (text.charCodeAt(at + 1) !== 42) return TOKEN.other;
        this.#close(text.indexOf('*/', at + 2), 2);
        return TOKEN.blockComment;
    }
    if (isDigit(code)) {
      this.#part(at);
      return TOKEN.number;
    }
    if (isIdentifierStart(code)) return this.#word(at);
    if (at < text.length) return TOKEN.other;
    this.end = text.length;
    return TOKEN.end;
  }

  #word(at: number): TokenKind {
    const { text } = this;
    this.#part(at);
    const blob = this.end === at + 1 && text.charCodeAt(this.end) === 39 && (text.charCodeAt(at) | 32) === 120;
    if (!blob) return TOKEN.word;
    this.#doubled("'", this.end + 1);
    return TOKEN.string;
  }

  #part(at: number): void {
    let index = at + 1;
    let code = this.text.charCodeAt(index);
    while (isIdentifierPart(code) || code === DOLLAR) code = this.text.charCodeAt(++index);
    this.end = index;
  }

  #line(from: number): void {
    const newline = this.text.indexOf('\n', from);
    this.end = newline === -1 ? this.text.length : newline;
  }

  #doubled(quote: string, from: number): void {
    const { text } = this;
    const code = quote.charCodeAt(0);
    let close = text.indexOf(quote, from);
    while (close !== -1 && text.charCodeAt(close + 1) === code) close = text.indexOf(quote, close + 2);
    this.#close(close, 1);
  }

  #close(at: number, length: number): void {
    this.unterminated = at === -1;
    this.end = at === -1 ? this.text.length : at + length;
  }
}
