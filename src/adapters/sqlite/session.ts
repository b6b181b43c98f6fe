import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Row, Value } from '../../model/engine.ts';
import { stopIfAborted } from '../../model/interrupted.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { Connection } from './connection.ts';
import { SQLITE_DIALECT } from './dialect.ts';
import { watchEnd, type EndWatch } from './end-watch.ts';
import { danglingRows } from './dangling.ts';
import { toFailure } from './errors.ts';
import { chunksOf, createInsert } from './insert.ts';
import { toSqlite } from './values.ts';

/** The driver is synchronous: this often other work of the process gets its turn, between two statements. */
const TURN_MS = 20;

export function createSqliteSession(connection: Connection): Session {
  const settings: Settings = { turned: false };
  const end = watchEnd(connection);
  return {
    backend: null,
    batch: async (commands, options = {}) => {
      const outcomes: Outcome[] = [];
      const turn = createTurn();
      const savepoints = watchSavepoints(connection);
      let stopped = false;
      for (const command of commands) {
        if (stopped || options.signal?.aborted === true) {
          outcomes.push({ status: 'skipped' });
          continue;
        }
        const outcome = isIdleReset(settings, command.text) ? NOTHING_RESET : run(connection, command, savepoints, end);
        outcomes.push(outcome);
        stopped = outcome.status === 'failed' && command.tolerate !== true;
        if (!stopped) options.onDone?.(outcomes.length);
        await turn();
      }
      return outcomes;
    },
    query: async (text, parameters = []) => {
      noteSettings(settings, text);
      try {
        return await Promise.resolve(end.guard(text, () => select(connection, text, parameters)));
      } catch (error) {
        throw errorOfFailure(toFailure(error, text), 'SQLite refused a statement');
      }
    },
    // To prepare a statement anew costs less than to look up which one it is.
    keep: () => Promise.resolve(),
    dropTemporary: () => dropTemporary(connection),
    copyRows: async (table, columns, rows, options = {}) => {
      const insert = createInsert(connection, table, columns);
      const turn = createTurn();
      let count = 0;
      for await (const chunk of chunksOf(rows, insert.rowsAtOnce)) {
        stopIfAborted(options.signal, `while copying rows into ${table}`);
        end.guard('', () => insert.rows(chunk, count));
        count += chunk.length;
        options.onRows?.(count);
        await turn();
      }
      return count;
    },
    cancel: () => Promise.resolve(),
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}

/** Virtual tables ahead of the tables they keep their rows in, and what was made last first: it may refer to others. */
const TEMPORARY =
  "SELECT type, name FROM temp.sqlite_schema WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC, rowid DESC";

function dropTemporary(connection: Connection): readonly Command[] {
  const found = connection.prepare<unknown[], { readonly type: string; readonly name: string }>(TEMPORARY).all();
  return found.map(({ type, name }) => ({
    text: `DROP ${type.toUpperCase()} IF EXISTS temp.${quoteIdentifier(name)}`,
    together: true,
  }));
}

/** Whether any setting of the connection may be another one than at connect. */
interface Settings {
  turned: boolean;
}

const RESETS: ReadonlySet<string> = new Set(SQLITE_DIALECT.resetSession);
/** Any PRAGMA but those by which surefoot waits and reads. */
const SETS =
  /\bPRAGMA\b(?!\s+(?:busy_timeout|main\.(?:table_xinfo|foreign_key_list|index_list|index_xinfo|schema_version|user_version|application_id))\b)/i;

function noteSettings(settings: Settings, text: string): void {
  if (!settings.turned) settings.turned = SETS.test(text);
}

/** Putting settings back costs half as much as a small step, and nothing but a PRAGMA turns one. */
function isIdleReset(settings: Settings, text: string): boolean {
  if (RESETS.has(text)) return !settings.turned;
  noteSettings(settings, text);
  return false;
}

function run(connection: Connection, command: Command, savepoints: Savepoints, end: EndWatch): Outcome {
  const began = performance.now();
  try {
    const answer = end.guard(command.text, () =>
      command.together === true
        ? executeOwn(connection, command.text, savepoints)
        : execute(connection, command.text, savepoints),
    );
    return { status: 'done', ...answer, durationMs: performance.now() - began };
  } catch (error) {
    const failure = toFailure(error, command.text);
    const durationMs = performance.now() - began;
    const refused = command.text === SQLITE_DIALECT.commit && failure.sqlState === 'SQLITE_CONSTRAINT_FOREIGNKEY';
    const detail = refused && connection.inTransaction ? danglingRows(connection) : null;
    return { status: 'failed', failure: detail === null ? failure : { ...failure, detail }, durationMs };
  }
}

interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly rowCount: number;
}

/** The savepoint opened last in a batch, and whether something may have been written since. */
interface Savepoints {
  opened(text: string): void;
  wrote(): void;
  /** What to run instead of a ROLLBACK TO. */
  undo(text: string): string;
}

/**
 * Going back to a savepoint after the schema was changed makes SQLite forget the schema and read all of it again, even
 * where nothing was written since. Releasing the savepoint leaves the same state then.
 */
function watchSavepoints(connection: Connection): Savepoints {
  let undoing: string | null = null;
  return {
    opened: (text) => {
      undoing = connection.inTransaction ? text.replace(/^SAVEPOINT/u, 'ROLLBACK TO') : null;
    },
    wrote: () => {
      undoing = null;
    },
    undo: (text) => {
      const unchanged = text === undoing;
      undoing = null;
      return unchanged ? text.replace(/^ROLLBACK TO/u, 'RELEASE') : text;
    },
  };
}

const NO_ROWS: Answer = { columns: [], rows: [], rowCount: 0 };
const NOTHING_RESET: Outcome = { status: 'done', ...NO_ROWS, durationMs: 0 };

/** A statement of surefoot's own, whose answer nobody asks for. */
function executeOwn(connection: Connection, text: string, savepoints: Savepoints): Answer {
  if (text.startsWith('ROLLBACK TO ')) {
    connection.exec(savepoints.undo(text));
  } else if (text.startsWith('SAVEPOINT ')) {
    // Asked before: outside a transaction it opens one.
    savepoints.opened(text);
    connection.exec(text);
  } else {
    savepoints.wrote();
    connection.exec(text);
  }
  return NO_ROWS;
}

function execute(connection: Connection, text: string, savepoints: Savepoints): Answer {
  // Some errors (a full disk) end the transaction by themselves; ending it then is no failure, as on PostgreSQL.
  if (text === SQLITE_DIALECT.abort && !connection.inTransaction) return NO_ROWS;
  let statement;
  try {
    statement = connection.prepare<unknown[], unknown[]>(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The driver prepares exactly one statement: this text holds several, or none.
    savepoints.wrote();
    connection.exec(text);
    return NO_ROWS;
  }
  if (!statement.readonly || !statement.reader) savepoints.wrote();
  if (!statement.reader) return { columns: [], rows: [], rowCount: statement.run().changes };
  const columns = statement.columns().map((column) => column.name);
  const rows = statement
    .raw(true)
    .safeIntegers(true)
    .all()
    .map((row) => row.map(fromSqlite));
  return { columns, rows, rowCount: rows.length };
}

function select(connection: Connection, text: string, parameters: readonly Value[]): readonly Row[] {
  const statement = connection.prepare<unknown[], unknown[]>(text);
  const values = parameters.map(toSqlite);
  if (!statement.reader) {
    statement.run(...values);
    return [];
  }
  const names = statement.columns().map((column) => column.name);
  const rows = statement
    .raw(true)
    .safeIntegers(true)
    .all(...values);
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, fromSqlite(row[index])])));
}

function fromSqlite(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}

function createTurn(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < TURN_MS) return;
    await nextTurn();
    last = performance.now();
  };
}
