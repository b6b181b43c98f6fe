import type { Position } from '../model/statement.ts';

const START: Position = { line: 1, column: 1, offset: 0 };

/**
 * Line and column of a UTF-16 offset in `text`. With `base`, the position of the text's first character in its file,
 * the result is a position in that file. A byte order mark at the start of a file has no column.
 */
export function positionAt(text: string, offset: number, base: Position = START): Position {
  return new PositionCursor(text, base).at(offset);
}

/** Positions of ascending offsets, each character looked at once. An offset before the last one starts over. */
export class PositionCursor {
  readonly #text: string;
  readonly #base: Position;
  #offset = 0;
  #line: number;
  #column: number;
  /** Next line break at or behind #offset; searched for once per line, so that one long line costs no more. */
  #newline: number;

  constructor(text: string, base: Position = START) {
    this.#text = text;
    this.#base = base;
    this.#line = base.line;
    this.#column = base.column;
    this.#newline = this.#find(0);
  }

  at(offset: number): Position {
    const target = Math.max(0, Math.min(offset, this.#text.length));
    if (target < this.#offset) this.#reset();
    while (this.#newline < target) {
      this.#offset = this.#newline + 1;
      this.#newline = this.#find(this.#offset);
      this.#line++;
      this.#column = 1;
    }
    this.#column += characters(this.#text, this.#offset, target);
    this.#offset = target;
    return { line: this.#line, column: this.#column, offset: this.#base.offset + target };
  }

  #reset(): void {
    this.#offset = 0;
    this.#line = this.#base.line;
    this.#column = this.#base.column;
    this.#newline = this.#find(0);
  }

  #find(from: number): number {
    const found = this.#text.indexOf('\n', from);
    return found === -1 ? Number.POSITIVE_INFINITY : found;
  }
}

/** Code points in [from, to); a pair cut by `to` counts, a byte order mark at offset 0 does not. */
function characters(text: string, from: number, to: number): number {
  let count = to - from;
  for (let index = from; index < to; index++) {
    if (isSecondHalf(text, index)) count--;
  }
  return from === 0 && to > 0 && text.charCodeAt(0) === 0xfeff ? count - 1 : count;
}

function isSecondHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 0xdc00 || code > 0xdfff || index === 0) return false;
  const before = text.charCodeAt(index - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

/** UTF-16 offset of the character at a 0-based UTF-8 byte offset (within a character: its start; too far: the end). */
export function byteOffsetToIndex(text: string, byteOffset: number): number {
  let index = 0;
  let bytes = 0;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > byteOffset) return index;
    index += code > 0xffff ? 2 : 1;
  }
  return text.length;
}

/**
 * UTF-16 offset of a character position as the PostgreSQL server reports it in an error: counted in code points,
 * the first character is 1. Too small gives 0, too large the end of the text.
 */
export function charOffsetToIndex(text: string, chars: number): number {
  let index = 0;
  for (let count = 1; count < chars && index < text.length; count++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}
