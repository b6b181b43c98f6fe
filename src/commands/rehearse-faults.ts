import { rehearseSet, type Rehearsal } from '../domain/prove/index.ts';
import type { Engine } from '../model/engine.ts';
import { loadsOf } from './prove.ts';
import { chooseMigrations, type ProofSelection } from './parts/choose-proofs.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';

export interface RehearseInput extends ProofSelection {
  readonly major?: number | undefined;
  /** As for `prove`. */
  readonly fromCopy?: string | undefined;
}

export interface RehearseResult {
  readonly name: string;
  readonly engine: Engine;
  readonly server: string | null;
  readonly rehearsals: readonly Rehearsal[];
  /** Rehearsals that ended in a third state. */
  readonly findings: number;
  readonly durationMs: number;
}

/** Rehearses crashes of the user's own migrations on shadows: every statement boundary, every fault, then a run again. */
export async function rehearseFaults(target: CommandTarget, input: RehearseInput): Promise<RehearseResult> {
  const parts = runParts(target, loadSet(target), 'prove');
  const start = target.clock.monotonic();
  const every = input.pending !== true && input.changedSince === undefined;
  const chosen = new Set(await chooseMigrations(target, parts, { ...input, every }, []));
  const { server, rehearsals } =
    chosen.size === 0
      ? { server: null, rehearsals: [] }
      : await rehearseSet({
          run: parts,
          shadow: target.shadow,
          major: input.major,
          loads: await loadsOf(target, parts, input.fromCopy),
          wanted: (migration) => chosen.has(migration),
        });
  return {
    name: target.database.name,
    engine: target.database.capabilities.engine,
    server,
    rehearsals,
    findings: rehearsals.filter(isThird).length,
    durationMs: target.clock.monotonic() - start,
  };
}

function isThird({ end }: Rehearsal): boolean {
  return end === 'third';
}
