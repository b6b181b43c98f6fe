import type { ErrorCode } from './error-catalogue.ts';
import { SurefootError } from './errors.ts';

/** What an engine said when it refused a statement. */
export interface SqlFailure {
  /** The surefoot code this failure belongs to: `sql-failed` unless it is one of the special classes. */
  readonly code: ErrorCode;
  /** SQLSTATE on PostgreSQL, the extended result code's name on SQLite. */
  readonly sqlState: string | null;
  readonly message: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** 0-based UTF-16 index into the statement's text, null when the engine names no place. */
  readonly index: number | null;
  /** The engine's call context (`PL/pgSQL function …`). */
  readonly where: string | null;
  /** The object the engine names: table, column or constraint. */
  readonly object: string | null;
  /** The session is gone: nothing more can be sent on it. */
  readonly connectionLost: boolean;
}

/** active_sql_transaction, invalid_transaction_termination */
const REFUSES_TRANSACTION: ReadonlySet<unknown> = new Set(['25001', '2D000']);

/**
 * Whether the engine refused a statement for the transaction around it, which only the run tells: a procedure that
 * commits, REINDEX of a partitioned table. `context` of an error of `errorOfFailure` will do.
 */
export function refusesTransaction({ sqlState }: { readonly sqlState?: unknown }): boolean {
  return REFUSES_TRANSACTION.has(sqlState);
}

/** An error for a failure outside a migration's statements: its message is the engine's. */
export function errorOfFailure(failure: SqlFailure, doing: string): SurefootError {
  return new SurefootError({
    code: failure.code,
    message: `${doing}: ${failure.message}`,
    hint: failure.hint ?? undefined,
    context: {
      sqlState: failure.sqlState,
      detail: failure.detail,
      object: failure.object,
      connectionLost: failure.connectionLost,
    },
  });
}
