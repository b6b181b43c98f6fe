import { FOREIGN_HISTORY_TABLES } from '../../../model/foreign-history.ts';
import type { ObjectId } from '../../../model/snapshot.ts';
import { SurefootError } from '../../../model/errors.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Outcome, Session } from '../../../ports/session.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';

/** One row of sqlite_schema. */
export interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** What is left out: what is SQLite's own, surefoot's, or another tool's history. */
const LEFT_OUT = `s.name LIKE 'sqlite\\_%' ESCAPE '\\' OR s.tbl_name LIKE 'surefoot\\_%' ESCAPE '\\' OR s.sql IS NULL
  OR s.tbl_name IN (${FOREIGN_HISTORY_TABLES.map((name) => `'${name}'`).join(', ')})`;

/**
 * And storage of virtual tables, the list of which is only made where there are any: SQLite looks at each table to make
 * it. Few rows are looked up one by one.
 */
const STORAGE = `EXISTS (SELECT 1 FROM sqlite_schema WHERE sql LIKE 'create virtual%')
  AND s.tbl_name IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')`;
const STORAGE_OF_ONE = `EXISTS (SELECT 1 FROM pragma_table_list(s.tbl_name) WHERE schema = 'main' AND type = 'shadow')`;

/** What is described, of the rows `s` of sqlite_schema. */
export const DESCRIBED = `NOT (${LEFT_OUT} OR ${STORAGE})`;

const ROWS = `SELECT s.type, s.name, s.tbl_name, s.sql FROM sqlite_schema AS s WHERE ${DESCRIBED}`;

/** Every row with its number, and whether it is left out. */
export const ALL_ROWS = `SELECT s.type, s.name, s.tbl_name, s.sql, s.rowid, ${LEFT_OUT} OR ${STORAGE} FROM sqlite_schema AS s`;

/** The same of rows whose numbers fulfil a condition. */
export function rowsWhere(condition: string, virtual: boolean): string {
  const leftOut = virtual ? `${LEFT_OUT} OR ${STORAGE_OF_ONE}` : LEFT_OUT;
  return `SELECT s.type, s.name, s.tbl_name, s.sql, s.rowid, ${leftOut} FROM sqlite_schema AS s WHERE s.rowid ${condition}`;
}

/** Answers of queries, each as rows in column order. */
export async function ask(
  session: Session,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<readonly (readonly (readonly unknown[])[])[]> {
  const answers = await session.batch(
    queries.map((text) => ({ text })),
    { signal },
  );
  return answers.map(rowsOf);
}

export function rowsOf(answer: Outcome | undefined): readonly (readonly unknown[])[] {
  if (answer?.status === 'failed') throw errorOfFailure(answer.failure, 'reading the schema');
  if (answer?.status === 'done') return answer.rows;
  throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
}

export async function readRows(session: Session, signal?: AbortSignal): Promise<readonly SchemaRow[]> {
  const [rows = []] = await ask(session, [ROWS], signal);
  return rows.map(rowOf);
}

export function rowOf([type, name, table, sql]: readonly unknown[]): SchemaRow {
  return { type: String(type), name: String(name), table: String(table), sql: String(sql) };
}

export function idOf({ type, name }: Pick<SchemaRow, 'type' | 'name'>): ObjectId {
  return `${type} ${quoted(name)}`;
}

/** Quoted only where SQL needs it. */
export function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) ? name : quoteIdentifier(name);
}

/** Ids of tables and views by lower-case name. */
export function knownNames(rows: readonly SchemaRow[]): ReadonlyMap<string, ObjectId> {
  return new Map(
    rows.filter(({ type }) => type === 'table' || type === 'view').map((row) => [row.name.toLowerCase(), idOf(row)]),
  );
}
