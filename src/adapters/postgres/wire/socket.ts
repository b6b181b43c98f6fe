import { Buffer } from 'node:buffer';
import { isIP, Socket } from 'node:net';
import * as tls from 'node:tls';
import { hostName, isSocket, socketPath, type HostSettings } from '../connection.ts';
import type { Protection } from './tls.ts';

/**
 * Writes up to here are buffered without telling the driver to wait: it would stop sending ahead and go on with one
 * statement at a time. pipeline.ts bounds what is in flight.
 */
const WRITE_BUFFER = 8 * 1024 * 1024;
const ADDRESS_TRY_MS = 2000;
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const YES = 0x53;
const NO = 0x4e;

export interface SocketPlan {
  readonly host: HostSettings;
  readonly protection: Protection;
  readonly options: tls.ConnectionOptions;
  readonly direct: boolean;
  readonly sendName: boolean;
}

export interface OpenSocket {
  readonly socket: Socket;
  readonly encrypted: boolean;
}

/** A failure on the way to an encrypted connection, told apart from the network's. */
export class TlsFailure extends Error {
  readonly unsupported: boolean;

  constructor(message: string, unsupported: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'TlsFailure';
    this.unsupported = unsupported;
  }
}

/** Connects and encrypts as planned. Rejects with the system's error, a TlsFailure, or the signal's reason. */
export async function openSocket(plan: SocketPlan, signal: AbortSignal): Promise<OpenSocket> {
  signal.throwIfAborted();
  const socket = await connect(plan.host, signal);
  try {
    if (plan.protection === 'plain') return { socket, encrypted: false };
    if (!plan.direct && !(await askForTls(socket, signal))) {
      if (plan.protection === 'try') return { socket, encrypted: false };
      throw new TlsFailure(`the server at ${hostName(plan.host)} does not offer TLS`, true);
    }
    return { socket: await encrypt(socket, plan, signal), encrypted: true };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function connect(host: HostSettings, signal: AbortSignal): Promise<Socket> {
  const socket = new Socket({ writableHighWaterMark: WRITE_BUFFER } as object);
  if (isSocket(host)) socket.connect({ path: socketPath(host) });
  else
    socket.connect({
      host: host.address ?? host.host,
      port: host.port,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ADDRESS_TRY_MS,
      noDelay: true,
    });
  await settled(socket, 'connect', signal);
  return socket;
}

async function askForTls(socket: Socket, signal: AbortSignal): Promise<boolean> {
  socket.write(TLS_REQUEST);
  const answer = await settled(socket, 'data', signal);
  socket.pause();
  if (!Buffer.isBuffer(answer))
    throw new TlsFailure('the server closed the connection instead of answering the request for TLS', false);
  // More than the one byte would be somebody speaking before the encryption.
  if (answer.length === 1 && answer[0] === YES) return true;
  if (answer.length === 1 && answer[0] === NO) return false;
  throw new TlsFailure('the server gave an answer to the request for TLS that is none', false);
}

async function encrypt(socket: Socket, plan: SocketPlan, signal: AbortSignal): Promise<Socket> {
  const options: tls.ConnectionOptions & { highWaterMark: number } = {
    ...plan.options,
    socket,
    highWaterMark: WRITE_BUFFER,
  };
  if (plan.sendName && isIP(plan.host.host) === 0) options.servername = plan.host.host;
  let secured: tls.TLSSocket;
  try {
    secured = tls.connect(options);
  } catch (error) {
    throw asTlsFailure(error);
  }
  try {
    await settled(secured, 'secureConnect', signal);
    return secured;
  } catch (error) {
    secured.destroy();
    throw signal.aborted ? error : asTlsFailure(error);
  }
}

function asTlsFailure(error: unknown): TlsFailure {
  if (error instanceof TlsFailure) return error;
  return new TlsFailure(error instanceof Error ? error.message : String(error), false, error);
}

/** The first argument of the event; rejects on an error, a close, or the signal. Leaves no listener behind. */
function settled(socket: Socket, event: 'connect' | 'data' | 'secureConnect', signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const onEvent = (value: unknown): void => finish(() => resolve(value));
    const onError = (error: Error): void => finish(() => reject(error));
    const onClose = (): void =>
      finish(() => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })));
    const onAbort = (): void => {
      finish(() => reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted')));
      // Late errors of a socket nobody waits for any more must not end the process.
      socket.on('error', () => undefined).destroy();
    };
    socket.once(event, onEvent).once('error', onError).once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
