import { createHash } from 'node:crypto';
import { journalBackup, type BackupDigest, type BackupManifest, type JournalBackup } from '../../model/backup.ts';
import type { History } from '../../model/history.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { BackupDraft } from '../../ports/backup-store.ts';
import type { Dumped, DumpRequest } from '../../ports/dumper.ts';
import type { Session } from '../../ports/session.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { readHistory } from '../journal/index.ts';
import { compareContent, contentOf, steadyDigests } from './compare-content.ts';
import type { BackupParts } from './parts.ts';
import { proveBackup } from './prove-backup.ts';
import { expired } from './retention.ts';
import { fillBy, runCommand } from './run-command.ts';

const DATA = 'data';
const NO_HISTORY: History = { layout: null, applied: [], head: null };

/** A backup that was made, and the ones that went because of it. */
export interface MadeBackup {
  readonly manifest: BackupManifest;
  readonly entry: JournalBackup;
  readonly removed: readonly string[];
}

/** What the database held in the instant that the backup shows. */
interface Observed {
  history: History;
  /** Null where nobody asks for it. */
  schema: Snapshot | null;
  digests: readonly BackupDigest[];
}

/**
 * Makes a backup, compares it with what the database held, and keeps it. `shadow`: it is restored there too and
 * compared. The session is outside a transaction. Nothing half made is ever kept.
 */
export async function makeBackup(parts: BackupParts, session: Session, shadow: Shadow | null): Promise<MadeBackup> {
  const { database, store, clock, host } = parts;
  const start = clock.monotonic();
  const at = clock.now();
  const id = `${database.name}-${at
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/gu, '')
    .replace('T', '-')}-${host.uuid().slice(0, 4)}`;
  const described = await database.dumper.describe(session);
  // Asked outside the snapshot: where surefoot has no tables yet the question fails, and would end it.
  const { layout } = await readHistory(database, session);
  const observed: Observed = { history: NO_HISTORY, schema: null, digests: [] };
  const draft = store.draft(id);
  let dumped: Dumped | null = null;
  try {
    dumped = await dump(
      parts,
      requestOf(parts, session, { id, draft, journalled: layout !== null, schema: shadow !== null }, observed),
      observed,
    );
    if (dumped.copy !== null) await compareContent(database, dumped.copy, observed.digests, 'the backup', parts.signal);
    const measured = dumped.atPath ? await draft.measure(DATA) : null;
    const before: BackupManifest = {
      format: 1,
      id,
      database: database.name,
      engine: database.capabilities.engine,
      method: dumped.method,
      source: database.displayUrl,
      at: at.toISOString(),
      durationMs: 0,
      data: dumped.atPath ? DATA : null,
      location: dumped.location ?? '',
      size: measured?.size ?? dumped.size,
      sha256: measured?.sha256 ?? (dumped.copy === null ? null : hashOf(observed.digests)),
      serverVersion: described.serverVersion,
      head: observed.history.head,
      version: observed.history.applied.at(-1)?.version.text ?? null,
      digests: observed.digests,
      checked: dumped.checked,
      proven: false,
      properties: described.properties,
      operator: host.operator,
      host: host.host,
      toolVersion: host.toolVersion,
    };
    const proven =
      shadow !== null &&
      (await proveBackup(
        parts,
        shadow,
        dumped,
        {
          manifest: before,
          path: dumped.atPath ? draft.path(DATA) : null,
          fill: fillBy(parts, before, draft.path(DATA)),
        },
        observed.schema,
      ));
    const manifest: BackupManifest = {
      ...before,
      proven,
      location: store.dataPath(before) ?? before.location,
      durationMs: Math.round(clock.monotonic() - start),
    };
    await dumped.keep();
    await draft.keep(manifest);
    return { manifest, entry: journalBackup(manifest), removed: await retire(parts, at) };
  } catch (error) {
    await dumped?.discard();
    draft.discard();
    throw error;
  }
}

async function dump(parts: BackupParts, request: DumpRequest, observed: Observed): Promise<Dumped> {
  const { command } = parts.backups;
  if (command === null) return parts.database.dumper.dump(request);
  await observeNow(parts, request);
  const before = { ...observed };
  const dumped = await runCommand(parts, command, request);
  // It shows an instant in between, nobody knows which.
  await observeNow(parts, request);
  Object.assign(observed, before, { digests: steadyDigests(before.digests, observed.digests) });
  const moved = observed.digests.filter(({ hash }) => hash === null).length;
  if (moved === 0) return dumped;
  const tables = moved === 1 ? '1 table' : `${String(moved)} tables`;
  return { ...dumped, checked: `${dumped.checked}; ${tables} changed meanwhile and can not be compared` };
}

async function observeNow({ database }: BackupParts, { session, observe }: DumpRequest): Promise<void> {
  const [opened] = await session.batch([{ text: database.dialect.beginProbe }]);
  if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'reading the database');
  try {
    await observe(session);
  } finally {
    await session.batch([{ text: database.dialect.abort, tolerate: true }]);
  }
}

interface BackupRequest {
  readonly id: string;
  readonly draft: BackupDraft;
  /** surefoot's tables are there. */
  readonly journalled: boolean;
  /** The schema is to be compared too. */
  readonly schema: boolean;
}

function requestOf(
  parts: BackupParts,
  session: Session,
  { id, draft, journalled, schema }: BackupRequest,
  observed: Observed,
): DumpRequest {
  const { database, progress, signal, backups } = parts;
  return {
    session,
    id,
    path: draft.path(DATA),
    jobs: backups.jobs,
    signal,
    observe: async (there) => {
      if (journalled) observed.history = await readHistory(database, there);
      if (schema) observed.schema = await database.introspector.snapshot(there, { signal });
      observed.digests = await contentOf(database, there, { signal });
    },
    onProgress: (done, total, unit) =>
      progress.report({ type: 'progress', database: database.name, name: 'backup', done, total, unit }),
  };
}

/** Removes the backups whose time is over. One that can't be removed is no reason to fail. */
async function retire(parts: BackupParts, now: Date): Promise<readonly string[]> {
  const { database, store, progress } = parts;
  const removed: string[] = [];
  for (const manifest of expired(store.list(database.name), parts.backups, now)) {
    try {
      await database.dumper.forget(manifest);
      store.remove(manifest);
      removed.push(manifest.id);
    } catch (error) {
      progress.report({
        type: 'message',
        database: database.name,
        level: 'warn',
        text: `the old backup ${manifest.id} could not be removed: ${String(error)}`,
      });
    }
  }
  return removed;
}

function hashOf(digests: readonly BackupDigest[]): string {
  return createHash('sha256').update(JSON.stringify(digests)).digest('hex');
}
