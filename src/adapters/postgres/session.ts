import { performance } from 'node:perf_hooks';
import { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Row, Value } from '../../model/engine.ts';
import { isSurefootError } from '../../model/errors.ts';
import { errorOfFailure, type SqlFailure } from '../../model/sql-failure.ts';
import type { Command, Outcome, Session } from '../../ports/session.ts';
import { quoteIdentifier, quotePath } from '../../sql/quote.ts';
import { POSTGRES_DIALECT } from './dialect.ts';
import { lostConnection, toFailure, WITHOUT_DATA } from './errors.ts';
import { createKeep } from './keep.ts';
import { encodeRows, piecesOf, sendCopy } from './wire/copy.ts';
import type { Link } from './wire/link.ts';
import { beginsTransaction, lacksCopyData, sendable } from './wire/pipeline.ts';

type Answer = Exclude<Outcome, { status: 'skipped' }>;

const DROP_TEMPORARY: readonly Command[] = [{ text: 'DISCARD TEMP', together: true }];
const CANCEL_AGAIN_MS = 100;
/** Shared by the answers of a long batch, most of which hold nothing. */
const NOTHING: readonly never[] = [];

export function createPostgresSession(link: Link): Session {
  const state = { running: 0, cancelled: false, cancelling: null as Promise<void> | null };

  const keep = createKeep();

  const failureOf = (error: unknown, text: string): SqlFailure =>
    toFailure(error, { text, fatal: link.watch.fatal, cancelled: state.cancelled, user: link.user });

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
    let ended = false;
    const onAbort = async (): Promise<void> => {
      // Once may be too soon: a request that finds the server between two statements is forgotten.
      while (!ended && !link.isLost()) {
        await cancel();
        await pause(CANCEL_AGAIN_MS, undefined, { ref: false });
      }
    };
    const listener = (): void => void onAbort();
    signal?.addEventListener('abort', listener, { once: true });
    state.running++;
    state.cancelled = false;
    try {
      return await work();
    } finally {
      ended = true;
      state.running--;
      signal?.removeEventListener('abort', listener);
      if (state.cancelling !== null) await state.cancelling;
    }
  };

  const copy = async (text: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<number> => {
    const query = link.sql.unsafe(text);
    const refusal = refusalOf(query);
    const target: unknown = await link.guard(query.writable());
    if (!(target instanceof Writable)) return 0;
    await link.guard(sendCopy(target, pieces, refusal));
    return Number(/^COPY (\d+)$/u.exec(link.watch.lastTag)?.[1] ?? 0);
  };

  /** COPY … TO STDOUT: nobody wants its data, and until it is read the server can say nothing else. */
  const passOver = async (result: unknown): Promise<void> => {
    if (!(result instanceof Readable)) return;
    await link.guard(finished(result.resume()));
    link.resume();
  };

  const send = async (command: Command): Promise<Omit<Extract<Answer, { status: 'done' }>, 'durationMs'>> => {
    if (typeof command.copyData === 'string') {
      return {
        status: 'done',
        columns: [],
        rows: [],
        rowCount: await copy(command.text, piecesOf(command.copyData)),
      };
    }
    const result: unknown = await link.guard(link.sql.unsafe(command.text).values());
    await passOver(result);
    // Several statements in one text give several results; the last one stands for the command.
    const last = lastResult(result);
    const names = last?.columns ?? NOTHING;
    // A plain array: the driver's own carries more than rows.
    const rows = last?.slice() ?? NOTHING;
    return {
      status: 'done',
      columns: names.length === 0 ? NOTHING : names.map((column) => column.name),
      rows: rows.length === 0 ? NOTHING : rows,
      rowCount: last?.count ?? 0,
    };
  };

  const sendChunk = async (
    chunk: readonly Command[],
    onAnswer: (index: number, answer: Answer) => Answer,
  ): Promise<readonly Answer[]> => {
    let last = performance.now();
    const took = (): number => {
      const before = last;
      last = performance.now();
      return last - before;
    };
    const answerTo = async (command: Command): Promise<Answer> => {
      try {
        const done = await send(command);
        return { ...done, durationMs: took() };
      } catch (error) {
        return { status: 'failed', failure: failureOf(error, command.text), durationMs: took() };
      }
    };
    return Promise.all(
      chunk.map(async (command, index) => {
        return onAnswer(index, await answerTo(command));
      }),
    );
  };

  /** An answer to each command, of which neighbours that travel together share one message. */
  const sendTogether = async (
    chunk: readonly Command[],
    onDone: (count: number) => void,
    onAnswer: ((index: number, answer: Answer) => void) | undefined,
  ): Promise<readonly Answer[]> => {
    const groups = groupsOf(chunk);
    let done = 0;
    let broken = false;
    const answers = await sendChunk(groups.map(messageOf), (index, answer) => {
      const group = groups[index] ?? [];
      broken ||= answer.status === 'failed' && group[0]?.tolerate !== true;
      if (broken) return answer;
      onAnswer?.(done, answer);
      done += group.length;
      onDone(done);
      return onAnswer === undefined || answer.status === 'failed' ? answer : { ...answer, rows: NOTHING };
    });
    return groups.flatMap((group, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : group.map((_, at) => (at === 0 ? answer : { ...answer, durationMs: 0 }));
    });
  };

  const batch: Session['batch'] = async (given, { signal, onDone, onAnswer } = {}) =>
    exclusively(signal, async () => {
      const commands = given.map(keep.toSent);
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
        if (lacksCopyData(commands[from])) {
          outcomes.push({ status: 'failed', failure: WITHOUT_DATA, durationMs: 0 });
          if (commands[from]?.tolerate === true) continue;
          break;
        }
        const chunk = commands.slice(from, from + sendable(commands, from, link.watch.status));
        const answers = await sendTogether(
          chunk,
          (count) => onDone?.(from + count),
          onAnswer === undefined ? undefined : (index, answer) => onAnswer(from + index, answer),
        );
        if (!judge(chunk, answers, outcomes)) break;
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
        if (lacksCopyData({ text })) throw errorOfFailure(WITHOUT_DATA, 'sending a statement');
        try {
          const result: unknown = await link.guard(
            link.sql.unsafe<Row[]>(text, [...parameters] as Exclude<Value, bigint>[]),
          );
          await passOver(result);
          return Array.isArray(result) ? [...(result as Row[])] : [];
        } catch (error) {
          throw errorOfFailure(failureOf(error, text), 'PostgreSQL refused a statement');
        }
      }),
    copyRows: (table, columns, rows, { signal, onRows } = {}) =>
      exclusively(signal, async () => {
        const text = `COPY ${quotePath(table)} (${columns.map(quoteIdentifier).join(', ')}) FROM STDIN`;
        refuseLost(text);
        const source = { thrown: null as { readonly error: unknown } | null };
        const onThrown = (error: unknown): void => {
          source.thrown ??= { error };
        };
        try {
          return await copy(text, encodeRows({ table, columns, rows, signal, onRows, onThrown }));
        } catch (error) {
          if (isSurefootError(error) || source.thrown?.error === error) throw error;
          throw errorOfFailure(failureOf(error, text), `copying rows into ${table}`);
        }
      }),
    keep: async (statements) => keep.add(batch, statements),
    dropTemporary: () => DROP_TEMPORARY,
    cancel,
    close: () => link.close(state.running === 0),
  };
}

function groupsOf(commands: readonly Command[]): readonly (readonly Command[])[] {
  const groups: Command[][] = [];
  for (const command of commands) {
    const last = groups.at(-1);
    // BEGIN never behind the COMMIT before it: were that refused, what follows would run outside a transaction.
    const joins = last !== undefined && mayShare(command) && last.every((each) => mayShare(each, true));
    if (joins && !beginsTransaction(command.text)) last.push(command);
    else groups.push([command]);
  }
  return groups;
}

function mayShare({ together, tolerate, copyData }: Command, withMore = false): boolean {
  const shares = withMore ? together === true : together === true || together === 'last';
  return shares && tolerate !== true && typeof copyData !== 'string';
}

function messageOf(group: readonly Command[]): Command {
  const [only] = group;
  return only !== undefined && group.length === 1 ? only : { text: group.map(({ text }) => text).join('; ') };
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

/**
 * The driver answers a COPY query with the stream, and tells what the server says afterwards to nobody; said at once,
 * it would even end the process as an error event of a stream that nobody has yet.
 */
function refusalOf(query: object): Promise<never> {
  const { resolve, reject } = query as { resolve(value: unknown): void; reject(error: unknown): void };
  const refusal = new Promise<never>((_, refuse) => {
    Object.assign(query, {
      resolve: (value: unknown) => {
        if (value instanceof Writable) value.on('error', () => undefined);
        resolve(value);
      },
      reject: (error: unknown) => {
        refuse(error instanceof Error ? error : new Error(String(error)));
        reject(error);
      },
    });
  });
  refusal.catch(() => undefined);
  return refusal;
}

interface Result extends ReadonlyArray<readonly unknown[]> {
  readonly columns?: readonly { readonly name: string }[] | null;
  readonly count?: number | null;
}

/** The driver's result of one statement is a list that carries `command`; of several, a plain list of those. */
function lastResult(result: unknown): Result | undefined {
  if (!Array.isArray(result)) return undefined;
  return ('command' in result ? result : result.at(-1)) as Result | undefined;
}
