import type { DifferenceKind, ProofDifference, ProofPhase, ProofResult } from '../../model/proof.ts';
import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import { unifiedDiff } from '../verification/index.ts';
import type { Change } from './delta.ts';

const LAYOUT: ReadonlySet<DifferenceKind> = new Set(['column-order', 'system-names', 'whitespace']);

/** What differs, object by object, ascending by id. */
export async function schemaDifferences(
  objects: ReadonlyMap<ObjectId, Change<SchemaObject>>,
  phase: ProofPhase,
): Promise<readonly ProofDifference[]> {
  const found: ProofDifference[] = [];
  for (const [object, { before, after }] of [...objects].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
    found.push({ object, kind, phase, detail: await detailOf(before, after) });
  }
  return found;
}

async function detailOf(before: SchemaObject | null, after: SchemaObject | null): Promise<string> {
  if (before === null || after === null) return (before ?? after)?.definition.trim() ?? '';
  return unifiedDiff(before.definition, after.definition, ['before', 'after']);
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
