import type { Engine } from '../../../model/engine.ts';
import type { StatementRows } from '../../../model/journal-entry.ts';
import type { Statement, StatementFacts } from '../../../model/statement.ts';
import type { Outcome } from '../../../ports/session.ts';
import { changedTable } from '../../../sql/index.ts';

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
/** A dump has a hundred thousand INSERTs, of which nobody wants a line each in the journal. */
const MOST_TOLD = 100;

/** What the statements of a step did to rows. */
export interface RowTally {
  add(statement: Statement, facts: StatementFacts | undefined, outcome: Outcome | undefined): void;
  /** One by one, or where there are many, one for each kind and table, with the line of the first. */
  rows(): readonly StatementRows[];
}

export function createRowTally(engine: Engine): RowTally {
  const told: StatementRows[] = [];
  const sums = new Map<string, { -readonly [key in keyof StatementRows]: StatementRows[key] }>();
  let count = 0;
  return {
    add: ({ text, start }, facts, outcome) => {
      if (outcome?.status !== 'done' || facts === undefined || !COUNTED.has(facts.kind)) return;
      const table = changedTable(engine, text) ?? facts.createsTables[0] ?? null;
      const { kind } = facts;
      count += 1;
      if (count <= MOST_TOLD) told.push({ line: start.line, kind, table, rows: outcome.rowCount });
      const key = `${kind} ${table ?? ''}`;
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { line: start.line, kind, table, rows: outcome.rowCount });
      else sum.rows += outcome.rowCount;
    },
    rows: () => (count <= MOST_TOLD ? told : [...sums.values()]),
  };
}
