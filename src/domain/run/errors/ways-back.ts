import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';

/**
 * The ways back from a step whose work is in place, as the end of a sentence that tells how to go on: roll back, and
 * restore. Both only where they are open, each with its command.
 */
export function waysBack(context: Pick<RunContext, 'database' | 'backup'>, step: PreparedStep): string {
  const { name } = context.database;
  const back =
    step.plan.direction === 'down'
      ? ''
      : step.keep?.rollback === null && !step.needsFile
        ? ' (it is irreversible, so it can not be rolled back)'
        : `, or surefoot rollback ${name} to take it back`;
  const { made } = context.backup;
  const restore =
    made === null ? '' : `, or surefoot restore ${name} --backup ${made.id} to return to the state before this run`;
  return `${back}${restore}`;
}
