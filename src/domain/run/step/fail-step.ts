import type { CheckResult } from '../../../model/check-result.ts';
import { isSurefootError } from '../../../model/errors.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { isLost } from '../session/own-transaction.ts';

/** Tells of a step that failed in its own transaction, aborts that, and records it. `start` is of the monotonic clock. */
export async function failStep(context: RunContext, step: PreparedStep, error: unknown, start: number): Promise<void> {
  reportFailure(context, step, error);
  await abort(context, error);
  await recordFailure(context, step, error, context.clock.monotonic() - start);
}

export function reportFailure(context: RunContext, { plan }: PreparedStep, error: unknown): void {
  context.progress.report({
    type: 'step-failed',
    database: context.database.name,
    name: plan.name,
    direction: plan.direction,
    message: isSurefootError(error) ? error.message : String(error),
    code: isSurefootError(error) ? error.code : 'internal',
    checks: checksOf(error),
  });
}

async function recordFailure(
  context: RunContext,
  step: PreparedStep,
  error: unknown,
  durationMs: number,
): Promise<void> {
  if (isSurefootError(error) && error.context['committed'] === true) return;
  const entry = context.recorder.entry({
    event: 'step',
    outcome: isSurefootError(error) && error.code === 'interrupted' ? 'interrupted' : 'failed',
    version: step.plan.version,
    name: step.plan.name,
    direction: step.plan.direction,
    checksum: step.script.checksum,
    durationMs: Math.round(durationMs * 100) / 100,
    failure: error,
    checks: checksOf(error),
  });
  if (isLost(error)) context.recorder.putAside(entry);
  else await context.recorder.append(context.session, entry);
}

function checksOf(error: unknown): readonly CheckResult[] {
  return isSurefootError(error) && Array.isArray(error.context['checks'])
    ? (error.context['checks'] as readonly CheckResult[])
    : [];
}

/** Aborts the open transaction, unless the error says that it went with the connection. */
export async function abort(context: RunContext, error: unknown): Promise<void> {
  if (isLost(error)) return;
  await context.session.batch([{ text: context.database.dialect.abort, tolerate: true }]);
}
