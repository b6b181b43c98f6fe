import { closeSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SurefootError } from '../../model/errors.ts';
import { cannotRun, lastLines, type Transport } from './cluster.ts';
import { spawnAs, type Runner } from './identity.ts';
import { programIn } from './native-tree.ts';
import {
  isNumberTaken,
  isRunning,
  markProcess,
  postgresProcessesIn,
  runsPostgres,
  sendSignal,
  waitForEnd,
  workingFolder,
  type ProcessMark,
} from './processes.ts';
import { SOCKET_PORT } from './places.ts';
import { openLog, readText } from './state.ts';
import { socketPath } from './wire.ts';

/** A running server, as its own `postmaster.pid` describes it. */
export interface Postmaster {
  readonly mark: ProcessMark;
  readonly status: string;
  readonly port: number;
  /** Empty when it has no socket. */
  readonly socketDirectory: string;
}

export interface StartRequest {
  readonly base: string;
  readonly data: string;
  readonly native: string;
  readonly runner: Runner;
  readonly transport: Transport;
  /** Ignored with TCP. */
  readonly socketDirectory: string;
  readonly signal: AbortSignal | undefined;
}

/** Recovery after a crash may replay a gigabyte of log. */
const READY_MS = 300_000;
const LOG_BYTES = 5_000_000;

/** The process number in a data folder's postmaster.pid, which may be outdated; null when there is none. */
export function recordedPid(data: string): number | null {
  const pid = Number.parseInt(readText(join(data, 'postmaster.pid'))?.split('\n')[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** The server that runs on a data folder; null when none does, whatever its files say. */
export function findPostmaster(data: string): Postmaster | null {
  const lines = readText(join(data, 'postmaster.pid'))?.split('\n') ?? [];
  const pid = recordedPid(data);
  if (pid === null) return null;
  const mark = markProcess(pid);
  if (!isRunning(mark) || runsPostgres(pid) === false) return null;
  if ((workingFolder(pid) ?? lines[1]) !== realpathSync(data)) return null;
  return {
    mark,
    status: lines[7]?.trim() ?? '',
    port: Number.parseInt(lines[3] ?? '', 10),
    socketDirectory: lines[4]?.trim() ?? '',
  };
}

/**
 * Removes what a killed server left: waits for its backends, which end by themselves when idle and are told to
 * after a while when not, and removes files that name a process that is not a server of this folder. PostgreSQL
 * itself only asks whether some process has that number, and then refuses to start.
 */
export async function clearRemains(data: string, socketDirectory: string | null): Promise<void> {
  const folder = realpathSync(data);
  for (const signal of [null, 'SIGTERM', 'SIGQUIT', 'SIGKILL'] as const) {
    const left = postgresProcessesIn(folder);
    if (signal !== null) left.forEach((mark) => sendSignal(mark, signal));
    await Promise.all(left.map((mark) => waitForEnd(mark, 5_000)));
  }
  const pid = recordedPid(data);
  // A number nobody has is left to PostgreSQL, which knows what to make of it.
  if (pid !== null && isNumberTaken(pid)) rmSync(join(data, 'postmaster.pid'), { force: true });
  if (socketDirectory === null) return;
  const socket = socketPath(socketDirectory, SOCKET_PORT);
  for (const file of [socket, `${socket}.lock`]) rmSync(file, { force: true });
}

/** Starts the server detached from this process, and returns when it accepts connections. */
export async function startPostmaster(request: StartRequest): Promise<Postmaster> {
  const { base } = request;
  const log = join(base, 'server.log');
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(log, `${log}.1`);
  for (let attempt = 1; ; attempt += 1) {
    const offset = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    const child = await launch(request);
    const ready = await waitUntilReady(request, child);
    if (ready !== null) return ready;
    const output = readFileSync(log).subarray(offset).toString();
    // A backend of a killed server still holds its memory, or another program took the port meanwhile.
    const passing = /pre-existing shared memory block|could not bind IPv4/.test(output);
    if (!passing || attempt >= 30) throw startFailed(base, output);
    await sleep(attempt * 50);
  }
}

function startFailed(base: string, output: string): SurefootError {
  const lines = lastLines(output);
  return new SurefootError({
    code: 'embedded-start-failed',
    message: `The embedded server in ${base} did not start:\n${lines}`,
    hint: `Remove the cause named in ${join(base, 'server.log')} and run the command again.`,
    context: { folder: base, log: lines },
  });
}

async function launch(request: StartRequest): Promise<ChildProcess> {
  const { base, data, native, runner, transport, socketDirectory } = request;
  const output = openLog(base);
  try {
    // Standard streams that nobody reads from, and a group of its own: a command substitution around surefoot
    // ends with surefoot, and Ctrl-C does not reach the server.
    const options = {
      detached: true,
      stdio: ['ignore', output, output] satisfies ('ignore' | number)[],
      cwd: parse(base).root,
    };
    const child =
      transport === 'tcp'
        ? spawnAs(runner, programIn(native, 'pg_ctl'), tcpArguments(data, await freePort()), options)
        : spawnAs(runner, programIn(native, 'postgres'), socketArguments(data, socketDirectory), options);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(cannotRun(error, native)));
    });
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}

function socketArguments(data: string, socketDirectory: string): readonly string[] {
  // The setting is a list; in quotes a path with a comma stays one path.
  const listed = `"${socketDirectory.replaceAll('"', '""')}"`;
  const settings = [`unix_socket_directories=${listed}`, 'unix_socket_permissions=0700', 'listen_addresses='];
  return ['-D', data, '-p', String(SOCKET_PORT), ...settings.flatMap((setting) => ['-c', setting])];
}

/** Through pg_ctl, which on Windows gives up the rights of an administrator before it starts the server. */
function tcpArguments(data: string, port: number): readonly string[] {
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
  return ['start', '--wait', '--timeout=300', '--silent', '-D', data, '-o', options];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Waits for the status line that the server writes itself; null when it has ended. */
async function waitUntilReady(
  { data, native, transport, signal }: StartRequest,
  child: ChildProcess,
): Promise<Postmaster | null> {
  const end = performance.now() + READY_MS;
  let ended = child.exitCode !== null || child.signalCode !== null;
  child.once('exit', (code) => (ended = transport === 'socket' || code !== 0));
  while (performance.now() < end && signal?.aborted !== true) {
    const found = findPostmaster(data);
    if (found?.status === 'ready') return found;
    if (ended && found === null) return null;
    await sleep(5);
  }
  const late = findPostmaster(data);
  if (late === null) child.kill('SIGTERM');
  else await stopPostmaster({ mark: late.mark, data, native });
  signal?.throwIfAborted();
  return null;
}

/** Waits for a server that is being started or stopped by someone else; null when it has ended. */
export async function waitUntilSettled(data: string, signal: AbortSignal | undefined): Promise<Postmaster | null> {
  const end = performance.now() + READY_MS;
  for (;;) {
    const found = findPostmaster(data);
    if (found === null || found.status === 'ready' || performance.now() > end) return found;
    await sleep(10, undefined, signal === undefined ? {} : { signal });
  }
}

/** What is needed to stop a server. */
export interface Stoppable {
  readonly mark: ProcessMark;
  readonly data: string;
  readonly native: string;
}

/** `fast` ends the clients and writes all data; `immediate` just ends, for data nobody will miss. */
export async function stopPostmaster(server: Stoppable, mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
  const patience = mode === 'fast' ? 60_000 : 10_000;
  if (process.platform === 'win32') {
    // There are no signals on Windows: a "signal" would end the server like a crash.
    await stopThroughPgCtl({ kind: 'self' }, server, mode);
    return;
  }
  for (const signal of mode === 'fast'
    ? (['SIGINT', 'SIGQUIT', 'SIGKILL'] as const)
    : (['SIGQUIT', 'SIGKILL'] as const)) {
    if (!sendSignal(server.mark, signal) || (await waitForEnd(server.mark, patience))) return;
  }
}

/** Stops a server by the program that comes with it. */
export async function stopThroughPgCtl(
  runner: Runner,
  { data, native, mark }: Stoppable,
  mode: 'fast' | 'immediate',
): Promise<void> {
  const child = spawnAs(runner, programIn(native, 'pg_ctl'), ['stop', '--silent', '-D', data, '-m', mode], {
    stdio: 'ignore',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  await waitForEnd(mark, 10_000);
}
