import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { requireBinaries } from '../../src/adapters/embedded-postgres/binaries.ts';
import { chooseRunner, spawnAs, type Runner } from '../../src/adapters/embedded-postgres/identity.ts';
import { programIn, prepareNative } from '../../src/adapters/embedded-postgres/native-tree.ts';
import { postgresProcessesIn, sendSignal, waitForEnd } from '../../src/adapters/embedded-postgres/processes.ts';
import { TUNING } from '../../src/adapters/embedded-postgres/server.ts';
import { openThrowAway } from '../../src/adapters/embedded-postgres/throw-away.ts';
import { connectTo } from './connect-to.ts';
import type { Target } from './wire-proxy.ts';

/** A server that a test may kill, fill, shut down and turn into a standby. */
export interface OwnServer {
  /** Its database `postgres`, as the superuser. */
  readonly url: string;
  readonly target: Target;
  /** Of its files. */
  readonly uid: number;
  /** Lines for postgresql.conf, read by the next `start`. */
  configure(...lines: readonly string[]): void;
  start(): Promise<void>;
  /** `kill -9` of all its processes. */
  kill(): Promise<void>;
  /** A fast shutdown. */
  stop(): Promise<void>;
  /** From the next `start` on it is a standby that nobody feeds; `SELECT pg_promote()` makes it a primary. */
  makeStandby(): void;
  /** Another server on a copy of the data. Only while this one is stopped. */
  copy(): OwnServer;
  /** A standby that follows this server, made by pg_basebackup while it runs; not started yet. */
  standby(program: string): OwnServer;
  query(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PORT = 5432;

/** Started, empty. */
export async function startOwnServer(major: number): Promise<OwnServer> {
  const given = await openThrowAway({ from: PROJECT, major }, TUNING);
  const base = dirname(given.dataDirectory);
  const { runner } = chooseRunner({ folder: tmpdir(), data: null, userNamespace: true });
  const native = prepareNative(requireBinaries(PROJECT, major), base, runner);
  return serverOn(
    { base, data: given.dataDirectory, sockets: given.socketDirectory, native, runner, user: given.user },
    given.close,
  );
}

interface Place {
  readonly base: string;
  readonly data: string;
  readonly sockets: string;
  readonly native: string;
  readonly runner: Runner;
  readonly user: string;
}

function serverOn(place: Place, remove: () => Promise<void>): OwnServer {
  const { base, data, sockets, native, runner, user } = place;
  const url = `postgres://${user}@/postgres?host=${encodeURIComponent(sockets)}&port=${String(PORT)}`;
  const query: OwnServer['query'] = async (text) => {
    const sql = connectTo(url, 1);
    try {
      return await sql.unsafe(text);
    } finally {
      await sql.end({ timeout: 2 });
    }
  };
  const end = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    const processes = postgresProcessesIn(data);
    const [first] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    // The head of them does an orderly stop; a killed one leaves its children to be killed one by one.
    for (const mark of processes) if (signal === 'SIGKILL' || String(mark.pid) === first) sendSignal(mark, signal);
    await Promise.all(processes.map((mark) => waitForEnd(mark, 30_000)));
  };
  return {
    url,
    uid: statSync(data).uid,
    target: { path: `${sockets}/.s.PGSQL.${String(PORT)}` },
    configure: (...lines) => appendFileSync(join(data, 'postgresql.conf'), `${lines.join('\n')}\n`),
    start: async () => {
      rmSync(join(data, 'postmaster.pid'), { force: true });
      rmSync(join(sockets, `.s.PGSQL.${String(PORT)}.lock`), { force: true });
      const log = openSync(join(base, 'own.log'), 'a');
      const options = [
        '-D',
        data,
        '-p',
        String(PORT),
        '-c',
        `unix_socket_directories=${sockets}`,
        '-c',
        'listen_addresses=',
      ];
      spawnAs(runner, programIn(native, 'postgres'), options, { stdio: ['ignore', log, log], detached: true }).unref();
      for (let tries = 0; ; tries += 1) {
        try {
          await query('SELECT 1');
          return;
        } catch (error) {
          if (tries > 600) throw new Error(readFileSync(join(base, 'own.log'), 'utf8').slice(-2000), { cause: error });
          await pause(50);
        }
      }
    },
    kill: async () => end('SIGKILL'),
    stop: async () => end('SIGINT'),
    makeStandby: () => writeFileSync(join(data, 'standby.signal'), ''),
    copy: () => {
      const beside = join(base, 'copy');
      mkdirSync(join(beside, 's'), { recursive: true, mode: 0o700 });
      cpSync(data, join(beside, 'data'), { recursive: true });
      // Not every version of Node keeps the mode of a folder, and the server starts on no other.
      chmodSync(join(beside, 'data'), 0o700);
      return serverOn({ ...place, base: beside, data: join(beside, 'data'), sockets: join(beside, 's') }, () =>
        Promise.resolve(),
      );
    },
    standby: (program) => {
      const beside = join(base, 'standby');
      mkdirSync(join(beside, 's'), { recursive: true, mode: 0o700 });
      const to = join(beside, 'data');
      const made = spawnSync(
        program,
        ['-D', to, '-R', '--checkpoint=fast', '-h', sockets, '-p', String(PORT), '-U', user, '--no-password'],
        { encoding: 'utf8' },
      );
      if (made.status !== 0) throw new Error(`pg_basebackup ended with ${String(made.status)}: ${made.stderr}`);
      return serverOn({ ...place, base: beside, data: to, sockets: join(beside, 's') }, () => Promise.resolve());
    },
    query,
    close: async () => {
      for (const mark of postgresProcessesIn(data)) sendSignal(mark, 'SIGKILL');
      await remove();
    },
  };
}
