import type { Position, Statement } from '../model/statement.ts';
import { columnsOf } from './width.ts';

export interface ExcerptOptions {
  /** Lines shown above the one with the caret; 3 when not given. */
  readonly before?: number;
  /** Columns a line may take, its number not counted; 100 when not given. */
  readonly width?: number;
}

/**
 * The line of `position` and up to three above it, each with its number, and a caret under the column:
 *
 *     11 | CREATE TABLE users (
 *     12 |   name tex
 *        |        ^
 *
 * `source` is the whole text of a file, or one statement of it; `position` is a position in the file either way.
 * Lines too long are cut around the caret, with `…` where they go on.
 */
export function renderExcerpt(source: string | Statement, position: Position, options: ExcerptOptions = {}): string {
  const { before = 3, width = 100 } = options;
  const text = typeof source === 'string' ? source : source.text;
  const origin = typeof source === 'string' ? 0 : source.start.offset;
  const index = Math.max(0, Math.min(position.offset - origin, text.length));

  const lines: { readonly start: number; readonly end: number }[] = [];
  let start = lineStart(text, index);
  lines.push({ start, end: lineEnd(text, index) });
  while (lines.length <= before && start > 0) {
    const end = start - 1;
    start = lineStart(text, end);
    lines.unshift({ start, end });
  }

  const gutter = String(position.line).length;
  const caretLine = lines.length - 1;
  const window = windowAround(text, lines[caretLine]?.start ?? 0, lines[caretLine]?.end ?? 0, index, width);
  const out = lines.map((line, i) => {
    const number = String(position.line - (caretLine - i)).padStart(gutter);
    const content = i === caretLine ? window.shown : windowAround(text, line.start, line.end, line.start, width).shown;
    return `${number} | ${content}`.trimEnd();
  });
  out.push(`${' '.repeat(gutter)} | ${window.padding}^`);
  return out.join('\n');
}

function lineStart(text: string, index: number): number {
  return index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
}

function lineEnd(text: string, index: number): number {
  const found = text.indexOf('\n', index);
  return found === -1 ? text.length : found;
}

/** The part of a line around `focus` that fits into `width` columns, and what must stand before a caret under it. */
function windowAround(text: string, start: number, end: number, focus: number, width: number) {
  // Only so much of a line of megabytes is looked at as could be shown.
  const reach = width * 2;
  const from = Math.max(start, focus - reach);
  const left = Array.from(text.slice(from, focus));
  const right = Array.from(text.slice(focus, Math.min(end, focus + reach)));
  const whole = columns(left) + columns(right) <= width && from === start && focus + reach >= end;

  let skip = 0;
  if (!whole) {
    const room = Math.max(Math.floor((width * 2) / 3), width - columns(right) - 1);
    while (columns(left.slice(skip)) > room) skip++;
  }
  let take = right.length;
  const used = columns(left.slice(skip));
  while (take > 0 && used + columns(right.slice(0, take)) > width) take--;

  const head = from > start || skip > 0 ? '…' : '';
  const tail = take < right.length || focus + reach < end ? '…' : '';
  const shownLeft = left.slice(skip);
  return {
    shown: printable(`${head}${shownLeft.join('')}${right.slice(0, take).join('')}${tail}`),
    padding: `${head === '' ? '' : ' '}${shownLeft.map((c) => (c === '\t' ? '\t' : ' '.repeat(columnsOf(c)))).join('')}`,
  };
}

function columns(characters: readonly string[]): number {
  let sum = 0;
  for (const character of characters) sum += columnsOf(character);
  return sum;
}

/** Control characters would move the terminal's cursor; the tab stays, the caret line has it too. */
function printable(line: string): string {
  return line.replace(/\r$/u, '').replace(/[\p{Cc}]/gu, (c) => (c === '\t' ? c : '·'));
}
