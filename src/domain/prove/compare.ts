import type { Engine } from '../../model/engine.ts';
import type { DifferenceKind, ProofDifference, ProofPhase, ProofResult } from '../../model/proof.ts';
import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import { diffObjects } from '../schema/index.ts';
import type { Change } from './delta.ts';

const LAYOUT: ReadonlySet<DifferenceKind> = new Set(['column-order', 'system-names', 'whitespace']);

/** What differs, object by object, ascending by id; of layout each kind by itself. */
export async function schemaDifferences(
  engine: Engine,
  objects: ReadonlyMap<ObjectId, Change<SchemaObject>>,
  phase: ProofPhase,
): Promise<readonly ProofDifference[]> {
  if (objects.size === 0) return [];
  const side = (which: keyof Change<SchemaObject>): SchemaObject[] =>
    [...objects.values()].flatMap((change) => change[which] ?? []);
  const { differences } = await diffObjects(engine, side('before'), side('after'), { names: ['before', 'after'] });
  return differences.flatMap(({ object, kind, detail, diff, layout }) => {
    const kinds: readonly DifferenceKind[] = layout.length === 0 ? [kind] : layout;
    return kinds.map((each): ProofDifference => ({ object, kind: each, phase, detail: `${detail}\n${diff}` }));
  });
}

export function isLayout({ kind }: ProofDifference): boolean {
  return LAYOUT.has(kind);
}

/** The result that differences stand for: layout alone is equivalent, data outranks the schema. */
export function resultOf(differences: readonly ProofDifference[]): ProofResult {
  if (differences.some(({ kind }) => kind === 'failed')) return 'failed';
  if (differences.some(({ kind }) => kind === 'rows')) return 'lossy';
  if (!differences.every(isLayout)) return 'differs';
  return differences.length === 0 ? 'proven' : 'equivalent';
}
