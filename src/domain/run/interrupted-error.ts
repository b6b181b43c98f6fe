import { SurefootError } from '../../model/errors.ts';
import type { PreparedStep } from '../plan/index.ts';

export const NOTHING_CHANGED = 'Nothing was changed: the transaction was aborted.';

export function interruptedError(step: PreparedStep): SurefootError {
  return new SurefootError({
    code: 'interrupted',
    message: `${step.plan.name} was interrupted. ${step.plan.transaction === 'each' ? NOTHING_CHANGED : ''}`.trim(),
    hint: 'Run the command again to go on.',
  });
}
