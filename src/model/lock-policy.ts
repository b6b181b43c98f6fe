/** How a run stands in line for locks. Times in milliseconds. */
export interface LockPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** From the first try on; also the longest wait for long transactions. */
  readonly retryMs: number;
  /** Longest that another session may wait behind a lock request of ours; null: half the step's lock time-out. */
  readonly queueMs: number | null;
}

export const DEFAULT_LOCK_POLICY: LockPolicy = { retries: 30, retryMs: 10 * 60_000, queueMs: null };
