import { Buffer } from 'node:buffer';

/** What the server says of a transaction after each query: none, open, or failed and waiting for its abort. */
export type TransactionStatus = 'none' | 'open' | 'failed';

/** The facts of the protocol the driver keeps to itself, read beside it from the same bytes. */
export interface WireWatch {
  feed(bytes: Uint8Array): void;
  readonly backend: number | null;
  /** The eight bytes a cancel request must show. */
  readonly cancelKey: Buffer | null;
  readonly status: TransactionStatus;
  /** Tag of the last command that ended, such as `COPY 12`. */
  readonly lastTag: string;
  /** The server's last words when it ended the connection itself. */
  readonly fatal: { readonly code: string; readonly message: string } | null;
  /** Number of the authentication method asked for last. */
  readonly authentication: number | null;
}

const AUTHENTICATION = 0x52; // R
const KEY_DATA = 0x4b; // K
const READY = 0x5a; // Z
const COMPLETE = 0x43; // C
const ERROR = 0x45; // E
const WATCHED = new Set([AUTHENTICATION, KEY_DATA, READY, COMPLETE, ERROR]);
const HEADER = 5;
const STATUS: Readonly<Record<string, TransactionStatus>> = { I: 'none', T: 'open', E: 'failed' };

export function createWireWatch(): WireWatch {
  const seen = {
    backend: null as number | null,
    cancelKey: null as Buffer | null,
    status: 'none' as TransactionStatus,
    lastTag: '',
    fatal: null as WireWatch['fatal'],
    authentication: null as number | null,
  };
  let skip = 0;
  let kept: Buffer = Buffer.alloc(0);

  const take = (type: number, body: Buffer): void => {
    if (type === READY) seen.status = STATUS[body.toString('latin1', 0, 1)] ?? 'none';
    else if (type === COMPLETE) seen.lastTag = body.toString('latin1', 0, body.length - 1);
    else if (type === AUTHENTICATION) seen.authentication = body.readUInt32BE(0);
    else if (type === ERROR) seen.fatal = fatalOf(body) ?? seen.fatal;
    else {
      seen.backend = body.readUInt32BE(0);
      seen.cancelKey = Buffer.from(body.subarray(0, 8));
    }
  };

  const feed = (bytes: Uint8Array): void => {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const buffer = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    kept = Buffer.alloc(0);
    let at = 0;
    while (at < buffer.length) {
      const left = buffer.length - at;
      if (skip > 0) {
        const step = Math.min(skip, left);
        skip -= step;
        at += step;
        continue;
      }
      const type = buffer.readUInt8(at);
      const size = left < HEADER ? HEADER : 1 + buffer.readUInt32BE(at + 1);
      const watched = WATCHED.has(type);
      if (left < HEADER || (watched && left < size)) {
        kept = Buffer.from(buffer.subarray(at));
        return;
      }
      if (watched) {
        take(type, buffer.subarray(at + HEADER, at + size));
        at += size;
      } else {
        skip = size;
      }
    }
  };

  return {
    feed,
    get backend() {
      return seen.backend;
    },
    get cancelKey() {
      return seen.cancelKey;
    },
    get status() {
      return seen.status;
    },
    get lastTag() {
      return seen.lastTag;
    },
    get fatal() {
      return seen.fatal;
    },
    get authentication() {
      return seen.authentication;
    },
  };
}

/** The fields of an error are texts, each behind a letter and closed by a zero byte; V is the severity in English. */
function fatalOf(body: Buffer): { readonly code: string; readonly message: string } | null {
  const fields = new Map<string, string>();
  for (let at = 0; at < body.length && body[at] !== 0;) {
    const end = body.indexOf(0, at);
    if (end === -1) break;
    fields.set(body.toString('latin1', at, at + 1), body.toString('utf8', at + 1, end));
    at = end + 1;
  }
  const severity = fields.get('V') ?? fields.get('S');
  if (severity !== 'FATAL' && severity !== 'PANIC') return null;
  return { code: fields.get('C') ?? '', message: fields.get('M') ?? '' };
}
