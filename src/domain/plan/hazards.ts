import type { Direction } from '../../model/engine.ts';
import type { Script } from '../../model/migration.ts';
import type { Hazard, HazardName } from '../../model/plan.ts';
import { isFinding, type ProofState } from '../../model/proof.ts';
import type { StatementFacts } from '../../model/statement.ts';

/** The dangers of one step, told from its text. What a TypeScript step does can't be told. */
export function hazardsOf(
  script: Script,
  facts: readonly StatementFacts[],
  direction: Direction,
  proof: ProofState,
): readonly Hazard[] {
  const hazards: Hazard[] = [];
  const allowed = new Map(script.directives.allow.map(({ rule, reason }) => [rule, reason]));
  const add = (hazard: HazardName, message: string, line: number | null): void => {
    hazards.push({ hazard, message, file: script.source.shown, line, allowed: allowed.get(hazard) ?? null });
  };
  const made = new Set<string>();
  for (const [index, fact] of facts.entries()) {
    const line = script.statements[index]?.start.line ?? null;
    const dropped = fact.dropsData.filter((name) => !made.has(bareName(name)));
    if (dropped.length > 0) add('drops-data', `${fact.kind} destroys data of ${dropped.join(', ')}`, line);
    const locked = fact.locksTables.filter((name) => !made.has(bareName(name)));
    if (locked.length > 0) add('locks-existing-table', `${fact.kind} locks ${locked.join(', ')}`, line);
    for (const name of fact.createsTables) made.add(bareName(name));
  }
  if (script.directives.transaction === 'none')
    add('not-transactional', 'runs outside a transaction: a failure leaves its first statements in place', null);
  if (direction === 'up' && script.directives.irreversible !== null)
    add('irreversible', script.directives.irreversible, null);
  const unproven = whyUnproven(proof);
  if (unproven !== null) add('unproven', unproven, null);
  return hazards;
}

/** Null where a valid proof says that the rollback restores what was there, or that there is none on purpose. */
function whyUnproven({ state, proof, reason }: ProofState): string | null {
  if (proof === null || state === 'missing') return 'no proof says that the rollback restores schema and data';
  if (state === 'stale') return `its proof does not hold any more: ${reason ?? ''}`;
  return isFinding(proof.result) ? `it was proven that the rollback does not restore: ${proof.result}` : null;
}

/** A name for comparing with others of the same file: without quotes and the usual schema. */
export function bareName(name: string): string {
  return name.replaceAll('"', '').replace(/^public\./u, '');
}
