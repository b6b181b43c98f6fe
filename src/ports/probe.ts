import type { Statement } from '../model/statement.ts';
import type { Session } from './session.ts';

/** What the catalog tells of a statement that was begun outside a transaction and whose end nobody saw. */
export interface Settlement {
  /** `done`: it took effect. `absent`: run it (again), after `cleanup`. `unknown`: no evidence; running it again is the only way. */
  readonly state: 'done' | 'absent' | 'unknown';
  /**
   * Statements that remove what a broken try left (an invalid index), each outside a transaction. With `done` they
   * bring the statement to its end (a detach that is pending).
   */
  readonly cleanup: readonly string[];
  /** One sentence for the journal. */
  readonly evidence: string;
}

/** Settles statements that can not run in a transaction, by evidence from the catalog. */
export interface Probe {
  settle(session: Session, statement: Statement): Promise<Settlement>;
}
