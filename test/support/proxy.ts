import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy in front of a server that counts round trips, and can cut or hold the line. */
export interface Proxy {
  readonly port: number;
  /** Turns from the client to the server since the last call. */
  takeRoundTrips(): number;
  /** Texts of the client's simple queries since the last call, each as it was sent. */
  takeQueries(): readonly string[];
  /** Calls `act` once, when a simple query that fits has been passed on. */
  whenSent(pattern: RegExp, act: () => void): void;
  /** Ends all connections at once, without a word. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Answers are held back until the client has been quiet for `quietMs`: what the client sends ahead counts as one round
 * trip, what it sends after an answer as the next.
 */
export async function startProxy(
  target: { readonly path: string } | { readonly host: string; readonly port: number },
  quietMs = 25,
): Promise<Proxy> {
  let trips = 0;
  let queries: string[] = [];
  let awaited: { readonly pattern: RegExp; readonly act: () => void } | null = null;
  const onQuery = (text: string): void => {
    queries.push(text);
    if (awaited?.pattern.test(text) !== true) return;
    const { act } = awaited;
    awaited = null;
    act();
  };
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    const readQueries = createQueryReader(onQuery);
    clients.add(client);
    client.on('close', () => clients.delete(client));
    let held: Buffer[] = [];
    let lastWord = 0;
    let asking = false;
    let timer: NodeJS.Timeout | null = null;
    const release = (): void => {
      const wait = lastWord + quietMs - Date.now();
      if (wait > 0) {
        timer = setTimeout(release, wait);
        return;
      }
      timer = null;
      asking = false;
      client.write(Buffer.concat(held));
      held = [];
    };
    client.on('data', (data) => {
      if (!asking) trips++;
      asking = true;
      lastWord = Date.now();
      upstream.write(data);
      readQueries(data);
    });
    upstream.on('data', (data) => {
      held.push(data);
      timer ??= setTimeout(release, quietMs);
    });
    client.on('end', () => upstream.end());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    takeRoundTrips: () => {
      const taken = trips;
      trips = 0;
      return taken;
    },
    takeQueries: () => {
      const taken = queries;
      queries = [];
      return taken;
    },
    whenSent: (pattern, act) => {
      awaited = { pattern, act };
    },
    cut: () => {
      for (const client of clients) client.resetAndDestroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Reads the client's half of the protocol: a start-up message without a type, then messages of type, size and body. */
function createQueryReader(onQuery: (text: string) => void): (data: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const header = started ? 5 : 4;
      if (rest.length < header) return;
      const size = rest.readUInt32BE(header - 4) + header - 4;
      if (rest.length < size) return;
      if (started && rest.toString('latin1', 0, 1) === 'Q') onQuery(rest.toString('utf8', header, size - 1));
      started = true;
      rest = rest.subarray(size);
    }
  };
}
