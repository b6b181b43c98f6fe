import { entry, type ErrorEntry } from './entry.ts';

/** Errors of backup and restore. */
export const BACKUP = {
  'program-failed': entry(
    'failed',
    'A program could not be started',
    'The operating system refused to start a program that surefoot needs.',
    'Check that it is installed and may be executed.',
  ),
  'backup-client-missing': entry(
    'usage',
    'There is no pg_dump',
    'A backup of this server needs pg_dump and pg_restore, and neither PATH nor the usual folders have them.',
    'Install the client programs of the server’s version, or configure `backups.command`.',
  ),
  'backup-client-older': entry(
    'refused',
    'pg_dump is older than the server',
    'An older pg_dump does not know everything a newer server holds, so its backup could be incomplete.',
    'Install the client programs of the server’s version.',
  ),
  'backup-failed': entry(
    'failed',
    'The backup failed',
    'It was not finished; nothing of it was kept.',
    'Follow the shown reason and run it again.',
  ),
  'backup-differs': entry(
    'failed',
    'The backup does not hold what the database held',
    'Digests of the tables differ between the database and its backup.',
    'Keep the database as it is and find out why; run the backup again.',
  ),
  'backup-damaged': entry(
    'failed',
    'The backup is damaged',
    'Its checksum or its content is not what was recorded when it was made.',
    'Use another backup: `surefoot backup --list`.',
  ),
  'backup-not-found': entry(
    'usage',
    'No such backup',
    'No backup of this database has the id.',
    'List them with `surefoot backup --list`.',
  ),
  'backup-elsewhere': entry(
    'refused',
    'The backup is not a file that surefoot can restore',
    'It was made by a configured command, and none says how it is restored.',
    'Configure `backups.restoreCommand`, or restore it with the tool that made it.',
  ),
  'restore-later-runs': entry(
    'refused',
    'The journal shows runs later than the backup',
    'What they did would be gone after the restore.',
    'Pass `--discard-later-runs` when that is wanted.',
  ),
  'restore-in-use': entry(
    'refused',
    'Others are connected to the database',
    'It can not be replaced under them.',
    'Stop the application, or pass `--end-connections`.',
  ),
  'restore-failed': entry(
    'failed',
    'The restore failed',
    'The restored copy could not be made or put in place; the database is as it was.',
    'Follow the shown reason and run it again.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
