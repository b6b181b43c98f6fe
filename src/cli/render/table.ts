import stringWidth from 'string-width';

/** Lines of a table without borders. The last column is cut, never wrapped, when the width is not enough. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const widths = head.map((title, index) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cut(
      cells
        .map((cell, index) =>
          index === cells.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell))),
        )
        .join('  '),
      width,
    );
  return [line(head), ...rows.map(line)];
}

/** A line that fits, with an ellipsis where something was cut. Colours are closed. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
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
    const wide = stringWidth(character);
    if (used + wide > width - 1) break;
    result += character;
    used += wide;
    index += character.length;
  }
  const open = ESCAPE_ANYWHERE.test(result) ? '\u001B[0m' : '';
  return `${result}…${open}`;
}

const ESCAPE = new RegExp(`^${String.fromCodePoint(27)}\\[[\\d;]*m`, 'u');
const ESCAPE_ANYWHERE = new RegExp(`${String.fromCodePoint(27)}\\[`, 'u');

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
