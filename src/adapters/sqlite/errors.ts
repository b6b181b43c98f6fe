import type { ErrorCode } from '../../model/error-catalogue.ts';
import { messageOf, SurefootError } from '../../model/errors.ts';
import type { SqlFailure } from '../../model/sql-failure.ts';

/** What SQLite said, in surefoot's terms. `text` is the statement it said it about. */
export function toFailure(error: unknown, text: string): SqlFailure {
  const sqlState = codeOf(error);
  const message = messageOf(error);
  const closed = message.includes('database connection is not open');
  return {
    code: closed ? 'connection-lost' : classOf(sqlState),
    sqlState,
    message: explained(sqlState, message),
    detail: null,
    hint: hintFor(sqlState),
    index: indexOfError(message, text),
    where: null,
    object: objectOf(message),
    connectionLost: closed,
  };
}

/** An error met while opening a file, naming the file. */
export function openError(error: unknown, path: string): SurefootError {
  const failure = toFailure(error, '');
  const code: ErrorCode = failure.code === 'sql-failed' ? 'database-file' : failure.code;
  return new SurefootError({
    code,
    message: `the SQLite file ${path} can not be opened: ${failure.message}`,
    hint: failure.hint ?? 'Check the path and its permissions.',
    context: { path, sqlState: failure.sqlState },
    cause: error,
  });
}

/** The extended result code's name, such as SQLITE_CONSTRAINT_CHECK. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && /^SQLITE_(?:BUSY|LOCKED)/u.test(code);
}

function classOf(code: string | null): ErrorCode {
  if (code === null) return 'sql-failed';
  if (/^SQLITE_(?:BUSY|LOCKED)/u.test(code)) return 'busy';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  if (/^SQLITE_(?:CANTOPEN|NOTADB|CORRUPT)/u.test(code)) return 'database-file';
  if (/^SQLITE_(?:PERM|AUTH)/u.test(code)) return 'permission-denied';
  if (code === 'SQLITE_FULL') return 'disk-full';
  if (code.startsWith('SQLITE_NOMEM') || code === 'SQLITE_IOERR_NOMEM') return 'out-of-memory';
  return 'sql-failed';
}

function explained(code: string | null, message: string): string {
  if (code === 'SQLITE_FULL') return 'the disk is full, or the database has reached its size limit';
  if (code?.startsWith('SQLITE_IOERR') === true)
    return `${message} (${code}): the operating system could not read or write the file`;
  if (code === 'SQLITE_BUSY_SNAPSHOT')
    return 'another connection wrote to the database after this transaction had begun to read';
  return message;
}

function hintFor(code: string | null): string | null {
  if (code === 'SQLITE_FULL') return 'Free some disk space and run the command again.';
  if (code?.startsWith('SQLITE_CORRUPT') === true) return 'Run PRAGMA integrity_check, and restore a backup.';
  if (code === 'SQLITE_NOTADB') return 'Check that the path names an SQLite database.';
  if (code?.startsWith('SQLITE_READONLY') === true) return 'Check the permissions of the file and of its folder.';
  return null;
}

const CONSTRAINT = /^(?:UNIQUE|CHECK|NOT NULL|PRIMARY KEY) constraint failed: (.+)$/u;
const MISSING = /^no such (?:table|column|index|view|trigger|function|collation sequence|module): (.+)$/u;

function objectOf(message: string): string | null {
  return CONSTRAINT.exec(message)?.[1] ?? MISSING.exec(message)?.[1] ?? null;
}

/** The driver hands out no offset; the message's own words tell the place when they occur only once. */
function indexOfError(message: string, text: string): number | null {
  if (text === '') return null;
  if (message === 'incomplete input') return text.length;
  const words = /^near "(.+)": syntax error$/su.exec(message)?.[1] ?? MISSING.exec(message)?.[1];
  return words === undefined ? null : onlyOccurrence(text, words);
}

function onlyOccurrence(text: string, words: string): number | null {
  const found: number[] = [];
  for (let index = text.indexOf(words); index !== -1; index = text.indexOf(words, index + 1)) {
    if (standsAlone(text, index, words.length)) found.push(index);
    if (found.length > 1) return null;
  }
  return found[0] ?? null;
}

function standsAlone(text: string, index: number, length: number): boolean {
  const word = /[\p{L}\p{N}_$]/u;
  const joined = (left: string, right: string): boolean => word.test(left) && word.test(right);
  const before = index > 0 && joined(text.charAt(index - 1), text.charAt(index));
  const after = joined(text.charAt(index + length - 1), text.charAt(index + length));
  return !before && !after;
}
