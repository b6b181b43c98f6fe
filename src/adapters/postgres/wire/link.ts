import type { Socket } from 'node:net';
import type postgres from 'postgres';
import { openSocket, type SocketPlan } from './socket.ts';
import { WIRE_TYPES } from './values.ts';
import { createWireWatch, type WireWatch } from './watch.ts';

export interface Identity {
  readonly user: string;
  readonly password: string | null;
  readonly database: string;
  /** Startup parameters beside user and database. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly onNotice: ((text: string) => void) | undefined;
}

/** One live connection that never comes back once it is lost. */
export interface Link {
  /** Everything sent through it goes over the one connection, in order, and ahead of the answers where it is not awaited. */
  readonly sql: postgres.Sql;
  readonly watch: WireWatch;
  readonly encrypted: boolean;
  /** The role that logged in. */
  readonly user: string;
  isLost(): boolean;
  /** The work, or a rejection as soon as the connection is lost: the driver forgets some of its queries then. */
  guard<T>(work: PromiseLike<T>): Promise<T>;
  /** Goes on reading: the driver stops for the data of a COPY, and forgets to go on when that ends. */
  resume(): void;
  /** Has the server cancel what runs; done when the request has arrived. Never rejects. */
  sendCancel(): Promise<void>;
  /** `politely`: the server is told, and its end awaited. Never rejects. */
  close(politely: boolean): Promise<void>;
}

const CLOSE_SECONDS = 3;
const CANCEL_TIMEOUT_MS = 5000;
const KEEP_ALIVE_SECONDS = 30;
/** The driver prints these methods to the console and waits for ever. */
const UNKNOWN_METHODS: Readonly<Record<number, string>> = { 7: 'GSSAPI', 8: 'GSSAPI', 9: 'SSPI' };

/** Connects, logs in, and keeps the one connection. Rejects with what the system, the driver or the server said. */
export async function openLink(plan: SocketPlan, identity: Identity, signal: AbortSignal): Promise<Link> {
  const { default: driver } = await import('postgres');
  const watch = createWireWatch();
  const { socket, encrypted } = await openSocket(plan, signal);
  const losses = createLosses(socket);
  let given = false;
  const sql = open(driver, identity, () => {
    // A second call is the driver's own reconnecting: the session would go on without its locks and settings.
    if (given) throw Object.assign(new Error('the connection is not opened again'), { code: 'CONNECTION_CLOSED' });
    given = true;
    return socket;
  });
  const refused = new Promise<never>((_, reject) => {
    socket.on('data', (bytes: Uint8Array) => {
      watch.feed(bytes);
      const method = UNKNOWN_METHODS[watch.authentication ?? 0];
      if (method !== undefined)
        reject(
          Object.assign(new Error(`the server asks for a login by ${method}`), { code: '28000', severity: 'FATAL' }),
        );
    });
    signal.addEventListener(
      'abort',
      () => reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted')),
      { once: true },
    );
  });
  refused.catch(() => undefined);
  socket.resume();
  try {
    // The driver connects for its first query only; its reserve() waits for ever when it is not to fetch types.
    await Promise.race([losses.guard(sql.unsafe('')), refused]);
    return {
      sql,
      watch,
      encrypted,
      user: identity.user,
      isLost: losses.isLost,
      guard: losses.guard,
      resume: () => void socket.resume(),
      sendCancel: () => sendCancel(plan, watch),
      close: (politely) => close(sql, socket, politely && !losses.isLost()),
    };
  } catch (error) {
    socket.destroy();
    await sql.end({ timeout: 0 });
    throw error;
  }
}

function open(driver: typeof postgres, identity: Identity, socket: () => Socket): postgres.Sql {
  const options = {
    host: 'localhost',
    port: 0,
    user: identity.user,
    // A function, because the driver takes an empty text for nothing said and looks into the environment.
    password: () => identity.password ?? '',
    database: identity.database,
    socket,
    connection: identity.parameters,
    types: WIRE_TYPES,
    onnotice: (notice: postgres.Notice) => identity.onNotice?.(noticeText(notice)),
    ssl: false,
    sslnegotiation: null,
    max: 1,
    max_pipeline: 1000,
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: 0,
    keep_alive: KEEP_ALIVE_SECONDS,
    backoff: false,
    prepare: false,
    fetch_types: false,
    debug: false,
    publications: 'none',
    // Anything but a truthy value lets the environment decide; cleared again below.
    target_session_attrs: 'primary',
  };
  const parsed = driver(options as unknown as postgres.Options<Record<string, postgres.PostgresType>>).options;
  return driver({ ...parsed, target_session_attrs: undefined } as unknown as postgres.Options<
    Record<string, postgres.PostgresType>
  >);
}

function noticeText(notice: postgres.Notice): string {
  const { severity, message, detail, hint } = notice;
  return [`${severity ?? 'NOTICE'}: ${message ?? ''}`, detail, hint].filter((part) => part !== undefined).join('\n');
}

interface Losses {
  isLost(): boolean;
  guard<T>(work: PromiseLike<T>): Promise<T>;
}

function createLosses(socket: Socket): Losses {
  const waiting = new Set<(error: Error) => void>();
  let lost: Error | null = null;
  const lose = (error: Error): void => {
    lost ??= error;
    // After the driver's own listeners, which may know more.
    setImmediate(() => {
      for (const reject of waiting) reject(error);
      waiting.clear();
    });
  };
  socket.once('error', lose);
  socket.once('close', () =>
    lose(Object.assign(new Error('the server or the network closed it'), { code: 'CONNECTION_CLOSED' })),
  );
  return {
    isLost: () => lost !== null,
    guard: (work) =>
      new Promise((resolve, reject) => {
        if (lost !== null) return reject(lost);
        waiting.add(reject);
        const forget = (): boolean => waiting.delete(reject);
        work.then(
          (value) => {
            forget();
            resolve(value);
          },
          (error: unknown) => {
            forget();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }),
  };
}

/** A cancel request is a connection of its own that shows the session's key. The server closes it when it is done. */
async function sendCancel(plan: SocketPlan, watch: WireWatch): Promise<void> {
  const key = watch.cancelKey;
  if (key === null) return;
  const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
  try {
    const { socket } = await openSocket(plan, signal);
    const request = Buffer.alloc(16);
    request.writeUInt32BE(16, 0);
    request.writeUInt32BE(80_877_102, 4);
    key.copy(request, 8);
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.on('error', () => socket.destroy());
      signal.addEventListener('abort', () => socket.destroy(), { once: true });
      // The other side closes first: PgBouncer 1.18 dies of a client that is gone before it has passed the request on.
      socket.write(request);
      socket.resume();
    });
  } catch {
    // The server can not be asked: the statement runs to its end, and the caller waits for that.
  }
}

async function close(sql: postgres.Sql, socket: Socket, politely: boolean): Promise<void> {
  if (!politely) socket.destroy();
  try {
    await sql.end({ timeout: politely ? CLOSE_SECONDS : 0 });
  } catch {
    // Nothing can be done for a connection that does not close well.
  }
  socket.destroy();
}
