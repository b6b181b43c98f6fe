import type { AppliedMigration, History } from '../../model/history.ts';
import type { Migration, MigrationSet } from '../../model/migration.ts';
import type { MigrationState, MigrationStatus } from '../../model/plan.ts';

/** A version as the files, the history, or both know it. */
export interface VersionState {
  readonly order: bigint;
  readonly state: MigrationState;
  readonly migration: Migration | null;
  readonly applied: AppliedMigration | null;
}

/** The fold of files and history: one state per version, ascending. */
export function foldStates(set: MigrationSet, history: History): readonly VersionState[] {
  const byOrder = new Map<bigint, { migration: Migration | null; applied: AppliedMigration | null }>();
  for (const migration of set.migrations) byOrder.set(migration.version.order, { migration, applied: null });
  let highest = -1n;
  for (const applied of history.applied) {
    const { order } = applied.version;
    if (applied.state === 'applied' && order > highest) highest = order;
    byOrder.set(order, { migration: byOrder.get(order)?.migration ?? null, applied });
  }
  return [...byOrder]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([order, { migration, applied }]) => ({
      order,
      migration,
      applied,
      state: stateOf(order, migration, applied, highest),
    }));
}

function stateOf(
  order: bigint,
  migration: Migration | null,
  applied: AppliedMigration | null,
  highest: bigint,
): MigrationState {
  if (applied === null) return order < highest ? 'out of order' : 'pending';
  if (applied.state === 'failed') return 'failed';
  if (migration === null) return 'missing';
  return migration.checksum === applied.checksum || applied.kind === 'baseline' ? 'applied' : 'modified';
}

/** The versions whose migrations may have noted something when they were applied: only TypeScript can. */
export function versionsWithNotes(states: readonly VersionState[]): readonly string[] {
  return states.flatMap(({ migration, applied }) =>
    applied !== null && applied.kind === 'migration' && migration?.up.kind === 'ts' ? [applied.version.text] : [],
  );
}

/** What `status` tells of a version. */
export function statusOf(
  { state, migration, applied }: VersionState,
  notes: ReadonlyMap<string, readonly string[]>,
): MigrationStatus {
  return {
    version: migration?.version.text ?? applied?.version.text ?? '',
    name: migration?.name ?? applied?.name ?? '',
    state,
    appliedAt: applied?.appliedAt ?? null,
    checksum: migration?.checksum ?? applied?.checksum ?? '',
    baseline: applied?.kind === 'baseline',
    irreversible: applied?.irreversible != null,
    verification: migration === null || migration.verify !== null ? 'present' : 'absent',
    notes: notes.get(applied?.version.text ?? '') ?? [],
  };
}
