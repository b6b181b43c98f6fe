import { existsSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSurefootError, messageOf, SurefootError } from '../../model/errors.ts';
import { requireBinaries } from './binaries.ts';
import { ensureData, readPassword, type Transport } from './cluster.ts';
import { launchKeeper } from './keeper-launch.ts';
import { lockHolder, tryLock, type Lock } from './lock.ts';
import { prepareNative } from './native-tree.ts';
import { choosePlace, prepareSocketFolder, removeTemporarySocketFolder, type Place } from './places.ts';
import {
  clearRemains,
  findPostmaster,
  startPostmaster,
  stopPostmaster,
  waitUntilSettled,
  type Postmaster,
} from './postmaster.ts';
import { isRunning, pidSpace, waitForEnd } from './processes.ts';
import {
  dataFolder,
  giveToOwnerOf,
  layoutOf,
  makeFolder,
  modifiedAt,
  noteUse,
  readState,
  readText,
  removeState,
  replaceFile,
  USER,
  writeState,
  type EmbeddedServer,
  type Layout,
  type ServerState,
} from './state.ts';
import { isListening, openWire } from './wire.ts';

export interface EnsureOptions {
  readonly root: string;
  readonly from: string;
  readonly major?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is the same for everyone, and only tests change. */
export interface Tuning {
  readonly idleMs: number;
  readonly pollMs: number;
  readonly transport: Transport;
  readonly userNamespace: boolean;
}

export const TUNING: Tuning = {
  idleMs: 15_000,
  pollMs: 1_000,
  transport: process.platform === 'win32' ? 'tcp' : 'socket',
  userNamespace: true,
};

const CONNECT_MS = 5_000;
const LOCK_MS = 360_000;
/** A keeper in another container has looked after its server within this time, or is gone. */
const FOREIGN_MS = 60_000;

/** See `ensureServer` in index.ts. */
export async function bringServer(options: EnsureOptions, tuning: Tuning = TUNING): Promise<EmbeddedServer> {
  const { signal } = options;
  signal?.throwIfAborted();
  try {
    return await bring(options, tuning);
  } catch (error) {
    if (isSurefootError(error) || signal?.aborted === true) throw error;
    throw new SurefootError({
      code: 'embedded-start-failed',
      message: `The embedded server in ${options.root} can't be used: ${messageOf(error)}`,
      hint: `Make ${options.root} and all in it belong to you, or remove it to begin with an empty server.`,
      context: { root: options.root },
      cause: error,
    });
  }
}

async function bring(options: EnsureOptions, tuning: Tuning): Promise<EmbeddedServer> {
  const root = realRoot(options.root);
  const layout = layoutOf(root, options.major ?? defaultMajor(root, options.from));
  const running = await reuse(layout, tuning);
  if (running !== null) return running;
  makeFolder(layout.folder, 0o700);
  return withLock(
    layout,
    options.signal,
    () => bringUp(layout, options, tuning),
    () => reuse(layout, tuning),
  );
}

/** One folder has one name, or two commands would each take the other's record for that of a copy. */
function realRoot(root: string): string {
  const path = resolve(root);
  if (!existsSync(path)) makeFolder(path);
  return realpathSync(path);
}

/** The version a project began with stays its version when a newer one is installed: its data is of that version. */
function defaultMajor(root: string, from: string): number {
  const file = join(root, 'postgres-major');
  const recorded = Number.parseInt(readText(file) ?? '', 10);
  if (Number.isInteger(recorded)) return recorded;
  const { major } = requireBinaries(from, null);
  replaceFile(file, `${major}\n`);
  return major;
}

/** Runs with the lock, or returns early what `instead` finds while waiting for it. */
async function withLock<T>(
  layout: Layout,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
  instead: () => Promise<T | null>,
): Promise<T> {
  const end = performance.now() + LOCK_MS;
  for (;;) {
    signal?.throwIfAborted();
    makeFolder(layout.locks);
    const lock: Lock | null = tryLock(layout.locks);
    if (lock !== null) {
      try {
        return await run();
      } finally {
        lock.release();
      }
    }
    await sleep(20 + Math.random() * 40, undefined, signal === undefined ? {} : { signal });
    const found = await instead();
    if (found !== null) return found;
    if (performance.now() > end) throw lockTimeout(layout);
  }
}

function lockTimeout(layout: Layout): SurefootError {
  const holder = lockHolder(layout.locks);
  const who = holder === null ? 'Another command' : `Process ${holder.pid} (since ${holder.since})`;
  return new SurefootError({
    code: 'embedded-start-failed',
    message: `${who} has been starting or stopping the embedded server in ${layout.folder} for ${LOCK_MS / 60_000} minutes.`,
    hint: holder === null ? 'Run the command again.' : `End process ${holder.pid} and run the command again.`,
  });
}

/** The running server, without starting a process; null when that is not enough. */
async function reuse(layout: Layout, tuning: Tuning): Promise<EmbeddedServer | null> {
  if (!noteUse(layout)) return null;
  const state = readState(layout);
  if (state === null || state.folder !== layout.folder) return null;
  const foreign = state.space !== pidSpace();
  if (!foreign && !isRunning(state.keeper)) return null;
  if (!(await accepts(state, tuning.transport))) return null;
  return toServer(state);
}

/** A socket folder is ours alone; behind a TCP port there may be any program, until it has proven to know the password. */
async function accepts(server: EmbeddedServer, transport: Transport): Promise<boolean> {
  const { socketDirectory: host, port } = server;
  if (transport === 'socket') return isListening({ host, port }, CONNECT_MS);
  return (await readVersion(server).catch(() => null)) !== null;
}

async function readVersion(server: Omit<EmbeddedServer, 'version' | 'major' | 'dataDirectory'>): Promise<string> {
  const { socketDirectory: host, port, user, password } = server;
  const session = await openWire({ host, port, user, password, database: 'postgres' }, CONNECT_MS);
  try {
    const [row] = await session.query('show server_version');
    return (row?.[0] ?? '').split(' ')[0] ?? '';
  } finally {
    session.close();
  }
}

function toServer(state: ServerState): EmbeddedServer {
  const { major, version, socketDirectory, port, user, password, dataDirectory } = state;
  return { major, version, socketDirectory, port, user, password, dataDirectory };
}

async function bringUp(layout: Layout, options: EnsureOptions, tuning: Tuning): Promise<EmbeddedServer> {
  const running = await reuse(layout, tuning);
  if (running !== null) return running;
  refuseForeign(layout);
  const { major, folder } = layout;
  const { signal } = options;
  const { transport, idleMs, pollMs } = tuning;
  const binaries = requireBinaries(options.from, major);
  const place = choosePlace(layout, tuning.userNamespace);
  const { base, runner } = place;
  const native = prepareNative(binaries, base, runner);
  const keeper = launchKeeper(folder, base);
  let started: Postmaster | null = null;
  try {
    const data = await ensureData({ base, major, native, runner, transport, durable: true, signal });
    started = await runServer({ place, native, data, transport, signal });
    const host = transport === 'socket' ? started.socketDirectory : '127.0.0.1';
    const login = { socketDirectory: host, port: started.port, user: USER, password: readPassword(base) };
    const version = await readVersion(login);
    const state: ServerState = {
      ...login,
      folder,
      major,
      version,
      space: pidSpace(),
      postmaster: started.mark,
      keeper: keeper.mark,
      dataDirectory: data,
      native,
    };
    writeFileSync(layout.alive, '', { mode: 0o600 });
    giveToOwnerOf(folder, layout.alive);
    noteUse(layout);
    writeState(layout, state);
    await keeper.assign({ kind: 'project', root: layout.root, major, state, idleMs, pollMs });
    return toServer(state);
  } catch (error) {
    removeState(layout);
    // Without a keeper it would run for ever.
    if (started !== null) await stopPostmaster({ mark: started.mark, data: join(base, 'data'), native });
    throw error;
  } finally {
    keeper.release();
  }
}

interface RunRequest {
  readonly place: Place;
  readonly native: string;
  readonly data: string;
  readonly transport: Transport;
  readonly signal: AbortSignal | undefined;
}

/** The server on the data: one that runs without anybody knowing (its starter or keeper was killed), or a new one. */
async function runServer({ place, native, data, transport, signal }: RunRequest): Promise<Postmaster> {
  const { base, runner } = place;
  const found = await waitUntilSettled(data, signal);
  if (found !== null) {
    // After the project folder was moved, the server still names the old one.
    const hosts = transport === 'tcp' ? ['127.0.0.1'] : [join(base, 'socket'), found.socketDirectory];
    for (const host of hosts) {
      const reachable = await isListening({ host, port: found.port }, CONNECT_MS);
      if (reachable) return { ...found, socketDirectory: host };
    }
    // Its socket was deleted.
    await stopPostmaster({ mark: found.mark, data, native });
  }
  const socketDirectory = transport === 'tcp' ? null : await prepareSocketFolder(base, runner);
  await clearRemains(data, socketDirectory);
  const request = { base, data, native, runner, transport, socketDirectory: socketDirectory ?? '', signal };
  return { ...(await startPostmaster(request)), socketDirectory: request.socketDirectory };
}

/** Two servers on one data folder would destroy it, and PostgreSQL can't see one in another container. */
function refuseForeign(layout: Layout): void {
  const state = readState(layout);
  if (state === null || state.folder !== layout.folder || state.space === pidSpace()) return;
  const seen = modifiedAt(layout.alive);
  if (seen === null || Math.abs(Date.now() - seen) > FOREIGN_MS) return;
  throw new SurefootError({
    code: 'embedded-start-failed',
    message: `The embedded server in ${layout.folder} runs in another container or machine that shares this folder.`,
    hint: 'Wait until it has stopped (a minute after the last command there), or use another folder.',
    context: { folder: layout.folder },
  });
}

/** See `stopServer` in index.ts. */
export async function stopServers(root: string): Promise<void> {
  if (!existsSync(root)) return;
  const real = realpathSync(root);
  const majors = readdirSync(real).flatMap((name) => /^postgres-(\d+)$/.exec(name)?.[1] ?? []);
  for (const layout of majors.map((major) => layoutOf(real, Number(major)))) {
    await withLock(
      layout,
      undefined,
      () => stopOne(layout),
      () => Promise.resolve(null),
    );
  }
}

async function stopOne(layout: Layout): Promise<void> {
  refuseForeign(layout);
  const state = readState(layout);
  removeState(layout);
  const data = dataFolder(layout);
  const found = existsSync(data) ? findPostmaster(data) : null;
  if (found !== null) await stopPostmaster({ mark: found.mark, data, native: state?.native ?? '' });
  if (state === null || state.folder !== layout.folder) return;
  removeTemporarySocketFolder(state);
  await waitForEnd(state.keeper, 10_000);
}
