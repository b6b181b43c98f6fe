import type { Engine } from '../model/engine.ts';
import { isFinding, type ProofResult, type WithoutRows } from '../model/proof.ts';
import { openProofBook } from '../domain/migrations/index.ts';
import { loadSet, type CommandTarget } from './parts/target.ts';
import { versionOf } from './parts/version-of.ts';

export interface CheckProofsInput {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Major versions on which a proof is wanted. */
  readonly majors?: readonly number[] | undefined;
}

export interface CheckedProof {
  readonly name: string;
  readonly state: 'valid' | 'stale' | 'missing';
  readonly result: ProofResult | null;
  /** Why it is not good enough; null where it is. */
  readonly reason: string | null;
  /** What a valid proof does not cover. */
  readonly withoutRows: WithoutRows | null;
}

export interface ProofCheckResult {
  readonly name: string;
  readonly engine: Engine;
  readonly versions: Readonly<Record<string, CheckedProof>>;
  readonly findings: number;
}

/** Compares the recorded proofs with the files as they are. Connects to nothing and starts nothing. */
export function checkProofs(target: CommandTarget, input: CheckProofsInput): ProofCheckResult {
  const set = loadSet(target);
  const book = openProofBook(target.files, set, target.folders.verify, target.database.name);
  const from = input.from === undefined ? null : versionOf(target.database.name, input.from, set);
  const to = input.to === undefined ? null : versionOf(target.database.name, input.to, set);
  const versions: Record<string, CheckedProof> = {};
  for (const migration of set.migrations) {
    const { version, name } = migration;
    if ((from !== null && version.order < from.order) || (to !== null && version.order > to.order)) continue;
    const { state, proof, reason } = book.of(migration);
    const absent = (input.majors ?? []).map(String).filter((major) => proof?.servers[major] === undefined);
    const result = proof?.result ?? null;
    versions[version.text] = {
      name,
      state,
      result,
      withoutRows: (state === 'valid' ? proof?.withoutRows : null) ?? null,
      reason:
        state === 'missing'
          ? 'it has no proof'
          : state === 'stale'
            ? reason
            : result !== null && isFinding(result)
              ? `its rollback does not restore what was there (${result})`
              : absent.length > 0
                ? `it was not proven on version ${absent.join(' and ')}`
                : null,
    };
  }
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    versions,
    findings: Object.values(versions).filter(({ reason }) => reason !== null).length,
  };
}
