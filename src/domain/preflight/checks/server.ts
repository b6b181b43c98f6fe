import { block, ok, warn, type PreflightCheck } from '../check.ts';

const OLDEST_MAJOR = 13;
const CROWDED = 0.9;

export const SERVER: PreflightCheck = {
  name: 'server',
  title: 'Connection and server version',
  examine: ({ facts: { server } }) => {
    const { product, role, readOnly, connections, version } = server;
    const who = role === null ? '' : `, as ${role}`;
    if (readOnly)
      return block(`${product}${who}: it takes no writes`, 'Connect to the primary server, or make the file writable.');
    if (connections === null) return ok(`${product}${who}`);
    const figure = `${product}${who}, ${String(connections.used)} of ${String(connections.most)} connections used`;
    if ((version[0] ?? 0) < OLDEST_MAJOR)
      return warn(
        figure,
        `surefoot is tested from PostgreSQL 15 on, and ${product} gets no more corrections: upgrade the server.`,
      );
    if (connections.used > connections.most * CROWDED)
      return warn(figure, 'Free connections: a run uses two or three.');
    return ok(figure);
  },
};
