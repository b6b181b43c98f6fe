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

const BEGINS = /^\s*(?:BEGIN|START\s+TRANSACTION)\b/iu;
const ENDS = /^\s*(?:COMMIT|ROLLBACK(?!\s+TO\b))\b/iu;
const READS = /^\s*SHOW\b/iu;

/** Asks for the locks of each transaction just before it commits. */
export function watchPostgresWrites(inner: Session): WatchedSession {
  let written = new Set<string>();
  let open = false;
  let unknown = false;
  const follow = (text: string): void => {
    if (BEGINS.test(text)) open = true;
    else if (ENDS.test(text)) open = false;
  };
  /** Outside a transaction the locks are gone before anybody can ask for them. */
  const note = (text: string): void => {
    if (!open && !READS.test(text)) unknown = true;
  };
  const batch: Session['batch'] = async (commands, options) => {
    for (const { text } of commands) follow(text);
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
      query: async (text, parameters) => {
        note(text);
        return inner.query(text, parameters);
      },
      copyRows: async (table, columns, rows, options) => {
        note('COPY');
        return inner.copyRows(table, columns, rows, options);
      },
      cancel: async () => inner.cancel(),
      close: async () => inner.close(),
    },
    take: () => {
      const taken = unknown ? null : written;
      written = new Set();
      unknown = false;
      return taken;
    },
  };
}

function isCommit(command: Command): boolean {
  return command.text === POSTGRES_DIALECT.commit;
}
