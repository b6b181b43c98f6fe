import { Buffer } from 'node:buffer';

const INT8 = 20;
const BYTEA = 17;
const DATES = [1082, 1114, 1184] as const;
const JSON_TYPES = [114, 3802] as const;
const BOOLEAN = 16;

const asText = (value: unknown): string => String(value);
const unchanged = (text: string): string => text;

/**
 * How the driver turns texts of the server into values and back. Its own converters would make Date objects, round
 * 64-bit integers, quote JSON given as text once more, and read the text `true` as false.
 */
export const WIRE_TYPES = {
  int8: { to: INT8, from: [INT8], serialize: asText, parse: parseInteger },
  boolean: { to: BOOLEAN, from: [BOOLEAN], serialize: asText, parse: (text: string) => text === 't' },
  date: { to: DATES[2], from: [...DATES], serialize: asText, parse: unchanged },
  json: {
    to: JSON_TYPES[0],
    from: [...JSON_TYPES],
    serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
    parse: (text: string): unknown => JSON.parse(text),
  },
  bytea: {
    to: BYTEA,
    from: [BYTEA],
    serialize: (value: unknown) => (value instanceof Uint8Array ? `\\x${hexOf(value)}` : asText(value)),
    parse: parseBytes,
  },
};

function parseInteger(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

function parseBytes(text: string): Uint8Array {
  if (text.startsWith('\\x')) return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
  // bytea_output = escape
  const bytes: number[] = [];
  for (const [piece, octal] of text.matchAll(/\\([0-7]{3})|\\\\|[^\\]/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(piece === '\\\\' ? 0x5c : piece.charCodeAt(0));
  }
  return Uint8Array.from(bytes);
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
