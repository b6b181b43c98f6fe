import { foldRuns, readEntries, readHistory } from '../domain/journal/index.ts';
import { measure, type Family, type Measured } from '../domain/metrics/index.ts';
import { foldStates } from '../domain/plan/index.ts';
import { isAbsentDatabase, withSession } from '../domain/run/index.ts';
import { isSurefootError } from '../model/errors.ts';
import type { History } from '../model/history.ts';
import { TOOL_VERSION } from '../model/tool-version.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';

const NO_HISTORY: History = { layout: null, applied: [], head: null };

export interface MetricsInput {
  /** Compare the schema with what the history implies; the first time after a change that needs a shadow. */
  readonly drift?: boolean | undefined;
}

/** What is known of a database now. One that can not be read is told as such, with a warning; the others still count. */
export async function metrics(target: CommandTarget, input: MetricsInput = {}): Promise<Measured> {
  const { database, progress } = target;
  const set = loadSet(target);
  const base = { database: database.name, engine: database.capabilities.engine, drift: null };
  try {
    const read = await withSession(target, false, async (session) => {
      const history = await readHistory(database, session);
      const entries = history.layout === null ? [] : await readEntries(database, session);
      const states = foldStates(set, history).map(({ state }) => state);
      return { ...base, up: true, states, runs: foldRuns(entries) };
    });
    return input.drift === true ? { ...read, drift: await differences(target) } : read;
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    const absent = isAbsentDatabase(error);
    if (!absent) progress.report({ type: 'message', database: database.name, level: 'warn', text: error.message });
    const states = absent ? foldStates(set, NO_HISTORY).map(({ state }) => state) : null;
    return { ...base, up: false, states, runs: [] };
  }
}

/** Null, with a warning, where they can not be compared. */
async function differences(target: CommandTarget): Promise<number | null> {
  const { drift } = await import('./drift.ts');
  try {
    return (await drift(target, {})).differences.length;
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    const { name } = target.database;
    target.progress.report({ type: 'message', database: name, level: 'warn', text: error.message });
    return null;
  }
}

/** What `metrics --json` prints. */
export interface MetricsResult {
  readonly families: readonly Family[];
}

/** The metrics of all databases together, as `--json` prints them: a family without a sample is left out. */
export function familiesOf(measured: readonly Measured[], now: Date): readonly Family[] {
  return measure(TOOL_VERSION, measured, now).filter(({ samples }) => samples.length > 0);
}
