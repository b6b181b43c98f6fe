import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProcessMark } from './processes.ts';

/** A server that was seen ready, as written down for the next command. */
export interface ServerState extends EmbeddedServer {
  /** The server folder this was written for: a copied or moved project must not use the old one's server. */
  readonly folder: string;
  /** See `pidSpace`: where the two process numbers are valid. */
  readonly space: string;
  readonly postmaster: ProcessMark;
  readonly keeper: ProcessMark;
  /** The folder with bin, lib and share that the server runs from. */
  readonly native: string;
}

/** The files of one server of one project. */
export interface Layout {
  readonly root: string;
  readonly major: number;
  readonly folder: string;
  readonly state: string;
  /** Its modification time is when a command last asked for the server. */
  readonly used: string;
  /** Its modification time is when the keeper last looked after the server. */
  readonly alive: string;
  readonly locks: string;
  /** Names the folder under the system's temporary folder that holds the data, where it can't be here. */
  readonly place: string;
}

/** A running server and how to log in to it, as database superuser, at database `postgres`. */
export interface EmbeddedServer {
  readonly major: number;
  /** As the server tells it, like `18.4`. */
  readonly version: string;
  /** What clients take for the host: the socket's folder, or 127.0.0.1 where there are no unix sockets (Windows). */
  readonly socketDirectory: string;
  readonly port: number;
  readonly user: string;
  /** Null where the socket's folder is the protection. */
  readonly password: string | null;
  readonly dataDirectory: string;
}

/** Name of the superuser of every embedded server. */
export const USER = 'postgres';

export function layoutOf(root: string, major: number): Layout {
  const folder = join(root, `postgres-${major}`);
  return {
    root,
    major,
    folder,
    state: join(folder, 'state.json'),
    used: join(folder, 'used'),
    alive: join(folder, 'alive'),
    locks: join(folder, 'lock'),
    place: join(folder, 'place'),
  };
}

/** The data folder: in the server's folder, or where `place` says. */
export function dataFolder(layout: Layout): string {
  return join(readText(layout.place)?.trim() ?? layout.folder, 'data');
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The text of a file; null when there is no such file. */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** Replaces a file in one step, readable by its owner only. */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600 });
  giveToOwnerOf(dirname(file), draft);
  renameSync(draft, file);
}

/** Opens a server's log to append to; the server is given the open file and need not be able to reach it. */
export function openLog(base: string): number {
  const log = join(base, 'server.log');
  const file = openSync(log, 'a', 0o600);
  giveToOwnerOf(base, log);
  return file;
}

/** Makes a file or folder that root has just made belong to the user whose folder it is in. */
export function giveToOwnerOf(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  if (uid !== 0) chownSync(path, uid, gid);
}

/** Makes a folder and its missing parents, each belonging to the owner of the folder it is made in. */
export function makeFolder(path: string, mode = 0o755): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  makeFolder(parent);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    throw error;
  }
  giveToOwnerOf(parent, path);
}

/** The recorded server, or null: no server, or one that is being stopped. */
export function readState(layout: Layout): ServerState | null {
  const text = readText(layout.state);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : null;
  } catch {
    return null;
  }
}

export function writeState(layout: Layout, state: ServerState): void {
  replaceFile(layout.state, JSON.stringify(state, null, 2));
}

export function removeState(layout: Layout): void {
  rmSync(layout.state, { force: true });
}

/**
 * Notes that a command wants the server now; false when there is no server folder.
 *
 * A command notes this first and reads the state afterwards; the keeper removes the state first and
 * reads this note afterwards. So of the two at least one sees the other, and a command never gets a
 * server that is about to stop.
 */
export function noteUse(layout: Layout): boolean {
  const now = new Date();
  try {
    utimesSync(layout.used, now, now);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EPERM' || errorCode(error) === 'EACCES') rmSync(layout.used, { force: true });
    if (!existsSync(layout.folder)) return false;
    writeFileSync(layout.used, '', { mode: 0o600 });
    giveToOwnerOf(layout.folder, layout.used);
    return true;
  }
}

/** A modification time in milliseconds; null when there is no such file. */
export function modifiedAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function isMark(value: unknown): value is ProcessMark {
  if (typeof value !== 'object' || value === null || !('pid' in value && 'started' in value)) return false;
  return typeof value.pid === 'number' && (value.started === null || typeof value.started === 'string');
}

function isState(value: unknown): value is ServerState {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const texts = ['folder', 'version', 'space', 'socketDirectory', 'user', 'dataDirectory', 'native'];
  return (
    texts.every((name) => typeof fields[name] === 'string') &&
    typeof fields['major'] === 'number' &&
    typeof fields['port'] === 'number' &&
    (fields['password'] === null || typeof fields['password'] === 'string') &&
    isMark(fields['postmaster']) &&
    isMark(fields['keeper'])
  );
}
