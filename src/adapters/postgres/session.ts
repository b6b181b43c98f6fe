import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import type { Row, Value } from '../../model/engine.ts';
import { isSurefootError } from '../../model/errors.ts';
import { errorOfFailure, type SqlFailure } from '../../model/sql-failure.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { quoteIdentifier, quotePath } from '../../sql/quote.ts';
import { POSTGRES_DIALECT } from './dialect.ts';
import { lostConnection, toFailure } from './errors.ts';
import { encodeRows, piecesOf, sendCopy } from './wire/copy.ts';
import type { Link } from './wire/link.ts';
import { sendable } from './wire/pipeline.ts';

type Answer = Exclude<Outcome, { status: 'skipped' }>;

export function createPostgresSession(link: Link): Session {
  const state = { running: 0, cancelled: false, cancelling: null as Promise<void> | null };

  const failureOf = (error: unknown, text: string): SqlFailure =>
    toFailure(error, { text, fatal: link.watch.fatal, cancelled: state.cancelled });

  const cancel = async (): Promise<void> => {
    if (state.running === 0 || link.isLost()) return;
    state.cancelled = true;
    state.cancelling ??= link.sendCancel().finally(() => {
      state.cancelling = null;
    });
    await state.cancelling;
  };

  /** Nothing new is sent, and nothing returns, before a cancel request has arrived: it would hit the next statement. */
  const exclusively = async <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    const onAbort = (): void => void cancel();
    signal?.addEventListener('abort', onAbort, { once: true });
    state.running++;
    state.cancelled = false;
    try {
      return await work();
    } finally {
      state.running--;
      signal?.removeEventListener('abort', onAbort);
      if (state.cancelling !== null) await state.cancelling;
    }
  };

  const copy = async (text: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<number> => {
    const query = link.sql.unsafe(text);
    const target: unknown = await link.guard(query.writable());
    if (!(target instanceof Writable)) return 0;
    await link.guard(sendCopy(target, pieces, refusalOf(query)));
    return Number(/^COPY (\d+)$/u.exec(link.watch.lastTag)?.[1] ?? 0);
  };

  const send = async (command: Command): Promise<Omit<Extract<Answer, { status: 'done' }>, 'durationMs'>> => {
    if (typeof command.copyData === 'string') {
      return {
        status: 'done',
        columns: [],
        rows: [],
        rowCount: await copy(command.text, piecesOf(command.text === '' ? '' : command.copyData)),
      };
    }
    const result: unknown = await link.guard(link.sql.unsafe(command.text).values());
    // Several statements in one text give several results; the last one stands for the command.
    const last = lastResult(result);
    return {
      status: 'done',
      columns: (last?.columns ?? []).map((column) => column.name),
      rows: [...(last ?? [])],
      rowCount: last?.count ?? 0,
    };
  };

  const sendChunk = async (chunk: readonly Command[]): Promise<readonly Answer[]> => {
    let last = performance.now();
    const took = (): number => {
      const before = last;
      last = performance.now();
      return last - before;
    };
    const answers = chunk.map(async (command): Promise<Answer> => {
      try {
        const done = await send(command);
        return { ...done, durationMs: took() };
      } catch (error) {
        return { status: 'failed', failure: failureOf(error, command.text), durationMs: took() };
      }
    });
    return Promise.all(answers);
  };

  const batch: Session['batch'] = async (commands, { signal } = {}) =>
    exclusively(signal, async () => {
      const outcomes: Outcome[] = [];
      while (outcomes.length < commands.length && signal?.aborted !== true) {
        if (link.isLost()) {
          const { code, message } = link.watch.fatal ?? { code: null, message: 'the server or the network closed it' };
          outcomes.push({ status: 'failed', failure: lostConnection(message, code), durationMs: 0 });
          break;
        }
        const from = outcomes.length;
        if (commands[from]?.text === POSTGRES_DIALECT.abort && link.watch.status === 'none') {
          // Nothing to abort: the server would only warn of it.
          outcomes.push({ status: 'done', columns: [], rows: [], rowCount: 0, durationMs: 0 });
          continue;
        }
        const chunk = commands.slice(from, from + sendable(commands, from, link.watch.status));
        if (!judge(chunk, await sendChunk(chunk), outcomes)) break;
      }
      while (outcomes.length < commands.length) outcomes.push({ status: 'skipped' });
      return outcomes;
    });

  const refuseLost = (text: string): void => {
    if (link.isLost())
      throw errorOfFailure(failureOf(new Error('the server or the network closed it'), text), 'sending a statement');
  };

  return {
    get backend() {
      return link.watch.backend;
    },
    batch,
    query: (text, parameters = []) =>
      exclusively(undefined, async () => {
        refuseLost(text);
        try {
          const rows = await link.guard(link.sql.unsafe<Row[]>(text, [...parameters] as Exclude<Value, bigint>[]));
          return [...rows];
        } catch (error) {
          throw errorOfFailure(failureOf(error, text), 'PostgreSQL refused a statement');
        }
      }),
    copyRows: (table, columns, rows, { signal, onRows } = {}) =>
      exclusively(signal, async () => {
        const text = `COPY ${quotePath(table)} (${columns.map(quoteIdentifier).join(', ')}) FROM STDIN`;
        refuseLost(text);
        try {
          return await copy(text, encodeRows({ table, width: columns.length, rows, signal, onRows }));
        } catch (error) {
          if (isSurefootError(error)) throw error;
          throw errorOfFailure(failureOf(error, text), `copying rows into ${table}`);
        }
      }),
    cancel,
    close: () => link.close(state.running === 0),
  };
}

/** Adds the answers to the outcomes. False when the batch ends here. */
function judge(chunk: readonly Command[], answers: readonly Answer[], outcomes: Outcome[]): boolean {
  for (const [index, answer] of answers.entries()) {
    outcomes.push(answer);
    if (answer.status === 'done') continue;
    if (answer.failure.connectionLost || chunk[index]?.tolerate !== true) return false;
  }
  return true;
}

/** The driver answers a COPY query with the stream, and tells what the server says of the data to nobody. */
function refusalOf(query: object): Promise<never> {
  return new Promise((_, reject) => {
    Object.assign(query, { reject });
  });
}

interface Result extends Iterable<readonly unknown[]> {
  readonly columns?: readonly { readonly name: string }[] | null;
  readonly count?: number | null;
}

/** The driver's result of one statement is a list that carries `command`; of several, a plain list of those. */
function lastResult(result: unknown): Result | undefined {
  if (!Array.isArray(result)) return undefined;
  return ('command' in result ? result : result.at(-1)) as Result | undefined;
}
