import { messageOf } from '../../model/errors.ts';
import type { Connection } from './connection.ts';
import { SQLITE_DIALECT } from './dialect.ts';

/** Knows of a transaction that an error has ended (`OR ROLLBACK`, `RAISE(ROLLBACK, …)`, a full disk). */
export interface EndWatch {
  /**
   * Does the work, unless the transaction it is part of is at its end: it would run outside any then. Throws until the
   * abort is sent, as PostgreSQL does, or another transaction begins.
   */
  guard<T>(text: string, work: () => T): T;
}

const BEGINS = /^\s*BEGIN\b/iu;

export function watchEnd(connection: Connection): EndWatch {
  let cause: unknown = null;
  return {
    guard: (text, work) => {
      if (cause !== null) {
        if (text !== SQLITE_DIALECT.abort && !BEGINS.test(text))
          throw new Error(`the transaction is aborted; an earlier error ended it: ${messageOf(cause)}`, { cause });
        cause = null;
      }
      const open = connection.inTransaction;
      try {
        return work();
      } catch (error) {
        if (open && !connection.inTransaction) cause = error;
        throw error;
      }
    },
  };
}
