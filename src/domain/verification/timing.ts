/** Runs of a timed check in one round, after one that is not counted. */
export const TIMED_RUNS = 9;
/** Rounds at most: noise only ever adds time, so the best of a few rounds is nearest the truth. */
export const TIMED_ROUNDS = 3;
/** What a check took before the change, ms. */
export interface Baseline {
  readonly ms: number;
  /** What else was timed by turns with it; null where nothing was. */
  readonly reference: Reference | null;
}
/** The dialect's reference in a size that takes about as long as the check, and so is held up by others as often. */
export interface Reference {
  readonly size: number;
  readonly ms: number;
}

/** One round of a timed check. */
export interface Round extends Baseline {
  /** Of each run, ms. */
  readonly durations: readonly number[];
}
/** Differences below this can't be told from the clock and the network, ms. */
export const TIMING_RESOLUTION_MS = 0.25;

/** How many times slower the machine is than before the change, by the reference; 1 where it is not, or nobody knows. */
export function slowdown(now: Reference | null, before: Reference | null): number {
  if (now === null || before === null || now.size !== before.size || before.ms === 0) return 1;
  return Math.max(1, now.ms / before.ms);
}

export function median(durations: readonly number[]): number {
  const sorted = [...durations].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.POSITIVE_INFINITY;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
