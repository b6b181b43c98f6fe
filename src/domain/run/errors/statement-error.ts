import type { Engine } from '../../../model/engine.ts';
import { SurefootError } from '../../../model/errors.ts';
import type { Script } from '../../../model/migration.ts';
import type { SqlFailure } from '../../../model/sql-failure.ts';
import type { Statement } from '../../../model/statement.ts';
import { maskLiterals, positionAt, renderExcerpt } from '../../../sql/index.ts';
import { maskMessage } from '../../journal/index.ts';

/** The error for a statement of a file: place, excerpt with a caret, SQLSTATE, detail, and the state of the database. */
export function statementError(
  failure: SqlFailure,
  statement: Statement,
  script: Pick<Script, 'text' | 'source'>,
  state: string,
  engine: Engine,
): SurefootError {
  const offset = statement.start.offset + (failure.index ?? 0);
  const position = failure.index === null ? statement.start : positionAt(script.text, offset);
  const place = `${script.source.shown}:${String(position.line)}:${String(position.column)}`;
  const told = (text: string, said: (words: string) => string): string => {
    const facts = [
      failure.sqlState === null ? null : `SQLSTATE ${failure.sqlState}`,
      failure.object === null ? null : `object: ${failure.object}`,
      failure.detail === null ? null : `detail: ${said(failure.detail)}`,
      failure.where === null ? null : `in ${said(failure.where.split('\n')[0] ?? '')}`,
    ].filter((fact) => fact !== null);
    return `${place}: ${said(failure.message)}\n${renderExcerpt(text, position)}\n${facts.length === 0 ? '' : `${facts.join('; ')}\n`}${state}`;
  };
  return new SurefootError({
    code: failure.code,
    message: told(script.text, (words) => words),
    record: told(maskLiterals(engine, script.text), maskMessage),
    hint: failure.hint ?? hintFor(failure),
    context: {
      file: script.source.shown,
      line: position.line,
      column: position.column,
      sqlState: failure.sqlState,
      detail: failure.detail,
      object: failure.object,
      connectionLost: failure.connectionLost,
      state,
    },
  });
}

function hintFor(failure: SqlFailure): string {
  switch (failure.code) {
    case 'lock-timeout':
      return 'Another session holds a conflicting lock: run the command again when it has ended, or raise -- @lock-timeout.';
    case 'statement-timeout':
      return 'Raise -- @statement-timeout, or do the work in smaller steps.';
    case 'permission-denied':
      return 'Grant the privilege to the migrating role, or connect as a role that has it.';
    case 'connection-lost':
      return 'Run the command again: it looks what is applied, and goes on from there.';
    default:
      return 'Correct the statement, then run the command again.';
  }
}
