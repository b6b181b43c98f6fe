import { readHistory } from '../domain/journal/index.ts';
import { foldStates, statusOf } from '../domain/plan/index.ts';
import { isAbsentDatabase, withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import type { History } from '../model/history.ts';
import type { MigrationStatus } from '../model/plan.ts';
import { loadSet, type CommandTarget } from './target.ts';

export interface DatabaseStatus {
  readonly name: string;
  readonly engine: Engine;
  readonly url: string;
  /** False when the database itself does not exist yet. */
  readonly exists: boolean;
  readonly migrations: readonly MigrationStatus[];
}

const NO_HISTORY: History = { layout: null, applied: [], head: null };

/** The state of every version. Reads only: nothing is created, not even an absent database. */
export async function status(target: CommandTarget): Promise<DatabaseStatus> {
  const set = loadSet(target);
  const history = await historyOf(target);
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    url: target.database.displayUrl,
    exists: history !== null,
    migrations: foldStates(set, history ?? NO_HISTORY).map(statusOf),
  };
}

async function historyOf(target: CommandTarget): Promise<History | null> {
  try {
    return await withSession(target, false, async (session) => readHistory(target.database, session));
  } catch (error) {
    if (isAbsentDatabase(error)) return null;
    throw error;
  }
}
