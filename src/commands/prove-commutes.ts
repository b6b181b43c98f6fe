import { readHistory } from '../domain/journal/index.ts';
import { proofsFile, writeProofs } from '../domain/migrations/index.ts';
import { foldStates } from '../domain/plan/index.ts';
import { proveCommutes as runBothOrders, type CommuteResult } from '../domain/prove/index.ts';
import { withSession, type RunParts } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import type { Migration } from '../model/migration.ts';
import type { RecordedCommute } from '../model/proof.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

export interface CommutesInput {
  readonly major?: number | undefined;
}

/** A pending migration and an applied one above it. */
export interface ProvenPair {
  readonly pending: string;
  readonly applied: string;
  /** What the order changes; empty where it does not matter. */
  readonly differences: readonly string[];
}

export interface CommutesResult {
  readonly name: string;
  readonly engine: Engine;
  readonly server: string | null;
  readonly pairs: readonly ProvenPair[];
  readonly findings: number;
  readonly durationMs: number;
}

/** Runs migrations that come late in both orders with those applied above them, and records the pairs that commute. */
export async function proveCommutes(target: CommandTarget, input: CommutesInput): Promise<CommutesResult> {
  const set = loadSet(target);
  const parts = runParts(target, set, 'prove');
  const start = target.clock.monotonic();
  const history = await withSession(target, false, async (session) => readHistory(target.database, session));
  const states = foldStates(set, history);
  const having = (wanted: readonly string[]): Migration[] =>
    states.flatMap(({ state, migration }) => (migration !== null && wanted.includes(state) ? [migration] : []));
  const pending = having(['out of order']);
  const { server, pairs } =
    pending.length === 0
      ? { server: null, pairs: [] }
      : await runBothOrders({
          run: parts,
          shadow: target.shadow,
          major: input.major,
          applied: having(['applied', 'modified']),
          pending,
        });
  if (server !== null) record(target, parts, server, pairs);
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    server,
    pairs: pairs.map((pair) => ({ ...pair, pending: pair.pending.name, applied: pair.applied.name })),
    findings: pairs.filter(({ differences }) => differences.length > 0).length,
    durationMs: target.clock.monotonic() - start,
  };
}

function record(target: CommandTarget, parts: RunParts, server: string, pairs: readonly CommuteResult[]): void {
  const { proofs } = parts.proofs;
  const keyOf = (versions: readonly [string, string]): string => versions.join(' ');
  const kept = new Map(proofs.commutes.map((each) => [keyOf(each.versions), each]));
  for (const { pending, applied, differences } of pairs) {
    const versions = [pending.version.text, applied.version.text] as const;
    const known = parts.proofs.commute(pending, applied);
    if (differences.length > 0) kept.delete(keyOf(versions));
    else
      kept.set(keyOf(versions), {
        versions,
        checksums: [pending.checksum, applied.checksum],
        engine: parts.database.capabilities.engine,
        servers: [...new Set([...(known?.servers ?? []), server])].sort(),
      } satisfies RecordedCommute);
  }
  writeProofs(target.files, proofsFile(target.folders.verify), { ...proofs, commutes: [...kept.values()] });
}
