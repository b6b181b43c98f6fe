import { entry, type ErrorEntry } from './entry.ts';

/** What a server says when it can not go on, and what the line to it can do. */
export const SERVER = {
  'too-many-connections': entry(
    'failed',
    'The server takes no more connections',
    'All connections of the server, or those of this role or database, are taken.',
    'End some, or raise the limit that the message names.',
  ),
  'disk-full': entry(
    'failed',
    'The disk is full',
    'The server, or the file system of the SQLite file, has no space left. The transaction was aborted.',
    'Free space, then run the command again.',
  ),
  'out-of-memory': entry(
    'failed',
    'The database is out of memory',
    'A statement needed more memory than there is, or more locks than the lock table of the server holds. The transaction was aborted.',
    'Follow the hint of the server; split a migration that touches very many objects.',
  ),
  'server-stopping': entry(
    'failed',
    'The server ended the session',
    'It is shutting down or starting, or an administrator ended this session.',
    'Wait until the server is up, then run the command again: it goes on where it stopped.',
  ),
  'statement-cancelled': entry(
    'failed',
    'Somebody cancelled the statement',
    'Another session asked the server to cancel it (`pg_cancel_backend`).',
    'Ask who did it and why, then run the command again.',
  ),
  'pooled-connection': entry(
    'refused',
    'The connection is shared with others',
    'The URL leads to a pooler in transaction or statement mode. A lock of the session, its settings and its time-outs would land on connections of others, so no run is begun.',
    'Give a direct URL: `--direct-url`, or `directUrl` in the configuration.',
  ),
  'commit-unknown': entry(
    'failed',
    'The answer to a COMMIT was lost and the server can not be asked',
    'The connection broke while a step was being committed, and no new one could be had in time. The step is either committed whole or not at all.',
    'Run `surefoot status` when the server is back: the history was committed together with the step. The next run goes on from there.',
  ),
  'commit-pending': entry(
    'failed',
    'A step is still being committed',
    'The connection broke while a step was being committed, and the server is not done with it: it may wait for a synchronous standby.',
    'Wait for the server process that the message names, then run the command again.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
