/** Runs of a timed check in one round, after one that is not counted. */
export const TIMED_RUNS = 9;
/** Rounds at most: noise only ever adds time, so the best of a few rounds is nearest the truth. */
export const TIMED_ROUNDS = 3;
/** Differences below this can't be told from the clock and the network, ms. */
export const TIMING_RESOLUTION_MS = 0.25;

export function median(durations: readonly number[]): number {
  const sorted = [...durations].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.POSITIVE_INFINITY;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
