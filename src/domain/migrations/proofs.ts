import { join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import type { Migration, MigrationSet, SourceRef } from '../../model/migration.ts';
import type { ProofChecksums, Proofs, ProofState, RecordedCommute, RecordedProof } from '../../model/proof.ts';
import type { Files } from '../../ports/files.ts';
import { checksumOf, checksumOfMany, sha256 } from './checksum.ts';
import { localImports } from './local-imports.ts';
import { normaliseFile } from './source.ts';

const NO_PROOFS: Proofs = { format: 1, versions: {}, commutes: [] };

/** Where the proofs of a database are kept: in its verify folder. */
export function proofsFile(verifyFolder: string): string {
  return join(verifyFolder, 'proofs.json');
}

/** The recorded proofs; none where there is no file. Throws `proofs-invalid`. */
export function readProofs(files: Files, path: string, database: string): Proofs {
  if (!files.exists(path)) return NO_PROOFS;
  const value = parseJson(files, path, database);
  if (!isProofs(value))
    throw new SurefootError({
      code: 'proofs-invalid',
      message: `${path} does not have the form that prove writes`,
      hint: `Bring back the committed file, or remove it and run surefoot prove ${database}`,
    });
  return value;
}

/** Ascending by version, and without anything that two equal proofs differ in. */
export function writeProofs(files: Files, path: string, proofs: Proofs): void {
  const versions = Object.entries(proofs.versions).sort(([a], [b]) => (orderOf(a) < orderOf(b) ? -1 : 1));
  files.write(path, `${JSON.stringify({ ...proofs, versions: Object.fromEntries(versions) }, null, 2)}\n`);
}

function orderOf(version: string): bigint {
  return BigInt(version.replaceAll('_', ''));
}

/** What is recorded of the migrations of one set; nothing is read before something is asked. */
export interface ProofBook {
  readonly proofs: Proofs;
  of(migration: Migration): ProofState;
  checksums(migration: Migration): ProofChecksums;
  /** The recorded proof that a migration gives the same ahead of another and after it; null without one that holds. */
  commute(migration: Migration, other: Migration): RecordedCommute | null;
}

/** `folder`: the verify folder of the database. */
export function openProofBook(files: Files, set: MigrationSet, folder: string, database: string): ProofBook {
  const known: { proofs?: Proofs; earlier?: ReadonlyMap<bigint, string> } = {};
  const proofs = (): Proofs => (known.proofs ??= readProofs(files, proofsFile(folder), database));
  const checksums = (migration: Migration): ProofChecksums => ({
    migration: migration.checksum,
    rollback: migration.rollback === null ? null : checksumOfSource(files, migration.rollback),
    verify: migration.verify === null ? null : checksumOfSource(files, migration.verify),
    earlier: (known.earlier ??= hashesOfEarlier(set)).get(migration.version.order) ?? '',
  });
  return {
    get proofs() {
      return proofs();
    },
    of: (migration) => {
      const proof = proofs().versions[migration.version.text];
      if (proof === undefined) return { state: 'missing', proof: null, reason: null };
      return stateOf(proof, checksums(migration));
    },
    checksums,
    commute: (migration, other) =>
      proofs().commutes.find(
        ({ versions, checksums: [own, others] }) =>
          versions[0] === migration.version.text &&
          versions[1] === other.version.text &&
          own === migration.checksum &&
          others === other.checksum,
      ) ?? null,
  };
}

/** For each version a hash of the migrations before it. */
function hashesOfEarlier(set: MigrationSet): ReadonlyMap<bigint, string> {
  const found = new Map<bigint, string>();
  let earlier = sha256('');
  for (const { version, checksum } of set.migrations) {
    found.set(version.order, earlier);
    earlier = sha256(`${earlier} ${version.order.toString()} ${checksum}`);
  }
  return found;
}

/** Whether a recorded proof is one of the files as they are. */
function stateOf(proof: RecordedProof, now: ProofChecksums): ProofState {
  const { checksums } = proof;
  const changed = [
    checksums.migration === now.migration ? null : 'the migration',
    checksums.rollback === now.rollback ? null : 'its rollback',
    checksums.verify === now.verify ? null : 'its verify script',
    checksums.earlier === now.earlier ? null : 'an earlier migration',
  ].filter((what) => what !== null);
  if (changed.length === 0) return { state: 'valid', proof, reason: null };
  return { state: 'stale', proof, reason: `${changed.join(' and ')} changed since it was proven` };
}

function checksumOfSource(files: Files, source: SourceRef): string {
  const text = normaliseFile(files, source.path);
  return source.kind === 'ts' ? checksumOfMany(text, localImports(files, source.path, text).files) : checksumOf(text);
}

function parseJson(files: Files, path: string, database: string): unknown {
  try {
    return JSON.parse(normaliseFile(files, path));
  } catch (error) {
    throw new SurefootError({
      code: 'proofs-invalid',
      message: `${path} is no JSON`,
      hint: `Bring back the committed file, or remove it and run surefoot prove ${database}`,
      cause: error,
    });
  }
}

function isProofs(value: unknown): value is Proofs {
  if (typeof value !== 'object' || value === null) return false;
  const { format, versions, commutes }: { format?: unknown; versions?: unknown; commutes?: unknown } = value;
  return format === 1 && isRecord(versions) && Object.values(versions).every(isProof) && Array.isArray(commutes);
}

function isProof(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['result'] === 'string' &&
    Array.isArray(value['differences']) &&
    isRecord(value['checksums']) &&
    isRecord(value['servers'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
