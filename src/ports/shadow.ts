import type { Database } from './database.ts';
import type { Session } from './session.ts';

/** A throw-away database of the same engine and major version, made and dropped by surefoot. */
export interface Shadow {
  /** Lends an empty shadow to `work` and drops it afterwards, also on failure. Throws `shadow-unavailable`. */
  withShadow<T>(work: (shadow: Database) => Promise<T>): Promise<T>;
  /**
   * Lends a throw-away server (a folder on SQLite) on which `work` makes as many shadows as it wants. All of it is gone
   * afterwards; after a kill -9 the next call of any project removes what was left. `major`: of the server; the
   * target's own without it. Throws `shadow-unavailable`.
   */
  withStage<T>(options: { readonly major?: number | undefined }, work: (stage: ShadowStage) => Promise<T>): Promise<T>;
}

/** Where shadows live. Every `connect` of a shadow fails with `shadow-foreign` unless it has reached that very shadow. */
export interface ShadowStage {
  /** Version of the server or library, as `15` or `3.50`: what catalogs and plans depend on. */
  readonly server: string;
  /** A new shadow: empty, or with everything `copyOf` has, to which nobody may be connected. */
  make(copyOf?: Database): Promise<Database>;
  /** Ends its sessions and drops it. */
  drop(shadow: Database): Promise<void>;
  /** A text that is another one once roles, memberships, settings of roles or table spaces are others. */
  sharedState(): Promise<string>;
  /** Ends a session of a shadow as a kill of its process would: what was not committed is left for the engine to find. */
  kill(shadow: Database, session: Session): Promise<void>;
  /** Another session takes every lock of a shadow that it gets at once, surefoot's own tables apart, until it is let go. */
  obstruct(shadow: Database): Promise<{ release(): Promise<void> }>;
  /** Puts roles and what else shadows share back to the beginning. All shadows are dropped by then. */
  resetShared(): Promise<void>;
}
