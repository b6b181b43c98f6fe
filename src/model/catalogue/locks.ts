import { entry, type ErrorEntry } from './entry.ts';

/** Errors of waiting for locks and of what a step would lose. */
export const LOCKS = {
  'lock-unavailable': entry(
    'failed',
    'The locks of a step were not to be had',
    'Every try met the lock time-out, a deadlock or a long transaction, until the limit of tries or time was met. No try went without a time-out, and the step was aborted each time. Who was in the way is named, and is in the journal for each try.',
    'Wait until the named sessions have ended, or end them, then run the command again. `lockRetries` and `lockRetryTime` of the environment set the limits.',
  ),
  'rows-lost': entry(
    'refused',
    'A step takes away rows without saying so',
    'Rows are gone that no DELETE, TRUNCATE or DROP TABLE of the file names and no `-- @deletes <table>` declares: a foreign key cascaded, a trigger deleted, or a rebuilt table was copied in part. The transaction was aborted.',
    'Correct the statement that takes them along, or declare it with `-- @deletes <table>`.',
  ),
  'objects-lost': entry(
    'refused',
    'A rebuilt table lost what hung on it',
    'A table was dropped or renamed away and made again under its name, and indexes, triggers or the AUTOINCREMENT counter did not come back. The transaction was aborted.',
    'Make them again behind the rebuild, drop what is not wanted by name ahead of it, or use `rebuildTable` in a TypeScript migration.',
  ),
  'foreign-keys-violated': entry(
    'refused',
    'Foreign keys refer to nothing',
    'The file runs with `-- @foreign-keys off`, and at its end more rows refer to rows that do not exist than before. The transaction was aborted.',
    'Keep the rows they refer to, or change those that refer to them in the same file.',
  ),
  'foreign-keys-pragma': entry(
    'usage',
    'PRAGMA foreign_keys inside a transaction does nothing',
    'SQLite ignores the statement inside a transaction, so foreign keys would stay enforced and a rebuilt table would take its children along.',
    'Put `-- @foreign-keys off` at the head of the file.',
  ),
  'rebuild-refused': entry(
    'failed',
    'A table can not be rebuilt like this',
    '`rebuildTable` was asked for something it can not do without losing what the table holds or what hangs on it. The transaction was aborted.',
    'Follow the shown hint.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
