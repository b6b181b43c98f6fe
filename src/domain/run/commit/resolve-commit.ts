import { messageOf, SurefootError } from '../../../model/errors.ts';
import type { History } from '../../../model/history.ts';
import type { CommitAnswer, Place } from '../../../ports/commits.ts';
import { readHistory } from '../../journal/index.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { isCut, untilAnswered } from '../session/until-answered.ts';
import { noteReconnected } from '../session/note-reconnected.ts';

const ASK_AGAIN_MS = 200;

/** A commit that was sent and not answered. */
export interface LostCommit {
  readonly step: PreparedStep;
  /** Number of the transaction, asked for in it; null where it has none. */
  readonly transaction: string | null;
}

/**
 * Connects again, waits for what the server still does, takes the lock again and finds out whether the step was
 * committed: by the number of its transaction, and by the history, whose row was part of it. Returns the history when
 * it was; the run then goes on. Throws what became of it, or why that can't be told yet, when not.
 */
export async function resolveCommit(context: RunContext, lost: LostCommit): Promise<History> {
  const { database, progress } = context;
  const { name } = lost.step.plan;
  const { place } = context.lock;
  progress.report({
    type: 'message',
    database: database.name,
    level: 'warn',
    text: `the connection was lost while ${name} was being committed: connecting again to see what became of it`,
  });
  const { answer, history } = await untilAnswered(context, async () => ask(context, lost, place)).catch(
    (error: unknown) => {
      throw isCut(error) ? unreachable(context, lost, error) : error;
    },
  );
  const inHistory = isRecorded(context, lost.step, history);
  const byNumber = answer.state === 'committed' ? true : answer.state === 'aborted' ? false : null;
  if (byNumber === true && !inHistory) throw undone(context, lost, answer);
  const evidence = `${answer.evidence}; the history ${inHistory ? 'holds' : 'does not hold'} it`;
  if (!inHistory) throw aborted(context, lost, evidence);
  await noteReconnected(
    context,
    lost.step,
    `the connection was lost while ${name} was being committed. It was committed: ${evidence}`,
  );
  progress.report({
    type: 'message',
    database: database.name,
    level: 'warn',
    text: `${name} was committed (${evidence}); the run goes on`,
  });
  return history;
}

async function ask(
  context: RunContext,
  lost: LostCommit,
  place: Place | null,
): Promise<{ readonly answer: CommitAnswer; readonly history: History }> {
  const { seat, database } = context;
  try {
    await seat.reconnect();
  } catch (error) {
    throw unreachable(context, lost, error);
  }
  const answer = await answerOf(context, lost, place);
  try {
    await seat.retakeLock();
  } catch (error) {
    throw isCut(error) ? error : takenOver(context, lost, answer, error);
  }
  return { answer, history: await readHistory(database, context.session) };
}

/** The history row is written, or removed, by the transaction of the step. */
function isRecorded(context: RunContext, step: PreparedStep, history: History): boolean {
  const row = history.applied.find((each) => each.version.order === step.target.version.order);
  if (step.plan.direction === 'down') return row === undefined;
  return row?.state === 'applied' && row.runId === context.recorder.runId;
}

/** Waits while the transaction is under way. */
async function answerOf(context: RunContext, lost: LostCommit, place: Place | null): Promise<CommitAnswer> {
  const { commits } = context.database;
  if (commits === null || lost.transaction === null)
    return { state: 'unknown', evidence: 'the transaction had no number' };
  const { clock, signal } = context;
  const start = clock.monotonic();
  for (;;) {
    const answer = await commits.ask(context.session, lost.transaction, place);
    if (answer.state !== 'in progress') return answer;
    if (clock.monotonic() - start >= context.waitMs || signal.aborted) throw pending(context, lost, answer);
    await clock.sleep(ASK_AGAIN_MS, signal);
  }
}

function again(context: RunContext, { step }: LostCommit): string {
  return `surefoot ${step.plan.direction === 'up' ? 'migrate' : 'rollback'} ${context.database.name}`;
}

function losing({ step }: LostCommit): string {
  return `the connection was lost while ${step.plan.name} was being committed`;
}

function aborted(context: RunContext, lost: LostCommit, evidence: string): SurefootError {
  return new SurefootError({
    code: 'connection-lost',
    message: `${losing(lost)}. It was not committed: ${evidence}. Nothing of this step is in place; the steps before it are.`,
    hint: `Run ${again(context, lost)} again to go on with it.`,
    context: { resolved: 'aborted', transaction: lost.transaction },
  });
}

function unreachable(context: RunContext, lost: LostCommit, cause: unknown): SurefootError {
  return new SurefootError({
    code: 'commit-unknown',
    message: `${losing(lost)}, and no new one could be had to ask what became of it: ${messageOf(cause)}. The step is either in place whole or not at all, and the history says which.`,
    hint: `When the server is back run surefoot status ${context.database.name}, then ${again(context, lost)} to go on.`,
    context: { connectionLost: true, transaction: lost.transaction },
    cause,
  });
}

function pending(context: RunContext, lost: LostCommit, answer: CommitAnswer): SurefootError {
  return new SurefootError({
    code: 'commit-pending',
    message: `${losing(lost)}, and the server is still at it: ${answer.evidence}. It may wait for a synchronous standby.`,
    hint: `See what it waits for in pg_stat_activity; when it has ended run surefoot status ${context.database.name}.`,
    // What is written to the journal now would wait as well.
    context: { connectionLost: true, transaction: lost.transaction },
  });
}

function takenOver(context: RunContext, lost: LostCommit, answer: CommitAnswer, cause: unknown): SurefootError {
  return new SurefootError({
    code: 'connection-lost',
    message: `${losing(lost)} (${answer.evidence}). This run did not get the run lock back: ${messageOf(cause)}`,
    hint: `Run surefoot status ${context.database.name}, then ${again(context, lost)} to go on with what is left.`,
    context: { resolved: answer.state, committed: answer.state === 'committed', transaction: lost.transaction },
    cause,
  });
}

function undone(context: RunContext, lost: LostCommit, answer: CommitAnswer): SurefootError {
  return new SurefootError({
    code: 'connection-lost',
    message: `${losing(lost)}. It was committed (${answer.evidence}), and another run has changed the history since.`,
    hint: `Look at surefoot log ${context.database.name} and surefoot status ${context.database.name}.`,
    context: { resolved: 'committed', committed: true, transaction: lost.transaction },
  });
}
