import { findBackup, restoreBackup, type LaterRun } from '../domain/backup/index.ts';
import type { Engine } from '../model/engine.ts';
import { infoOf, type BackupInfo } from './backup.ts';
import { backupParts, type Ask, type CommandTarget } from './parts/target.ts';

export interface RestoreInput {
  /** Id of a backup, the beginning of one, or `latest`. */
  readonly backup: string;
  /** What runs after the backup did may be lost. */
  readonly discardLaterRuns?: boolean | undefined;
  /** Connections of others are ended. */
  readonly endConnections?: boolean | undefined;
  readonly ask?: Ask | undefined;
}

/** Durations in milliseconds. */
export interface RestoreResult {
  readonly name: string;
  readonly engine: Engine;
  readonly runId: string;
  readonly backup: BackupInfo;
  /** Where the database that was there is kept; null where there was none. */
  readonly kept: string | null;
  readonly discarded: readonly LaterRun[];
  /** Compared with the backup. */
  readonly tables: number;
  /** That changed while a command made the backup, so that they could not be. */
  readonly uncompared: number;
  readonly durationMs: number;
}

/** Puts a backup in the place of the database, which is kept under another name. */
export async function restore(target: CommandTarget, input: RestoreInput): Promise<RestoreResult> {
  const { database, settings } = target;
  const parts = await backupParts(target);
  const manifest = findBackup(parts.store, database.name, input.backup);
  const { runId, kept, discarded, tables, uncompared, durationMs } = await restoreBackup(parts, manifest, {
    discardLaterRuns: input.discardLaterRuns === true,
    endConnections: input.endConnections === true,
    lockWaitMs: settings.lockWaitMs,
    confirm: async (later) => {
      const lost = later.length === 0 ? '' : `; what ${String(later.length)} later runs did is lost`;
      const version = manifest.version === null ? 'no version' : `version ${manifest.version}`;
      return (
        (await input.ask?.(
          `Replace ${database.name} (${database.displayUrl}) by the backup ${manifest.id} of ${manifest.at}, ${version}${lost}?`,
        )) ?? false
      );
    },
  });
  return {
    name: database.name,
    engine: database.capabilities.engine,
    runId,
    backup: infoOf(manifest),
    kept,
    discarded,
    tables,
    uncompared,
    durationMs,
  };
}
