import type { Value } from '../../model/engine.ts';
import { isSurefootError } from '../../model/errors.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import type { WatchedSession } from '../../ports/write-watch.ts';
import { quotePath } from '../../sql/quote.ts';
import { SqliteFootprint } from './footprint.ts';
import { createRootPages } from './root-pages.ts';
import { schemaWriteOf, type SchemaWrite } from './schema-writes.ts';

const REGISTER = 0x10;
const SCHEMA_PAGE = 1;

/**
 * Tells from the words of a statement what it does to the schema. Of one that writes rows SQLite is asked for the
 * program before it runs: triggers and foreign keys are part of it, and the pages it opens for writing name the tables.
 */
export function watchSqliteWrites(inner: Session): WatchedSession {
  let seen = nothingSeen();
  const rootPages = createRootPages(inner);
  /** One of the same name would be written to instead of a new table, and may have triggers. */
  let temporary = false;

  /** Rows of the program; none for what SQLite refuses: running it will tell why. */
  const explain = async (text: string, parameters: readonly Value[]): Promise<readonly (readonly unknown[])[]> => {
    if (parameters.length === 0) {
      const [answer] = await inner.batch([{ text: `EXPLAIN ${text}` }]);
      return answer?.status === 'done' ? answer.rows : [];
    }
    try {
      return (await inner.query(`EXPLAIN ${text}`, parameters)).map((row) => Object.values(row));
    } catch (error) {
      if (!isSurefootError(error)) throw error;
      return [];
    }
  };

  const lookAtProgram = async (text: string, parameters: readonly Value[] = []): Promise<void> => {
    const pages = new Set<number>();
    let virtual = false;
    for (const [, opcode, p1, p2, p3, , p5] of await explain(text, parameters)) {
      if (opcode === 'VUpdate') virtual = true;
      else if (opcode === 'Clear' && p2 === 0) pages.add(Number(p1));
      else if (opcode === 'OpenWrite' && p3 === 0 && (Number(p5) & REGISTER) === 0) pages.add(Number(p2));
    }
    pages.delete(SCHEMA_PAGE);
    for (const name of await rootPages.tablesOf(pages, virtual)) seen.tables?.add(name);
  };

  const note = (text: string): SchemaWrite => {
    const write = schemaWriteOf(text);
    if (write.numbers === true) seen.numbers = true;
    if (write.temporary === true) temporary = true;
    if (write.schema !== 'none') seen.statements += 1;
    if (write.name !== undefined) seen.names.add(write.name);
    if (write.name !== undefined && write.schema === 'named' && write.table === true) seen.dropped.add(write.name);
    if (write.to !== undefined) seen.renamed.add(write.to);
    if (write.schema === 'any') seen.any = true;
    if (write.rows === 'any') seen.tables = null;
    return write;
  };

  const batch: Session['batch'] = async (commands, options) => {
    const writes = commands.map(({ text }) => note(text));
    const fresh = new FreshTables();
    const asks = writes.map((write, at) => {
      const plain = !temporary && write.into != null && fresh.has(write.into);
      fresh.note(write, commands[at]?.tolerate === true);
      return write.rows === 'program' && !plain;
    });
    if (!asks.includes(true)) return inner.batch(commands, options);
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
    for (const [index, command] of commands.entries()) {
      if (stopped) break;
      // SQLite can only tell once everything before has run.
      if (asks[index] === true) {
        await flush();
        if (stopped) break;
        await lookAtProgram(command.text);
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
      query: async (text, parameters = []) => {
        const write = note(text);
        if (write.rows === 'program') await lookAtProgram(text, parameters);
        return inner.query(text, parameters);
      },
      keep: async (statements) => inner.keep(statements),
      dropTemporary: () => inner.dropTemporary(),
      copyRows: async (table, columns, rows, options) => {
        const text = `INSERT INTO ${quotePath(table)} DEFAULT VALUES`;
        await lookAtProgram(text);
        return inner.copyRows(table, columns, rows, options);
      },
      cancel: async () => inner.cancel(),
      close: async () => inner.close(),
    },
    take: () => {
      const { tables, ...schema } = seen;
      seen = nothingSeen();
      return new SqliteFootprint(tables, schema);
    },
  };
}

/** Tables that the commands of one batch made, which have no triggers: what is written into one goes nowhere else. */
class FreshTables {
  readonly #names = new Set<string>();

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** `tolerated`: what comes behind is run even where this failed, because the table is there already. */
  note({ schema, name, table, trigger }: SchemaWrite, tolerated: boolean): void {
    if (schema === 'new' && table === true && name !== undefined && !tolerated) this.#names.add(name);
    else if (schema === 'named' || schema === 'any' || trigger === true) this.#names.clear();
  }
}

interface Seen {
  tables: Set<string> | null;
  statements: number;
  readonly names: Set<string>;
  readonly dropped: Set<string>;
  readonly renamed: Set<string>;
  any: boolean;
  numbers: boolean;
}

function nothingSeen(): Seen {
  return {
    tables: new Set(),
    statements: 0,
    names: new Set(),
    dropped: new Set(),
    renamed: new Set(),
    any: false,
    numbers: false,
  };
}
