import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import { canReach, chooseRunner, type Runner } from './identity.ts';
import { readText, replaceFile, type Layout } from './state.ts';
import { socketPath } from './wire.ts';

/** What a socket's path may be long at most, the end mark not counted. */
const SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/** All servers listen on the same port number: each has a socket folder of its own. */
export const SOCKET_PORT = 5432;

/** Folders for what can't be in the project, those the runner can enter. */
export function temporaryFolders(runner: Runner): readonly string[] {
  const candidates = process.platform === 'win32' ? [tmpdir()] : [...new Set([tmpdir(), '/tmp', '/var/tmp'])];
  return candidates.filter((folder) => existsSync(folder) && canReach(runner, folder));
}

/** Makes a folder that nobody but us can have prepared, under the system's temporary folder. */
export function makeTemporaryFolder(runner: Runner, prefix: string): string {
  const parent = temporaryFolders(runner)[0];
  if (parent === undefined) {
    throw new SurefootError({
      code: 'embedded-start-failed',
      message: `The embedded server can't write under ${tmpdir()}.`,
      hint: 'Set TMPDIR to a folder that every user may enter.',
    });
  }
  const folder = mkdtempSync(join(parent, prefix));
  openFor(runner, folder);
  return folder;
}

/** Lets a runner that is another user pass through a folder of ours. */
function openFor(runner: Runner, folder: string): void {
  if (runner.kind === 'other-user' && statSync(folder).uid !== runner.uid) chmodSync(folder, 0o711);
}

/** Makes a folder that only the runner (and root) may enter. */
export function makePrivateFolder(runner: Runner, path: string): void {
  mkdirSync(path, { mode: 0o700 });
  giveTo(runner, path);
}

/** Makes a file or folder belong to a runner that is another user. */
export function giveTo(runner: Runner, path: string): void {
  if (runner.kind === 'other-user') chownSync(path, runner.uid, runner.gid);
}

/** The recorded folder of a project's data; null when it is in the server's own folder. */
export function recordedPlace(layout: Layout): string | null {
  const recorded = readText(layout.place)?.trim() ?? null;
  if (recorded !== null && !existsSync(recorded)) {
    throw new SurefootError({
      code: 'embedded-start-failed',
      message: `The data of this project's embedded server was in ${recorded} and is gone.`,
      hint: `Remove ${layout.folder} to begin with an empty server.`,
      context: { place: recorded },
    });
  }
  return recorded;
}

/** Where a server's files are, or are to be, and as whom it runs. */
export interface Place {
  readonly runner: Runner;
  /** Folder for data, log, sockets and copied binaries. */
  readonly base: string;
}

/**
 * Decides where a project's server lives and as whom it runs, and makes the folder fit for that. What is there
 * already decides; the first time the files go to the project, or where the runner can't get there to a temporary
 * folder, whose name is recorded. The caller holds the server's lock.
 */
export function choosePlace(layout: Layout, userNamespace: boolean): Place {
  const recorded = recordedPlace(layout) ?? layout.folder;
  const data = lstatSync(join(recorded, 'data'), { throwIfNoEntry: false }) ?? null;
  // The server's own folder is made enterable below; what matters is the way there.
  const folder = recorded === layout.folder ? layout.root : recorded;
  const { runner, reaches } = chooseRunner({ folder, data, userNamespace });
  if (data === null && !reaches) {
    const base = makeTemporaryFolder(runner, 'surefoot-data-');
    replaceFile(layout.place, `${base}\n`);
    return { runner, base };
  }
  if (!reaches) {
    throw new SurefootError({
      code: 'embedded-start-failed',
      message: `The embedded server can't run on ${recorded}: the user it has to run as may not enter that folder.`,
      hint: `Let other users enter the folders above it (mode 711), or remove ${layout.folder} to begin with an empty server.`,
    });
  }
  if (process.getuid?.() === 0) fitOwners(layout, recorded, runner, data?.uid ?? null);
  return { runner, base: recorded };
}

function fitOwners(layout: Layout, base: string, runner: Runner, dataOwner: number | null): void {
  if (dataOwner === null && base === layout.folder) {
    const isProjectOwner = runner.kind === 'other-user' && statSync(layout.root).uid === runner.uid;
    const [uid, gid] = isProjectOwner ? [runner.uid, runner.gid] : [0, 0];
    for (const path of [base, layout.locks]) chownSync(path, uid, gid);
  }
  openFor(runner, base);
  // Made by root in a user namespace, which is not to be had any more.
  if (runner.kind === 'other-user' && dataOwner === 0) chownTree(join(base, 'data'), runner.uid, runner.gid);
}

function chownTree(path: string, uid: number, gid: number): void {
  lchownSync(path, uid, gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chownTree(join(path, name), uid, gid);
}

/**
 * A folder for the server's socket, which only the runner and root can enter: `<base>/socket`, or one under the
 * temporary folder named by a hash of `base` when that path is too long or its file system has no sockets.
 */
export async function prepareSocketFolder(base: string, runner: Runner): Promise<string> {
  const own = join(base, 'socket');
  if (fits(own)) {
    if (existsSync(own) && !isPrivate(own, runner)) rmSync(own, { recursive: true });
    if (!existsSync(own)) makePrivateFolder(runner, own);
    if (await holdsSockets(own)) return own;
  }
  const name = `surefoot-${createHash('sha256').update(base).digest('hex').slice(0, 16)}`;
  const parents = temporaryFolders(runner).filter((parent) => fits(join(parent, `${name}-123456`)));
  const parent = parents[0];
  if (parent === undefined) {
    throw new SurefootError({
      code: 'embedded-start-failed',
      message: `No folder for the embedded server's socket: ${own} is too long, and so is ${tmpdir()}.`,
      hint: 'Set TMPDIR to a folder with a short path.',
    });
  }
  const folder = join(parent, name);
  if (!existsSync(folder)) makePrivateFolder(runner, folder);
  if (isPrivate(folder, runner)) return folder;
  // Somebody else has made it, perhaps to listen in.
  const other = mkdtempSync(join(parent, `${name}-`));
  giveTo(runner, other);
  return other;
}

/** Removes a stopped server's socket folder where it lies under the temporary folder; the next start makes it anew. */
export function removeTemporarySocketFolder(server: {
  readonly dataDirectory: string;
  readonly socketDirectory: string;
}): void {
  const { dataDirectory, socketDirectory } = server;
  if (!isAbsolute(socketDirectory) || socketDirectory === join(dirname(dataDirectory), 'socket')) return;
  try {
    rmdirSync(socketDirectory);
  } catch {
    // Gone already, or something else is in it.
  }
}

function fits(folder: string): boolean {
  return Buffer.byteLength(socketPath(folder, SOCKET_PORT)) <= SOCKET_PATH_BYTES;
}

function isPrivate(folder: string, runner: Runner): boolean {
  const stats = lstatSync(folder);
  const owner = runner.kind === 'other-user' ? runner.uid : process.getuid?.();
  return stats.isDirectory() && (stats.mode & 0o077) === 0 && (owner === undefined || stats.uid === owner);
}

/** Some shared and foreign file systems take no sockets. */
function holdsSockets(folder: string): Promise<boolean> {
  const path = join(folder, `probe-${process.pid}`);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      rmSync(path, { force: true });
      resolve(false);
    });
    server.listen(path, () => server.close(() => resolve(true)));
  });
}
