import { isSurefootError, SurefootError } from '../../../model/errors.ts';
import { sumOfLocks, type LockReport } from '../../../model/blocker.ts';
import { refusesTransaction } from '../../../model/sql-failure.ts';
import type { Statement } from '../../../model/statement.ts';
import type { Command } from '../../../ports/session.ts';
import { isStopped, type PreparedStep } from '../../plan/index.ts';
import { checksError, failures, runChecks, type Baselines } from '../../verification/index.ts';
import {
  numberCommands,
  numberOf,
  openCommands,
  runModule,
  sendOpening,
  settleCommands,
  timeoutsOf,
  type Applied,
  type StepChecks,
} from '../step/apply-step.ts';
import { commitStatement } from './commit-statement.ts';
import type { RunContext } from '../session/context.ts';
import { commitAlone, isLost, must } from '../session/own-transaction.ts';
import { NOTHING_CHANGED } from '../errors/interrupted-error.ts';
import { createProgressNotes, type NoteProgress } from './progress-notes.ts';
import { resolveStatement } from './resolve-statement.ts';
import { startedCommands } from '../commit/record-step.ts';
import { runApart } from './run-apart.ts';
import { retryStep } from '../locks/retry-step.ts';
import { createRowTally, type RowTally } from '../step/statement-rows.ts';
import { statementError } from '../errors/statement-error.ts';
import { waysBack } from '../errors/ways-back.ts';
import { whileChecking } from '../step/while-checking.ts';

const SETTING = /^(?:SET|RESET|PRAGMA)$/u;

/**
 * Runs a step outside a transaction. A statement that can run in one commits together with its progress; only those
 * that can't are begun, run, and settled after a crash by evidence from the catalog. Ends inside an open transaction
 * in which the checks ran and the caller commits the record.
 */
export async function applyStepwise(context: RunContext, step: PreparedStep, checks: StepChecks): Promise<Applied> {
  const baselines: Baselines = new Map();
  const notes: string[] = [];
  const tally = createRowTally(context.database.capabilities.engine);
  const { dialect } = context.database;
  if (checks.before.length > 0) await checkBefore(context, step, checks, baselines);
  await commitAlone(context, startedCommands(context, step));
  if (isEdited(step))
    notes.push(
      `${step.plan.file} was edited after it had stopped${step.plan.resumeAt === 0 ? '' : `; what is in place of it (to statement ${String(step.plan.resumeAt)}) is as it was`}`,
    );
  const note = createProgressNotes(context, step);
  await must(context, [
    ...context.session.dropTemporary().map(({ text }) => text),
    ...dialect.sessionTimeouts(timeoutsOf(step)),
  ]);
  const reports: LockReport[] = [];
  if (step.script.module === null) {
    await repeatSettings(context, step, step.plan.resumeAt);
    for (let index = step.plan.resumeAt; index < step.script.statements.length; index += 1) {
      const { locks } = await retryStep(context, {
        step,
        facts: step.facts.slice(index, index + 1),
        state: stateAfter(context, step, index),
        run: async ({ guard, again }) => runOrResolve(context, step, index, { notes, tally, note }, guard, again),
      });
      reports.push(locks);
    }
  } else {
    await runModule(context, step, notes, null, runApart(context, step, notes, reports));
  }
  const { results, transaction } = await closing(context, step, checks, baselines);
  if (failures(results).length > 0) {
    throw checksError(
      context.database,
      `verification in ${step.plan.name}`,
      results,
      'it runs outside a transaction, so all its statements are in place',
      `Correct the data and run surefoot ${step.plan.direction === 'up' ? 'migrate' : 'rollback'} ${context.database.name} again (the statements are not repeated)${waysBack(context, step)}.`,
    );
  }
  return { checks: results, notes, rows: tally.rows(), transaction, locks: sumOfLocks(reports) };
}

/** What is kept of a step for its entry while its statements run. */
interface Told {
  readonly notes: string[];
  readonly tally: RowTally;
  readonly note: NoteProgress;
}

function isEdited({ target, plan }: PreparedStep): boolean {
  const { applied, migration } = target;
  return plan.direction === 'up' && isStopped(target) && applied?.checksum !== migration?.checksum;
}

/** Opens the transaction in which the checks run and the record is written. */
async function closing(
  context: RunContext,
  step: PreparedStep,
  checks: StepChecks,
  baselines: Baselines,
): Promise<Pick<Applied, 'transaction'> & { readonly results: Applied['checks'] }> {
  const { dialect } = context.database;
  try {
    await must(context, [...dialect.resetSession]);
    await sendOpening(context, [...openCommands(context, step), ...settleCommands(context, step)]);
    const transaction = numberOf(await context.session.batch(numberCommands(context)));
    const state = 'All its statements are in place; they are not repeated.';
    const results = await whileChecking(context, step, state, async () =>
      runChecks(dialect, context.session, checks.after, baselines),
    );
    return { results, transaction };
  } catch (error) {
    if (!isSurefootError(error) || !isLost(error)) throw error;
    throw error.with({
      message: `the connection was lost while ${step.plan.name} was being verified: ${error.message.split('\n')[0] ?? ''}\nAll its statements are in place; they are not repeated.`,
      hint: `Run surefoot ${step.plan.direction === 'up' ? 'migrate' : 'rollback'} ${context.database.name} again: it verifies and records the step.`,
    });
  }
}

/** A statement whose connection was lost is settled on a new one. */
async function runOrResolve(
  context: RunContext,
  step: PreparedStep,
  index: number,
  told: Told,
  guard: readonly Command[],
  again: boolean,
): Promise<void> {
  const { notes } = told;
  try {
    await runStatement(context, step, index, told, guard, again);
  } catch (error) {
    if (!isSurefootError(error) || !isLost(error) || !context.database.capabilities.remote) throw error;
    notes.push(await resolveStatement(context, step, index, error));
    await must(context, context.database.dialect.sessionTimeouts(timeoutsOf(step)));
    await repeatSettings(context, step, index + 1);
  }
}

async function runStatement(
  context: RunContext,
  step: PreparedStep,
  index: number,
  { notes, tally, note }: Told,
  guard: readonly Command[],
  again: boolean,
): Promise<void> {
  const statement = step.script.statements[index];
  if (statement === undefined) return;
  if (context.signal.aborted) throw interrupted(context, step, index);
  const { engine } = context.database.capabilities;
  const command: Command = { text: statement.text, copyData: statement.copyData };
  const begunBefore = step.target.applied?.statementBegun === index;
  if (step.facts[index]?.transactional !== false && !begunBefore) {
    const state = stateAfter(context, step, index);
    const failure = await commitStatement(context, { step, index, statement, guard, notes, tally, note, state });
    if (failure === null) return;
    if (failure === 'interrupted' || (context.signal.aborted && !failure.connectionLost))
      throw interrupted(context, step, index);
    if (!refusesTransaction(failure) || SETTING.test(step.facts[index]?.kind ?? ''))
      throw statementError(failure, statement, step.script, state, engine);
    notes.push(`${step.plan.file}:${String(statement.start.line)}: ran without a transaction: ${failure.message}`);
  }
  if ((again || begunBefore) && (await settled(context, step, statement, notes, again))) {
    await commitAlone(context, note(index + 1, null));
    return;
  }
  await commitAlone(context, note(index, index));
  const [outcome] = await context.session.batch([command], { signal: context.signal });
  if (outcome?.status === 'failed') {
    const { failure } = outcome;
    const cleaned = failure.connectionLost ? NOTHING_LEFT : await cleanUp(context, statement, notes);
    if (!failure.connectionLost)
      await commitAlone(context, note(cleaned.done ? index + 1 : index, cleaned.open ? index : null));
    if (cleaned.done) return;
    if (context.signal.aborted && !failure.connectionLost) throw interrupted(context, step, index);
    throw statementError(failure, statement, step.script, `${stateAfter(context, step, index)}${cleaned.text}`, engine);
  }
  if (outcome?.status !== 'done') throw interrupted(context, step, index);
  await commitAlone(context, note(index + 1, null));
}

/** True when the catalog shows that a statement begun by an earlier run took effect; else what it left is removed. */
async function settled(
  context: RunContext,
  step: PreparedStep,
  statement: Statement,
  notes: string[],
  again: boolean,
): Promise<boolean> {
  const settlement = await context.database.probe.settle(context.session, statement);
  notes.push(
    `${step.plan.file}:${String(statement.start.line)}: begun by an earlier ${again ? 'try' : 'run'}: ${settlement.evidence}`,
  );
  await must(context, settlement.cleanup);
  return settlement.state === 'done';
}

interface CleanedUp {
  /** The clean-up finished what the statement had begun. */
  readonly done: boolean;
  /** It could not be settled: the next try or run begins with that. */
  readonly open: boolean;
  readonly text: string;
}

const NOTHING_LEFT: CleanedUp = { done: false, open: false, text: '' };

/** Removes or finishes what a failed statement left. That it can't be told must not hide why the statement failed. */
async function cleanUp(context: RunContext, statement: Statement, notes: string[]): Promise<CleanedUp> {
  try {
    const settlement = await context.database.probe.settle(context.session, statement);
    if (settlement.cleanup.length === 0) return NOTHING_LEFT;
    await must(context, settlement.cleanup);
    notes.push(settlement.evidence);
    const done = settlement.state === 'done';
    return {
      done,
      open: false,
      text: done ? '' : ` What the failed statement left was removed: ${settlement.evidence}.`,
    };
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    return { done: false, open: true, text: ` What it left could not be settled: ${error.message}.` };
  }
}

/** Settings that statements before the one to go on with made for the session: an earlier run's session is gone. */
async function repeatSettings(context: RunContext, step: PreparedStep, before: number): Promise<void> {
  const settings = step.script.statements
    .slice(0, before)
    .filter((_, index) => SETTING.test(step.facts[index]?.kind ?? ''));
  await must(
    context,
    settings.map((statement) => statement.text),
  );
}

async function checkBefore(
  context: RunContext,
  step: PreparedStep,
  checks: StepChecks,
  baselines: Baselines,
): Promise<void> {
  const { dialect } = context.database;
  await sendOpening(context, openCommands(context, step));
  const results = await whileChecking(context, step, NOTHING_CHANGED, async () =>
    runChecks(dialect, context.session, checks.before, baselines),
  );
  await must(context, [dialect.abort]);
  if (failures(results).length > 0) {
    throw checksError(
      context.database,
      `verification ahead of ${step.plan.name}`,
      results,
      'nothing was changed',
      'Correct the data, then run the command again.',
    );
  }
}

function stateAfter(context: RunContext, step: PreparedStep, index: number): string {
  const total = String(step.script.statements.length);
  const done =
    index === 0
      ? `None of its ${total} statements is in place`
      : `Statements 1 to ${String(index)} of ${total} are in place`;
  const verb = step.plan.direction === 'up' ? 'migrate' : 'rollback';
  return `${done}; next: correct statement ${String(index + 1)} or its cause and run surefoot ${verb} ${context.database.name} to go on there${waysBack(context, step)}.`;
}

function interrupted(context: RunContext, step: PreparedStep, index: number): SurefootError {
  return new SurefootError({
    code: 'interrupted',
    message: `${step.plan.name} was interrupted. ${stateAfter(context, step, index)}`,
    hint: 'Run the command again to go on.',
  });
}
