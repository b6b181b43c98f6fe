import { isSurefootError, messageOf, SurefootError } from '../../../model/errors.ts';
import type { SqlFailure } from '../../../model/sql-failure.ts';
import type { Outcome } from '../../../ports/session.ts';
import { maskMessage } from '../../journal/index.ts';
import type { PreparedStep } from '../../plan/index.ts';
import type { RunContext } from '../session/context.ts';
import { interruptedError, NOTHING_CHANGED } from './interrupted-error.ts';
import { isLost } from '../session/own-transaction.ts';

/** What a function of a TypeScript step threw, with the line of its file. */
export function moduleError(context: RunContext, step: PreparedStep, error: unknown): SurefootError {
  if (context.signal.aborted) return interruptedError(step);
  const place = placeInStack(error, step.script.source.path);
  const where = place === null ? step.plan.file : `${step.plan.file}:${place}`;
  const state =
    step.plan.transaction === 'each'
      ? NOTHING_CHANGED
      : 'It runs outside a transaction: what it did before the error is in place.';
  const line = place === null ? null : Number(place.split(':')[0]);
  const told = { file: step.plan.file, line, state };
  const correct = 'Correct the function, then run the command again.';
  if (isSurefootError(error)) {
    const hint = error.hint ?? (isLost(error) ? lookFirst(context) : correct);
    return error.with({ message: `${where}: ${error.message}\n${state}`, hint, context: told });
  }
  return new SurefootError({
    code: 'step-failed',
    message: `${where}: ${messageOf(error)}\n${state}`,
    hint: correct,
    context: told,
    cause: error,
  });
}

function lookFirst({ database }: RunContext): string {
  return `Run surefoot status ${database.name}, then the command again.`;
}

function placeInStack(error: unknown, path: string): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  const line = error.stack.split('\n').find((each) => each.includes(path));
  return line === undefined ? null : (/:(\d+:\d+)\)?$/u.exec(line)?.[1] ?? null);
}

/** The transaction of a step could not be opened. */
export function openingError(context: RunContext, outcome: Extract<Outcome, { status: 'failed' }>): SurefootError {
  const { failure } = outcome;
  return new SurefootError({
    code: failure.code,
    message: `opening the transaction on ${context.database.name}: ${failure.message}. Nothing was changed.`,
    hint: failure.hint ?? 'Run the command again.',
    context: { sqlState: failure.sqlState, connectionLost: failure.connectionLost },
  });
}

/** What surefoot itself sends behind the statements of a step was refused. */
export function ownError(context: RunContext, step: PreparedStep, failure: SqlFailure): SurefootError {
  const { message, detail, sqlState, object, connectionLost } = failure;
  const told = (said: (words: string) => string): string =>
    `${step.plan.file}: after its statements: ${said(message)}\n${detail === null ? '' : `  ${said(detail)}\n`}${NOTHING_CHANGED}`;
  return new SurefootError({
    code: connectionLost ? 'connection-lost' : 'sql-failed',
    message: told((words) => words),
    record: told(maskMessage),
    hint: connectionLost ? lookFirst(context) : 'Look for deferred constraints that the change violates.',
    context: { file: step.plan.file, sqlState, detail, object, connectionLost },
  });
}
