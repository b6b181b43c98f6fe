import { isSurefootError } from '../../../model/errors.ts';
import type { RunContext } from './context.ts';

/** For what connects by itself and only asks: once more as long as the line is cut meanwhile and the run has patience. */
export async function untilAnswered<T>(context: RunContext, ask: () => Promise<T>): Promise<T> {
  const { clock, signal, waitMs } = context;
  const start = clock.monotonic();
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isCut(error) || signal.aborted || clock.monotonic() - start >= waitMs) throw error;
    }
  }
}

/** The line was cut while it was asked, and nothing is known by that. */
export function isCut(error: unknown): boolean {
  return (
    isSurefootError(error) &&
    error.code === 'connection-lost' &&
    error.context['connectionLost'] === true &&
    error.context['resolved'] === undefined
  );
}
