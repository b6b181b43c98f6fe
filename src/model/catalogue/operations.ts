import { entry, type ErrorEntry } from './entry.ts';

/** Errors that end or fail an operation. */
export const OPERATIONS = {
  'check-failed': entry(
    'finding',
    'A check failed',
    'A verification query did not return what its expectation says.',
    'Compare actual and expected, correct the migration or the data.',
  ),
  'check-enum': entry(
    'finding',
    'A check uses an enum value of its own step',
    'A value added to an existing type can not be used before the transaction commits.',
    'Mark the check `-- @when committed`.',
  ),
  'maintenance-shape': entry(
    'failed',
    'The maintenance statement returns other columns',
    'It has to return a row for each job, with the columns job, outcome and detail. What it did is committed.',
    'Name its columns with AS.',
  ),
  pending: entry(
    'finding',
    'Migrations are pending',
    '`--check` was given and not everything is applied.',
    'Run `surefoot migrate`.',
  ),
  'connection-failed': entry(
    'failed',
    'No connection to the database',
    'The server could not be reached.',
    'Check host, port and network.',
  ),
  'connection-lost': entry(
    'failed',
    'The connection was lost',
    'The server or the network ended the connection.',
    'Run `surefoot status`, then the command again.',
  ),
  'authentication-failed': entry(
    'failed',
    'The database refused the login',
    'User or password are wrong, or the server does not allow this user from here.',
    'Check user and password.',
  ),
  'database-absent': entry(
    'failed',
    'The database does not exist',
    'The server has no database of this name.',
    'Create it.',
  ),
  'database-file': entry(
    'failed',
    'The SQLite file can not be opened',
    'The path is a folder, is not a database, or permissions are missing.',
    'Check the path.',
  ),
  'read-only': entry(
    'failed',
    'The database is read-only',
    'The file or server does not accept writes.',
    'Check permissions, or use the primary server.',
  ),
  busy: entry(
    'failed',
    'The database is busy',
    'Another connection holds a lock for too long.',
    'Try again when it has ended.',
  ),
  'tls-failed': entry(
    'failed',
    'The TLS connection failed',
    'The certificate or its settings were refused.',
    'Check sslmode and certificates.',
  ),
  'permission-denied': entry(
    'failed',
    'Permission denied by the database',
    'The role lacks a privilege.',
    'Grant it, or use another role.',
  ),
  'lock-timeout': entry(
    'failed',
    'A lock was not obtained in time',
    'Another session holds a conflicting lock.',
    'Try again when it has ended.',
  ),
  'statement-timeout': entry(
    'failed',
    'A statement took too long',
    'It was cancelled by the statement time-out.',
    'Raise `-- @statement-timeout`.',
  ),
  'sql-failed': entry(
    'failed',
    'A statement failed',
    'The database refused a statement of the file.',
    'Correct the statement at the shown line.',
  ),
  'step-failed': entry(
    'failed',
    'A TypeScript step failed',
    'The migration function threw.',
    'Correct the function at the shown line.',
  ),
  'shadow-unavailable': entry(
    'failed',
    'No shadow database can be made',
    'There is no throw-away server of the right version, or the history can not be replayed.',
    'Follow the shown hint.',
  ),
  'embedded-start-failed': entry(
    'failed',
    'The embedded server did not start',
    'Its log tells why.',
    'Read the shown lines of the log.',
  ),
  'value-invalid': entry(
    'failed',
    'A value that SQL can not take',
    'A function of a TypeScript file gave `undefined`, a Date, an array or an object as a value: a driver would take it for NULL, or for a text that nobody meant.',
    'Give a text, number, bigint, boolean, Uint8Array or null.',
  ),
  'csv-invalid': entry(
    'failed',
    'A CSV file can not be read',
    'A line has the wrong number of fields or an open quote.',
    'Correct the file at the shown line.',
  ),
  interrupted: entry(
    'interrupted',
    'Interrupted',
    'A signal stopped the command between two statements.',
    'Run it again.',
  ),
  internal: entry(
    'failed',
    'A bug in surefoot',
    'Something happened that should not.',
    'Report it with the output of `--verbose`.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
