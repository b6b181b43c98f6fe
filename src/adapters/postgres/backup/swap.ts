import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../../../model/engine.ts';
import { SurefootError } from '../../../model/errors.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Session } from '../../../ports/session.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';

const TRIES = 5;
const IN_USE = '55006';
/** A session that has just been closed is still shown for a moment. */
const LEAVING_TRIES = 20;
const LEAVING_MS = 100;
const MOST_BYTES = 63;

export interface Swap {
  readonly target: string;
  readonly beside: string;
  /** What the database that is there will be called; null where there is none. */
  readonly kept: string | null;
}

/** A name that no database has, for the one that is there now; null where there is none. */
export async function keptName(session: Session, target: string): Promise<string | null> {
  const [found] = await session.query('SELECT 1 AS one FROM pg_catalog.pg_database WHERE datname = $1', [target]);
  return found === undefined ? null : freeName(session, `${target.slice(0, MOST_BYTES - 20)}_before_restore`);
}

/**
 * Renames both databases in one transaction. While it runs nobody new can get in: a connection that begins waits for
 * the lock on the database's name.
 */
export async function swapDatabases(
  session: Session,
  { target, beside, kept }: Swap,
  endConnections: boolean,
): Promise<void> {
  const rename = (from: string, to: string): string =>
    `ALTER DATABASE ${quoteIdentifier(from)} RENAME TO ${quoteIdentifier(to)}`;
  for (let tried = 1; ; tried += 1) {
    if (kept !== null) await emptyDatabase(session, target, endConnections);
    const outcomes = await session.batch([
      { text: 'BEGIN' },
      ...(kept === null ? [] : [{ text: rename(target, kept) }]),
      { text: rename(beside, target) },
      { text: 'COMMIT' },
    ]);
    const failure = outcomes.find((outcome) => outcome.status === 'failed')?.failure;
    if (failure === undefined) return;
    await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
    if (failure.sqlState !== IN_USE || tried >= TRIES)
      throw errorOfFailure(failure, `putting the restored database in the place of ${target}`);
  }
}

async function emptyDatabase(session: Session, name: string, endConnections: boolean): Promise<void> {
  if (endConnections) {
    await session.query(
      'SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid()',
      [name],
    );
    return;
  }
  let others = await othersOn(session, name);
  for (let tried = 1; others.length > 0 && tried < LEAVING_TRIES; tried += 1) {
    await pause(LEAVING_MS);
    others = await othersOn(session, name);
  }
  if (others.length === 0) return;
  throw new SurefootError({
    code: 'restore-in-use',
    message: `${name} can not be replaced: ${String(others.length)} other connection${others.length === 1 ? '' : 's'} to it; the database is as it was\n${others.map((row) => `  pid ${String(row['pid'])}: ${String(row['usename'])} ${String(row['app'])} from ${String(row['client'])}`).join('\n')}`,
    hint: 'Stop the application, then run the command again, or pass --end-connections.',
  });
}

async function othersOn(session: Session, name: string): Promise<readonly Row[]> {
  return session.query(
    "SELECT pid, usename, application_name AS app, coalesce(host(client_addr), 'local') AS client FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid() ORDER BY pid",
    [name],
  );
}

async function freeName(session: Session, name: string): Promise<string> {
  const rows = await session.query(
    'SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname::text, $1)',
    [name],
  );
  const taken = new Set(rows.map((row) => String(row['datname'])));
  for (let number = 1; ; number += 1) {
    const free = `${name}_${String(number)}`;
    if (!taken.has(free)) return free;
  }
}
