import type { Engine } from '../../model/engine.ts';
import type { StatementRows } from '../../model/journal-entry.ts';
import type { Statement, StatementFacts } from '../../model/statement.ts';
import type { Outcome } from '../../ports/session.ts';
import { changedTable } from '../../sql/index.ts';

/** Statements whose count of rows tells what they changed, and not what they returned. */
const COUNTED: ReadonlySet<string> = new Set([
  'INSERT',
  'REPLACE',
  'UPDATE',
  'DELETE',
  'MERGE',
  'COPY',
  'CREATE TABLE AS',
]);

/** What a statement did to rows; none where it is not one that changes any. */
export function statementRows(
  engine: Engine,
  { text, start }: Statement,
  facts: StatementFacts | undefined,
  outcome: Outcome | undefined,
): readonly StatementRows[] {
  if (outcome?.status !== 'done' || facts === undefined || !COUNTED.has(facts.kind)) return [];
  const table = changedTable(engine, text) ?? facts.createsTables[0] ?? null;
  return [{ line: start.line, kind: facts.kind, table, rows: outcome.rowCount }];
}
