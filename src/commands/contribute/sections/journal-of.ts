import { readEntries, readHistory } from '../../../domain/journal/index.ts';
import { isAbsentDatabase, withSession } from '../../../domain/run/index.ts';
import type { History } from '../../../model/history.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import type { CommandTarget } from '../../parts/target.ts';

/** What a database tells of itself. */
export interface Told {
  readonly exists: boolean;
  readonly history: History;
  /** In the order of the chain. */
  readonly entries: readonly JournalEntry[];
}

export async function journalOf(target: CommandTarget): Promise<Told> {
  const { database } = target;
  try {
    return await withSession(target, false, async (session) => {
      const history = await readHistory(database, session);
      const stored = history.layout === null ? [] : await readEntries(database, session);
      return { exists: true, history, entries: stored.map(({ entry }) => entry) };
    });
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return { exists: false, history: { layout: null, applied: [], head: null }, entries: [] };
  }
}
