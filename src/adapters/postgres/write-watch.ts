import type { Command, Outcome, Session } from '../../ports/session.ts';
import type { WatchedSession } from '../../ports/write-watch.ts';
import { POSTGRES_DIALECT } from './dialect.ts';

/** Whoever writes rows holds such a lock to the end of the transaction. */
const WRITTEN =
  "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_locks AS l " +
  'JOIN pg_catalog.pg_class AS c ON c.oid = l.relation JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace ' +
  "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.database <> 0 " +
  "AND l.mode IN ('RowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock') AND c.relkind = 'r' " +
  "AND n.nspname <> 'surefoot' AND n.nspname !~ '^pg_'";

/** Asks for the locks of each transaction just before it commits. */
export function watchPostgresWrites(inner: Session): WatchedSession {
  let written = new Set<string>();
  const batch: Session['batch'] = async (commands, options) => {
    if (!commands.some(isCommit)) return inner.batch(commands, options);
    const sent: Command[] = [];
    const asked = new Set<number>();
    for (const command of commands) {
      if (isCommit(command)) {
        asked.add(sent.length);
        sent.push({ text: WRITTEN });
      }
      sent.push(command);
    }
    const outcomes = await inner.batch(sent, options);
    const own: Outcome[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      if (!asked.has(index)) own.push(outcome);
      else if (outcome.status === 'done') for (const [name] of outcome.rows) written.add(String(name));
    }
    return own;
  };
  return {
    session: {
      get backend() {
        return inner.backend;
      },
      batch,
      query: async (text, parameters) => inner.query(text, parameters),
      copyRows: async (table, columns, rows, options) => inner.copyRows(table, columns, rows, options),
      cancel: async () => inner.cancel(),
      close: async () => inner.close(),
    },
    take: () => {
      const taken = written;
      written = new Set();
      return taken;
    },
  };
}

function isCommit(command: Command): boolean {
  return command.text === POSTGRES_DIALECT.commit;
}
