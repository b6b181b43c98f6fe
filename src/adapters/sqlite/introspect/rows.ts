import { FOREIGN_HISTORY_TABLES } from '../../../model/foreign-history.ts';
import type { ObjectId } from '../../../model/snapshot.ts';
import { SurefootError } from '../../../model/errors.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Session } from '../../../ports/session.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';

/** A row of table_xinfo. `hidden`: 2 virtual and 3 stored generated columns. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  /** Place in the primary key, from 1; 0 outside. */
  readonly key: number;
  readonly hidden: number;
}

/** One column of a foreign key, as foreign_key_list tells. `to` is null where it means the primary key. */
export interface ForeignKeyInfo {
  readonly id: number;
  readonly table: string;
  readonly column: string;
  readonly to: string | null;
  readonly onUpdate: string;
  readonly onDelete: string;
  readonly match: string;
}

/** One column of an index. `origin`: c for CREATE INDEX, u and pk for constraints. */
export interface IndexInfo {
  readonly name: string;
  readonly unique: boolean;
  readonly origin: string;
  /** Null for an expression. */
  readonly column: string | null;
  readonly key: boolean;
}

/** One row of sqlite_schema. */
export interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/**
 * What is described: nothing of SQLite's own, of surefoot's, of virtual tables' own storage, of other tools' histories.
 * The list of all tables is only made where there are virtual ones: SQLite looks at each to make it.
 */
const LEFT_OUT = `s.name LIKE 'sqlite\\_%' ESCAPE '\\' OR s.tbl_name LIKE 'surefoot\\_%' ESCAPE '\\' OR s.sql IS NULL
  OR s.tbl_name IN (${FOREIGN_HISTORY_TABLES.map((name) => `'${name}'`).join(', ')})
  OR EXISTS (SELECT 1 FROM sqlite_schema WHERE sql LIKE 'create virtual%') AND s.tbl_name IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')`;

const ROWS = `SELECT s.type, s.name, s.tbl_name, s.sql FROM sqlite_schema AS s WHERE NOT (${LEFT_OUT})`;

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
  return answers.map((answer) => {
    if (answer.status === 'failed') throw errorOfFailure(answer.failure, 'reading the schema');
    if (answer.status === 'skipped')
      throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
    return answer.rows;
  });
}

export async function readRows(session: Session, signal?: AbortSignal): Promise<readonly SchemaRow[]> {
  const [rows = []] = await ask(session, [ROWS], signal);
  return rows.map(rowOf);
}

function rowOf([type, name, table, sql]: readonly unknown[]): SchemaRow {
  return { type: String(type), name: String(name), table: String(table), sql: String(sql) };
}

export function idOf({ type, name }: Pick<SchemaRow, 'type' | 'name'>): ObjectId {
  return `${type} ${quoted(name)}`;
}

/** Quoted only where SQL needs it. */
export function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) ? name : quoteIdentifier(name);
}

/** Facts that the pragmas tell, of all tables or of those named. */
export interface Facts {
  readonly columns: ReadonlyMap<string, readonly ColumnInfo[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKeyInfo[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexInfo[]>;
  readonly tables: ReadonlyMap<string, { readonly strict: boolean; readonly withoutRowid: boolean }>;
}

export async function readFacts(
  session: Session,
  only: readonly string[] | null,
  signal?: AbortSignal,
): Promise<Facts> {
  // Named ones are rows that were read: to look for them in the schema would take as long as to read all of it.
  const tables =
    only === null
      ? `SELECT s.name AS table_name FROM sqlite_schema AS s WHERE s.type IN ('table', 'view') AND NOT (${LEFT_OUT})`
      : `SELECT column1 AS table_name FROM (VALUES ${only.map((name) => `('${name.replaceAll("'", "''")}')`).join(', ')})`;
  const from = `(${tables}) AS t`;
  const [columns = [], keys = [], indexes = [], lists = []] = await ask(
    session,
    [
      `SELECT t.table_name, x.cid, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden FROM ${from}, pragma_table_xinfo(t.table_name) AS x ORDER BY 1, 2`,
      `SELECT t.table_name, x.id, x.seq, x."table", x."from", x."to", x.on_update, x.on_delete, x.match FROM ${from}, pragma_foreign_key_list(t.table_name) AS x ORDER BY 1, 2, 3`,
      `SELECT t.table_name, i.name, i."unique", i.origin, x.seqno, x.name, x.key FROM ${from}, pragma_index_list(t.table_name) AS i, pragma_index_xinfo(i.name) AS x ORDER BY 1, 2, 5`,
      `SELECT l.name, l.strict, l.wr FROM ${only === null ? '' : `${from}, `}pragma_table_list${only === null ? '' : '(t.table_name)'} AS l WHERE l.schema = 'main'`,
    ],
    signal,
  );
  return {
    columns: grouped(columns, ([, , name, type, notNull, preset, key, hidden]) => ({
      name: String(name),
      type: String(type),
      notNull: notNull === 1,
      default: preset === null ? null : String(preset),
      key: Number(key),
      hidden: Number(hidden),
    })),
    foreignKeys: grouped(keys, ([, id, , table, column, to, onUpdate, onDelete, match]) => ({
      id: Number(id),
      table: String(table),
      column: String(column),
      to: to === null ? null : String(to),
      onUpdate: String(onUpdate),
      onDelete: String(onDelete),
      match: String(match),
    })),
    indexes: grouped(indexes, ([, name, unique, origin, , column, key]) => ({
      name: String(name),
      unique: unique === 1,
      origin: String(origin),
      column: column === null ? null : String(column),
      key: key === 1,
    })),
    tables: new Map(
      lists.map(([name, strict, withoutRowid]) => [
        String(name),
        { strict: strict === 1, withoutRowid: withoutRowid === 1 },
      ]),
    ),
  };
}

function grouped<T>(
  rows: readonly (readonly unknown[])[],
  make: (row: readonly unknown[]) => T,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const table = String(row[0]);
    const group = groups.get(table);
    if (group === undefined) groups.set(table, [make(row)]);
    else group.push(make(row));
  }
  return groups;
}

/** Ids of tables and views by lower-case name. */
export function knownNames(rows: readonly SchemaRow[]): ReadonlyMap<string, ObjectId> {
  return new Map(
    rows.filter(({ type }) => type === 'table' || type === 'view').map((row) => [row.name.toLowerCase(), idOf(row)]),
  );
}
