import type { LockReport } from '../../model/blocker.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { History } from '../../model/history.ts';
import type { PreparedStep } from '../plan/index.ts';
import { applyStep, openCommands, type Applied, type StepChecks } from './apply-step.ts';
import type { RunContext } from './context.ts';
import { commitRecord, recordOf, type StepRecord } from './record-step.ts';
import { retryStep } from './retry-step.ts';
import { applyStepwise } from './stepwise.ts';

/** How the steps are put into transactions. `abort`: all in one that is aborted in the end (a dry run). */
export type TransactionScope = 'each' | 'single' | 'abort';

export interface AppliedStep {
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
  readonly locks: LockReport;
  /** As it is now, where the answer to COMMIT was lost and the step turned out to be committed. */
  readonly history: History | null;
}

/** A step that shares its transaction with others. */
export interface PendingRecord extends StepRecord {
  readonly transaction: string | null;
}

const UNWATCHED: LockReport = { tries: 1, waitedMs: 0, othersWaitedMs: null };

/** One step with its record: committed, or where several share a transaction, added to `pending`. */
export async function applyIn(
  context: RunContext,
  scope: TransactionScope,
  step: PreparedStep,
  checks: StepChecks,
  durationMs: () => number,
  pending: PendingRecord[],
): Promise<AppliedStep> {
  const recorded = (applied: Applied, locks: LockReport | null): PendingRecord & Omit<AppliedStep, 'history'> => {
    const took = durationMs();
    const facts = { durationMs: took, checks: applied.checks, notes: applied.notes, locks };
    return {
      ...recordOf(context, step, facts),
      transaction: applied.transaction,
      checks: applied.checks,
      durationMs: took,
      locks: locks ?? UNWATCHED,
    };
  };
  if (scope !== 'each') {
    const record = recorded(await applyStep(context, step, checks, []), null);
    pending.push(record);
    return { ...record, history: null };
  }
  if (step.plan.transaction === 'none') {
    const applied = await applyStepwise(context, step, checks);
    const record = recorded(applied, applied.locks ?? null);
    return { ...record, history: await commitRecord(context, step, record, record.transaction) };
  }
  const { value, locks } = await retryStep(context, {
    step,
    facts: step.facts,
    state: 'Nothing was changed: each try was aborted.',
    run: async ({ guard, locks: soFar }) => {
      const record = recorded(
        await applyStep(context, step, checks, [...openCommands(context, step), ...guard]),
        soFar(),
      );
      return { ...record, history: await commitRecord(context, step, record, record.transaction) };
    },
  });
  return { ...value, locks };
}
