import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { BackupManifest } from '../../model/backup.ts';
import { messageOf, SurefootError } from '../../model/errors.ts';
import type { BackupDraft, BackupStore } from '../../ports/backup-store.ts';

const MANIFEST = 'backup.json';
const PARTIAL = /^(.+)\.([\w-]+)\.(\d+)\.partial$/u;
/** A draft of another machine is left alone for so long. */
const FOREIGN_MS = 7 * 24 * 3_600_000;

/** Backups as folders: each holds its data and a manifest, and has its name only when both are whole and on disk. */
export function createBackupStore(folder: string): BackupStore {
  const here = hostname().replaceAll(/[^\w-]/gu, '-');
  const placeOf = (manifest: BackupManifest): string => join(folder, manifest.id);
  const dataPath = (manifest: BackupManifest): string | null =>
    manifest.data === null ? null : join(placeOf(manifest), manifest.data);
  return {
    list: (database) =>
      entries(folder)
        .flatMap((name) => (PARTIAL.test(name) ? [] : readManifest(join(folder, name))))
        .filter((manifest) => database === undefined || manifest.database === database)
        .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1)),
    draft: (id) =>
      attempt(folder, () => {
        sweep(folder, here);
        const draft = join(folder, `${id}.${here}.${String(process.pid)}.partial`);
        // A dump holds what the database protects.
        mkdirSync(draft, { recursive: true, mode: 0o700 });
        return createDraft(folder, draft);
      }),
    dataPath,
    measure: async (manifest) => {
      const path = dataPath(manifest);
      if (path === null) return null;
      if (!existsSync(path))
        throw new SurefootError({
          code: 'backup-damaged',
          message: `the backup ${manifest.id} has no data: ${path} is gone`,
          hint: `Use another backup: surefoot backup ${manifest.database} --list`,
        });
      return measure(path);
    },
    remove: (manifest) => attempt(folder, () => rmSync(placeOf(manifest), { recursive: true, force: true })),
  };
}

function createDraft(folder: string, draft: string): BackupDraft {
  return {
    path: (name) => join(draft, name),
    measure: async (name) => measure(join(draft, name)),
    keep: async (manifest) => {
      await Promise.resolve();
      attempt(folder, () => {
        writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
        for (const path of filesBelow(draft)) sync(path);
        sync(draft);
        renameSync(draft, join(folder, manifest.id));
        sync(folder);
      });
    },
    discard: () => {
      try {
        rmSync(draft, { recursive: true, force: true });
      } catch {
        // The next backup removes it.
      }
    },
  };
}

async function measure(path: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const sum = createHash('sha256');
  let size = 0;
  for (const file of statSync(path).isDirectory() ? filesBelow(path) : [path]) {
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      const bytes = chunk as Buffer;
      sum.update(bytes);
      size += bytes.length;
    }
  }
  return { size, sha256: sum.digest('hex') };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : entry.isFile() ? [join(folder, entry.name)] : [],
    );
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readManifest(place: string): readonly BackupManifest[] {
  try {
    const value: unknown = JSON.parse(readFileSync(join(place, MANIFEST), 'utf8'));
    return isManifest(value) ? [value] : [];
  } catch {
    // No backup, or one whose manifest was damaged afterwards: what can't be described can't be restored.
    return [];
  }
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== 'object' || value === null) return false;
  if (!('format' in value && 'id' in value && 'database' in value && 'at' in value && 'digests' in value)) return false;
  return value.format === 1 && typeof value.id === 'string' && Array.isArray(value.digests);
}

function sweep(folder: string, here: string): void {
  for (const name of entries(folder)) {
    const [, , host, pid] = PARTIAL.exec(name) ?? [];
    if (host === undefined || pid === undefined) continue;
    const path = join(folder, name);
    const old = Date.now() - statSync(path).mtimeMs > FOREIGN_MS;
    if (host === here ? !isRunning(Number(pid)) : old) rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function attempt<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new SurefootError({
      code: 'backup-failed',
      message: `the folder of backups ${folder}: ${messageOf(error)}`,
      hint: 'Check the folder, its permissions and its free space.',
      cause: error,
    });
  }
}
