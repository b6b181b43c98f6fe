import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';

export function createClock(): Clock {
  return {
    now: () => new Date(),
    monotonic: () => performance.now(),
    sleep: async (ms, signal) => {
      try {
        await wait(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
      } catch {
        // Only the signal can end it early, and whoever gave it looks at it next.
      }
    },
  };
}
