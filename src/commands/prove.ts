import { join } from 'node:path';
import { proofsFile, writeProofs } from '../domain/migrations/index.ts';
import {
  copyLoad,
  proveOnServer,
  sampleLoads,
  type Load,
  type MovedPosition,
  type ServerProofs,
  type UnfilledTable,
  type VersionProof,
} from '../domain/prove/index.ts';
import type { RunParts } from '../domain/run/index.ts';
import type { Engine } from '../model/engine.ts';
import type { Migration } from '../model/migration.ts';
import {
  isFinding,
  worstResult,
  type ProofDifference,
  type ProofResult,
  type Proofs,
  type RecordedProof,
  type WithoutRows,
} from '../model/proof.ts';
import { chooseMigrations, type ProofSelection } from './parts/choose-proofs.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

export interface ProveInput extends ProofSelection {
  /** Major versions of the servers to prove on; the target's own when left out. */
  readonly majors?: readonly number[] | undefined;
  /** Name or URL of a database whose rows fill the shadow from its version on, in place of the sample data. */
  readonly fromCopy?: string | undefined;
}

/** A proof as it is recorded, with what is only of interest now. Durations in milliseconds. */
export interface ProvenVersion extends RecordedProof {
  readonly name: string;
  readonly notes: readonly string[];
  /** Counters that its rollback leaves elsewhere; never a difference. */
  readonly positions: readonly MovedPosition[];
  readonly durationMs: number;
}

export interface ProveResult {
  readonly name: string;
  readonly engine: Engine;
  /** Major versions that were proven on. */
  readonly servers: readonly string[];
  readonly versions: Readonly<Record<string, ProvenVersion>>;
  /** Tables for which no row could be made, so that nothing is proven of their data. */
  readonly unfilled: readonly UnfilledTable[];
  readonly findings: number;
  /** Where the proofs were written, from the project folder; null when nothing was judged. */
  readonly file: string | null;
  readonly durationMs: number;
}

/** Proves migrations on shadows and records the proofs. */
export async function prove(target: CommandTarget, input: ProveInput): Promise<ProveResult> {
  const set = loadSet(target);
  const parts = runParts(target, set, 'prove');
  const start = target.clock.monotonic();
  const chosen = new Set(await chooseMigrations(target, parts, input, (input.majors ?? []).map(String)));
  const loads = chosen.size === 0 ? [] : await loadsOf(target, parts, input.fromCopy);
  const found: ServerProofs[] = [];
  if (chosen.size > 0)
    for (const major of input.majors ?? [undefined]) {
      const wanted = (migration: Migration): boolean => chosen.has(migration);
      found.push(await proveOnServer({ run: parts, shadow: target.shadow, major, wanted, loads }));
    }
  const versions: Record<string, ProvenVersion> = {};
  for (const migration of chosen) {
    const proof = joined(parts, migration, found);
    if (proof !== null) versions[migration.version.text] = proof;
  }
  const file = chosen.size === 0 ? null : record(target, parts, versions);
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    servers: found.map(({ server }) => server),
    versions,
    unfilled: found[0]?.unfilled ?? [],
    findings: Object.values(versions).filter(({ result }) => isFinding(result)).length,
    file,
    durationMs: target.clock.monotonic() - start,
  };
}

/** The rows that fill a shadow from their versions on, in place of those made up. */
export async function loadsOf(
  target: CommandTarget,
  parts: RunParts,
  fromCopy: string | undefined,
): Promise<readonly Load[]> {
  return fromCopy === undefined
    ? sampleLoads(parts, join(target.folders.root, 'samples'))
    : [await copyLoad(parts, await target.other(fromCopy))];
}

/** One proof of what several servers gave. Results on servers that were not asked now are kept, as long as they hold. */
function joined(parts: RunParts, migration: Migration, found: readonly ServerProofs[]): ProvenVersion | null {
  const version = migration.version.text;
  const made = found.flatMap((each): [string, VersionProof][] => {
    const proof = each.versions.find((one) => one.version === version);
    return proof === undefined ? [] : [[each.server, proof]];
  });
  if (made.length === 0) return null;
  const known = parts.proofs.of(migration);
  const servers: Record<string, ProofResult> = known.state === 'valid' ? { ...known.proof?.servers } : {};
  for (const [server, proof] of made) servers[server] = proof.result;
  const asked = new Set(made.map(([server]) => server));
  const othersKept = Object.keys(servers).some((server) => !asked.has(server));
  const kept = othersKept ? (known.proof?.differences ?? []) : [];
  return {
    name: migration.name,
    result: worstResult(Object.values(servers)),
    differences: distinct([...made.flatMap(([, proof]) => proof.differences), ...kept]),
    checksums: parts.proofs.checksums(migration),
    engine: parts.database.capabilities.engine,
    servers,
    toolVersion: parts.host.toolVersion,
    ...withoutRowsOf(
      [...made.map(([, proof]) => proof.withoutRows), othersKept ? known.proof?.withoutRows : null].filter(
        (each) => each != null,
      ),
    ),
    positions: made[0]?.[1].positions ?? [],
    notes: [...new Set(made.flatMap(([, proof]) => proof.notes))],
    durationMs: made.reduce((sum, [, proof]) => sum + proof.durationMs, 0),
  };
}

/** What any of the servers had no rows for. */
function withoutRowsOf(found: readonly WithoutRows[]): { readonly withoutRows?: WithoutRows } {
  if (found.length === 0) return {};
  const tables = [...new Set(found.flatMap((each) => each.tables))].sort();
  return { withoutRows: { tables, reason: found.find(({ reason }) => reason !== null)?.reason ?? null } };
}

/** The same difference on several servers is told once. */
function distinct(differences: readonly ProofDifference[]): readonly ProofDifference[] {
  const known = new Map(differences.map((each) => [`${each.phase} ${each.kind} ${each.object}`, each]));
  return [...known.values()];
}

function record(target: CommandTarget, parts: RunParts, versions: Readonly<Record<string, ProvenVersion>>): string {
  const path = proofsFile(target.folders.verify);
  const known = new Set(parts.set.migrations.map((migration) => migration.version.text));
  const kept = Object.entries(parts.proofs.proofs.versions).filter(([version]) => known.has(version));
  const added = Object.entries(versions).map(([version, proof]): [string, RecordedProof] => [version, recorded(proof)]);
  const proofs: Proofs = { ...parts.proofs.proofs, versions: Object.fromEntries([...kept, ...added]) };
  writeProofs(target.files, path, proofs);
  return path.startsWith(target.folders.root) ? path.slice(join(target.folders.root, '/').length) : path;
}

/** Without the text of definitions, and without rows: the file is committed, and they may be somebody's data. */
function recorded(proof: ProvenVersion): RecordedProof {
  const { result, differences, checksums, engine, servers, toolVersion, withoutRows } = proof;
  const short = differences.map((each) => ({ ...each, detail: each.detail.split('\n')[0] ?? '' }));
  return {
    result,
    differences: short,
    checksums,
    engine,
    servers,
    toolVersion,
    ...(withoutRows === undefined ? {} : { withoutRows }),
  };
}
