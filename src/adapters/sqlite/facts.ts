import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../model/errors.ts';
import { known, none, unknown, type Fact } from '../../model/target-facts.ts';
import type { FactReader } from '../../ports/target-facts.ts';
import { isMemory } from './connection.ts';
import type { Driver } from './driver.ts';
import { isBusy } from './errors.ts';
import { usersOf } from './users.ts';

export interface FactParts {
  readonly path: string;
  readonly pid: number | null;
  readonly driver: () => Promise<Driver>;
}

export function createSqliteFacts(parts: FactParts): FactReader {
  const memory = isMemory(parts.path);
  const noServer = none('SQLite has none');
  return {
    now: () => Promise.resolve(null),
    read: async (session) => {
      const [row] = await session.query('SELECT sqlite_version() AS version');
      const [mode] = await session.query('PRAGMA journal_mode');
      const version = String(row?.['version']);
      return {
        server: {
          product: `SQLite ${version}`,
          version: version.split('.').map(Number),
          role: null,
          readOnly: !memory && !isWritable(parts.path),
          connections: null,
          journalMode: String(mode?.['journal_mode']),
        },
        missing: none('SQLite has no privileges'),
        extensions: none('SQLite has no extensions of this kind'),
        disk: memory ? none('the database is in memory') : fact(() => diskOf(parts.path)),
        sizes: memory
          ? none('the database is in memory')
          : fact(() => [{ table: 'main', tableBytes: statSync(parts.path).size, indexBytes: 0 }]),
        sessions: memory ? none('the database is in memory') : sessionsOf(parts),
        exclusive: memory ? none('the database is in memory') : probe(await parts.driver(), parts.path),
        prepared: noServer,
        replicas: noServer,
        slots: noServer,
        wraparound: noServer,
        invalidIndexes: noServer,
      };
    },
  };
}

function diskOf(path: string) {
  const place = dirname(path);
  const { bavail, bsize } = statfsSync(place);
  return { freeBytes: bavail * bsize, place };
}

function sessionsOf({ path, pid }: FactParts): Fact<readonly ReturnType<typeof sessionOf>[]> {
  const users = usersOf(path, pid);
  return users === null
    ? unknown('this operating system does not show who has a file open')
    : known(users.map((user) => sessionOf(user)));
}

function sessionOf(pid: number) {
  return { pid, user: null, application: null, client: null, state: null, transactionMs: null, query: null };
}

/** Takes the whole file for an instant and waits for nobody. Nothing is written. */
function probe(Driver: Driver, path: string): Fact<boolean> {
  const connection = new Driver(path, { timeout: 0, fileMustExist: true });
  try {
    connection.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return known(true);
  } catch (error) {
    return isBusy(error) ? known(false) : unknown(messageOf(error));
  } finally {
    connection.close();
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function fact<T>(read: () => T): Fact<T> {
  try {
    return known(read());
  } catch (error) {
    return unknown(messageOf(error));
  }
}
