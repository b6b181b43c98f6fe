import { SurefootError } from './errors.ts';

/** Throws `interrupted` where the signal was given; `doing` tells what was under way, and what state it leaves. */
export function stopIfAborted(signal: AbortSignal | undefined, doing: string): void {
  if (signal?.aborted !== true) return;
  throw new SurefootError({
    code: 'interrupted',
    message: `interrupted ${doing}`,
    hint: 'Run the command again to go on.',
    cause: signal.reason,
  });
}
