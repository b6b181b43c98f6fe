import { laterRuns } from '../../domain/backup/index.ts';
import { readEntries, readHistory } from '../../domain/journal/index.ts';
import { isAbsentDatabase, withSession } from '../../domain/run/index.ts';
import type { BackupManifest } from '../../model/backup.ts';
import type { Contribution, Figure, ItemContext, ItemResult, WayBack } from '../../model/contribution.ts';
import { formatDuration } from '../../model/duration.ts';
import type { StoredEntry } from '../../model/journal-entry.ts';
import { backup } from '../backup.ts';
import { restore } from '../restore.ts';
import type { CommandTarget } from '../parts/target.ts';
import { counts } from './counts.ts';
import { envOf } from './env-of.ts';

/** A backup this young need not be made again when a release is taken up again. */
const FRESH_MS = 3_600_000;

/** A backup ahead of the migration, and restoring it as a way back. */
export async function backupCapability(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    items: [
      {
        id: 'backup',
        title: 'A backup, compared with the database',
        stage: 'backup',
        owner: null,
        stops: ['failed', 'blocked'],
        run: async (context) => backedUp(target, context),
      },
    ],
    waysBack: [restoreWay(target)],
  });
}

/** The backup of this release, if nothing was applied since and it is not older than an hour. */
export async function freshBackup(target: CommandTarget, { since }: ItemContext): Promise<BackupManifest | null> {
  const [newest] = await listed(target);
  if (newest === undefined || newest.at < since) return null;
  if (target.clock.now().getTime() - Date.parse(newest.at) > FRESH_MS) return null;
  return laterRuns(await entriesOf(target), newest).length === 0 ? newest : null;
}

async function backedUp(target: CommandTarget, context: ItemContext): Promise<ItemResult> {
  const { database } = target;
  if (!context.exists) return { state: 'absent', detail: 'there is no database yet that could be backed up' };
  if (!target.backupBefore) {
    const [newest] = await listed(target);
    const later = newest === undefined ? [] : laterRuns(await entriesOf(target), newest);
    if (newest !== undefined && later.length === 0) return resultOf(target, newest, 'nothing was applied since');
    return {
      state: 'absent',
      detail:
        newest === undefined
          ? `there is none, and none is configured (backup: before): surefoot backup ${database.name}`
          : `the newest, ${newest.id}, is older than ${counts(later.length, 'run')}, and none is configured: surefoot backup ${database.name}`,
    };
  }
  const before = context.runIds.length === 0 ? null : await beforeRelease(target, context);
  if (before !== null) return resultOf(target, before, 'from before the first step of this release');
  const known = await freshBackup(target, context);
  if (known !== null) return resultOf(target, known, 'made earlier in this release');
  await backup(target, {});
  const [made] = await listed(target);
  return made === undefined
    ? { state: 'failed', detail: 'it was made, and is not there' }
    : resultOf(target, made, null);
}

function resultOf(target: CommandTarget, manifest: BackupManifest, remark: string | null): ItemResult {
  const age = target.clock.now().getTime() - Date.parse(manifest.at);
  const rows = manifest.digests.reduce((sum, each) => sum + each.rows, 0);
  const figures: Figure[] = [
    { name: 'backup', value: manifest.id, unit: null },
    { name: 'rows', value: rows, unit: 'rows' },
    ...(manifest.size === null ? [] : [{ name: 'size', value: manifest.size, unit: 'bytes' } as const]),
  ];
  return {
    state: 'passed',
    detail: `${manifest.id}, ${formatDuration(age)} old: ${manifest.checked}${remark === null ? '' : `; ${remark}`}; ${manifest.location}`,
    figures,
  };
}

function restoreWay(target: CommandTarget): WayBack {
  const { name } = target.database;
  return {
    id: 'restore',
    title: 'Restore the backup',
    look: async (context) => {
      const manifest = await beforeRelease(target, context);
      if (manifest === null)
        return {
          open: false,
          why: 'there is no backup from right before this release',
          command: `surefoot backup ${name} --list`,
        };
      return {
        open: true,
        why: `${manifest.id} of ${manifest.at}: whatever anybody wrote since is lost, connections are ended, and the database of now is kept under another name`,
        command: `surefoot restore ${name} --backup ${manifest.id} --discard-later-runs --end-connections${envOf(target)}`,
      };
    },
    run: async (context) => {
      const manifest = await beforeRelease(target, context);
      if (manifest === null) return { state: 'failed', detail: 'there is no backup from right before this release' };
      const restored = await restore(target, {
        backup: manifest.id,
        discardLaterRuns: true,
        endConnections: true,
        ask: async () => Promise.resolve(true),
      });
      return {
        state: 'passed',
        detail: `restored ${manifest.id} (${counts(restored.tables, 'table')} compared), ${manifest.version ?? 'nothing'} is the last applied; what was there is kept: ${restored.kept ?? 'nothing'}`,
      };
    },
  };
}

/** The newest backup that lacks what this release applied, and nothing else. */
async function beforeRelease(target: CommandTarget, { runIds }: ItemContext): Promise<BackupManifest | null> {
  const entries = await entriesOf(target);
  const ofRelease = new Set(runIds);
  const found = (await listed(target)).find((manifest) => {
    const later = laterRuns(entries, manifest);
    return later.length > 0 && later.every(({ runId }) => ofRelease.has(runId));
  });
  return found ?? null;
}

async function listed(target: CommandTarget): Promise<readonly BackupManifest[]> {
  return (await target.openBackups()).list(target.database.name);
}

async function entriesOf(target: CommandTarget): Promise<readonly StoredEntry[]> {
  const { database } = target;
  try {
    return await withSession(target, false, async (session) =>
      (await readHistory(database, session)).layout === null ? [] : readEntries(database, session),
    );
  } catch (error) {
    if (isAbsentDatabase(error)) return [];
    throw error;
  }
}
