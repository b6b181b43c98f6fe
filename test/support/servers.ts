import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startThrowAway } from '../../src/adapters/embedded-postgres/index.ts';
import { connectTo } from './connect-to.ts';

/** A PostgreSQL server for tests. */
export interface TestServer {
  readonly major: number;
  /** Its database `postgres`, as a superuser. */
  readonly url: string;
}

export interface RunningServers {
  readonly servers: readonly TestServer[];
  stop(): Promise<void>;
}

/** The oldest and the newest major version the project answers for. */
export const MAJORS = [15, 18] as const;

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * From SUREFOOT_TEST_POSTGRES_URL (one URL, or several with commas between), else Docker, else the embedded binaries.
 * Without any it fails: a database test is never left out.
 */
export async function startServers(): Promise<RunningServers> {
  const named = process.env['SUREFOOT_TEST_POSTGRES_URL'] ?? '';
  if (named !== '') return { servers: await Promise.all(named.split(',').map(inspect)), stop: () => Promise.resolve() };
  return (dockerMayRun() ? await startContainers() : null) ?? startEmbedded();
}

async function inspect(url: string): Promise<TestServer> {
  const sql = connectTo(url);
  try {
    const [row] = await sql<{ version: number }[]>`SELECT current_setting('server_version_num')::integer AS version`;
    return { major: Math.floor((row?.version ?? 0) / 10_000), url };
  } finally {
    await sql.end();
  }
}

function dockerMayRun(): boolean {
  if ((process.env['DOCKER_HOST'] ?? '') !== '') return true;
  return ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')].some((socket) => existsSync(socket));
}

async function startContainers(): Promise<RunningServers | null> {
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return null;
  }
  const started = await Promise.all(
    MAJORS.map(async (major) => {
      const container = await new GenericContainer(`postgres:${String(major)}-alpine`)
        .withEnvironment({ POSTGRES_PASSWORD: 'surefoot' })
        .withExposedPorts(5432)
        .withCommand(['-c', 'fsync=off', '-c', 'max_connections=300'])
        .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/u, 2))
        .start();
      const url = `postgres://postgres:surefoot@${container.getHost()}:${String(container.getMappedPort(5432))}/postgres`;
      return { major, url, stop: () => container.stop() };
    }),
  );
  return bundle(started);
}

async function startEmbedded(): Promise<RunningServers> {
  const started = await Promise.all(
    MAJORS.map(async (major) => {
      const server = await startThrowAway({ from: PROJECT, major });
      const login = `${encodeURIComponent(server.user)}${server.password === null ? '' : `:${encodeURIComponent(server.password)}`}`;
      const place =
        server.socketDirectory === ''
          ? ''
          : `?host=${encodeURIComponent(server.socketDirectory)}&port=${String(server.port)}`;
      const host = place === '' ? `127.0.0.1:${String(server.port)}` : '';
      return { major, url: `postgres://${login}@${host}/postgres${place}`, stop: () => server.close() };
    }),
  );
  return bundle(started);
}

function bundle(started: readonly (TestServer & { stop(): Promise<unknown> })[]): RunningServers {
  return {
    servers: started.map(({ major, url }) => ({ major, url })),
    stop: async () => {
      await Promise.all(started.map((server) => server.stop()));
    },
  };
}
