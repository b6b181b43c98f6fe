import { isSurefootError } from '../../../model/errors.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Command } from '../../../ports/session.ts';
import { firstFailure } from '../../journal/index.ts';
import type { RunContext } from './context.ts';

/** Runs surefoot's own commands in a transaction of their own. */
export async function commitAlone(context: RunContext, commands: readonly Command[]): Promise<void> {
  const { dialect } = context.database;
  const begin = dialect.begin({ lockMs: null, statementMs: null }).map((text) => ({ text }));
  const outcomes = await context.session.batch([...begin, ...commands, { text: dialect.commit }]);
  const failure = firstFailure(outcomes);
  if (failure === null) return;
  if (!failure.connectionLost) await context.session.batch([{ text: dialect.abort, tolerate: true }]);
  throw errorOfFailure(failure, 'writing the progress of the step');
}

/** Runs each text alone, outside a transaction unless one is open. */
export async function must(context: RunContext, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const failure = firstFailure(await context.session.batch([{ text }]));
    if (failure !== null) throw errorOfFailure(failure, text);
  }
}

export function isLost(error: unknown): boolean {
  return isSurefootError(error) && error.context['connectionLost'] === true;
}
