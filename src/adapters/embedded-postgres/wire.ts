import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { startScram, type ScramExchange } from './scram.ts';

/** Where and as whom to log in. `host` is a socket folder (an absolute path) or an IP address. */
export interface WireTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | null;
  readonly database: string;
}

/** One logged-in connection that sends simple queries and reads rows as text. */
export interface WireSession {
  /** Rows of the last result; throws the server's error, or when the connection ends. */
  query(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  close(): void;
  /** Resolves when the connection has ended, from whichever side. */
  readonly closed: Promise<void>;
}

interface Frame {
  readonly type: string;
  readonly body: Buffer;
}

const PROTOCOL_3 = 0x0003_0000;

/**
 * Logs in. The keeper, a lasting process with no other use for a driver, speaks the few messages it
 * needs itself and so starts fast and stays small.
 */
export async function openWire(target: WireTarget, timeoutMs: number): Promise<WireSession> {
  const socket = dial(target);
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)));
  const frames = readFrames(socket);
  try {
    socket.write(startupMessage(target));
    await logIn(socket, frames, target.password);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.setTimeout(0);
  return {
    closed: new Promise((resolve) => {
      if (socket.closed) resolve();
      else socket.once('close', () => resolve());
    }),
    async query(sql) {
      socket.setTimeout(timeoutMs);
      socket.write(message('Q', cstring(sql)));
      const rows = await readRows(frames);
      socket.setTimeout(0);
      return rows;
    },
    close() {
      if (!socket.destroyed) socket.end(message('X', Buffer.alloc(0)));
    },
  };
}

/** Opens a connection without logging in, and closes it; tells whether somebody listens there. */
export function isListening(target: Pick<WireTarget, 'host' | 'port'>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(target);
    const settle = (listens: boolean): void => {
      socket.destroy();
      resolve(listens);
    };
    socket.setTimeout(timeoutMs, () => settle(false));
    socket.once('connect', () => settle(true));
    // A full queue of waiting connections (EAGAIN) has a living server behind it.
    socket.once('error', (error) => settle('code' in error && error.code === 'EAGAIN'));
  });
}

/** The socket's path for a folder and a port, as every PostgreSQL client forms it. */
export function socketPath(folder: string, port: number): string {
  return join(folder, `.s.PGSQL.${port}`);
}

function dial({ host, port }: Pick<WireTarget, 'host' | 'port'>): Socket {
  return /^[\d.]+$/.test(host) ? connect({ host, port }) : connect({ path: socketPath(host, port) });
}

function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, 'latin1'), int32(body.length + 4), body]);
}

function startupMessage({ user, database }: WireTarget): Buffer {
  const fields = ['user', user, 'database', database, 'application_name', 'surefoot keeper'].map(cstring);
  const body = Buffer.concat([int32(PROTOCOL_3), ...fields, Buffer.alloc(1)]);
  return Buffer.concat([int32(body.length + 4), body]);
}

type FrameReader = () => Promise<Frame>;

function readFrames(socket: Socket): FrameReader {
  let bytes: Buffer = Buffer.alloc(0);
  let failure: Error | null = null;
  let wake: () => void = () => {};
  socket.on('data', (chunk: Buffer) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    wake();
  });
  socket.on('error', (error) => (failure ??= error));
  socket.on('close', () => {
    failure ??= new Error('the connection was closed');
    wake();
  });
  return async () => {
    for (;;) {
      if (bytes.length >= 5) {
        const end = 1 + bytes.readInt32BE(1);
        if (bytes.length >= end) {
          const frame = { type: bytes.toString('latin1', 0, 1), body: bytes.subarray(5, end) };
          bytes = bytes.subarray(end);
          return frame;
        }
      }
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}

async function logIn(socket: Socket, next: FrameReader, password: string | null): Promise<void> {
  let scram: ScramExchange | null = null;
  for (;;) {
    const { type, body } = await next();
    if (type === 'E') throw serverError(body);
    if (type === 'Z') return;
    if (type !== 'R') continue;
    const kind = body.readInt32BE(0);
    const text = body.toString('utf8', 4);
    if (kind === 10) {
      scram = startScram(password ?? '');
      const first = Buffer.from(scram.first);
      socket.write(message('p', Buffer.concat([cstring('SCRAM-SHA-256'), int32(first.length), first])));
    } else if (kind === 11 && scram !== null) {
      socket.write(message('p', Buffer.from(scram.answer(text))));
    } else if (kind === 12 && scram !== null) {
      scram.verify(text);
    } else if (kind !== 0) {
      throw new Error(`the server asks for a login of an unknown kind (${kind})`);
    }
  }
}

async function readRows(next: FrameReader): Promise<readonly (readonly (string | null)[])[]> {
  const rows: (readonly (string | null)[])[] = [];
  let failure: Error | null = null;
  for (;;) {
    const { type, body } = await next();
    if (type === 'D') rows.push(parseRow(body));
    if (type === 'E') failure = serverError(body);
    if (type !== 'Z') continue;
    if (failure !== null) throw failure;
    return rows;
  }
}

function parseRow(body: Buffer): readonly (string | null)[] {
  const values: (string | null)[] = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return values;
}

function serverError(body: Buffer): Error {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new Error(`${fields.get('M') ?? 'error'} (${fields.get('C') ?? 'unknown'})`);
}
