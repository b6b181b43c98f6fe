import { isUtf8 } from 'node:buffer';
import { createHash, hash } from 'node:crypto';

const CARRIAGE_RETURN = 13;
const SPACE = 32;
const LAST_ASCII = 126;
const ALGORITHM = 'sha256-lf';

/** Characters hashed at once: a text is copied to be hashed, and one of fifty megabytes need not be. */
const PIECE = 1024 * 1024;

export function sha256(data: Uint8Array | string): string {
  if (typeof data !== 'string' || data.length <= PIECE) return hash('sha256', data);
  const sum = createHash('sha256');
  for (let from = 0; from < data.length;) {
    const to = Math.min(from + PIECE, data.length);
    // Half of a surrogate pair is no character of UTF-8.
    const end = to < data.length && isHighSurrogate(data.charCodeAt(to - 1)) ? to + 1 : to;
    sum.update(data.slice(from, end));
    from = end;
  }
  return sum.digest('hex');
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}

/** UTF-8 bytes as text: byte order mark removed, CRLF turned to LF; null when they are not UTF-8. */
export function normaliseText(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null;
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start).toString('utf8');
  return bytes.includes(CARRIAGE_RETURN) ? text.replaceAll('\r\n', '\n') : text;
}

/** Checksum of normalised text. It names its algorithm, so that another one can follow without making history invalid. */
export function checksumOf(text: string): string {
  return `${ALGORITHM}:${sha256(text)}`;
}

/** The checksum of text that is normalised already, from its bytes; null for any other bytes, and for blank ones. */
export function checksumOfBytes(bytes: Uint8Array): string | null {
  const first = bytes[0] ?? SPACE;
  if (first <= SPACE || first > LAST_ASCII || bytes.includes(CARRIAGE_RETURN) || !isUtf8(bytes)) return null;
  return `${ALGORITHM}:${sha256(bytes)}`;
}

/** Checksum of a file together with the local files it imports, in the order given. */
export function checksumOfMany(
  text: string,
  imports: readonly { readonly path: string; readonly text: string }[],
): string {
  if (imports.length === 0) return checksumOf(text);
  const parts = [checksumOf(text), ...imports.map((each) => `${each.path} ${checksumOf(each.text)}`)];
  return `${ALGORITHM}+imports:${sha256(parts.join('\n'))}`;
}
