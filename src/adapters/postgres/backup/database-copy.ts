import { SurefootError } from '../../../model/errors.ts';
import type { Dumped, DumpRequest, OpenedCopy } from '../../../ports/dumper.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import { must, observeAtOnce } from './statements.ts';

const MOST_BYTES = 63;

/** Name of the copy that belongs to a backup. */
export function copyName(id: string): string {
  return `surefoot_backup_${id.replaceAll('-', '_')}`.slice(0, MOST_BYTES);
}

/**
 * A copy of the database beside it on its own server, which copies the files: for servers without client programs.
 * Nobody else may be connected meanwhile. It has its final name only after it was compared.
 */
export async function copyDatabase(
  request: DumpRequest,
  source: string,
  open: (name: string) => OpenedCopy,
): Promise<Dumped> {
  const { session, id } = request;
  const name = copyName(id);
  // One name for all drafts of a database, so that what a killed backup left is found and removed.
  const draft = `surefoot_partial_${source}`.slice(0, MOST_BYTES);
  const create = `CREATE DATABASE ${quoteIdentifier(draft)} TEMPLATE ${quoteIdentifier(source)}`;
  const drop = `DROP DATABASE ${quoteIdentifier(draft)}`;
  await observeAtOnce(session, request.observe);
  let [made] = await session.batch([{ text: create }]);
  if (made?.status === 'failed' && made.failure.sqlState === '42P04') {
    await must(session, 'removing what a killed backup left', drop);
    [made] = await session.batch([{ text: create }]);
  }
  if (made?.status === 'failed') {
    throw new SurefootError({
      code: 'backup-failed',
      message: `the backup was not made: ${made.failure.message}${made.failure.sqlState === '55006' ? ' (a copy of the database needs it for itself)' : ''}`,
      hint: 'End the other connections and run the command again, or install the client programs of the server’s version.',
      context: { sqlState: made.failure.sqlState },
    });
  }
  const [sized] = await session.query('SELECT pg_catalog.pg_database_size($1::text::name) AS bytes', [draft]);
  return {
    size: Number(sized?.['bytes'] ?? 0),
    method: 'database-copy',
    atPath: false,
    location: `database ${name} on the same server`,
    checked: 'a database that was opened and compared',
    copy: open(draft),
    keep: async () =>
      must(session, 'naming the backup', `ALTER DATABASE ${quoteIdentifier(draft)} RENAME TO ${quoteIdentifier(name)}`),
    discard: async () => {
      await session.batch([{ text: drop, tolerate: true }]);
    },
  };
}
