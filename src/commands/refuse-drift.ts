import { isAbsentDatabase } from '../domain/run/index.ts';
import { SurefootError } from '../model/errors.ts';
import type { MigrationSet } from '../model/migration.ts';
import { runParts, type CommandTarget } from './target.ts';

const SHOWN = 10;

/** Throws `drift-refused` where the schema is not what history implies; a database that is not there yet can not drift. */
export async function refuseDrift(target: CommandTarget, set: MigrationSet): Promise<void> {
  const { findDrift } = await import('../domain/schema/index.ts');
  const { shadow, schemaScope: scope, database } = target;
  try {
    const { differences } = await findDrift(runParts(target, set, 'drift'), { shadow, scope });
    if (differences.length === 0) return;
    const shown = differences.slice(0, SHOWN).map(({ kind, object }) => `  ${kind} ${object}`);
    const more = differences.length > SHOWN ? [`  and ${String(differences.length - SHOWN)} more`] : [];
    throw new SurefootError({
      code: 'drift-refused',
      message: `the schema of ${database.name} is not what its history implies; nothing was changed:\n${[...shown, ...more].join('\n')}`,
      hint: `See surefoot drift ${database.name}; undo the change, or write it as a migration.`,
      context: { differences: differences.map(({ kind, object }) => ({ kind, object })) },
    });
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
  }
}
