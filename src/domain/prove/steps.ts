import { isSurefootError, type SurefootError } from '../../model/errors.ts';
import { IN_PLACE, type AppliedMigration } from '../../model/history.ts';
import type { Migration } from '../../model/migration.ts';
import { prepareSteps, type PreparedStep, type PrepareParts } from '../plan/index.ts';
import type { RunParts } from '../run/index.ts';

/** The two steps of a migration, ready to run; or why there are none. */
export type ProvableSteps =
  | { readonly up: PreparedStep; readonly down: PreparedStep | null; readonly irreversible: string | null }
  | { readonly problem: SurefootError };

/** Reads and examines the scripts of one migration. */
export async function stepsOf(parts: RunParts, migration: Migration): Promise<ProvableSteps> {
  const prepare: PrepareParts = {
    database: parts.database,
    reading: { files: parts.files, loader: parts.loader, engine: parts.database.capabilities.engine },
    history: { layout: null, applied: [], head: null },
    defaults: { lockTimeoutMs: null, statementTimeoutMs: null },
    stored: async () => Promise.resolve(null),
    requireVerification: false,
    proofOf: () => ({ state: 'missing', proof: null, reason: null }),
  };
  const target = { version: migration.version, name: migration.name, migration };
  try {
    const [up] = (await prepareSteps(prepare, [{ ...target, direction: 'up', applied: null }])).steps;
    if (up === undefined) throw new RangeError('a migration without a step');
    const { irreversible } = up.script.directives;
    if (irreversible !== null) return { up, down: null, irreversible };
    const applied = appliedFor(parts, migration, up);
    const [down] = (await prepareSteps(prepare, [{ ...target, direction: 'down', applied }])).steps;
    return { up, down: down ?? null, irreversible: null };
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    return { problem: error };
  }
}

/** The history row a step down starts from. */
function appliedFor(parts: RunParts, migration: Migration, up: PreparedStep): AppliedMigration {
  return {
    version: migration.version,
    name: migration.name,
    kind: 'migration',
    ...IN_PLACE,
    checksum: migration.checksum,
    appliedAt: parts.clock.now().toISOString(),
    durationMs: 0,
    operator: parts.host.operator,
    runId: '',
    toolVersion: parts.host.toolVersion,
    irreversible: null,
    needsFile: up.needsFile,
    scriptsHash: null,
  };
}
