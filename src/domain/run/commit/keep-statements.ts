import { stepStatements } from '../../journal/index.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';

export const FENCE = 'surefoot_fence';

/** To have them kept is worth it from here on. */
const FEW_STEPS = 3;
/** What would make the engine forget them: the record of the step would fail, and the step with it. */
const FORGETS = /\b(?:deallocate|discard)\b/i;

/** Has the session keep what surefoot itself sends with every step of a long run. */
export async function keepStatements(context: RunContext, steps: readonly PreparedStep[]): Promise<void> {
  if (steps.length <= FEW_STEPS || steps.some(mayForget)) return;
  const { database, lock, session } = context;
  const fence = lock.fence === null ? [] : [{ name: FENCE, text: lock.fence }];
  await session.keep([...fence, ...stepStatements(database.dialect)]);
}

function mayForget({ script, verify, needsFile }: PreparedStep): boolean {
  return needsFile || FORGETS.test(script.text) || (verify !== null && FORGETS.test(verify.text));
}
