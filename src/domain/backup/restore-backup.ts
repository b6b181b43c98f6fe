import { journalBackup, type BackupManifest } from '../../model/backup.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import { stopIfAborted } from '../../model/interrupted.ts';
import type { JournalEntry, StoredEntry } from '../../model/journal-entry.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { BackupSource, Beside } from '../../ports/dumper.ts';
import type { Session } from '../../ports/session.ts';
import {
  appendCommands,
  checkChain,
  createRecorder,
  firstFailure,
  readEntries,
  readHistory,
  type Recorder,
} from '../journal/index.ts';
import { acquireLock, isAbsentDatabase } from '../run/index.ts';
import { compareContent } from './compare-content.ts';
import { laterRuns, type LaterRun } from './later-runs.ts';
import type { BackupParts } from './parts.ts';
import { fillBy } from './run-command.ts';

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
  /** Compared with the backup. */
  readonly tables: number;
  /** That changed while the backup was made, so that they could not be. */
  readonly uncompared: number;
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
      const gitCommit = await parts.host.gitCommit(parts.root);
      const told = (kept: string | null): Told => {
        const durationMs = clock.monotonic() - start;
        return tell(parts, manifest, { runId, gitCommit, kept, later, durationMs });
      };
      const kept = await replace(parts, manifest, options, told, async () => session?.close());
      const compared = manifest.digests.filter(({ hash }) => hash !== null).length;
      const uncompared = manifest.digests.length - compared;
      const durationMs = clock.monotonic() - start;
      return { runId, kept, discarded: later, tables: compared, uncompared, durationMs };
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
  told: (kept: string | null) => Told,
  leave: () => Promise<void>,
): Promise<string | null> {
  const { database, signal } = parts;
  const beside = await restoreBeside(parts, manifest);
  try {
    await compareContent(database, beside.copy, manifest.digests, `the restored copy of ${manifest.id}`, signal);
    const { recorder, entry } = told(beside.kept);
    if (manifest.head !== null) await journalBeside(parts, await beside.copy.connect(), manifest, entry);
    stopIfAborted(signal, `before the swap: ${database.name} is as it was`);
    await leave();
    await beside.swap({ endConnections });
    if (manifest.head === null) recorder.putAside(entry);
    else recorder.mirror(entry);
    return beside.kept;
  } catch (error) {
    await beside.discard();
    throw error;
  }
}

async function restoreBeside(parts: BackupParts, manifest: BackupManifest): Promise<Beside> {
  try {
    return await parts.database.dumper.restoreBeside(sourceOf(parts, manifest), parts.signal);
  } catch (error) {
    throw isSurefootError(error) && error.code === 'backup-damaged'
      ? error.with({ hint: `Use another backup: surefoot backup ${manifest.database} --list` })
      : error;
  }
}

function sourceOf(parts: BackupParts, manifest: BackupManifest): BackupSource {
  const path = parts.store.dataPath(manifest);
  return { manifest, path, fill: fillBy(parts, manifest, path) };
}

/** Checks the journal in the copy and goes on in it, so that there is no instant at which the restore is not told of. */
async function journalBeside(
  { database }: BackupParts,
  session: Session,
  manifest: BackupManifest,
  entry: JournalEntry,
): Promise<void> {
  const { dialect } = database;
  try {
    const chain = chainOf(await readEntries(database, session), manifest);
    if (!chain.intact)
      throw new SurefootError({
        code: 'backup-damaged',
        message: `the journal in the backup ${manifest.id} does not hold: ${chain.reason}; the database is as it was`,
        hint: `Use another backup: surefoot backup ${manifest.database} --list.`,
      });
    const failure = firstFailure(
      await session.batch([
        ...dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text })),
        ...appendCommands(dialect, entry),
        { text: dialect.commit },
      ]),
    );
    if (failure !== null) throw errorOfFailure(failure, 'writing the journal of the restored copy');
  } finally {
    await session.close();
  }
}

/** What a command made may hold entries that were written after the look at the database. */
function chainOf(entries: readonly StoredEntry[], { method, head }: BackupManifest): ReturnType<typeof checkChain> {
  if (method !== 'command') return checkChain(entries, head);
  const whole = checkChain(entries, null);
  return whole.intact
    ? checkChain(
        entries.filter(({ seq }) => seq <= (head?.seq ?? 0)),
        head,
      )
    : whole;
}

interface Told {
  readonly recorder: Recorder;
  readonly entry: JournalEntry;
}

interface Facts {
  readonly runId: string;
  readonly gitCommit: string | null;
  readonly kept: string | null;
  readonly later: readonly LaterRun[];
  readonly durationMs: number;
}

function tell(parts: BackupParts, manifest: BackupManifest, facts: Facts): Told {
  const { runId, gitCommit, kept, later, durationMs } = facts;
  const engine = parts.database.capabilities.engine;
  const recorder = createRecorder({ ...parts, engine, command: 'restore', runId, gitCommit });
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
  return { recorder, entry };
}

function laterError(database: string, manifest: BackupManifest, later: readonly LaterRun[]): SurefootError {
  return new SurefootError({
    code: 'restore-later-runs',
    message: `${String(later.length)} run${later.length === 1 ? '' : 's'} changed ${database} after the backup ${manifest.id} of ${manifest.at}; nothing was changed\n${later.map((run) => `  ${run.at}  ${run.command}  ${run.versions.join(', ')}  (run ${run.runId.slice(0, 8)})`).join('\n')}`,
    hint: `${later.every(({ command }) => command === 'migrate') ? `Roll back instead with surefoot rollback ${database} --to ${manifest.version ?? '0'}, or lose` : 'Lose'} them with surefoot restore ${database} --backup ${manifest.id} --discard-later-runs.`,
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
