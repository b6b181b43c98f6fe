import type { CheckResult } from '../../../model/check-result.ts';
import { isSurefootError } from '../../../model/errors.ts';
import type { PreparedStep } from '../../plan/index.ts';
import {
  checksCommitted,
  checksError,
  failures,
  probeCommands,
  runChecks,
  type BoundCheck,
} from '../../verification/index.ts';
import { timeoutsOf } from '../step/apply-step.ts';
import type { RunContext } from '../session/context.ts';
import { waysBack } from '../errors/ways-back.ts';
import { isLost } from '../session/own-transaction.ts';
import { noteReconnected } from '../session/note-reconnected.ts';
import { whileChecking } from '../step/while-checking.ts';

/** Checks that can only be made once the step is committed. A failure is reported with the way back. */
export async function checkCommitted(
  context: RunContext,
  step: PreparedStep,
  checks: readonly BoundCheck[],
): Promise<readonly CheckResult[]> {
  if (checks.length === 0) return [];
  const { dialect } = context.database;
  const results = await onceMoreWhenLost(context, step, async () => {
    await context.session.batch(probeCommands(dialect, timeoutsOf(step)));
    const state = `The step is committed; surefoot migrate ${context.database.name} makes these checks again.`;
    const found = await whileChecking(context, step, state, async () =>
      runChecks(dialect, context.session, checks, new Map()),
    );
    await context.session.batch([{ text: dialect.abort }]);
    return found;
  });
  const bad = failures(results).length > 0;
  await context.recorder.append(
    context.session,
    context.recorder.entry({
      event: 'verified',
      outcome: bad ? 'failed' : 'succeeded',
      version: step.plan.version,
      name: step.plan.name,
      direction: 'up',
      checks: results,
    }),
  );
  if (bad) {
    throw checksError(
      context.database,
      `verification after ${step.plan.name}`,
      results,
      'the step is committed',
      `Correct the data and run surefoot migrate ${context.database.name}, which makes these checks again${waysBack(context, step)}.`,
    ).with({
      context: { committed: true },
    });
  }
  return results;
}

/** The same for steps that were committed together: all are made, by the name of the step, and the first failure is told. */
export async function checkShared(
  context: RunContext,
  steps: readonly PreparedStep[],
): Promise<{ readonly checks: ReadonlyMap<string, readonly CheckResult[]>; readonly error: unknown }> {
  const made = new Map<string, readonly CheckResult[]>();
  let first: unknown = null;
  for (const step of steps) {
    const { verify, target, plan } = step;
    if (verify === null || plan.direction === 'down') continue;
    const bound = checksCommitted({ version: plan.version, order: target.version.order, script: verify });
    try {
      made.set(plan.name, await checkCommitted(context, step, bound));
    } catch (error) {
      first ??= error;
    }
  }
  return { checks: made, error: first };
}

/** For what only reads: the step it belongs to is committed, so a lost connection must not end the run as its failure. */
async function onceMoreWhenLost<T>(context: RunContext, step: PreparedStep, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLost(error) || !context.database.capabilities.remote)
      throw isSurefootError(error) ? error.with({ context: { committed: true } }) : error;
    try {
      await context.seat.reconnect();
      await context.seat.retakeLock();
      await noteReconnected(
        context,
        step,
        `the connection was lost during the checks after the commit of ${step.plan.name}; they are made again`,
      );
      return await work();
    } catch (again) {
      throw isSurefootError(again) ? again.with({ context: { committed: true } }) : again;
    }
  }
}
