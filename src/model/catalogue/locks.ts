import { entry, type ErrorEntry } from './entry.ts';

/** Errors of waiting for locks and of what a step would lose. */
export const LOCKS = {
  'lock-unavailable': entry(
    'failed',
    'The locks of a step were not to be had',
    'Every try met the lock time-out, a deadlock or a long transaction, until the limit of tries or time was met. No try went without a time-out, and the step was aborted each time. Who was in the way is named, and is in the journal for each try.',
    'Wait until the named sessions have ended, or end them, then run the command again. `lockRetries` and `lockRetryTime` of the environment set the limits.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
