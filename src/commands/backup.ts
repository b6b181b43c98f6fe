import { makeBackup } from '../domain/backup/index.ts';
import { createRecorder, readHistory, type Recorder } from '../domain/journal/index.ts';
import { withSession } from '../domain/run/index.ts';
import type { BackupManifest } from '../model/backup.ts';
import type { Engine } from '../model/engine.ts';
import type { Session } from '../ports/session.ts';
import { backupParts, type CommandTarget } from './parts/target.ts';

export interface BackupInput {
  /** Only tell which there are. */
  readonly list?: boolean | undefined;
  /** Restore it to a shadow and compare. */
  readonly prove?: boolean | undefined;
}

/** A backup as people and programs see it. Times ISO 8601 UTC, durations in ms, sizes in bytes. */
export type BackupInfo = Omit<BackupManifest, 'format' | 'data' | 'digests' | 'properties' | 'engine' | 'database'> & {
  readonly tables: number;
  readonly rows: number;
};

export interface BackupResult {
  readonly name: string;
  readonly engine: Engine;
  /** The one that was made; null for a list. */
  readonly made: BackupInfo | null;
  /** Ids of older ones that went. */
  readonly removed: readonly string[];
  /** Newest first, the new one among them. */
  readonly backups: readonly BackupInfo[];
}

/** Makes a backup, or lists those there are. */
export async function backup(target: CommandTarget, input: BackupInput): Promise<BackupResult> {
  const { database } = target;
  const parts = await backupParts(target);
  const made =
    input.list === true
      ? null
      : await withSession(target, false, async (session) => {
          const journal = await openJournal(target, session);
          try {
            const result = await makeBackup(parts, session, input.prove === true ? target.shadow : null);
            const { manifest, entry } = result;
            await journal((recorder) =>
              recorder.entry({
                event: 'backed-up',
                outcome: 'succeeded',
                durationMs: manifest.durationMs,
                backup: entry,
                notes: [manifest.checked, ...(manifest.proven ? ['restored to a shadow and compared'] : [])],
              }),
            );
            return result;
          } catch (error) {
            await journal((recorder) => recorder.entry({ event: 'backed-up', outcome: 'failed', failure: error }));
            throw error;
          }
        });
  return {
    name: database.name,
    engine: database.capabilities.engine,
    made: made === null ? null : infoOf(made.manifest),
    removed: made?.removed ?? [],
    backups: parts.store.list(database.name).map(infoOf),
  };
}

export function infoOf(manifest: BackupManifest): BackupInfo {
  const { id, method, source, at, durationMs, location, size, sha256, serverVersion, head, version } = manifest;
  const { checked, proven, operator, host, toolVersion, digests } = manifest;
  return {
    id,
    method,
    source,
    at,
    durationMs,
    location,
    size,
    sha256,
    serverVersion,
    head,
    version,
    checked,
    proven,
    operator,
    host,
    toolVersion,
    tables: digests.length,
    rows: digests.reduce((sum, digest) => sum + digest.rows, 0),
  };
}

/** Writes entries where there is a journal; before the first migration they wait for it. */
async function openJournal(
  target: CommandTarget,
  session: Session,
): Promise<(make: (recorder: Recorder) => ReturnType<Recorder['entry']>) => Promise<void>> {
  const { layout } = await readHistory(target.database, session);
  const recorder = createRecorder({
    ...target,
    engine: target.database.capabilities.engine,
    command: 'backup',
    runId: target.host.uuid(),
    gitCommit: null,
  });
  return async (make) => {
    const entry = make(recorder);
    if (layout === null) recorder.putAside(entry);
    else await recorder.append(session, entry);
  };
}
