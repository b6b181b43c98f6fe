import { isSurefootError, SurefootError } from '../../../model/errors.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';

export const NOTHING_CHANGED = 'Nothing was changed: the transaction was aborted.';
/** Of a step outside a transaction, where nobody counts its statements. */
export const DONE_STAYS = 'It runs outside a transaction: what it did before is in place.';

export function interruptedError(step: PreparedStep): SurefootError {
  return new SurefootError({
    code: 'interrupted',
    message: `${step.plan.name} was interrupted. ${step.plan.transaction === 'each' ? NOTHING_CHANGED : DONE_STAYS}`,
    hint: 'Run the command again to go on.',
  });
}

/** The cancel request of an interruption may reach the server late, and end a statement that nobody meant. */
export function asInterruption({ signal }: RunContext, step: PreparedStep, error: unknown): unknown {
  if (!signal.aborted || !isSurefootError(error) || error.code !== 'statement-cancelled') return error;
  const aborted = step.plan.transaction === 'each' && error.context['committed'] !== true;
  return error.with({
    code: 'interrupted',
    message: `${step.plan.name} was interrupted: ${error.message}${aborted ? `\n${NOTHING_CHANGED}` : ''}`,
    hint: 'Run the command again to go on.',
  });
}
