import { Buffer } from 'node:buffer';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Value } from '../../../model/engine.ts';
import { stopIfAborted } from '../../../model/interrupted.ts';
import { refuseUnfitRow } from '../../../model/row.ts';
import { hexOf } from './values.ts';

const CHUNK = 65_536;

/** A row in COPY's text format, with its line end. */
export function copyLine(row: readonly Value[]): string {
  let line = '';
  for (let index = 0; index < row.length; index++) {
    if (index > 0) line += '\t';
    line += copyField(row[index] ?? null);
  }
  return `${line}\n`;
}

const SPECIAL = /[\\\t\n\r]/u;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyField(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'string')
    return SPECIAL.test(value) ? value.replaceAll(/[\\\t\n\r]/gu, (found) => ESCAPES[found] ?? found) : value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Uint8Array) return `\\\\x${hexOf(value)}`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Sends the data of a COPY that the server has begun to take in, no faster than it is taken. Rejects with what the
 * source threw or with `refusal`, the server's.
 */
export async function sendCopy(
  into: Writable,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  refusal: Promise<never>,
): Promise<void> {
  const sent = pipeline(pieces, into);
  try {
    await Promise.race([refusal, sent]);
  } catch (error) {
    // After a refusal of the last piece the stream would wait for ever for the end of the COPY.
    into.destroy();
    await sent.catch(() => undefined);
    throw error;
  }
}

/** Data lines as one text, in pieces; a missing last line end is added. */
export function* piecesOf(text: string): Generator<Uint8Array> {
  if (text === '') return;
  const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

export interface CopyRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Value[]> | AsyncIterable<readonly Value[]>;
  readonly signal: AbortSignal | undefined;
  /** Told the number of rows handed over so far, about once per piece. */
  readonly onRows: ((count: number) => void) | undefined;
  /** Told what ended the rows before their end, which is nothing that the server or the line said. */
  readonly onThrown: (error: unknown) => void;
}

/** Rows as pieces of COPY text. */
export async function* encodeRows(copy: CopyRows): AsyncGenerator<Uint8Array> {
  try {
    yield* piecesOfRows(copy);
  } catch (error) {
    copy.onThrown(error);
    throw error;
  }
}

async function* piecesOfRows({ table, columns, rows, signal, onRows }: CopyRows): AsyncGenerator<Uint8Array> {
  let text = '';
  let count = 0;
  const add = (row: readonly Value[]): boolean => {
    count++;
    refuseUnfitRow(table, columns, row, count);
    text += copyLine(row);
    return text.length >= CHUNK;
  };
  const flush = (): Uint8Array => {
    stopIfAborted(signal, `while copying rows into ${table}`);
    const piece = Buffer.from(text);
    text = '';
    onRows?.(count);
    return piece;
  };
  if (Symbol.asyncIterator in rows) {
    for await (const row of rows) if (add(row)) yield flush();
  } else {
    // Apart from the loop above: awaiting each row of a synchronous source would cost more than sending it.
    for (const row of rows) if (add(row)) yield flush();
  }
  if (text !== '') yield flush();
}
