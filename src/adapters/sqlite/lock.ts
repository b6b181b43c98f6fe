import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { HeldLock, Lock, LockHolder } from '../../ports/lock.ts';
import { canonicalPath, isMemory, type Connection } from './connection.ts';
import type { Driver } from './driver.ts';
import { isBusy, openError } from './errors.ts';

/** Tries, and the pause between them: whoever only looks holds the lock for far less than one pause. */
const TRIES = 4;
const PAUSE_MS = 10;

export interface LockParts {
  readonly path: string;
  /** This process, for those who wait. */
  readonly pid: number | null;
  readonly driver: () => Promise<Driver>;
}

/**
 * The run lock of a file is a write transaction held on a second SQLite file beside it. The operating system ends it
 * with the process, and the database itself stays free for readers and for steps outside a transaction.
 * The lock file stays where it is: removing a file others may be opening would let two runs in.
 */
export function createSqliteLock(parts: LockParts): Lock {
  if (isMemory(parts.path)) return PRIVATE_LOCK;
  const file = (): string => `${canonicalPath(parts.path)}.surefoot-lock`;
  return {
    tryAcquire: async (_session, label) => {
      const path = file();
      const connection = open(await parts.driver(), path, false);
      try {
        const holder = { pid: parts.pid, label, since: new Date().toISOString(), token: randomUUID() };
        if (await attempt(() => take(connection, holder))) return held(connection);
      } catch (error) {
        connection.close();
        throw openError(error, path);
      }
      connection.close();
      return null;
    },
    endHolder: null,
    holder: async () => {
      const path = file();
      if (!existsSync(path)) return null;
      const Driver = await parts.driver();
      try {
        return await look(open(Driver, path, true));
      } catch {
        // Unreadable to this user: who holds it can not be told, and reading commands go on.
        return null;
      }
    },
  };
}

/** A database in memory belongs to one session: there is nobody to exclude. */
const PRIVATE_LOCK: Lock = {
  tryAcquire: () => Promise.resolve({ fence: null, place: null, backend: null, release: () => Promise.resolve() }),
  endHolder: null,
  holder: () => Promise.resolve(null),
};

function open(Driver: Driver, path: string, mustExist: boolean): Connection {
  try {
    return new Driver(path, { timeout: 0, fileMustExist: mustExist });
  } catch (error) {
    throw openError(error, path);
  }
}

async function look(connection: Connection): Promise<LockHolder | null> {
  try {
    return (await attempt(() => isFree(connection))) ? null : readHolder(connection);
  } finally {
    connection.close();
  }
}

async function attempt(work: () => boolean): Promise<boolean> {
  for (let tried = 1; ; tried++) {
    if (work()) return true;
    if (tried === TRIES) return false;
    await pause(PAUSE_MS);
  }
}

interface HolderRow {
  readonly pid: number | null;
  readonly label: string;
  readonly since: string;
  readonly token: string;
}

/**
 * Others can only read what is committed, and a commit lets go for an instant. So the row is committed first, the lock
 * taken again, and the row read: if it is another's, that one was faster and this one tries again.
 */
function take(connection: Connection, holder: HolderRow): boolean {
  return unlessBusy(connection, () => {
    // Nobody holds the lock after a power failure: the file need not survive one.
    connection.pragma('synchronous = OFF');
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER, label TEXT, since TEXT, token TEXT)');
    connection.exec('DELETE FROM holder');
    connection
      .prepare('INSERT INTO holder (pid, label, since, token) VALUES (:pid, :label, :since, :token)')
      .run(holder);
    connection.exec('COMMIT');
    connection.exec('BEGIN IMMEDIATE');
    const row = connection.prepare<[], { token: string }>('SELECT token FROM holder').get();
    if (row?.token === holder.token) return true;
    connection.exec('ROLLBACK');
    return false;
  });
}

function isFree(connection: Connection): boolean {
  return unlessBusy(connection, () => {
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('ROLLBACK');
    return true;
  });
}

function unlessBusy(connection: Connection, work: () => boolean): boolean {
  try {
    return work();
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    if (isBusy(error)) return false;
    throw error;
  }
}

function readHolder(connection: Connection): LockHolder {
  try {
    const row = connection.prepare<[], Omit<LockHolder, 'ageMs'>>('SELECT pid, label, since FROM holder').get();
    return row === undefined ? UNKNOWN_HOLDER : { ...row, ageMs: ageOf(row.since) };
  } catch {
    // Between taking the lock and telling its name, for the very first holder.
    return UNKNOWN_HOLDER;
  }
}

const UNKNOWN_HOLDER: LockHolder = { pid: null, label: null, since: null, ageMs: null };

function ageOf(since: string | null): number | null {
  return since === null ? null : Math.max(0, Date.now() - Date.parse(since));
}

function held(connection: Connection): HeldLock {
  return {
    fence: null,
    backend: null,
    place: null,
    release: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}
