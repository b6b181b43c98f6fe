import type { Engine } from '../model/engine.ts';
import type { Session } from './session.ts';

/** What the transactions of a session wrote. Only the tracker of the same engine knows what to make of it. */
export interface Footprint {
  readonly engine: Engine;
}

/** A session that notes what is written through it. */
export interface WatchedSession {
  /** Does what the watched session does. */
  readonly session: Session;
  /** The watched session itself, for what only reads. */
  readonly unwatched: Session;
  /** What was written since the last call. */
  take(): Footprint;
}
