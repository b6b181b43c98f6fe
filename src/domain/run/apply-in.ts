import type { LockReport } from '../../model/blocker.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { History } from '../../model/history.ts';
import type { Command } from '../../ports/session.ts';
import type { PreparedStep } from '../plan/index.ts';
import { applyStep, openCommands, timeoutsOf, type Applied, type StepChecks } from './step/apply-step.ts';
import type { Commits } from './commit/commits.ts';
import { asIfCommitted, countAround, recount } from './step/conserve.ts';
import type { RunContext } from './session/context.ts';
import { commitRecord, recordOf, type StepRecord } from './commit/record-step.ts';
import { retryStep, type Turn } from './locks/retry-step.ts';
import { applyStepwise } from './apart/stepwise.ts';

/** How the steps are put into transactions. `abort`: all in one that is aborted in the end (a dry run). */
export type TransactionScope = 'each' | 'single' | 'abort';

export interface AppliedStep {
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
  readonly locks: LockReport;
  /** As it is now, where the answer to COMMIT was lost and the step turned out to be committed. */
  readonly history: History | null;
  /** Where the commit is left to what is sent next. */
  readonly open: OpenCommit | null;
}

export interface OpenCommit {
  readonly record: PendingRecord;
  /** Tries the step again, commit included, after its commit was refused; throws the error where that is no use. */
  again(error: unknown): Promise<AppliedStep>;
}

/** A step that shares its transaction with others. */
export interface PendingRecord extends StepRecord {
  readonly transaction: string | null;
}

const UNWATCHED: LockReport = { tries: 1, waitedMs: 0, othersWaitedMs: null };

const NOTHING_DOUBTED: ReadonlySet<string> = new Set();

export interface Tracks {
  readonly scope: TransactionScope;
  /** Records of the steps that share one transaction. */
  readonly pending: PendingRecord[];
  readonly commits: Commits;
  /** Of several steps in one transaction: tables to be counted, by the name of the step. */
  readonly doubted?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * One step with its record: committed, or left open for its commit to travel with what comes next (`mayStayOpen`), or
 * where several share a transaction, added to `pending`.
 */
export async function applyIn(
  context: RunContext,
  { scope, pending, commits, doubted }: Tracks,
  step: PreparedStep,
  checks: StepChecks,
  durationMs: () => number,
  mayStayOpen: boolean,
): Promise<AppliedStep> {
  const recorded = (
    applied: Applied,
    locks: LockReport | null,
  ): PendingRecord & Omit<AppliedStep, 'history' | 'open'> => {
    const took = durationMs();
    const facts = { durationMs: took, checks: applied.checks, notes: applied.notes, rows: applied.rows, locks };
    return {
      ...recordOf(context, step, facts),
      transaction: applied.transaction,
      checks: applied.checks,
      durationMs: took,
      locks: locks ?? UNWATCHED,
    };
  };
  if (scope !== 'each') {
    const opening = (): readonly Command[] => [
      ...context.database.dialect.transactionTimeouts(timeoutsOf(step)).map((text) => ({ text, together: true })),
      ...context.session.dropTemporary(),
    ];
    const counted = doubted?.get(step.plan.name) ?? NOTHING_DOUBTED;
    const apply = async (): Promise<Applied> =>
      countAround(context, step, counted, async () => applyStep(context, step, checks, opening, commits, counted));
    const applied = scope === 'abort' ? await asIfCommitted(context, step, apply) : await apply();
    const record = recorded(applied, null);
    pending.push(record);
    return { ...record, history: null, open: null };
  }
  if (step.plan.transaction === 'none') {
    const applied = await applyStepwise(context, step, checks);
    const record = recorded(applied, applied.locks ?? null);
    return { ...record, history: await commitRecord(context, step, record, record.transaction), open: null };
  }
  const run = async ({ guard, locks: soFar }: Turn, stayOpen: boolean): Promise<AppliedStep> => {
    const open = (): readonly Command[] => [
      ...openCommands(context, step),
      ...context.session.dropTemporary(),
      ...guard,
    ];
    const record = recorded(await applyCounted(context, step, checks, open, commits), soFar());
    if (stayOpen) return { ...record, history: null, open: { record, again } };
    return { ...record, history: await commitRecord(context, step, record, record.transaction), open: null };
  };
  const tried = async (work: (turn: Turn) => Promise<AppliedStep>): Promise<AppliedStep> => {
    const state = 'Nothing was changed: each try was aborted.';
    const { value, locks } = await retryStep(context, { step, facts: step.facts, state, run: work });
    return { ...value, locks };
  };
  const again = async (error: unknown): Promise<AppliedStep> =>
    tried(async (turn) => {
      if (!turn.again) throw error;
      return run(turn, false);
    });
  const mayWait = mayStayOpen && step.script.directives.foreignKeys;
  return withForeignKeys(context, step, async () => tried((turn) => run(turn, mayWait)));
}

/** Once more where a loss of rows was only suspected, and counting shows that there is none. */
async function applyCounted(
  context: RunContext,
  step: PreparedStep,
  checks: StepChecks,
  open: () => readonly Command[],
  commits: Commits,
): Promise<Applied> {
  const excused = new Set<string>();
  for (;;) {
    try {
      return await applyStep(context, step, checks, open, commits, excused);
    } catch (error) {
      for (const table of await recount(context, error)) excused.add(table);
    }
  }
}

/** Puts the enforcement of foreign keys on again behind a step that ran without; inside its transaction that does nothing. */
async function withForeignKeys<T>(context: RunContext, step: PreparedStep, work: () => Promise<T>): Promise<T> {
  if (step.script.directives.foreignKeys) return work();
  const { dialect } = context.database;
  try {
    return await work();
  } finally {
    await context.session.batch([dialect.abort, ...dialect.resetSession].map((text) => ({ text, tolerate: true })));
  }
}
