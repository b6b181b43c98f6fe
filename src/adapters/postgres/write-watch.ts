import type { Command, Outcome, Session } from '../../ports/session.ts';
import type { WatchedSession } from '../../ports/write-watch.ts';
import { POSTGRES_DIALECT } from './dialect.ts';
import { addWrites, FOOTPRINT, NO_WRITES, PostgresFootprint, type Writes } from './footprint.ts';

const BEGINS = /^\s*(?:BEGIN|START\s+TRANSACTION)\b/iu;
const ABORTS = /^\s*(?:ROLLBACK|ABORT)(?!\s+(?:(?:WORK|TRANSACTION)\s+)?TO\b)\b/iu;
const COMMIT = /\bCOMMIT\b/iu;
const COMMITS = /^\s*(?:COMMIT|END|PREPARE\s+TRANSACTION)\b/iu;
const HARMLESS = /^\s*(?:(?:SHOW|SET|RESET)\b|$)/iu;
/** Without counting, nothing can be told. */
const COUNTING = /track_counts/iu;

/** Asks for the footprint of each transaction just before it commits. */
export function watchPostgresWrites(inner: Session): WatchedSession {
  let writes: Writes | null = NO_WRITES;
  let open = false;
  /** Outside a transaction nobody can ask before it is over. */
  const follow = (text: string): void => {
    if (COUNTING.test(text)) writes = null;
    if (BEGINS.test(text)) {
      if (COMMIT.test(text)) writes = null;
      open = true;
    } else if (ABORTS.test(text)) open = false;
    else if (COMMITS.test(text)) {
      if (text !== POSTGRES_DIALECT.commit) writes = null;
      open = false;
    } else if (!open && !text.split(';').every((part) => HARMLESS.test(part))) writes = null;
  };
  const batch: Session['batch'] = async (commands, options) => {
    for (const { text } of commands) follow(text);
    if (!commands.some(isCommit)) return inner.batch(commands, options);
    const sent: Command[] = [];
    const asked = new Set<number>();
    for (const command of commands) {
      if (isCommit(command)) {
        asked.add(sent.length);
        sent.push({ text: FOOTPRINT });
      }
      sent.push(command);
    }
    const outcomes = await inner.batch(sent, options);
    const own: Outcome[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      if (!asked.has(index)) own.push(outcome);
      else if (outcome.status === 'done' && writes !== null) writes = addWrites(writes, outcome.rows);
    }
    return own;
  };
  return {
    unwatched: inner,
    session: {
      get backend() {
        return inner.backend;
      },
      batch,
      query: async (text, parameters) => {
        follow(text);
        return inner.query(text, parameters);
      },
      keep: async (statements) => inner.keep(statements),
      dropTemporary: () => inner.dropTemporary(),
      copyRows: async (table, columns, rows, options) => {
        follow('COPY');
        return inner.copyRows(table, columns, rows, options);
      },
      cancel: async () => inner.cancel(),
      close: async () => inner.close(),
    },
    take: () => {
      const taken = new PostgresFootprint(writes);
      writes = NO_WRITES;
      return taken;
    },
  };
}

function isCommit(command: Command): boolean {
  return command.text === POSTGRES_DIALECT.commit;
}
