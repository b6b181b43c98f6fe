import {
  checkChain,
  foldRuns,
  readEntries,
  readHistory,
  type ChainResult,
  type RunSummary,
} from '../domain/journal/index.ts';
import { isAbsentDatabase, storedReader, withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import { isSurefootError, SurefootError } from '../model/errors.ts';
import type { CommandTarget } from './target.ts';

export interface LogInput {
  /** A run id, or the beginning of one. */
  readonly run?: string | undefined;
  /** At most this many runs, the newest. */
  readonly limit?: number | undefined;
  /** Recompute the chain of hashes and compare the stored scripts. */
  readonly check?: boolean | undefined;
}

export interface LogResult {
  readonly name: string;
  readonly engine: Engine;
  /** Oldest first. */
  readonly runs: readonly RunSummary[];
  readonly chain: ChainResult | null;
}

/** The migration log of a database as runs. Reads only. */
export async function log(target: CommandTarget, input: LogInput): Promise<LogResult> {
  const { database } = target;
  const base = { name: database.name, engine: database.capabilities.engine };
  try {
    return await withSession(target, false, async (session) => {
      const history = await readHistory(database, session);
      if (history.layout === null)
        return {
          ...base,
          runs: pick(target, [], input),
          chain: input.check === true ? { intact: true, entries: 0 } : null,
        };
      const entries = await readEntries(database, session);
      const runs = pick(target, foldRuns(entries), input);
      if (input.check !== true) return { ...base, runs, chain: null };
      const chain = checkChain(entries, history.head);
      if (!chain.intact) return { ...base, runs, chain };
      const stored = storedReader(database, session);
      for (const applied of history.applied) {
        const noted = entries.findLast(
          ({ entry }) => entry.version === applied.version.text && entry.scriptsHash !== null,
        );
        if (applied.scriptsHash !== (noted?.entry.scriptsHash ?? null)) {
          return {
            ...base,
            runs,
            chain: {
              intact: false,
              seq: noted?.seq ?? 0,
              reason: `the scripts stored with ${applied.name} are not the ones the journal tells of`,
            },
          };
        }
        try {
          await stored(applied);
        } catch (error) {
          if (!isSurefootError(error) || error.code !== 'journal-broken') throw error;
          return { ...base, runs, chain: { intact: false, seq: noted?.seq ?? 0, reason: error.message } };
        }
      }
      return { ...base, runs, chain };
    });
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return { ...base, runs: pick(target, [], input), chain: null };
  }
}

function pick(target: CommandTarget, runs: readonly RunSummary[], input: LogInput): readonly RunSummary[] {
  if (input.run === undefined) return input.limit === undefined ? runs : runs.slice(-input.limit);
  const wanted = input.run;
  const found = runs.filter((run) => run.runId.startsWith(wanted));
  if (found.length === 1) return found;
  throw new SurefootError({
    code: 'run-not-found',
    message:
      found.length === 0
        ? `the journal of ${target.database.name} has no run ${wanted}`
        : `${String(found.length)} runs begin with ${wanted}`,
    hint: `List the runs with surefoot log ${target.database.name}.`,
  });
}
