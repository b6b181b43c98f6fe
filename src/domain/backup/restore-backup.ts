import { journalBackup, type BackupManifest } from '../../model/backup.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { Session } from '../../ports/session.ts';
import { checkChain, createRecorder, readEntries, readHistory } from '../journal/index.ts';
import { acquireLock, isAbsentDatabase, withSession } from '../run/index.ts';
import { compareContent } from './compare-content.ts';
import { laterRuns, type LaterRun } from './later-runs.ts';
import type { BackupParts } from './parts.ts';

export interface RestoreOptions {
  readonly discardLaterRuns: boolean;
  readonly endConnections: boolean;
  readonly lockWaitMs: number;
  /** Asked once everything is known, before anything is made; false refuses. */
  readonly confirm: (later: readonly LaterRun[]) => Promise<boolean>;
}

/** Times in milliseconds. */
export interface Restored {
  readonly runId: string;
  /** The name under which the database that was there is kept; null where there was none. */
  readonly kept: string | null;
  readonly discarded: readonly LaterRun[];
  readonly tables: number;
  readonly durationMs: number;
}

/**
 * Restores beside the database, compares with what was recorded when the backup was made, and swaps the two under the
 * run lock. Whatever fails before the swap leaves the database as it is.
 */
export async function restoreBackup(
  parts: BackupParts,
  manifest: BackupManifest,
  options: RestoreOptions,
): Promise<Restored> {
  const { clock, host } = parts;
  const start = clock.monotonic();
  const runId = host.uuid();
  const session = await connect(parts);
  try {
    const lock = session === null ? null : await lockOf(parts, session, runId, options.lockWaitMs);
    try {
      const later = session === null ? [] : await readLater(parts, session, manifest);
      if (later.length > 0 && !options.discardLaterRuns) throw laterError(parts.database.name, manifest, later);
      if (!(await options.confirm(later))) throw unconfirmed(parts.database.name);
      await checkData(parts, manifest);
      const kept = await replace(parts, manifest, options, async () => session?.close());
      await journal(parts, manifest, runId, kept, later, clock.monotonic() - start);
      return { runId, kept, discarded: later, tables: manifest.digests.length, durationMs: clock.monotonic() - start };
    } finally {
      await lock?.release();
    }
  } finally {
    await session?.close();
  }
}

async function connect(parts: BackupParts): Promise<Session | null> {
  const { database, host, signal } = parts;
  try {
    return await database.connect({ create: false, label: `surefoot ${host.operator}@${host.host}`, signal });
  } catch (error) {
    // It is gone, or too broken to be opened: that is what backups are for.
    if (isAbsentDatabase(error) || (isSurefootError(error) && error.code === 'database-file')) return null;
    throw error;
  }
}

async function lockOf(
  parts: BackupParts,
  session: Session,
  runId: string,
  waitMs: number,
): ReturnType<typeof acquireLock> {
  const { database, host, clock, progress, signal } = parts;
  const label = `run ${runId} of ${host.operator}@${host.host} pid ${String(host.pid)}`;
  return acquireLock({ database, session, label, waitMs, clock, host, progress, signal });
}

async function readLater(parts: BackupParts, session: Session, manifest: BackupManifest): Promise<readonly LaterRun[]> {
  const history = await readHistory(parts.database, session);
  if (history.layout === null) return [];
  return laterRuns(await readEntries(parts.database, session), manifest);
}

async function checkData({ store }: BackupParts, manifest: BackupManifest): Promise<void> {
  const measured = await store.measure(manifest);
  if (measured === null || (measured.size === manifest.size && measured.sha256 === manifest.sha256)) return;
  throw new SurefootError({
    code: 'backup-damaged',
    message: `the backup ${manifest.id} is damaged: its data has ${String(measured.size)} bytes and checksum ${measured.sha256.slice(0, 12)}, recorded were ${String(manifest.size)} and ${manifest.sha256?.slice(0, 12) ?? 'none'}; the database is as it was`,
    hint: `Use another backup: surefoot backup ${manifest.database} --list.`,
  });
}

async function replace(
  parts: BackupParts,
  manifest: BackupManifest,
  { endConnections }: RestoreOptions,
  leave: () => Promise<void>,
): Promise<string | null> {
  const { database, store, signal } = parts;
  const beside = await database.dumper.restoreBeside({ manifest, path: store.dataPath(manifest) }, signal);
  try {
    await compareContent(database, beside.copy, manifest.digests, `the restored copy of ${manifest.id}`, signal);
    if (manifest.head !== null) await checkJournal(parts, await beside.copy.connect(), manifest);
    signal.throwIfAborted();
    await leave();
    return await beside.swap({ endConnections });
  } catch (error) {
    await beside.discard();
    throw error;
  }
}

async function checkJournal(parts: BackupParts, session: Session, manifest: BackupManifest): Promise<void> {
  try {
    const chain = checkChain(await readEntries(parts.database, session), manifest.head);
    if (chain.intact) return;
    throw new SurefootError({
      code: 'backup-damaged',
      message: `the journal in the backup ${manifest.id} does not hold: ${chain.reason}; the database is as it was`,
      hint: `Use another backup: surefoot backup ${manifest.database} --list.`,
    });
  } finally {
    await session.close();
  }
}

async function journal(
  parts: BackupParts,
  manifest: BackupManifest,
  runId: string,
  kept: string | null,
  later: readonly LaterRun[],
  durationMs: number,
): Promise<void> {
  const { database } = parts;
  const recorder = createRecorder({
    ...parts,
    engine: database.capabilities.engine,
    command: 'restore',
    runId,
    gitCommit: await parts.host.gitCommit(parts.root),
  });
  const entry = recorder.entry({
    event: 'restored',
    outcome: 'succeeded',
    durationMs: Math.round(durationMs),
    backup: journalBackup(manifest),
    notes: [
      `restored the backup of ${manifest.at}`,
      ...(kept === null ? [] : [`the database that was there is kept as ${kept}`]),
      ...later.map((run) => `discarded run ${run.runId} (${run.command}) of ${run.at}: ${run.versions.join(', ')}`),
    ],
  });
  if (manifest.head === null) recorder.putAside(entry);
  else await withSession(parts, false, async (session) => recorder.append(session, entry));
}

function laterError(database: string, manifest: BackupManifest, later: readonly LaterRun[]): SurefootError {
  return new SurefootError({
    code: 'restore-later-runs',
    message: `${String(later.length)} run${later.length === 1 ? '' : 's'} changed ${database} after the backup ${manifest.id} of ${manifest.at}; nothing was changed\n${later.map((run) => `  ${run.at}  ${run.command}  ${run.versions.join(', ')}  (run ${run.runId.slice(0, 8)})`).join('\n')}`,
    hint: `Roll back instead with surefoot rollback ${database}, or lose them with surefoot restore ${database} --backup ${manifest.id} --discard-later-runs.`,
    context: { runs: later },
  });
}

function unconfirmed(database: string): SurefootError {
  return new SurefootError({
    code: 'confirmation-absent',
    message: `nobody confirmed the restore of ${database}; nothing was changed`,
    hint: 'Answer yes on a terminal, or pass --yes.',
  });
}
