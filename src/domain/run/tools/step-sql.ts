import type { Engine, Row, Value } from '../../../model/engine.ts';
import { SurefootError } from '../../../model/errors.ts';
import { refuseUnfitValue } from '../../../model/row.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Statement } from '../../../model/statement.ts';
import type { Sql, SqlFragment } from '../../../model/user-script.ts';
import type { Dialect } from '../../../ports/dialect.ts';
import type { Outcome, Session } from '../../../ports/session.ts';
import { splitStatements, transactionControl } from '../../../sql/index.ts';

/** Several statements at most where one ends and another begins. */
const MAY_HOLD_SEVERAL = /;\s*\S/u;

export interface SqlParts {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly engine: Engine;
  /** Whose statements they are, for messages. */
  readonly name: string;
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

/**
 * SQL for functions of the user on the session's open transaction, which stays surefoot's: a text that would end it is
 * refused (`transaction-statement`), and so is one that hides statements behind others (`several-statements`).
 */
export function createSql(parts: SqlParts): Sql {
  const { session, dialect, engine, name, onStatement, apart } = parts;
  const query = async (text: string, parameters: readonly Value[] = []): Promise<readonly Row[]> => {
    refuseUnfit(engine, text, name);
    for (const [index, value] of parameters.entries())
      refuseUnfitValue(value, () => `value ${String(index + 1)} of a statement of ${name}`);
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
      // An undefined among them is refused below.
      const value = values[index] as Value | SqlFragment;
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
      for (const statement of statements) refuseTransactionControl(engine, statement.text, name);
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

function isFragment(value: Value | SqlFragment): value is SqlFragment {
  return typeof value === 'object' && value !== null && 'sqlFragment' in value;
}

/** The driver sends a text without parameters as it is, and the server runs all that is in it. */
function refuseUnfit(engine: Engine, text: string, name: string): void {
  if (!MAY_HOLD_SEVERAL.test(text)) {
    refuseTransactionControl(engine, text, name);
    return;
  }
  const { statements } = splitStatements(engine, text, name);
  for (const statement of statements) refuseTransactionControl(engine, statement.text, name);
  if (statements.length > 1)
    throw new SurefootError({
      code: 'several-statements',
      message: `sql.query of ${name} takes one statement, and this text holds ${String(statements.length)}: ${shown(text)}`,
      hint: 'Give them to sql.script, or one after the other to sql.query.',
    });
}

const MOST_SHOWN = 80;

function shown(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, ' ');
  return line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN - 1)}…`;
}

function refuseTransactionControl(engine: Engine, text: string, name: string): void {
  const control = transactionControl(engine, text);
  if (control === null) return;
  throw new SurefootError({
    code: 'transaction-statement',
    message: `${control} in ${name}: surefoot opens and commits the transaction itself`,
    hint: 'Remove the statement; the whole function runs in one transaction.',
  });
}
