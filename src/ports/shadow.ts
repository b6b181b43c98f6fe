import type { Database } from './database.ts';

/** A throw-away database of the same engine and major version, made and dropped by surefoot. */
export interface Shadow {
  /** Lends an empty shadow to `work` and drops it afterwards, also on failure. Throws `shadow-unavailable`. */
  withShadow<T>(work: (shadow: Database) => Promise<T>): Promise<T>;
}
