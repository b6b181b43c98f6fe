import { hash } from 'node:crypto';
import { accessSync, constants, mkdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { SurefootError } from '../../model/errors.ts';
import { addColumnFunctions } from './column-hashes.ts';
import { addDigestFunctions } from './digest.ts';
import { DEFAULT_BUSY_MS } from './dialect.ts';
import { isNativeFailure, unloadable, type Driver } from './driver.ts';
import { openError } from './errors.ts';

export type Connection = BetterSqlite3.Database;
export function isMemory(path: string): boolean {
  return path === ':memory:' || path === '';
}

/** The file behind links, whether it is there yet or not, so that every way to one database names one lock. */
export function canonicalPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    try {
      return join(realpathSync(dirname(absolute)), basename(absolute));
    } catch {
      return absolute;
    }
  }
}

/** Opens the file with foreign keys enforced. Throws `database-absent`, `database-file`, `busy` or `driver-missing`. */
export function openConnection(Driver: Driver, path: string, create: boolean): Connection {
  if (!isMemory(path)) inspect(path, create);
  let connection: Connection;
  try {
    connection = new Driver(path, { timeout: DEFAULT_BUSY_MS, fileMustExist: !create && !isMemory(path) });
  } catch (error) {
    throw isNativeFailure(error) ? unloadable(error) : openError(error, path);
  }
  try {
    connection.pragma('foreign_keys = ON');
    // The file is not read before the first statement: what is no database shows only now.
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    addDigestFunctions(connection);
    addColumnFunctions(connection);
    connection.function('surefoot_sha256', { deterministic: true }, (text: unknown) => hash('sha256', String(text)));
    return connection;
  } catch (error) {
    connection.close();
    throw openError(error, path);
  }
}

function inspect(path: string, create: boolean): void {
  const found = statOf(path);
  if (found?.isDirectory() === true) {
    throw new SurefootError({
      code: 'database-file',
      message: `${path} is a folder, not an SQLite file`,
      hint: 'Name the file itself.',
      context: { path },
    });
  }
  if (found !== undefined) return refuseUnreadable(path);
  const blocking = fileAbove(path);
  if (blocking !== null) {
    throw new SurefootError({
      code: 'database-file',
      message: `the SQLite file ${path} can not be opened: ${blocking} is a file, not a folder`,
      hint: 'Correct the path.',
      context: { path },
    });
  }
  if (!create) {
    throw new SurefootError({
      code: 'database-absent',
      message: `there is no SQLite file ${path}`,
      hint: 'Migrate it, which makes it, or correct the path.',
      context: { path },
    });
  }
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw openError(error, path);
  }
}

/** The file that the path takes for a folder. Some versions of Node tell of it as of a path that is not there. */
function fileAbove(path: string): string | null {
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    const found = statOf(above);
    if (found !== undefined) return found.isDirectory() ? null : above;
  }
  return null;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw openError(error, path);
  }
}

function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new SurefootError({
      code: 'database-file',
      message: `the SQLite file ${path} can not be read: permission denied`,
      hint: 'Check the permissions of the file.',
      context: { path },
      cause: error,
    });
  }
}
