import {
  isDigit,
  isIdentifierPart,
  isIdentifierStart,
  skipSpace,
  TOKEN,
  type Scanner,
  type TokenKind,
} from '../tokens/token.ts';

const QUOTE = 39;
const BACKSLASH = 92;
const DOLLAR = 36;

/** The lexical rules of PostgreSQL, with standard_conforming_strings on. */
export class PostgresScanner implements Scanner {
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
      case QUOTE:
        this.#doubled("'", at + 1);
        return TOKEN.string;
      case DOLLAR:
        return this.#dollar(at);
      case 40: // (
        return TOKEN.open;
      case 41: // )
        return TOKEN.close;
      case 59: // ;
        return TOKEN.semicolon;
      case 45: // -
        if (text.charCodeAt(at + 1) !== 45) return TOKEN.other;
        this.end = endOfLine(text, at + 2);
        return TOKEN.lineComment;
      case 47: // /
        if (text.charCodeAt(at + 1) !== 42) return TOKEN.other;
        this.#nestedComment(at + 2);
        return TOKEN.blockComment;
      case BACKSLASH:
        this.end = endOfLine(text, at + 1);
        return TOKEN.backslash;
    }
    if (isDigit(code)) return this.#number(at);
    if (isIdentifierStart(code)) return this.#word(at);
    if (at < text.length) return TOKEN.other;
    this.end = text.length;
    return TOKEN.end;
  }

  #word(at: number): TokenKind {
    const { text } = this;
    let index = at + 1;
    let code = text.charCodeAt(index);
    while (isIdentifierPart(code) || code === DOLLAR) code = text.charCodeAt(++index);
    this.end = index;
    if (index !== at + 1) return TOKEN.word;
    const letter = text.charCodeAt(at) | 32;
    if (code === QUOTE && letter === 101) {
      this.#escaped(index + 1);
      return TOKEN.string;
    }
    if (code === QUOTE && (letter === 98 || letter === 110 || letter === 120)) {
      this.#doubled("'", index + 1);
      return TOKEN.string;
    }
    if (code === 38 && letter === 117) return this.#unicode(index + 1);
    return TOKEN.word;
  }

  /** `U&'…'` and `U&"…"`; behind any other `U&` the word ends before the operator. */
  #unicode(at: number): TokenKind {
    const code = this.text.charCodeAt(at);
    if (code === QUOTE) {
      this.#doubled("'", at + 1);
      return TOKEN.string;
    }
    if (code === 34) {
      this.#doubled('"', at + 1);
      return TOKEN.quotedIdentifier;
    }
    return TOKEN.word;
  }

  /** Digits with what is glued to them, so that the `e` of `1e5` opens nothing. */
  #number(at: number): TokenKind {
    let index = at + 1;
    let code = this.text.charCodeAt(index);
    while (isIdentifierPart(code) || code === 46) code = this.text.charCodeAt(++index);
    this.end = index;
    return TOKEN.number;
  }

  #dollar(at: number): TokenKind {
    const { text } = this;
    let index = at + 1;
    if (isDigit(text.charCodeAt(index))) {
      // A parameter ends with its digits, unlike a number.
      do index++;
      while (isDigit(text.charCodeAt(index)));
      this.end = index;
      return TOKEN.other;
    }
    if (isIdentifierStart(text.charCodeAt(index))) {
      do index++;
      while (isIdentifierPart(text.charCodeAt(index)));
    }
    if (text.charCodeAt(index) !== DOLLAR) return TOKEN.other;
    this.#close(text.indexOf(text.slice(at, index + 1), index + 1), index + 1 - at);
    return TOKEN.string;
  }

  /** A text in which a doubled quote stands for one. */
  #doubled(quote: string, from: number): void {
    const { text } = this;
    const code = quote.charCodeAt(0);
    let close = text.indexOf(quote, from);
    while (close !== -1 && text.charCodeAt(close + 1) === code) close = text.indexOf(quote, close + 2);
    this.#close(close, 1);
  }

  /** The inside of an `E'…'`, with its continuations on later lines, which have escapes too. */
  #escaped(from: number): void {
    const { text } = this;
    let index = from;
    for (;;) {
      const code = text.charCodeAt(index);
      if (code === BACKSLASH) {
        index += 2;
      } else if (code === QUOTE) {
        if (text.charCodeAt(index + 1) === QUOTE) {
          index += 2;
          continue;
        }
        const further = continuation(text, index + 1);
        if (further === -1) return this.#close(index, 1);
        index = further;
      } else if (index < text.length) {
        index++;
      } else {
        return this.#close(-1, 0);
      }
    }
  }

  #nestedComment(from: number): void {
    const { text } = this;
    let depth = 1;
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 42 && text.charCodeAt(index + 1) === 47) {
        index++;
        depth--;
        if (depth === 0) return this.#close(index, 1);
      } else if (code === 47 && text.charCodeAt(index + 1) === 42) {
        index++;
        depth++;
      }
    }
    this.#close(-1, 0);
  }

  #close(at: number, length: number): void {
    this.unterminated = at === -1;
    this.end = at === -1 ? this.text.length : at + length;
  }
}

/** PostgreSQL ends a line comment at a carriage return too. */
function endOfLine(text: string, from: number): number {
  let index = from;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13 || index >= text.length) return index;
    index++;
  }
}

/** Offset behind the quote that continues a string literal after a line break, or -1. */
function continuation(text: string, from: number): number {
  let index = from;
  let newline = false;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) {
      newline = true;
      index++;
    } else if (code === 32 || code === 9 || code === 11 || code === 12) {
      index++;
    } else if (code === 45 && text.charCodeAt(index + 1) === 45) {
      index = endOfLine(text, index + 2);
    } else {
      return newline && code === QUOTE ? index + 1 : -1;
    }
  }
}
