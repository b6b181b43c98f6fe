import { dirname, isAbsolute, join } from 'node:path';
import { SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Row, Value } from '../../model/engine.ts';
import type { Sql, SqlFragment, StepTools } from '../../model/user-script.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { RebuildTable } from '../../ports/rebuild.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Outcome, Session } from '../../ports/session.ts';
import type { Statement } from '../../model/statement.ts';
import { splitStatements } from '../../sql/index.ts';
import type { Engine } from '../../model/engine.ts';
import { readCsv } from './csv.ts';

const TRANSACTION_WORDS =
  /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(begin|start|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/iu;

export interface ToolParts {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly engine: Engine;
  readonly database: string;
  /** Name of the step, for progress. */
  readonly name: string;
  /** Absolute path of the file the step comes from. */
  readonly file: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Lines logged by the step, kept for the journal. */
  readonly notes: string[];
  readonly rebuild: RebuildTable;
  /** Told of each statement before it runs. */
  readonly onStatement?: ((text: string) => Promise<void>) | undefined;
  /** Where no transaction is open. */
  readonly apart?: Apart | undefined;
}

/** What stands around the work of a step that has no transaction. */
export interface Apart {
  /** Runs one statement; `work` may be called again. */
  statement<T>(text: string, work: () => Promise<T>): Promise<T>;
  /** Runs what must happen whole or not at all. */
  whole<T>(work: () => Promise<T>): Promise<T>;
}

/** What a TypeScript step, sample or test works with, on the session's open transaction. */
export function createTools(parts: ToolParts): StepTools {
  const { session, dialect, progress, database, name, signal, notes } = parts;
  const message = (level: 'info' | 'warn', text: string): void => {
    notes.push(text);
    progress.report({ type: 'message', database, level, text });
  };
  const whole = async (work: () => Promise<number>): Promise<number> => parts.apart?.whole(work) ?? work();
  const copyRows: StepTools['copyRows'] = async (table, columns, rows) =>
    whole(async () => session.copyRows(quotePath(dialect, table), columns, rows, { signal }));
  return {
    sql: createSql(parts),
    copyRows,
    rebuildTable: async (table, rebuild) => whole(async () => parts.rebuild(session, table, rebuild)),
    copyFromCsv: async (table, file, options) => {
      const path = isAbsolute(file) ? file : join(dirname(parts.file), file);
      const csv = await readCsv(path, options?.delimiter ?? ',');
      return copyRows(table, csv.columns, csv.rows);
    },
    progress: (state) => {
      progress.report({
        type: 'progress',
        database,
        name,
        done: state.done,
        total: state.total ?? null,
        unit: state.unit ?? 'rows',
      });
    },
    log: { info: (text) => message('info', text), warn: (text) => message('warn', text) },
    signal,
  };
}

export function createSql(
  parts: Pick<ToolParts, 'session' | 'dialect' | 'engine' | 'name' | 'onStatement' | 'apart'>,
): Sql {
  const { session, dialect, engine, name, onStatement, apart } = parts;
  const query = async (text: string, parameters: readonly Value[] = []): Promise<readonly Row[]> => {
    refuseTransactionWords(text);
    await onStatement?.(text);
    const work = async (): Promise<readonly Row[]> => session.query(text, parameters);
    return apart === undefined ? work() : apart.statement(text, work);
  };
  const tagged = async (
    strings: TemplateStringsArray,
    ...values: readonly (Value | SqlFragment)[]
  ): Promise<readonly Row[]> => {
    const parameters: Value[] = [];
    const pieces = strings.map((piece, index) => {
      if (index >= values.length) return piece;
      const value = values[index] ?? null;
      if (isFragment(value)) return piece + value.sqlFragment;
      parameters.push(value);
      return piece + dialect.parameter(parameters.length);
    });
    return query(pieces.join(''), parameters);
  };
  return Object.assign(tagged, {
    query,
    script: async (text: string): Promise<void> => {
      const { statements, problems } = splitStatements(engine, text, name);
      const [problem] = problems;
      if (problem !== undefined)
        throw new SurefootError({
          code: problem.code,
          message: `in sql.script of ${name}: ${problem.message}`,
          hint: problem.hint ?? undefined,
        });
      for (const statement of statements) refuseTransactionWords(statement.text);
      for (const statement of statements) await onStatement?.(statement.text);
      const send = async (some: readonly Statement[], from: number): Promise<void> =>
        refuseFailed(
          await session.batch(some.map(({ text: each, copyData }) => ({ text: each, copyData }))),
          name,
          from,
        );
      if (apart === undefined) return send(statements, 1);
      for (const [index, statement] of statements.entries())
        await apart.statement(statement.text, async () => send([statement], index + 1));
    },
    id: (...names: readonly string[]): SqlFragment => ({
      sqlFragment: names.map((each) => dialect.identifier(each)).join('.'),
    }),
  });
}

function refuseFailed(outcomes: readonly Outcome[], name: string, from: number): void {
  const index = outcomes.findIndex((outcome) => outcome.status !== 'done');
  const outcome = outcomes[index];
  if (outcome?.status === 'failed')
    throw errorOfFailure(outcome.failure, `statement ${String(from + index)} of sql.script in ${name}`);
  if (outcome?.status === 'skipped')
    throw new SurefootError({ code: 'interrupted', message: `${name} was interrupted` });
}

/** `schema.table` quoted part by part. */
function quotePath(dialect: Dialect, table: string): string {
  return table
    .split('.')
    .map((part) => dialect.identifier(part))
    .join('.');
}

function isFragment(value: Value | SqlFragment): value is SqlFragment {
  return typeof value === 'object' && value !== null && 'sqlFragment' in value;
}

function refuseTransactionWords(text: string): void {
  const word = TRANSACTION_WORDS.exec(text)?.[1];
  if (word === undefined) return;
  throw new SurefootError({
    code: 'transaction-statement',
    message: `${word.toUpperCase()} in a step: surefoot opens and commits the transaction itself`,
    hint: 'Remove the statement; the whole function runs in one transaction.',
  });
}
