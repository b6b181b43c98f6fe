import { SurefootError } from '../../model/errors.ts';
import type { Dialect, Timeouts } from '../../ports/dialect.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';

/** How long a statement waits for another connection's lock when nothing else is asked for. */
export const DEFAULT_BUSY_MS = 5000;

/** The pragmas a step may have turned, as at connect. Inside a transaction the first one does nothing, by SQLite's own rule. */
const RESET = [
  'foreign_keys = ON',
  'legacy_alter_table = OFF',
  'writable_schema = OFF',
  'ignore_check_constraints = OFF',
  'recursive_triggers = OFF',
  'query_only = OFF',
];

/**
 * `PRAGMA defer_foreign_keys` is not reset: it ends with the transaction, and switching it off earlier would change
 * what the step's author wrote. `immediateConstraints` is null for the same reason: `PRAGMA foreign_key_check` is how
 * a check sees violations that are still deferred.
 */
export const SQLITE_DIALECT: Dialect = {
  begin: (timeouts) => [
    ...sessionTimeouts(timeouts),
    // Inside the transaction it would do nothing. `resetSession` behind it puts them on again.
    ...(timeouts.foreignKeys === false ? ['PRAGMA foreign_keys = OFF'] : []),
    'BEGIN IMMEDIATE',
  ],
  transactionTimeouts: () => [],
  terminate: () => null,
  serverMajor: "SELECT '3' AS major",
  beginProbe: 'BEGIN',
  serverVersion: 'SELECT sqlite_version()',
  databaseSize: 'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size',
  commit: 'COMMIT',
  abort: 'ROLLBACK',
  timingReference: (size) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${String(size)}) SELECT count(*) FROM n`,
  savepoint: (name) => `SAVEPOINT ${quoteIdentifier(name)}`,
  rollbackTo: (name) => `ROLLBACK TO ${quoteIdentifier(name)}`,
  immediateConstraints: null,
  assumeRole: () => {
    throw unsupported('roles', '@as');
  },
  setting: () => {
    throw unsupported('settings', '@set');
  },
  resetSession: [RESET.map((pragma) => `PRAGMA ${pragma}`).join('; ')],
  sessionTimeouts,
  explain: (text) => `EXPLAIN QUERY PLAN ${text}`,
  table: (name) => `surefoot_${name}`,
  sha256: (expression) => `surefoot_sha256(${expression})`,
  isoTime: (column) => column,
  identifier: quoteIdentifier,
  literal: (value) => quoteLiteral('sqlite', value),
  typed,
  insertTogether: (inserts) => ['PRAGMA defer_foreign_keys = ON', ...inserts],
  givenNumbers: '',
  parameter: () => '?',
};

/** The statement time-out is not looked at: the capability says it can not be asked for. */
function sessionTimeouts(timeouts: Timeouts): readonly string[] {
  return [`PRAGMA busy_timeout = ${String(Math.ceil(timeouts.lockMs ?? DEFAULT_BUSY_MS))}`];
}

function unsupported(what: string, directive: string): SurefootError {
  return new SurefootError({
    code: 'engine-unsupported',
    message: `SQLite has no ${what}, so ${directive} means nothing here`,
    hint: `Remove ${directive}, or keep the check for PostgreSQL.`,
  });
}

function typed(text: string, type: string): string {
  const bytes = /^\\x((?:[0-9a-f]{2})*)$/u.exec(text)?.[1];
  if (bytes !== undefined) return `x'${bytes}'`;
  const number = /^-?\d+(?:\.\d+)?$/u.test(text) && !/char|clob|text/iu.test(type);
  return number ? text : quoteLiteral('sqlite', text);
}
