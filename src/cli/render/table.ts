import stringWidth from 'string-width';

/** Lines of a table without borders. The last column is cut, never wrapped, when the width is not enough. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const widths = head.map((title, index) =>
    index === head.length - 1
      ? 0
      : rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), widthOf(title)),
  );
  const line = (cells: readonly string[]): string =>
    cut(
      cells
        .map((cell, index) =>
          index === cells.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))),
        )
        .join('  ')
        .trimEnd(),
      width,
    );
  return [line(head), ...rows.map(line)];
}

/** A line that fits, with an ellipsis where something was cut. Colours are closed. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let used = 0;
  let result = '';
  let index = 0;
  while (index < text.length) {
    const escape = ESCAPE.exec(text.slice(index))?.[0];
    if (escape !== undefined) {
      result += escape;
      index += escape.length;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(index) ?? 32);
    const wide = widthOf(character);
    if (used + wide > width - 1) break;
    result += character;
    used += wide;
    index += character.length;
  }
  const open = ESCAPE_ANYWHERE.test(result) ? '\u001B[0m' : '';
  return `${result}…${open}`;
}

/** Words put into lines that fit; a word longer than a line stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}

/** Wrapped lines with a head before the first one, and as much space, or `space`, before the others. */
export function hang(
  head: string,
  text: string,
  width: number,
  space: string = ' '.repeat(widthOf(head)),
): readonly string[] {
  return wrap(text, width - Math.max(widthOf(head), space.length)).map(
    (line, at) => `${at === 0 ? head : space}${line}`,
  );
}

/** Columns a terminal uses for a text. Looked up character by character only where one may be of another width. */
function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const bare = text.includes(ESCAPE_CHARACTER) ? text.replaceAll(ESCAPES, '') : text;
  return PLAIN.test(bare) ? bare.length : stringWidth(bare);
}

/** Letters and signs that are one column wide everywhere, those of our own tables among them. */
const PLAIN = /^[ -~\u00C0-\u024F\u2013\u2014\u2018\u2019\u201C\u201D\u2026\u2191\u2193\u2717]*$/u;
const ESCAPE_CHARACTER = String.fromCodePoint(27);
const ESCAPES = new RegExp(`${ESCAPE_CHARACTER}\\[[\\d;]*m`, 'gu');
const ESCAPE = new RegExp(`^${ESCAPE_CHARACTER}\\[[\\d;]*m`, 'u');
const ESCAPE_ANYWHERE = new RegExp(`${ESCAPE_CHARACTER}\\[`, 'u');

/** Milliseconds as people read them. */
export function showDuration(ms: number | null): string {
  if (ms === null) return '';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${String(Math.floor(ms / 60_000))} min ${String(Math.round((ms % 60_000) / 1000))} s`;
}

/** `2026-11-21 10:15:00` UTC, to the second. */
export function showTime(iso: string | null): string {
  return iso === null ? '' : iso.slice(0, 19).replace('T', ' ');
}

export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
