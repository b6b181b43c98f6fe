import type { Dialect, Timeouts } from '../../ports/dialect.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';

export const POSTGRES_DIALECT: Dialect = {
  begin: (timeouts) => ['BEGIN', ...transactionTimeouts(timeouts)],
  transactionTimeouts,
  // With a time to wait, the call returns when it has ended.
  terminate: (backend) => `SELECT pg_catalog.pg_terminate_backend(${String(backend)}, 5000)`,
  serverMajor: "SELECT (pg_catalog.current_setting('server_version_num')::integer / 10000)::text AS major",
  beginProbe: 'BEGIN',
  serverVersion: "SELECT pg_catalog.current_setting('server_version_num')::integer / 10000",
  databaseSize: 'SELECT pg_catalog.pg_database_size(pg_catalog.current_database())',
  commit: 'COMMIT',
  abort: 'ROLLBACK',
  timingReference: (size) => `SELECT pg_catalog.count(*) FROM pg_catalog.generate_series(1, ${String(size)})`,
  savepoint: (name) => `SAVEPOINT ${quoteIdentifier(name)}`,
  rollbackTo: (name) => `ROLLBACK TO SAVEPOINT ${quoteIdentifier(name)}`,
  immediateConstraints: 'SET CONSTRAINTS ALL IMMEDIATE',
  assumeRole: (role) => `SET LOCAL ROLE ${quoteIdentifier(role)}`,
  setting: (key, value) =>
    `SELECT pg_catalog.set_config(${quoteLiteral('postgres', key)}, ${quoteLiteral('postgres', value)}, true)`,
  // One message: a step may have changed how literals are read, so nothing that holds one may travel with it.
  resetSession: ['RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL'],
  sessionTimeouts: ({ lockMs, statementMs }) => [
    lockMs === null ? 'RESET lock_timeout' : `SET lock_timeout = ${milliseconds(lockMs)}`,
    statementMs === null ? 'RESET statement_timeout' : `SET statement_timeout = ${milliseconds(statementMs)}`,
  ],
  explain: (text) => `EXPLAIN (FORMAT JSON) ${text}`,
  table: (name) => `surefoot.${name}`,
  sha256: (expression) => `pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(${expression}, 'UTF8')), 'hex')`,
  isoTime: (column) => `pg_catalog.to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  identifier: quoteIdentifier,
  literal: (value) => quoteLiteral('postgres', value),
  typed: (text, type) => `${quoteLiteral('postgres', text)}::${type}`,
  insertTogether: (inserts) => {
    const parts = inserts.map((text, at) => `surefoot_${String(at)} AS (${text})`);
    return [`WITH ${parts.join(', ')} SELECT`];
  },
  givenNumbers: 'OVERRIDING SYSTEM VALUE ',
  parameter: (n) => `$${String(n)}`,
};

function transactionTimeouts({ lockMs, statementMs }: Timeouts): readonly string[] {
  const commands: string[] = [];
  if (lockMs !== null) commands.push(`SET LOCAL lock_timeout = ${milliseconds(lockMs)}`);
  if (statementMs !== null) commands.push(`SET LOCAL statement_timeout = ${milliseconds(statementMs)}`);
  return commands;
}

/** The server counts whole milliseconds, and 0 means no limit. */
function milliseconds(ms: number): string {
  return String(ms <= 0 ? 0 : Math.ceil(ms));
}
