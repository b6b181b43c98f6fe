import { foldRuns, readEntries, readHistory } from '../domain/journal/index.ts';
import type { Measured } from '../domain/metrics/index.ts';
import { foldStates } from '../domain/plan/index.ts';
import { isAbsentDatabase, withSession } from '../domain/run/index.ts';
import { isSurefootError } from '../model/errors.ts';
import type { History } from '../model/history.ts';
import { loadSet, type CommandTarget } from './target.ts';

const NO_HISTORY: History = { layout: null, applied: [], head: null };

/** What is known of a database now. One that can not be read is told as such, with a warning; the others still count. */
export async function metrics(target: CommandTarget): Promise<Measured> {
  const { database, progress } = target;
  const set = loadSet(target);
  const base = { database: database.name, engine: database.capabilities.engine, drift: null };
  try {
    return await withSession(target, false, async (session) => {
      const history = await readHistory(database, session);
      const entries = history.layout === null ? [] : await readEntries(database, session);
      const states = foldStates(set, history).map(({ state }) => state);
      return { ...base, up: true, states, runs: foldRuns(entries) };
    });
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    const absent = isAbsentDatabase(error);
    if (!absent) progress.report({ type: 'message', database: database.name, level: 'warn', text: error.message });
    const states = absent ? foldStates(set, NO_HISTORY).map(({ state }) => state) : null;
    return { ...base, up: false, states, runs: [] };
  }
}
