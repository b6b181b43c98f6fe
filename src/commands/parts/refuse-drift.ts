import { isAbsentDatabase } from '../../domain/run/index.ts';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { MigrationSet } from '../../model/migration.ts';
import type { Session } from '../../ports/session.ts';
import { runParts, type CommandTarget } from './target.ts';

const SHOWN = 10;

/**
 * Throws `drift-refused` where the schema is not what history implies; a database that is not there yet can not drift,
 * and one with a step that stopped midway is what nobody can say before that step went on. `session`: one that is open
 * and in no transaction, as under the lock.
 */
export async function refuseDrift(target: CommandTarget, set: MigrationSet, session: Session | null): Promise<void> {
  const { findDrift, findDriftOn } = await import('../../domain/schema/index.ts');
  const { shadow, schemaScope: scope, database } = target;
  const parts = runParts(target, set, 'drift');
  try {
    const options = { shadow, scope };
    const { differences } = await (session === null ? findDrift(parts, options) : findDriftOn(parts, session, options));
    if (differences.length === 0) return;
    const shown = differences.slice(0, SHOWN).map(({ kind, object }) => `  ${kind} ${object}`);
    const more = differences.length > SHOWN ? [`  and ${String(differences.length - SHOWN)} more`] : [];
    throw new SurefootError({
      code: 'drift-refused',
      message: `the schema of ${database.name} is not what its history implies; nothing was changed:\n${[...shown, ...more].join('\n')}`,
      hint: `See surefoot drift ${database.name}; undo the change, or write it as a migration ahead of the pending ones and record that with: surefoot baseline ${database.name} --to <version>`,
      context: { differences: differences.map(({ kind, object }) => ({ kind, object })) },
    });
  } catch (error) {
    if (isAbsentDatabase(error) || (isSurefootError(error) && error.code === 'failed-step')) return;
    throw error;
  }
}
