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
  /** Empty for an index that a constraint makes. */
  readonly sql: string;
  readonly rowid: number;
  /** Nothing of SQLite's own is, of surefoot's, of virtual tables' storage, of other tools' histories. */
  readonly described: boolean;
}

/** A query for {@link rowsFrom}. `where`: a condition with its WHERE. */
export function rowsQuery(where = ''): string {
  return `SELECT type, name, tbl_name, sql, rowid FROM sqlite_schema ${where}`;
}

/** `virtual`: whether there are virtual tables beside those among the rows. */
export async function rowsFrom(
  session: Session,
  answer: readonly (readonly unknown[])[],
  virtual: boolean,
  signal?: AbortSignal,
): Promise<readonly SchemaRow[]> {
  const rows = answer.map(rowOf);
  // To list it SQLite looks at each table.
  const [storage = []] = virtual || rows.some(isVirtual) ? await ask(session, [STORAGE], signal) : [];
  const names = new Set(storage.map(([name]) => name));
  return names.size === 0 ? rows : rows.map((row) => (names.has(row.table) ? { ...row, described: false } : row));
}

/** All that are described. */
export async function readRows(session: Session, signal?: AbortSignal): Promise<readonly SchemaRow[]> {
  const [answer = []] = await ask(session, [rowsQuery()], signal);
  return (await rowsFrom(session, answer, false, signal)).filter(({ described }) => described);
}

export function isVirtual({ sql }: SchemaRow): boolean {
  return /^create virtual/iu.test(sql);
}

/** Whether it is a table or a view. */
export function isRelation({ type }: SchemaRow): boolean {
  return type === 'table' || type === 'view';
}

const STORAGE = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'";
const HISTORIES: ReadonlySet<string> = new Set(FOREIGN_HISTORY_TABLES);

function rowOf(values: readonly unknown[]): SchemaRow {
  const [type, name, table] = values.map(String) as [string, string, string];
  const [, , , sql, rowid] = values;
  const leftOut = sql === null || /^sqlite_/iu.test(name) || /^surefoot_/iu.test(table) || HISTORIES.has(table);
  return { type, name, table, sql: sql === null ? '' : String(sql), rowid: Number(rowid), described: !leftOut };
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
  return answers.map(answerRows);
}

/** Throws where there is no answer. */
export function answerRows(answer: Outcome): readonly (readonly unknown[])[] {
  if (answer.status === 'failed') throw errorOfFailure(answer.failure, 'reading the schema');
  if (answer.status === 'done') return answer.rows;
  throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
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
  return new Map(rows.filter(isRelation).map((row) => [row.name.toLowerCase(), idOf(row)]));
}
