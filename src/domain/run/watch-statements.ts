import { isSurefootError } from '../../model/errors.ts';
import type { RunContext } from './context.ts';

/** What is over sooner is not looked at: it costs a timer. */
const FIRST_LOOK_MS = 1_000;
const EVERY_MS = 500;

/**
 * Reports how far the long statements of a step are, as another session sees them, where somebody wants to know and the
 * engine tells. Ends with the returned function, which never throws.
 */
export function watchStatements(context: RunContext, name: string): () => Promise<void> {
  const { clock, database, observer, progress, session } = context;
  if (progress.watches !== true || !database.capabilities.statementProgress) return () => Promise.resolve();
  const end = new AbortController();
  const look = async (): Promise<void> => {
    await clock.sleep(FIRST_LOOK_MS, end.signal);
    while (!end.signal.aborted) {
      // Another one after the connection was lost.
      const { backend } = session;
      if (backend !== null) {
        const seen = await observer.ask(async (other) => database.longStatements.look(other, backend));
        if (seen === null) return;
        if (seen.answer !== null && !end.signal.aborted)
          progress.report({ type: 'progress', database: database.name, name, ...seen.answer });
      }
      await clock.sleep(EVERY_MS, end.signal);
    }
  };
  // That nobody can look on must not fail the step.
  const looking = look().catch((error: unknown) => {
    if (!isSurefootError(error)) throw error;
  });
  looking.catch(() => undefined);
  return async () => {
    end.abort();
    await looking.catch(() => undefined);
  };
}
