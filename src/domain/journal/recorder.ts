import { join } from 'node:path';
import type { Engine } from '../../model/engine.ts';
import { isSurefootError, messageOf, SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { JournalEntry, JournalError } from '../../model/journal-entry.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Database } from '../../ports/database.ts';
import type { Files } from '../../ports/files.ts';
import type { Host } from '../../ports/host.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Session } from '../../ports/session.ts';
import { appendCommands } from './entries.ts';
import { firstFailure } from './history-store.ts';
import { hidePasswords, maskCheck, maskLocks, maskMessage, maskNote, maskRelease } from './mask.ts';

/** What varies from entry to entry; the rest is the run's. */
export type EntryChange = Pick<JournalEntry, 'event' | 'outcome'> &
  Partial<
    Pick<
      JournalEntry,
      | 'version'
      | 'name'
      | 'direction'
      | 'checksum'
      | 'durationMs'
      | 'checks'
      | 'notes'
      | 'scriptsHash'
      | 'locks'
      | 'rows'
      | 'size'
      | 'together'
      | 'signature'
      | 'backup'
      | 'release'
    >
  > & {
    /** What was thrown; null when nothing was. */
    readonly failure?: unknown;
  };

/** Makes the entries of one run and puts them where they belong: the database, the JSONL file, or aside until the next run. */
export interface Recorder {
  readonly runId: string;
  entry(change: EntryChange): JournalEntry;
  /** In a transaction of its own. What the database does not take is put aside for the next run. */
  append(session: Session, entry: JournalEntry): Promise<void>;
  /** In a transaction of its own; throws when the database does not take it, and then nothing is kept. */
  write(session: Session, entry: JournalEntry, lockMs: number): Promise<void>;
  /** To the JSONL file, for entries that were committed together with a step. What that file does not take is only warned of. */
  mirror(entry: JournalEntry): void;
  /** For the next run, when the database can not be written. False, and warned of, where no file takes it either. */
  putAside(entry: JournalEntry): boolean;
  /** Writes what earlier runs put aside. */
  catchUp(session: Session): Promise<number>;
}

export interface RecorderParts {
  readonly database: Database;
  readonly engine: Engine;
  readonly files: Files;
  readonly host: Host;
  readonly clock: Clock;
  readonly progress: Progress;
  /** The project's `.surefoot` folder. */
  readonly stateFolder: string;
  readonly command: string;
  readonly runId: string;
  readonly gitCommit: string | null;
  /** Keep values of user data and literals of statements out; true when left out. */
  readonly maskLiterals?: boolean | undefined;
}

export function createRecorder(parts: RecorderParts): Recorder {
  const { database, engine, files, host, clock, progress } = parts;
  const masked = parts.maskLiterals !== false;
  const mirrorFile = join(parts.stateFolder, 'log', `${database.name}.jsonl`);
  const asideFile = asidePath(parts);

  const warned = new Set<string>();
  /** A full disk or a read-only folder here must not stand in the way of the database. */
  const attempt = (what: string, work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      if (!isSurefootError(error)) throw error;
      if (!warned.has(what))
        progress.report({ type: 'message', database: database.name, level: 'warn', text: `${error.message}: ${what}` });
      warned.add(what);
      return false;
    }
  };
  const mirror = (entry: JournalEntry): void => {
    attempt('the log file is left out; the journal in the database has it all', () =>
      files.append(mirrorFile, `${JSON.stringify(entry)}\n`),
    );
  };
  const putAside = (entry: JournalEntry): boolean => {
    const kept = attempt('what the database did not take can not be kept for the next run', () =>
      files.append(asideFile, `${JSON.stringify(entry)}\n`),
    );
    if (kept) mirror(entry);
    return kept;
  };
  const write = async (
    session: Session,
    entries: readonly JournalEntry[],
    lockMs: number | null = null,
  ): Promise<void> => {
    const { dialect } = database;
    const outcomes = await session.batch([
      ...dialect.begin({ lockMs, statementMs: null }).map((text) => ({ text })),
      ...entries.flatMap((entry) => appendCommands(dialect, entry)),
      { text: dialect.commit },
    ]);
    const failure = firstFailure(outcomes);
    if (failure === null) return;
    if (!failure.connectionLost) await session.batch([{ text: dialect.abort, tolerate: true }]);
    throw errorOfFailure(failure, 'writing the journal');
  };

  return {
    runId: parts.runId,
    entry: (change) => ({
      runId: parts.runId,
      at: clock.now().toISOString(),
      event: change.event,
      command: parts.command,
      database: database.name,
      engine,
      version: change.version ?? null,
      name: change.name ?? null,
      direction: change.direction ?? null,
      checksum: change.checksum ?? null,
      durationMs: change.durationMs ?? null,
      outcome: change.outcome,
      operator: host.operator,
      host: host.host,
      pid: host.pid,
      toolVersion: host.toolVersion,
      gitCommit: parts.gitCommit,
      error: change.failure == null ? null : journalError(change.failure, masked),
      checks: (change.checks ?? []).map((check) => (masked ? maskCheck(engine, check) : check)),
      notes: (change.notes ?? []).map((note) => hidePasswords(masked ? maskNote(engine, note, change.locks) : note)),
      scriptsHash: change.scriptsHash ?? null,
      ...(change.locks === undefined ? {} : { locks: masked ? maskLocks(engine, change.locks) : change.locks }),
      ...(change.rows === undefined || change.rows.length === 0 ? {} : { rows: change.rows }),
      ...(change.size === undefined ? {} : { size: change.size }),
      ...(change.together === undefined ? {} : { together: change.together }),
      ...(change.signature === undefined ? {} : { signature: change.signature }),
      ...(change.backup === undefined ? {} : { backup: change.backup }),
      ...(change.release === undefined ? {} : { release: masked ? maskRelease(change.release) : change.release }),
    }),
    append: async (session, entry) => {
      try {
        await write(session, [entry]);
        mirror(entry);
      } catch (error) {
        putAside(entry);
        if (!isSurefootError(error)) throw error;
      }
    },
    write: async (session, entry, lockMs) => {
      await write(session, [entry], lockMs);
      mirror(entry);
    },
    mirror,
    putAside,
    catchUp: async (session) => {
      if (!files.exists(asideFile)) return 0;
      const aside = readAside(parts);
      const entries = aside.length === 0 ? [] : await unwritten(database, session, aside);
      if (entries.length > 0) await write(session, entries);
      attempt('its entries are written, and looked at again by every run', () => files.remove(asideFile));
      return entries.length;
    },
  };
}

/** An entry whose COMMIT was not answered was put aside, and may be in the journal all the same. */
async function unwritten(
  database: Database,
  session: Session,
  aside: readonly JournalEntry[],
): Promise<readonly JournalEntry[]> {
  const { dialect } = database;
  const runs = [...new Set(aside.map((entry) => dialect.literal(entry.runId)))];
  const rows = await session.query(
    `SELECT entry FROM ${dialect.table('journal')} WHERE run_id IN (${runs.join(', ')})`,
  );
  const written = new Set(rows.map((row) => row['entry']));
  return aside.filter((entry) => !written.has(JSON.stringify(entry)));
}

/** Entries that no run has written yet: the database was lost or is not there yet. Oldest first. */
export function readAside(parts: Pick<RecorderParts, 'database' | 'files' | 'stateFolder'>): readonly JournalEntry[] {
  const file = asidePath(parts);
  if (!parts.files.exists(file)) return [];
  const lines = new TextDecoder().decode(parts.files.read(file)).split('\n');
  return lines.flatMap((line, index) => parseLine(line, `${file}:${String(index + 1)}`));
}

/** Whether something waits for a run to write it. */
export function hasAside(parts: Pick<RecorderParts, 'database' | 'files' | 'stateFolder'>): boolean {
  return parts.files.exists(asidePath(parts));
}

function asidePath({ database, stateFolder }: Pick<RecorderParts, 'database' | 'stateFolder'>): string {
  return join(stateFolder, 'unwritten', `${database.name}.jsonl`);
}

function parseLine(line: string, place: string): JournalEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // A line cut short by a crash while it was written is not an entry.
    return [];
  }
  if (isEntry(value)) return [value];
  throw new SurefootError({
    code: 'unwritten-invalid',
    message: `${place}: it waits to be written to the journal, and is no entry of one; nothing was changed`,
    hint: 'Look at the line, take it out of the file, and run the command again.',
    context: { file: place },
  });
}

/** What is written to columns of its own, and what is looked through. */
function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof JournalEntry, unknown>>;
  const texts = [entry.runId, entry.at, entry.event, entry.command, entry.database, entry.outcome, entry.operator];
  return texts.every((text) => typeof text === 'string') && Array.isArray(entry.checks) && Array.isArray(entry.notes);
}

/** What the journal keeps of an error: no parameters, no causes, no password. */
function journalError(error: unknown, masked: boolean): JournalError {
  if (!isSurefootError(error)) {
    const message = masked ? maskMessage(messageOf(error)) : messageOf(error);
    return { code: 'internal', sqlState: null, message: hidePasswords(message), file: null, line: null };
  }
  const { sqlState, file, line } = error.context;
  const message = masked ? (error.record ?? maskMessage(error.message)) : error.message;
  return {
    code: error.code,
    sqlState: typeof sqlState === 'string' ? sqlState : null,
    message: hidePasswords(message),
    file: typeof file === 'string' ? file : null,
    line: typeof line === 'number' ? line : null,
  };
}
