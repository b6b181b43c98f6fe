export interface Clock {
  /** Wall time. */
  now(): Date;
  /** Milliseconds from an arbitrary origin, never going back. */
  monotonic(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
