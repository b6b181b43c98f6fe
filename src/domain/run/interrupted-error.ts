import { isSurefootError, SurefootError } from '../../model/errors.ts';
import type { PreparedStep } from '../plan/index.ts';
import type { RunContext } from './context.ts';

export const NOTHING_CHANGED = 'Nothing was changed: the transaction was aborted.';

export function interruptedError(step: PreparedStep): SurefootError {
  return new SurefootError({
    code: 'interrupted',
    message: `${step.plan.name} was interrupted. ${step.plan.transaction === 'each' ? NOTHING_CHANGED : ''}`.trim(),
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
