import type { Engine } from '../model/engine.ts';
import type { Problem } from '../model/problem.ts';
import type { Statement } from '../model/statement.ts';
import { PositionCursor } from './position.ts';
import { postgresSpans } from './postgres/spans.ts';
import { sqliteSpans } from './sqlite/spans.ts';
import type { Fault, Spans } from './span.ts';

/** A script as its statements, in order, with everything wrong about its lexical form. */
export interface SplitScript {
  readonly statements: readonly Statement[];
  readonly problems: readonly Problem[];
}

/** The pieces of a script by offsets: statements, comments between them, psql commands, COPY data. Never throws. */
export function splitSpans(engine: Engine, text: string): Spans {
  return engine === 'postgres' ? postgresSpans(text) : sqliteSpans(text);
}

/**
 * Splits a script into statements, by tokens only: nothing is rewritten and nothing but comments, white space and
 * semicolons between statements is left out. A text with problems is split as far as it makes sense, but is not fit to run.
 */
export function splitStatements(engine: Engine, text: string, file: string): SplitScript {
  const { spans, faults } = splitSpans(engine, text);
  const cursor = new PositionCursor(text);
  const statements: Statement[] = [];
  for (const [index, span] of spans.entries()) {
    if (span.kind !== 'statement') continue;
    const next = spans[index + 1];
    statements.push({
      text: text.slice(span.start, span.end),
      file,
      start: cursor.at(span.start),
      copyData: next?.kind === 'copy-data' ? text.slice(next.start, next.end) : null,
    });
  }
  return { statements, problems: problemsOf(text, file, faults) };
}

/** Faults with their lines and columns, in the order of the file. */
export function problemsOf(text: string, file: string, faults: readonly Fault[]): readonly Problem[] {
  const cursor = new PositionCursor(text);
  return faults
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ code, offset, message, hint }) => {
      const { line, column } = cursor.at(offset);
      return { code, file, line, column, message, hint };
    });
}
