import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP server that does to each connection what `serve` says, told the first bytes the client sent. */
export async function startFakeServer(
  serve: (socket: Socket, first: Buffer) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (first: Buffer) => serve(socket, first));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An ErrorResponse of the PostgreSQL protocol. */
export function errorResponse(code: string, message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Passes everything on, `first` included. */
export function passOn(socket: Socket, first: Buffer, port: number): void {
  const upstream = connect({ host: '127.0.0.1', port });
  upstream.on('error', () => socket.destroy());
  upstream.write(first);
  socket.pipe(upstream).pipe(socket);
}
