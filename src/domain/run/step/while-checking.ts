import { isSurefootError } from '../../../model/errors.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { isLost } from '../session/own-transaction.ts';

/**
 * Makes checks of a step. A connection that is lost among them, or a transaction that one of them ended, says nothing of
 * the data: `state` tells what became of it.
 */
export async function whileChecking<T>(
  context: Pick<RunContext, 'database'>,
  { plan }: PreparedStep,
  state: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    const hint = isLost(error) ? `Run surefoot status ${context.database.name}, then the command again.` : error.hint;
    throw error.with({ message: `${plan.name}: ${error.message}\n${state}`, hint });
  }
}
