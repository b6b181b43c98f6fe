import { copyFileSync, existsSync, fsyncSync, linkSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, SurefootError } from '../../model/errors.ts';
import { stopIfAborted } from '../../model/interrupted.ts';
import type { Beside, BackupSource, Dumper, DumpRequest, OpenedCopy } from '../../ports/dumper.ts';
import { canonicalPath, isMemory, openConnection, type Connection } from './connection.ts';
import type { Driver } from './driver.ts';
import { SQLITE_DIGESTER } from './digest.ts';
import { isBusy } from './errors.ts';
import { usersOf } from './users.ts';
import { createSqliteSession } from './session.ts';

export interface DumperParts {
  readonly path: string;
  readonly pid: number | null;
  readonly driver: () => Promise<Driver>;
}

const PAGES_AT_ONCE = 1024;

/**
 * The online backup API reads from a connection that holds a read transaction: so the copy shows one instant, is never
 * begun anew because somebody writes, and can be compared. In WAL mode writers go on meanwhile.
 */
export function createSqliteDumper(parts: DumperParts): Dumper {
  const opened = (path: string): OpenedCopy => ({
    digester: SQLITE_DIGESTER,
    connect: async () => createSqliteSession(openConnection(await parts.driver(), path, false)),
  });
  return {
    describe: async (session) => {
      const [row] = await session.query('SELECT sqlite_version() AS version');
      return { properties: {}, serverVersion: String(row?.['version'] ?? '') };
    },
    environment: () => Promise.resolve({ SUREFOOT_DATABASE_FILE: parts.path }),
    dump: async (request) => {
      if (isMemory(parts.path)) throw failed('a database in memory has no file to copy');
      const Driver = await parts.driver();
      await copyOnline(Driver, parts.path, request);
      return {
        method: 'online-copy',
        atPath: true,
        location: null,
        size: null,
        checked: checkIntegrity(Driver, request.path),
        copy: opened(request.path),
        keep: () => Promise.resolve(),
        discard: () => Promise.resolve(removeFile(request.path)),
      };
    },
    load: async (source) => {
      removeFile(parts.path);
      await putChecked(await parts.driver(), source, parts.path);
    },
    restoreBeside: async (source) => {
      const target = canonicalPath(parts.path);
      const beside = `${target}.restored-${source.manifest.id}`;
      removeFile(beside);
      const Driver = await parts.driver();
      await putChecked(Driver, source, beside);
      const kept = existsSync(target) ? freeName(`${target}.before-restore`) : null;
      return {
        copy: opened(beside),
        kept,
        swap: async ({ endConnections }) => {
          swap(Driver, { target, beside, kept }, parts.pid, endConnections);
          return Promise.resolve();
        },
        discard: () => Promise.resolve(removeFile(beside)),
      } satisfies Beside;
    },
    forget: () => Promise.resolve(),
  };
}

async function copyOnline(Driver: Driver, path: string, request: DumpRequest): Promise<void> {
  const connection = openConnection(Driver, path, false);
  try {
    connection.exec('BEGIN');
    await request.observe(createSqliteSession(connection));
    await connection.backup(request.path, {
      progress: ({ totalPages, remainingPages }) => {
        stopIfAborted(request.signal, 'while copying');
        if (totalPages > 0) request.onProgress(totalPages - remainingPages, totalPages, 'pages');
        return PAGES_AT_ONCE;
      },
    });
    connection.exec('ROLLBACK');
  } catch (error) {
    removeFile(request.path);
    throw error instanceof SurefootError ? error : failed(messageOf(error), error);
  } finally {
    connection.close();
  }
}

function checkIntegrity(Driver: Driver, path: string): string {
  let connection: Connection | null = null;
  try {
    connection = openConnection(Driver, path, false);
    const found = connection.pragma('integrity_check', { simple: true });
    if (found === 'ok') return 'opened, integrity_check ok';
    throw damaged(path, `integrity_check: ${String(found)}`);
  } catch (error) {
    if (error instanceof SurefootError && error.code === 'backup-damaged') throw error;
    throw damaged(path, messageOf(error));
  } finally {
    connection?.close();
    removeSides(path);
  }
}

async function putChecked(Driver: Driver, source: BackupSource, to: string): Promise<void> {
  const from = source.manifest.method === 'command' && source.fill !== null ? null : fileOf(source);
  try {
    if (from === null) await source.fill?.({ target: to, env: { SUREFOOT_DATABASE_FILE: to } });
    else copyFileSync(from, to);
    syncPath(to);
    checkIntegrity(Driver, to);
  } catch (error) {
    removeFile(to);
    throw error instanceof SurefootError
      ? error
      : new SurefootError({
          code: 'restore-failed',
          message: `restoring to ${to}: ${messageOf(error)}; the database is as it was`,
          hint: 'Check the free space and the permissions, then run the command again.',
          cause: error,
        });
  }
}

interface Swap {
  readonly target: string;
  readonly beside: string;
  readonly kept: string | null;
}

/** The old file is linked under its new name first, so that the path names a whole database at every instant. */
function swap(Driver: Driver, { target, beside, kept }: Swap, pid: number | null, endConnections: boolean): void {
  if (kept !== null) {
    const users = usersOf(target, pid);
    if (users !== null && users.length > 0 && !endConnections)
      throw inUse(target, `processes ${users.map(String).join(', ')} have it open`);
    settleLog(Driver, target);
    linkSync(target, kept);
  }
  syncPath(beside);
  renameSync(beside, target);
  syncPath(dirname(target));
}

/** Writes the log back into the file and leaves WAL mode, which only the sole user of a database can. */
function settleLog(Driver: Driver, target: string): void {
  const connection = new Driver(target, { timeout: 2000, fileMustExist: true });
  try {
    const mode = connection.pragma('journal_mode', { simple: true });
    if (mode === 'wal' && connection.pragma('journal_mode = DELETE', { simple: true }) !== 'delete')
      throw inUse(target, 'another connection has it open');
    connection.exec('BEGIN EXCLUSIVE; ROLLBACK');
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw inUse(target, 'another connection has it open');
  } finally {
    connection.close();
  }
}

function freeName(name: string): string {
  for (let number = 1; ; number += 1) {
    const free = `${name}-${String(number)}`;
    if (!existsSync(free)) return free;
  }
}

function fileOf({ manifest, path }: BackupSource): string {
  if (path !== null && manifest.method === 'online-copy') return path;
  throw new SurefootError({
    code: 'backup-elsewhere',
    message: `the backup ${manifest.id} was made by a command: ${manifest.location}; the database is as it was`,
    hint: 'Say in backups.restoreCommand of the configuration how it is restored and run the command again, or restore it with the tool that made it.',
  });
}

function removeFile(path: string): void {
  rmSync(path, { force: true });
  removeSides(path);
}

function removeSides(path: string): void {
  for (const side of ['-wal', '-shm', '-journal']) rmSync(`${path}${side}`, { force: true });
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function inUse(path: string, who: string): SurefootError {
  return new SurefootError({
    code: 'restore-in-use',
    message: `${path} can not be replaced: ${who}; the database is as it was`,
    hint: 'Stop the application that uses it, then run the command again.',
  });
}

function failed(reason: string, cause?: unknown): SurefootError {
  return new SurefootError({
    code: 'backup-failed',
    message: `the backup was not made: ${reason}`,
    hint: 'Correct the cause and run the command again.',
    cause,
  });
}

function damaged(path: string, reason: string): SurefootError {
  return new SurefootError({
    code: 'backup-damaged',
    message: `${path} is damaged: ${reason}`,
    hint: 'Use another backup.',
  });
}
