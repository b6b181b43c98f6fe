import {
  checkChain,
  checkSignatures,
  chooseRuns,
  foldRuns,
  readHistory,
  readJournal,
  readPublicKey,
  readSignature,
  type ChainResult,
  type RunFilter,
  type RunSummary,
  type SignatureResult,
} from '../domain/journal/index.ts';
import { isAbsentDatabase, readDeadRun, storedReader, withSession } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import { isSurefootError } from '../model/errors.ts';
import type { History } from '../model/history.ts';
import type { StoredEntry } from '../model/journal-entry.ts';
import type { Session } from '../ports/session.ts';
import { runOf } from './parts/run-of.ts';
import type { CommandTarget } from './parts/target.ts';

export interface LogInput extends RunFilter {
  /** A run id, or the beginning of one. */
  readonly run?: string | undefined;
  /** Recompute the chain of hashes, compare the stored scripts, and hold signatures against the chain. */
  readonly check?: boolean | undefined;
  /** Absolute path of a public key (PEM) to verify signatures with. */
  readonly key?: string | undefined;
  /** Absolute path of a signature that was kept apart. */
  readonly signature?: string | undefined;
}

export interface LogResult {
  readonly name: string;
  readonly engine: Engine;
  /** Oldest first. */
  readonly runs: readonly RunSummary[];
  readonly chain: ChainResult | null;
  /** Null without `check`. */
  readonly signatures: SignatureResult | null;
  /** The last entry's place in the chain; 0 before the first. */
  readonly head: number;
}

/** The migration log of a database as runs. Reads only. */
export async function log(target: CommandTarget, input: LogInput): Promise<LogResult> {
  const { database } = target;
  const base = { name: database.name, engine: database.capabilities.engine };
  const nothing = (): LogResult => ({
    ...base,
    runs: pick(target, [], input),
    head: 0,
    ...judge(target, input, [], null),
  });
  try {
    return await withSession(target, false, async (session) => {
      const history = await readHistory(database, session);
      if (history.layout === null) return nothing();
      const journal = await readJournal(database, session);
      const { entries } = journal;
      const runs = pick(target, await withDeadRun(target, session, foldRuns(entries)), input);
      const { chain, signatures } = judge(target, input, entries, journal.head ?? history.head);
      const found = { ...base, runs, head: entries.length, chain, signatures };
      if (chain?.intact !== true) return found;
      return { ...found, chain: (await checkScripts(target, session, history, entries)) ?? chain };
    });
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return nothing();
  }
}

/** A run that was killed is not shown as running until the next one writes its end. */
async function withDeadRun(
  { database, host }: CommandTarget,
  session: Session,
  runs: readonly RunSummary[],
): Promise<readonly RunSummary[]> {
  if (runs.every(({ outcome }) => outcome !== 'running')) return runs;
  const dead = await readDeadRun(database, session, host);
  return runs.map((run) => (run.runId === dead ? { ...run, outcome: 'interrupted' } : run));
}

/** True when a check that was asked for found something, or could not find the signature it was to verify. */
export function isLogFinding({ chain, signatures }: LogResult): boolean {
  if (chain?.intact === false) return true;
  if (signatures === null) return false;
  return signatures.broken !== null || (signatures.key !== null && signatures.valid === 0);
}

function judge(
  target: CommandTarget,
  input: LogInput,
  entries: readonly StoredEntry[],
  head: History['head'],
): Pick<LogResult, 'chain' | 'signatures'> {
  if (input.check !== true) return { chain: null, signatures: null };
  const { files } = target;
  const text = (path: string): string => new TextDecoder().decode(files.read(path));
  const key = input.key === undefined ? null : readPublicKey(text(input.key), input.key);
  const apart = input.signature === undefined ? [] : [readSignature(text(input.signature), input.signature)];
  return { chain: checkChain(entries, head), signatures: checkSignatures(entries, key, apart) };
}

/** The texts stored with the applied versions against the hashes in the journal; null when they are the same. */
async function checkScripts(
  { database }: CommandTarget,
  session: Session,
  history: History,
  entries: readonly StoredEntry[],
): Promise<ChainResult | null> {
  const stored = storedReader(database, session);
  for (const applied of history.applied) {
    // Begun outside a transaction and not at its end: the journal tells of its scripts when it is.
    if (applied.state === 'failed') continue;
    const noted = entries.findLast(({ entry }) => entry.version === applied.version.text && entry.scriptsHash !== null);
    if (applied.scriptsHash !== (noted?.entry.scriptsHash ?? null)) {
      return {
        intact: false,
        seq: noted?.seq ?? 0,
        reason: `the scripts stored with ${applied.name} are not the ones the journal tells of`,
      };
    }
    try {
      await stored(applied);
    } catch (error) {
      if (!isSurefootError(error) || error.code !== 'journal-broken') throw error;
      return { intact: false, seq: noted?.seq ?? 0, reason: error.message };
    }
  }
  return null;
}

function pick(target: CommandTarget, runs: readonly RunSummary[], input: LogInput): readonly RunSummary[] {
  return chooseRuns(input.run === undefined ? runs : [runOf(target.database.name, runs, input.run)], input);
}
