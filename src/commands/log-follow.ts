import { readEntries, readHistory } from '../domain/journal/index.ts';
import { isAbsentDatabase, withSession } from '../domain/run/index.ts';
import type { StoredEntry } from '../model/journal-entry.ts';
import type { Session } from '../ports/session.ts';
import type { CommandTarget } from './parts/target.ts';

export interface FollowInput {
  /** Entries behind this place; those written from now on when left out. */
  readonly after?: number | undefined;
  readonly onEntry: (entry: StoredEntry) => void;
}

const POLL_MS = 500;

/** Hands on entries as they are written, until the signal is aborted. A database that does not exist yet is waited for. */
export async function logFollow(target: CommandTarget, input: FollowInput): Promise<void> {
  const { database, clock, signal } = target;
  const state = { after: input.after ?? null };
  const follow = async (session: Session): Promise<void> => {
    while (!signal.aborted) {
      const { layout, head } = await readHistory(database, session);
      state.after ??= head?.seq ?? 0;
      if (layout !== null && head !== null && head.seq > state.after) {
        for (const entry of await readEntries(database, session, { after: state.after })) {
          state.after = entry.seq;
          input.onEntry(entry);
        }
      }
      await clock.sleep(POLL_MS, signal);
    }
  };
  while (!signal.aborted) {
    try {
      await withSession(target, false, follow);
    } catch (error) {
      if (signal.aborted) return;
      if (!isAbsentDatabase(error)) throw error;
      state.after ??= 0;
      await clock.sleep(POLL_MS, signal);
    }
  }
}
