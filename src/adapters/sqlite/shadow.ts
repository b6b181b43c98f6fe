import {
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import type { Database } from '../../ports/database.ts';
import type { Shadow, ShadowStage } from '../../ports/shadow.ts';
import type { Connection } from './connection.ts';
import { createSqliteDatabase } from './database.ts';
import { loadDriver, type Driver } from './driver.ts';

const PREFIX = 'surefoot-shadow-';
const UNFINISHED = 'surefoot-new-shadow-';
const OWNER = 'owner.db';
/** What a database consists of while somebody writes to it; a shared-memory index is made anew. */
const FILES = ['', '-journal', '-wal'];
const UNFINISHED_MS = 3_600_000;

/** Shadows as files in a temporary folder of their own. */
export function createSqliteShadow(name: string): Shadow {
  const withStage: Shadow['withStage'] = async (_options, work) => {
    const driver = await loadDriver();
    const parent = realpathSync(tmpdir());
    removeAbandoned(driver, parent);
    const { folder, owner } = ownFolder(driver, parent);
    try {
      return await work(stageIn(name, folder));
    } finally {
      owner.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return {
    withShadow: async (work) => withStage({}, async (stage) => work(await stage.make())),
    withStage,
  };
}

function stageIn(name: string, folder: string): ShadowStage {
  const paths = new Map<Database, string>();
  const counter = { made: 0 };
  return {
    server: '3',
    make: async (copyOf) => {
      counter.made += 1;
      const path = join(folder, `shadow-${String(counter.made)}.db`);
      const source = copyOf === undefined ? undefined : paths.get(copyOf);
      if (source !== undefined && existsSync(source)) copyFileSync(source, path, constants.COPYFILE_FICLONE);
      const database = asserted(createSqliteDatabase({ name, path, throwAway: true }), path);
      paths.set(database, path);
      return Promise.resolve(database);
    },
    drop: async (shadow) => {
      const path = paths.get(shadow);
      if (path === undefined) return Promise.resolve();
      for (const ending of ['', '-journal', '-wal', '-shm', '.surefoot-lock'])
        rmSync(`${path}${ending}`, { force: true });
      return Promise.resolve();
    },
    kill: async (shadow, session) => {
      const path = paths.get(shadow);
      if (path === undefined) return session.close();
      // Closing tidies up, and a killed process does not: its files are put back as they were.
      const files = FILES.map((ending) => `${path}${ending}`);
      const left = files.filter((file) => existsSync(file));
      for (const file of left) copyFileSync(file, `${file}.left`);
      await session.close();
      for (const file of files) rmSync(file, { force: true });
      for (const file of left) renameSync(`${file}.left`, file);
    },
    obstruct: async (shadow) => {
      const session = await shadow.connect({ create: false, label: 'surefoot in the way' });
      await session.batch([{ text: 'BEGIN' }, { text: 'SELECT count(*) FROM sqlite_schema' }]);
      return { release: async () => session.close() };
    },
    sharedState: async () => Promise.resolve(''),
    resetShared: async () => Promise.resolve(),
  };
}

/** The same database, whose sessions are handed out only once they have been seen to be on it. */
function asserted(database: Database, path: string): Database {
  return {
    ...database,
    connect: async (options) => {
      const session = await database.connect(options);
      const rows = await session.query('SELECT file FROM pragma_database_list WHERE name = ?', ['main']);
      if (rows[0]?.['file'] === path) return session;
      await session.close();
      throw new SurefootError({
        code: 'shadow-foreign',
        message: `the shadow ${path} turned out to be ${String(rows[0]?.['file'])}; nothing was written`,
        hint: 'Run the command again.',
      });
    },
  };
}

/** A folder in which this process holds a lock that ends with it. */
function ownFolder(driver: Driver, parent: string): { readonly folder: string; readonly owner: Connection } {
  const unfinished = mkdtempSync(join(parent, UNFINISHED));
  const owner = new driver(join(unfinished, OWNER));
  owner.exec('BEGIN EXCLUSIVE');
  const folder = join(parent, `${PREFIX}${unfinished.slice(-6)}`);
  renameSync(unfinished, folder);
  return { folder, owner };
}

/** Removes the shadows of processes that were killed. */
function removeAbandoned(driver: Driver, parent: string): void {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (name.startsWith(UNFINISHED) ? isOld(folder) : name.startsWith(PREFIX) && isFree(driver, join(folder, OWNER)))
      rmSync(folder, { recursive: true, force: true });
  }
}

function isOld(folder: string): boolean {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > UNFINISHED_MS;
}

function isFree(driver: Driver, file: string): boolean {
  try {
    const connection = new driver(file, { timeout: 0, fileMustExist: true });
    try {
      connection.exec('BEGIN EXCLUSIVE');
      return true;
    } finally {
      connection.close();
    }
  } catch {
    // Held by a living process, or another user's.
    return false;
  }
}
