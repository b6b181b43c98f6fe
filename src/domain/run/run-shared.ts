import type { Command } from '../../ports/session.ts';
import type { PreparedStep } from '../plan/index.ts';
import { suspectsOf } from './step/conserve.ts';
import type { RunContext } from './session/context.ts';
import { reportFailure } from './step/fail-step.ts';
import { isWatched } from './locks/lock-scope.ts';
import { retryStep } from './locks/retry-step.ts';
import type { PlanRun, StepResult } from './step-result.ts';

/** One try of all steps in one transaction. */
export interface SharedTry {
  /** Goes right behind what opens the transaction. */
  readonly guard: readonly Command[];
  /** Tables to be counted around a step, by its name. */
  readonly doubted: ReadonlyMap<string, ReadonlySet<string>>;
  /** Told which step is at work. */
  at(step: PreparedStep): void;
  onStep(result: StepResult): void;
}

/**
 * All steps of a plan in one transaction: it is aborted and tried again as a whole, where a step alone would be. Steps
 * are told to `onStep` when all of them are through; the first one has what the locks of all of them cost.
 */
export async function runShared(
  context: RunContext,
  run: PlanRun,
  attempt: (shared: SharedTry) => Promise<void>,
  onStep: (result: StepResult) => void,
): Promise<void> {
  const { steps } = run.prepared;
  const [first] = steps;
  if (first === undefined) return;
  // Who looks on looks at the whole transaction.
  const step = steps.find((each) => isWatched(context, each, each.facts)) ?? first;
  const doubted = new Map<string, ReadonlySet<string>>();
  const place = { step: first };
  const whole = {
    step,
    facts: steps.flatMap((each) => each.facts),
    state: 'Nothing was changed: each try was aborted, and all steps share one transaction.',
    recorded: run.scope === 'single',
  };
  for (;;) {
    try {
      const { value, locks } = await retryStep(context, {
        ...whole,
        run: async ({ guard }) => {
          const results: StepResult[] = [];
          await attempt({
            guard,
            doubted,
            at: (now) => {
              place.step = now;
            },
            onStep: (result) => results.push(result),
          });
          return results;
        },
      });
      for (const [index, result] of value.entries()) onStep(index === 0 ? { ...result, locks } : result);
      return;
    } catch (error) {
      const suspects = suspectsOf(error);
      if (suspects === null || doubted.has(place.step.plan.name)) {
        reportFailure(context, place.step, error);
        throw error;
      }
      // Only counting tells for sure: once more, with a count ahead of the step.
      doubted.set(place.step.plan.name, new Set(suspects));
    }
  }
}
