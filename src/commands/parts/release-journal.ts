import { createRecorder, readAside, readEntries, readHistory, type EntryChange } from '../../domain/journal/index.ts';
import { foldReleases, type ReleaseState } from '../../domain/release/index.ts';
import { isAbsentDatabase, withSession } from '../../domain/run/index.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { History } from '../../model/history.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { CommandTarget } from './target.ts';

/** What the database and the journal say as a release goes on. */
export interface ReleaseFacts {
  readonly exists: boolean;
  readonly history: History;
  /** Runs up that began at `since` or later, oldest first. */
  readonly runIds: readonly string[];
}

const NO_HISTORY: History = { layout: null, applied: [], head: null };
const EVENTS = ['release-started', 'release-item', 'release-left', 'release-finished'] as const;

/** All releases of a database, oldest first: from its journal, and from what waits to be written to it. */
export async function readReleases(target: CommandTarget): Promise<readonly ReleaseState[]> {
  return foldReleases(await readStored(target));
}

export async function readFacts(target: CommandTarget, since: string): Promise<ReleaseFacts> {
  const { database } = target;
  return whereItIs<ReleaseFacts>(target, { exists: false, history: NO_HISTORY, runIds: [] }, async (session) => {
    const history = await readHistory(database, session);
    const runs = history.layout === null ? [] : await readEntries(database, session, { event: 'run-started' });
    return {
      exists: true,
      history,
      runIds: runs.filter(({ entry }) => entry.direction === 'up' && entry.at >= since).map(({ entry }) => entry.runId),
    };
  });
}

/** Writes the entries of one release. */
export interface ReleaseNoter {
  note(change: EntryChange): Promise<JournalEntry>;
  /** Writes again what a restored database knows nothing of. */
  rewrite(): Promise<void>;
}

/** Where the database is not there yet, or can not be written, the next run writes what is noted. */
export async function releaseNoter(target: CommandTarget, id: string): Promise<ReleaseNoter> {
  const recorder = createRecorder({
    ...target,
    engine: target.database.capabilities.engine,
    command: 'release',
    runId: id,
    gitCommit: await target.host.gitCommit(target.folders.root),
  });
  const before = await readStored(target, id);
  const known: JournalEntry[] = [...before];
  // What is noted must be written although the release was interrupted.
  const parts = { ...target, signal: new AbortController().signal };
  const inJournal = async (entries: readonly JournalEntry[]): Promise<boolean> => {
    try {
      return await withSession(parts, false, async (session) => {
        if ((await readHistory(target.database, session)).layout === null) return false;
        for (const entry of entries) await recorder.append(session, entry);
        return true;
      });
    } catch (error) {
      if (!isSurefootError(error)) throw error;
      return false;
    }
  };
  const write = async (entries: readonly JournalEntry[]): Promise<void> => {
    if ((await inJournal(entries)) || entries.every((entry) => recorder.putAside(entry))) return;
    throw new SurefootError({
      code: 'file-unreadable',
      message: `${target.stateFolder}: nothing can be written there, and ${target.database.name} takes no entry yet: what is noted of the release would be lost`,
      hint: 'Make the folder writable, then run the command again.',
    });
  };
  return {
    note: async (change) => {
      const entry = recorder.entry(change);
      known.push(entry);
      await write([entry]);
      return entry;
    },
    rewrite: async () => {
      const stored = new Set((await readStored(target)).map((entry) => JSON.stringify(entry)));
      const lost = known.filter((entry) => !stored.has(JSON.stringify(entry)));
      if (lost.length > 0) await write(lost);
    },
  };
}

/** Entries of releases, or of one of them, in the journal and aside, in order. */
export async function readStored(target: CommandTarget, id?: string): Promise<readonly JournalEntry[]> {
  const { database } = target;
  const aside = readAside(target).filter(
    ({ release, runId }) => release !== undefined && (id === undefined || runId === id),
  );
  const stored = await whereItIs<readonly JournalEntry[]>(target, [], async (session) => {
    if ((await readHistory(database, session)).layout === null) return [];
    if (id !== undefined) return (await readEntries(database, session, { runId: id })).map(({ entry }) => entry);
    const found = [];
    for (const event of EVENTS) found.push(...(await readEntries(database, session, { event })));
    return found.sort((one, other) => one.seq - other.seq).map(({ entry }) => entry);
  });
  return [...stored, ...aside];
}

async function whereItIs<T>(target: CommandTarget, absent: T, work: Parameters<typeof withSession<T>>[2]): Promise<T> {
  try {
    return await withSession(target, false, work);
  } catch (error) {
    if (isAbsentDatabase(error)) return absent;
    throw error;
  }
}
