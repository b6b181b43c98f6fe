import type { Row, Value } from '../../model/engine.ts';
import { isSurefootError } from '../../model/errors.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import type { WatchedSession } from '../../ports/write-watch.ts';
import { quotePath } from '../../sql/quote.ts';
import { SqliteFootprint } from './footprint.ts';

/** Statements that can write rows. A PRAGMA would take effect by being explained. */
const WRITES =
  /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:INSERT|UPDATE|DELETE|REPLACE|WITH|DROP|ALTER|CREATE\s+(?:TEMP\s+|TEMPORARY\s+)?TABLE)\b/iu;
const OWN = /^(?:INSERT INTO|UPDATE|DELETE FROM) surefoot_/u;
const REGISTER = 0x10;

/**
 * Asks SQLite for the program of each statement before it runs: triggers and foreign keys are part of it, and the
 * pages it opens for writing name the tables.
 */
export function watchSqliteWrites(inner: Session): WatchedSession {
  let written = new Set<string>();

  /** Nothing for what SQLite refuses: running it will tell why. */
  const explain = async (text: string, parameters: readonly Value[]): Promise<readonly Row[]> => {
    try {
      return await inner.query(`EXPLAIN ${text}`, parameters);
    } catch (error) {
      if (!isSurefootError(error)) throw error;
      return [];
    }
  };

  const look = async (text: string, parameters: readonly Value[] = []): Promise<void> => {
    if (!WRITES.test(text) || OWN.test(text)) return;
    const pages = new Set<number>();
    let virtual = false;
    for (const { opcode, p1, p2, p3, p5 } of await explain(text, parameters)) {
      if (opcode === 'VUpdate') virtual = true;
      else if (opcode === 'Clear' && p2 === 0) pages.add(Number(p1));
      else if (opcode === 'OpenWrite' && p3 === 0 && (Number(p5) & REGISTER) === 0) pages.add(Number(p2));
    }
    pages.delete(1);
    if (pages.size === 0 && !virtual) return;
    const rows = await inner.query(
      `SELECT DISTINCT tbl_name AS name FROM sqlite_schema WHERE rootpage IN (${[...pages].join(', ')})${virtual ? ' OR rootpage = 0' : ''}`,
    );
    for (const { name } of rows) written.add(String(name));
  };

  const batch: Session['batch'] = async (commands, options) => {
    if (!commands.some(({ text }) => WRITES.test(text))) return inner.batch(commands, options);
    const outcomes: Outcome[] = [];
    let pending: Command[] = [];
    let stopped = false;
    const flush = async (): Promise<void> => {
      if (pending.length === 0) return;
      const got = await inner.batch(pending, options);
      stopped = got.some(
        (each, index) => each.status === 'skipped' || (each.status === 'failed' && pending[index]?.tolerate !== true),
      );
      outcomes.push(...got);
      pending = [];
    };
    for (const command of commands) {
      if (stopped) break;
      if (WRITES.test(command.text) && !OWN.test(command.text)) {
        await flush();
        if (stopped) break;
        await look(command.text);
      }
      pending.push(command);
    }
    if (!stopped) await flush();
    while (outcomes.length < commands.length) outcomes.push({ status: 'skipped' });
    return outcomes;
  };

  return {
    unwatched: inner,
    session: {
      backend: inner.backend,
      batch,
      query: async (text, parameters) => {
        await look(text, parameters);
        return inner.query(text, parameters);
      },
      keep: async (statements) => inner.keep(statements),
      copyRows: async (table, columns, rows, options) => {
        await look(`INSERT INTO ${quotePath(table)} DEFAULT VALUES`);
        return inner.copyRows(table, columns, rows, options);
      },
      cancel: async () => inner.cancel(),
      close: async () => inner.close(),
    },
    take: () => {
      const taken = new SqliteFootprint(written);
      written = new Set();
      return taken;
    },
  };
}
