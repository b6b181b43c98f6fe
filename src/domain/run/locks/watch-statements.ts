import { isSurefootError } from '../../../model/errors.ts';
import type { RunContext } from '../session/context.ts';

/** What is over sooner is not looked at. */
const FIRST_LOOK_MS = 1_000;
const EVERY_MS = 500;

/** Looks on from another session, so that the long statements of a step can be followed. */
export interface StatementWatch {
  /** Names the step that is at work from now on. */
  turnTo(name: string): void;
  /** Never throws. */
  stop(): Promise<void>;
}

/**
 * Reports how far the long statements of a run's steps are, where somebody wants to know and the engine tells. One timer
 * for the whole run: one for each step would cost a short step more than its record does.
 */
export function watchStatements(context: RunContext): StatementWatch {
  const { clock, database, observer, progress } = context;
  if (progress.watches !== true || !database.capabilities.statementProgress)
    return { turnTo: () => undefined, stop: () => Promise.resolve() };
  const end = new AbortController();
  const now: { step: { readonly name: string; readonly since: number } | null } = { step: null };
  const look = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await clock.sleep(EVERY_MS, end.signal);
      // Another session after the connection was lost.
      const { backend } = context.lock;
      const { step } = now;
      if (backend === null || step === null || clock.monotonic() - step.since < FIRST_LOOK_MS) continue;
      const seen = await observer.ask(async (other) => database.longStatements.look(other, backend));
      if (seen === null) return;
      if (seen.answer !== null && now.step === step && !end.signal.aborted)
        progress.report({ type: 'progress', database: database.name, name: step.name, ...seen.answer });
    }
  };
  // That nobody can look on must not fail the step.
  const looking = look().catch((error: unknown) => {
    if (!isSurefootError(error)) throw error;
  });
  looking.catch(() => undefined);
  return {
    turnTo: (name) => {
      now.step = { name, since: clock.monotonic() };
    },
    stop: async () => {
      end.abort();
      await looking.catch(() => undefined);
    },
  };
}
