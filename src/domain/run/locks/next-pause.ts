const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

/**
 * The pause before the next try: exponential with decorrelated jitter, so that two runs that met once do not meet
 * again, and never shorter than others may just have been kept waiting. `chance` is 0 up to 1.
 */
export function nextPause(previousMs: number | null, othersWaitMs: number, chance: number): number {
  const shortest = Math.max(SHORTEST_PAUSE_MS, othersWaitMs);
  const longest = Math.max(LONGEST_PAUSE_MS, shortest);
  const reach = Math.max(shortest, (previousMs ?? shortest) * 3);
  return Math.min(longest, shortest + chance * (reach - shortest));
}
