import type { Session } from './session.ts';

/** Connections of others that look alike. */
export interface OtherConnections {
  /** What the engine knows of them: application, user, process. */
  readonly who: string;
  /** What they are doing, where the engine tells. */
  readonly state: string | null;
  readonly count: number;
}

/** Who else has the database open. */
export interface Activity {
  /** Connections beside this session; null where it can not be known on this machine. */
  others(session: Session): Promise<readonly OtherConnections[] | null>;
}
