import { entry, type ErrorEntry } from './entry.ts';

/** Errors of the files a user writes. */
export const FILES = {
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
  'file-passed-over': entry(
    'usage',
    'A file that looks like a migration and is not read',
    'Its name begins with a version, and ends like a script but not in `.sql` or `.ts`: nothing would tell that it is not applied.',
    'Rename the file, or move it out of the folder.',
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
  'several-statements': entry(
    'refused',
    'Several statements where one is expected',
    'A function of a TypeScript file gave `sql.query`, or a tagged template, a text that holds more than one statement; behind the first, a COMMIT would not be seen.',
    'Give them to `sql.script`, or one after the other to `sql.query`.',
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
} as const satisfies Readonly<Record<string, ErrorEntry>>;
