import { SurefootError } from '../../../model/errors.ts';
import { journalLocks, type LockReport } from '../../../model/blocker.ts';
import { IN_PLACE, type AppliedMigration, type History } from '../../../model/history.ts';
import type { CheckResult } from '../../../model/check-result.ts';
import type { JournalEntry, StatementRows } from '../../../model/journal-entry.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Command, Outcome } from '../../../ports/session.ts';
import {
  appendCommands,
  firstFailure,
  forgetCommands,
  maskMessage,
  packScripts,
  recordCommands,
  type PackedScripts,
} from '../../journal/index.ts';
import { isStopped, type PreparedStep } from '../../plan/index.ts';
import { interruptedError } from '../errors/interrupted-error.ts';
import type { RunContext } from '../session/context.ts';
import { resolveCommit } from './resolve-commit.ts';

const REFUSED = 'Look for deferred constraints that the change violates, correct it, then run the command again.';

/** What a step that succeeded leaves: its journal entry and the commands that write it and the history. */
export interface StepRecord {
  readonly entry: JournalEntry;
  readonly commands: readonly Command[];
}

/** The history row and journal entry of a step that went through, as commands of its own transaction. */
export function recordOf(
  context: RunContext,
  step: PreparedStep,
  facts: {
    readonly durationMs: number;
    readonly checks: readonly CheckResult[];
    readonly notes: readonly string[];
    readonly rows: readonly StatementRows[];
    readonly locks: LockReport | null;
  },
): StepRecord {
  const { dialect } = context.database;
  const packed = step.keep === null ? null : packScripts(step.keep);
  const entry = context.recorder.entry({
    event: 'step',
    outcome: 'succeeded',
    version: step.plan.version,
    name: step.plan.name,
    direction: step.plan.direction,
    checksum: step.script.checksum,
    durationMs: Math.round(facts.durationMs * 100) / 100,
    checks: facts.checks,
    notes: facts.notes,
    rows: facts.rows,
    scriptsHash: packed?.hash ?? null,
    locks: journalLocks(facts.locks, []),
  });
  // A step outside a transaction has written its row when it began.
  const fresh = step.target.applied === null && step.plan.transaction === 'each';
  const history =
    step.plan.direction === 'up'
      ? recordCommands(dialect, rowOf(step, entry, packed), packed, fresh)
      : forgetCommands(dialect, step.target.applied?.version.text ?? step.plan.version);
  return { entry, commands: context.journalsSteps ? [...history, ...appendCommands(dialect, entry)] : history };
}

/** The row of a step outside a transaction while it is under way, as it began or goes on. */
export function startedCommands(context: RunContext, step: PreparedStep): readonly Command[] {
  const packed = step.keep === null ? null : packScripts(step.keep);
  const entry = context.recorder.entry({ event: 'step', outcome: 'started' });
  const row = step.plan.direction === 'up' ? rowOf(step, entry, packed) : step.target.applied;
  if (row === null)
    throw new SurefootError({ code: 'internal', message: `${step.plan.name} has no history row to roll back` });
  const stopped = isStopped(step.target) ? step.target.applied : null;
  const started: AppliedMigration = {
    ...row,
    state: 'failed',
    direction: step.plan.direction,
    statementsDone: step.plan.resumeAt,
    statementsTotal: step.plan.statements,
    statementBegun: stopped?.statementBegun ?? null,
    statementsHash: stopped?.statementsHash ?? null,
  };
  return recordCommands(context.database.dialect, started, packed);
}

function rowOf(step: PreparedStep, entry: JournalEntry, packed: PackedScripts | null): AppliedMigration {
  return {
    version: step.target.version,
    name: step.plan.name,
    kind: 'migration',
    ...IN_PLACE,
    checksum: step.target.migration?.checksum ?? step.script.checksum,
    appliedAt: entry.at,
    durationMs: entry.durationMs ?? 0,
    operator: entry.operator,
    runId: entry.runId,
    toolVersion: entry.toolVersion,
    irreversible: step.script.directives.irreversible,
    needsFile: step.needsFile,
    scriptsHash: packed?.hash ?? null,
  };
}

/**
 * Writes the record and commits, in one round trip. A failure leaves the transaction to the caller to abort. Where the
 * answer was lost and the step turns out to be committed, the history as it is now is returned: see resolveCommit.
 * `together` are the steps that share the transaction.
 */
export async function commitRecord(
  context: RunContext,
  step: PreparedStep,
  record: StepRecord,
  transaction: string | null,
  together: readonly PreparedStep[] = [step],
): Promise<History | null> {
  const outcomes = await context.session.batch(commitCommands(context, record));
  const error = uncommittedError(context, step, outcomes, together);
  if (error === null) {
    context.recorder.mirror(record.entry);
    return null;
  }
  if (error.context['connectionLost'] !== true) throw error;
  const history = await resolveCommit(context, { step, transaction });
  context.recorder.mirror(record.entry);
  return history;
}

export function commitCommands(context: RunContext, { commands }: StepRecord): readonly Command[] {
  return [...commands, { text: context.database.dialect.commit }].map((command) => ({ ...command, together: true }));
}

/** What the answers to `commitCommands` say against a commit; null where they tell of one. */
export function uncommittedError(
  context: RunContext,
  step: PreparedStep,
  outcomes: readonly Outcome[],
  together: readonly PreparedStep[] = [step],
): SurefootError | null {
  const failure = firstFailure(outcomes);
  if (failure === null) return outcomes.some(({ status }) => status === 'skipped') ? interruptedError(step) : null;
  if (context.signal.aborted && !failure.connectionLost) return interruptedError(step);
  const names = together.length === 1 ? step.plan.name : `${String(together.length)} steps together`;
  const state = step.plan.transaction === 'none' ? 'its statements are in place' : 'nothing was changed';
  const told = (said: (words: string) => string): string =>
    `committing ${names} (${state}): ${said(failure.message)}${failure.detail === null ? '' : `\n  ${said(failure.detail)}`}`;
  const error = errorOfFailure(failure, `committing ${names}`);
  return error.with({ message: told((words) => words), record: told(maskMessage), hint: error.hint ?? REFUSED });
}
