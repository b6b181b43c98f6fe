const MOST_BYTES = 63;

/** The name the server makes of a table, columns and a label where nobody gives one, shortened as it shortens. */
export function systemName(first: string, second: string | null, label: string): string {
  const available = MOST_BYTES - label.length - 1 - (second === null ? 0 : 1);
  let left = Buffer.byteLength(first);
  let right = second === null ? 0 : Buffer.byteLength(second);
  if (left + right <= available) return second === null ? `${first}_${label}` : `${first}_${second}_${label}`;
  while (left + right > available) {
    if (left > right) left--;
    else right--;
  }
  return [clip(first, left), ...(second === null ? [] : [clip(second, right)]), label].join('_');
}

/**
 * Whether the server may have given the name: it ends as the server's would, a number behind it where the first choice
 * was taken. The table's part may be any, for tables are renamed.
 */
export function isSystemNamed(name: string, table: string, columns: readonly string[], label: string): boolean {
  const second = columns.length === 0 ? null : columns.length === 1 ? (columns[0] ?? '') : columns.join('_');
  const usual = systemName(table, second, label);
  if (name === usual) return true;
  const bare = DIGIT.test(name.charAt(name.length - 1)) ? name.replace(/\d+$/u, '') : name;
  if (bare === usual) return true;
  if (name.length >= MOST_BYTES - 8) return bare.endsWith(`_${label}`);
  return bare.endsWith(`_${second === null ? label : `${second}_${label}`}`);
}

const DIGIT = /\d/u;

function clip(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  if (buffer.length <= bytes) return text;
  let end = bytes;
  // Not in the middle of a character.
  while (end > 0 && ((buffer[end] ?? 0) & 0xc0) === 0x80) end--;
  return buffer.subarray(0, end).toString();
}
