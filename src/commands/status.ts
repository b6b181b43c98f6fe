import { readHistory, readNotes } from '../domain/journal/index.ts';
import { foldStates, statusOf, versionsWithNotes } from '../domain/plan/index.ts';
import { isAbsentDatabase, readOwner, withSession, type LockOwner } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import type { History } from '../model/history.ts';
import type { MigrationSet } from '../model/migration.ts';
import type { MigrationStatus } from '../model/plan.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';

export interface DatabaseStatus {
  readonly name: string;
  readonly engine: Engine;
  readonly url: string;
  /** False when the database itself does not exist yet. */
  readonly exists: boolean;
  /** Who holds the run lock right now; null when nobody does. */
  readonly lock: LockOwner | null;
  readonly migrations: readonly MigrationStatus[];
}

const NO_HISTORY: History = { layout: null, applied: [], head: null };

/** The state of every version. Reads only: nothing is created, not even an absent database. */
export async function status(target: CommandTarget): Promise<DatabaseStatus> {
  const set = loadSet(target);
  const { migrations, exists, lock } = await readStates(target, set);
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    url: target.database.displayUrl,
    exists,
    lock,
    migrations,
  };
}

async function readStates(
  target: CommandTarget,
  set: MigrationSet,
): Promise<Pick<DatabaseStatus, 'migrations' | 'exists' | 'lock'>> {
  const { database, host } = target;
  try {
    return await withSession(target, false, async (session) => {
      const states = foldStates(set, await readHistory(database, session));
      const notes = await readNotes(database, session, versionsWithNotes(states));
      return {
        migrations: states.map((state) => statusOf(state, notes)),
        exists: true,
        lock: (await readOwner(database, session, host))?.owner ?? null,
      };
    });
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return {
      migrations: foldStates(set, NO_HISTORY).map((state) => statusOf(state, new Map())),
      exists: false,
      lock: null,
    };
  }
}
