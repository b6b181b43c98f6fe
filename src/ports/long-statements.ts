import type { Session } from './session.ts';

/** How far one long statement is. */
export interface StatementProgress {
  /** For people: `CREATE INDEX on readings: building index: scanning table`. */
  readonly what: string;
  readonly done: number;
  /** Null where the engine does not know. */
  readonly total: number | null;
  /** Plural: `blocks`, `rows`, `bytes`. */
  readonly unit: string;
}

/** What an engine tells of a statement while it runs. */
export interface LongStatements {
  /** Asked on another session than the one looked at. Null where there is nothing to tell. */
  look(session: Session, backend: number): Promise<StatementProgress | null>;
}
