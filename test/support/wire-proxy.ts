import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Side = 'frontend' | 'backend';

/** A message of the protocol, counted from 0 on its side of a connection. */
export interface Boundary {
  readonly side: Side;
  readonly index: number;
  /** The letter of its type; `startup` for the first of a client. */
  readonly type: string;
  /** The SQL of a query, else empty. */
  readonly text: string;
}

/** What is done at one boundary of the first connection after `arm`. */
export interface Fault {
  readonly side: Side;
  readonly index: number;
  /** Whether the message has reached the other side by then. */
  readonly when: 'before' | 'after';
  /** `cut`: both ends are told nothing more. A function is called instead, and the line stays as it is. */
  readonly act: 'cut' | (() => void);
}

/** A proxy that reads the wire protocol of PostgreSQL and can do harm at each message. */
export interface WireProxy {
  readonly port: number;
  /** Counts the messages of the next connection from 0, with a fault or without one. */
  arm(fault: Fault | null): void;
  /** The messages of that connection. */
  readonly seen: readonly Boundary[];
  /** Whether the fault has been done. */
  readonly struck: boolean;
  /** Ends the connection that is counted, without a word. */
  cut(): void;
  /** Where connections opened from now on lead. */
  retarget(target: Target): void;
  close(): Promise<void>;
}

export type Target = { readonly path: string } | { readonly host: string; readonly port: number };

export async function startWireProxy(first: Target): Promise<WireProxy> {
  const state = {
    target: first,
    fault: null as Fault | null,
    armed: false,
    struck: false,
    seen: [] as Boundary[],
    cut: (): void => undefined,
  };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(state.target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.destroy());
    if (!state.armed) {
      client.pipe(upstream);
      upstream.pipe(client);
      return;
    }
    state.armed = false;
    let dead = false;
    const cut = (): void => {
      dead = true;
      client.resetAndDestroy();
      // Not a reset: what was forwarded must arrive.
      upstream.end();
    };
    state.cut = cut;
    const relay = (side: Side, from: Socket, to: Socket): void => {
      let index = 0;
      const split = createSplitter(side === 'frontend');
      from.on('data', (bytes: Buffer) => {
        for (const { type, message } of split(bytes)) {
          if (dead) return;
          const at = index++;
          const text = type === 'Q' || type === 'P' ? message.toString('utf8', 5).replaceAll('\0', '') : '';
          state.seen.push({ side, index: at, type, text });
          const fault = state.fault?.side === side && state.fault.index === at ? state.fault : null;
          const strike = (): void => {
            state.struck = true;
            if (fault?.act === 'cut') cut();
            else fault?.act();
          };
          if (fault?.when === 'before') strike();
          if (!dead) to.write(message);
          if (fault?.when === 'after') strike();
        }
      });
    };
    relay('frontend', client, upstream);
    relay('backend', upstream, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    arm: (fault) => {
      Object.assign(state, { fault, armed: true, struck: false, seen: [] });
    },
    get seen() {
      return state.seen;
    },
    get struck() {
      return state.struck;
    },
    cut: () => state.cut(),
    retarget: (target) => {
      state.target = target;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Message {
  readonly type: string;
  readonly message: Buffer;
}

/** Whole messages out of a stream of bytes. The first of a client has no type. */
function createSplitter(client: boolean): (bytes: Buffer) => readonly Message[] {
  let kept = Buffer.alloc(0);
  let first = client;
  return (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    const messages: Message[] = [];
    for (;;) {
      const head = first ? 0 : 1;
      if (kept.length < head + 4) return messages;
      const size = head + kept.readUInt32BE(head);
      if (kept.length < size) return messages;
      messages.push({ type: first ? 'startup' : kept.toString('latin1', 0, 1), message: kept.subarray(0, size) });
      kept = kept.subarray(size);
      first = false;
    }
  };
}
