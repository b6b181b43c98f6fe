import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';

const CARRIAGE_RETURN = 13;
const ALGORITHM = 'sha256-lf';

export function sha256(data: Uint8Array | string): string {
  return hash('sha256', data);
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

/** Checksum of a file together with the local files it imports, in the order given. */
export function checksumOfMany(
  text: string,
  imports: readonly { readonly path: string; readonly text: string }[],
): string {
  if (imports.length === 0) return checksumOf(text);
  const parts = [checksumOf(text), ...imports.map((each) => `${each.path} ${checksumOf(each.text)}`)];
  return `${ALGORITHM}+imports:${sha256(parts.join('\n'))}`;
}
