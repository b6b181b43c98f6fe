import type { ObjectId } from '../../model/snapshot.ts';
import type { WithoutRows } from '../../model/proof.ts';
import type { Stand } from './stand.ts';

/**
 * What a proof does not cover. `empty`: tables without a row that the steps touch; a partition is none of them where
 * another one of the same table has rows. `reason`: why no table had rows; `refused`: why rows that could be made up were
 * left out. Null where nothing is missing.
 */
export function withoutRowsOf(
  stand: Stand,
  empty: readonly ObjectId[],
  reason: string | null,
  refused: string | null = null,
): WithoutRows | null {
  const tables = new Set<ObjectId>();
  for (const id of empty) {
    const root = rootOf(stand, id);
    if (root === id || !hasRows(stand, root)) tables.add(root);
  }
  return tables.size === 0 && reason === null ? null : { tables: [...tables].sort(), reason: reason ?? refused };
}

/** The first words of an error, and of a failed verification the first check that failed. */
export function shortly(detail: string): string {
  const [first = '', second = ''] = detail.split('\n');
  const head = first.split('; nothing was changed')[0] ?? '';
  return second.startsWith('  ') ? `${head}: ${second.trim()}` : head;
}

/** The table that a partition is part of at last; a table that is none is its own. */
export function rootOf(stand: Stand, id: ObjectId): ObjectId {
  const detail = stand.index.get(id)?.detail;
  const parent = detail?.type === 'table' ? (detail.partitionOf?.parent ?? null) : null;
  return parent === null ? id : rootOf(stand, parent);
}

/** Whether a table, or any of its partitions, has a row. */
export function hasRows(stand: Stand, id: ObjectId): boolean {
  if ((stand.digests.get(id)?.rows ?? 0) > 0) return true;
  return [...stand.index.partitions(id)].some((partition) => hasRows(stand, partition));
}
