import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { dirname } from 'node:path';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { Files } from '../../ports/files.ts';

/** The real file system. */
export function createFiles(): Files {
  return {
    exists: (path) => existsSync(path),
    isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    list: (path) =>
      attempt(path, () =>
        statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(path) : null,
      ),
    links: (path) =>
      attempt(path, () =>
        existsSync(path)
          ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isSymbolicLink() ? [entry.name] : []))
          : [],
      ),
    read: (path) => attempt(path, () => readWhole(path)),
    realPath: (path) => (existsSync(path) ? attempt(path, () => realpathSync.native(path)) : path),
    writableByAll: (path) =>
      process.platform !== 'win32' && ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS_WRITE) !== 0,
    write,
    keep: (path, text) => {
      try {
        write(path, text);
      } catch (error) {
        if (!isSurefootError(error)) throw error;
      }
    },
    append: (path, text) => {
      attempt(path, () => {
        try {
          appendFileSync(path, text);
        } catch (error) {
          if (!isErrno(error) || error.code !== 'ENOENT') throw error;
          mkdirSync(dirname(path), { recursive: true });
          appendFileSync(path, text);
        }
      });
    },
    remove: (path) => attempt(path, () => rmSync(path, { force: true })),
  };
}

function write(path: string, text: string, { secret = false }: { readonly secret?: boolean } = {}): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const aside = `${path}.${String(process.pid)}.tmp`;
    writeFileSync(aside, text, secret ? { mode: 0o600, flag: 'wx' } : {});
    renameSync(aside, path);
  });
}

/** From here on memory counts more than time: garbage is collected when a fifth has come to what is in use. */
const LARGE = 16 * 1024 * 1024;
const SMALL = 64 * 1024;
const OTHERS_WRITE = 0o002;
let scratch: Buffer | null = null;

/** As readFileSync, which asks for the size and allocates for each file: most of ours are small, and there are many. */
function readWhole(path: string): Uint8Array {
  scratch ??= Buffer.allocUnsafeSlow(SMALL);
  const file = openSync(path, 'r');
  try {
    let length = 0;
    while (length < SMALL) {
      const more = readSync(file, scratch, length, SMALL - length, null);
      if (more === 0) return Buffer.from(scratch.subarray(0, length));
      length += more;
    }
  } finally {
    closeSync(file);
  }
  const bytes = readFileSync(path);
  if (bytes.length >= LARGE) setFlagsFromString('--heap-growing-percent=20');
  return bytes;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new SurefootError({
      code: 'file-unreadable',
      message: `${path}: ${REASONS[error.code ?? ''] ?? error.message}`,
      hint: 'Check the path and its permissions.',
      context: { path, errno: error.code },
      cause: error,
    });
  }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
