import type { Engine } from './engine.ts';

/** Results of a proof, the best first. `irreversible` is no finding. */
export const PROOF_RESULTS = ['proven', 'equivalent', 'irreversible', 'differs', 'lossy', 'failed'] as const;
export type ProofResult = (typeof PROOF_RESULTS)[number];

/**
 * What a difference is. `added`, `removed`, `changed`: of an object of the schema. `column-order`, `system-names`,
 * `whitespace`: nothing but layout. `rows`: contents of a table. `not-reproducible`: the migration itself gives
 * something else each time. `failed`: a step could not be run.
 */
export type DifferenceKind =
  | 'added'
  | 'removed'
  | 'changed'
  | 'column-order'
  | 'system-names'
  | 'whitespace'
  | 'rows'
  | 'not-reproducible'
  | 'failed';

/** When it showed: applying, after taking back, after applying again, or in the walk down from the last version. */
export type ProofPhase = 'up' | 'down' | 'up-again' | 'chain';

export interface ProofDifference {
  /** Id of the object, as a snapshot names it; the file for a step that failed. */
  readonly object: string;
  readonly kind: DifferenceKind;
  readonly phase: ProofPhase;
  /** For people; of `rows` with up to five rows that differ. */
  readonly detail: string;
}

/** Checksums of the files a proof is about; `earlier` is a hash of all earlier migrations. */
export interface ProofChecksums {
  readonly migration: string;
  readonly rollback: string | null;
  readonly verify: string | null;
  readonly earlier: string;
}

/** What a proof does not cover: without rows nothing is shown of data. */
export interface WithoutRows {
  /** Tables the migration or its rollback writes to or alters, in which there was no row. */
  readonly tables: readonly string[];
  /** Why they were empty, and without tables why all were; null where no row could be made. */
  readonly reason: string | null;
}

/** `without rows in …`, with the reason where there is one. */
export function describeWithoutRows({ tables, reason }: WithoutRows): string {
  const where = reason === null ? '' : ` (${reason})`;
  return tables.length === 0 ? `on empty tables${where}` : `without rows in ${tables.join(', ')}${where}`;
}

/** The recorded proof of one version. `servers`: the result on each major version it was made on. */
export interface RecordedProof {
  readonly result: ProofResult;
  readonly differences: readonly ProofDifference[];
  readonly checksums: ProofChecksums;
  readonly engine: Engine;
  readonly servers: Readonly<Record<string, ProofResult>>;
  readonly toolVersion: string;
  /** Absent where there were rows in all it touches. */
  readonly withoutRows?: WithoutRows | undefined;
}

/** A recorded proof that two versions can be applied in either order. Checksums as of their migration files. */
export interface RecordedCommute {
  readonly versions: readonly [string, string];
  readonly checksums: readonly [string, string];
  readonly engine: Engine;
  readonly servers: readonly string[];
}

/** `verify/<database>/proofs.json`. */
export interface Proofs {
  readonly format: 1;
  readonly versions: Readonly<Record<string, RecordedProof>>;
  readonly commutes: readonly RecordedCommute[];
}

/** What the recorded proofs say of a version as its files are now. `stale`: made of other files. */
export interface ProofState {
  readonly state: 'valid' | 'stale' | 'missing';
  readonly proof: RecordedProof | null;
  /** What changed since, for people; null unless stale. */
  readonly reason: string | null;
}

export function worstResult(results: readonly ProofResult[]): ProofResult {
  const worst = Math.max(0, ...results.map((result) => PROOF_RESULTS.indexOf(result)));
  return PROOF_RESULTS[worst] ?? 'failed';
}

/** Results that make `prove` end with a finding. */
export function isFinding(result: ProofResult): boolean {
  return result === 'differs' || result === 'lossy' || result === 'failed';
}
