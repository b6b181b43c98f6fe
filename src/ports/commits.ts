import type { Session } from './session.ts';

/** A server and the line of history it follows: the number of a transaction means something there only. */
export interface Place {
  readonly system: string;
  readonly timeline: string;
}

export interface CommitAnswer {
  /**
   * `elsewhere`: this server, or its line of history, is not the one the transaction ran on (a failover).
   * `unknown`: the server does not tell.
   */
  readonly state: 'committed' | 'aborted' | 'in progress' | 'elsewhere' | 'unknown';
  /** A clause for people and for the journal. */
  readonly evidence: string;
}

/** Finds out what became of a transaction whose COMMIT was not answered. */
export interface Commits {
  /** A statement that gives the open transaction its number, and returns it in its one column. */
  readonly number: string;
  /** Asked on another session. `place`: where the transaction ran; null where that is not known. */
  ask(session: Session, number: string, place: Place | null): Promise<CommitAnswer>;
}
