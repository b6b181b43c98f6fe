import type { Engine } from '../../model/engine.ts';
import type { Migration } from '../../model/migration.ts';
import { isFinding, worstResult } from '../../model/proof.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { loadVerify, problemsError } from '../migrations/index.ts';
import type { RunParts } from '../run/index.ts';
import { holdsOn, type BoundScript } from '../verification/index.ts';
import { walkDown, type ChainResult } from './chain.ts';
import { resultOf } from './compare.ts';
import { createLine } from './line.ts';
import { walkUp, type VersionProof } from './walk.ts';
import type { Load, UnfilledTable } from './walk-state.ts';

export interface ProveRequest {
  readonly run: RunParts;
  readonly shadow: Shadow;
  /** Major version of the shadow's server; the target's own when left out. */
  readonly major?: number | undefined;
  readonly wanted: (migration: Migration) => boolean;
  readonly loads: readonly Load[];
}

/** The proofs of one set on one server version. */
export interface ServerProofs {
  readonly engine: Engine;
  readonly server: string;
  readonly versions: readonly VersionProof[];
  readonly unfilled: readonly UnfilledTable[];
  /** The lowest version that the walk down reached; null where it did not begin. */
  readonly walkedDownTo: string | null;
  readonly durationMs: number;
}

/** Proves migrations on shadows: each alone from its true starting state, then all of them down from the last one. */
export async function proveOnServer(request: ProveRequest): Promise<ServerProofs> {
  const { run, wanted } = request;
  const start = run.clock.monotonic();
  const last = run.set.migrations.findLastIndex(wanted);
  const migrations = run.set.migrations.slice(0, last + 1);
  const standing = standingScripts(run, migrations);
  return request.shadow.withStage({ major: request.major }, async (stage) => {
    const line = await createLine(stage);
    const versions: VersionProof[] = [];
    const total = migrations.filter(wanted).length;
    const parts = {
      run,
      stage,
      standing,
      migrations,
      wanted,
      loads: request.loads,
      onProof: (proof: VersionProof) => {
        versions.push(proof);
        run.progress.report({
          type: 'progress',
          database: run.database.name,
          name: `proving on ${stage.server}`,
          done: versions.length,
          total,
          unit: 'migrations',
        });
      },
    };
    const walked = await walkUp(parts, line);
    const first = migrations.find(wanted)?.version.order ?? 0n;
    if (!walked.steady) {
      await walked.stand.close();
      await stage.drop(walked.stand.runner.shadow);
    }
    const chain = await walkDown(parts, line, walked, first);
    return {
      engine: run.database.capabilities.engine,
      server: stage.server,
      versions: withChain(versions, chain.results, chain.notes),
      unfilled: walked.unfilled,
      walkedDownTo: chain.results.at(-1)?.version ?? null,
      durationMs: run.clock.monotonic() - start,
    };
  });
}

/** What went wrong in the walk down counts where the step alone, and all above it, restored what was there. */
function withChain(
  versions: readonly VersionProof[],
  chain: readonly ChainResult[],
  notes: ReadonlyMap<string, string>,
): readonly VersionProof[] {
  const found = new Map(chain.map(({ version, differences }) => [version, differences]));
  let clean = true;
  const joined = versions.toReversed().map((made): VersionProof => {
    const note = notes.get(made.version);
    const proof = note === undefined ? made : { ...made, notes: [...made.notes, note] };
    const differences = (found.get(proof.version) ?? []).filter(
      ({ object, kind }) => !proof.differences.some((each) => each.object === object && each.kind === kind),
    );
    if (isFinding(proof.result)) clean = false;
    if (differences.length === 0 || isFinding(proof.result)) return proof;
    const result = resultOf(differences);
    if (!clean) {
      const alone = `taken back after the versions above it, whose rollbacks do not restore, it ${result === 'failed' ? 'fails' : 'does not restore either'}; alone it does`;
      return { ...proof, notes: [...proof.notes, alone] };
    }
    if (isFinding(result)) clean = false;
    return {
      ...proof,
      result: worstResult([proof.result, result]),
      differences: [...proof.differences, ...differences],
    };
  });
  return joined.toReversed();
}

/** The verify scripts whose checks later steps make too, and the invariants. */
function standingScripts(run: RunParts, migrations: readonly Migration[]): readonly BoundScript[] {
  const engine = run.database.capabilities.engine;
  const scripts: BoundScript[] = [];
  for (const { verify, version } of migrations) {
    const loaded = verify === null ? null : loadVerify({ files: run.files, engine }, verify);
    if (loaded?.value != null) scripts.push({ version: version.text, order: version.order, script: loaded.value });
  }
  if (run.set.invariants !== null) {
    const loaded = loadVerify({ files: run.files, engine }, run.set.invariants);
    if (loaded.problems.length > 0) throw problemsError(loaded.problems);
    if (loaded.value !== null) scripts.push({ version: null, order: -1n, script: loaded.value });
  }
  return scripts.filter(holdsOn);
}
