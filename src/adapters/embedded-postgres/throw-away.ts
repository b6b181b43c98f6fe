import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireBinaries } from './binaries.ts';
import { ensureData, readPassword } from './cluster.ts';
import { chooseRunner } from './identity.ts';
import { removeThrowAway } from './keep-throw-away.ts';
import { launchKeeper } from './keeper-launch.ts';
import { prepareNative } from './native-tree.ts';
import { makeTemporaryFolder, prepareSocketFolder } from './places.ts';
import { startPostmaster } from './postmaster.ts';
import { isRunning, markProcess, pidSpace, type ProcessMark } from './processes.ts';
import { TUNING, type Tuning } from './server.ts';
import { readText, USER, type EmbeddedServer } from './state.ts';

/** A server that ends with its folder when `close` is called, or the process ends in whatever way. */
export interface ThrowAwayServer extends EmbeddedServer {
  /** Stops the server and removes everything of it; may be called again. */
  close(): Promise<void>;
}

export interface ThrowAwayOptions {
  readonly from: string;
  readonly major?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Owner {
  readonly mark: ProcessMark;
  readonly socketDirectory: string;
}

const PREFIX = 'surefoot-throw-away-';
const NAME = /^surefoot-throw-away-([0-9a-f]{8})-(\d+)-/;
/** Whether the owner lives can't be seen from another container; nobody uses a throw-away server for so long. */
const FOREIGN_MS = 24 * 3_600_000;

/** See `startThrowAway` in index.ts. */
export async function openThrowAway(options: ThrowAwayOptions, tuning: Tuning = TUNING): Promise<ThrowAwayServer> {
  const { signal } = options;
  signal?.throwIfAborted();
  const binaries = requireBinaries(options.from, options.major ?? null);
  await removeAbandoned();
  const { transport } = tuning;
  const { runner } = chooseRunner({ folder: tmpdir(), data: null, userNamespace: tuning.userNamespace });
  const base = makeTemporaryFolder(runner, `${PREFIX}${spaceName()}-${process.pid}-`);
  const socketDirectory = transport === 'socket' ? await prepareSocketFolder(base, runner) : '127.0.0.1';
  const mark = markProcess(process.pid);
  writeFileSync(join(base, 'owner.json'), JSON.stringify({ mark, socketDirectory } satisfies Owner));
  const native = prepareNative(binaries, base, runner);
  const task = { data: join(base, 'data'), native, folders: foldersOf(base, socketDirectory) };
  const keeper = launchKeeper(base, base);
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= remove());
  const remove = async (): Promise<void> => {
    keeper.release();
    await keeper.waitForEnd();
    // A keeper that was killed has left everything.
    if (task.folders.some((folder) => existsSync(folder))) await removeThrowAway(task);
  };
  try {
    const { major } = binaries;
    const assigned = keeper.assign({ kind: 'throw-away', ...task });
    const [data] = await Promise.all([
      ensureData({ base, major, native, runner, transport, durable: false, signal }),
      assigned,
    ]);
    const server = await startPostmaster({ base, data, native, runner, transport, socketDirectory, signal });
    const version = binaries.packageVersion.split('.').slice(0, 2).join('.');
    const password = readPassword(base);
    return { major, version, socketDirectory, port: server.port, user: USER, password, dataDirectory: data, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function foldersOf(base: string, socketDirectory: string): readonly string[] {
  const outside = socketDirectory.startsWith('/') && !socketDirectory.startsWith(`${base}/`);
  return outside ? [base, socketDirectory] : [base];
}

/** Process numbers are only comparable within one space, so the folder's name tells which. */
function spaceName(): string {
  return createHash('sha256').update(pidSpace()).digest('hex').slice(0, 8);
}

/** Removes the throw-away servers of this user whose owners, and whose keepers, were killed. */
async function removeAbandoned(): Promise<void> {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    if (!existsSync(parent)) continue;
    for (const name of readdirSync(parent)) {
      const folder = join(parent, name);
      const [, space, pid] = NAME.exec(name) ?? [];
      if (space === undefined || pid === undefined || !isAbandoned(folder, space, Number(pid))) continue;
      const socketDirectory = readOwner(folder)?.socketDirectory ?? '';
      await removeThrowAway({ data: join(folder, 'data'), native: '', folders: foldersOf(folder, socketDirectory) });
    }
  }
}

function isAbandoned(folder: string, space: string, pid: number): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
  if (space !== spaceName()) return Date.now() - statSync(folder).mtimeMs > FOREIGN_MS;
  return !isRunning(readOwner(folder)?.mark ?? { pid, started: null });
}

function readOwner(folder: string): Owner | null {
  const text = readText(join(folder, 'owner.json'));
  try {
    const value: unknown = text === null ? null : JSON.parse(text);
    return isOwner(value) ? value : null;
  } catch {
    return null;
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null || !('mark' in value && 'socketDirectory' in value)) return false;
  const { mark, socketDirectory } = value;
  if (typeof socketDirectory !== 'string' || typeof mark !== 'object' || mark === null) return false;
  return 'pid' in mark && typeof mark.pid === 'number' && 'started' in mark;
}
