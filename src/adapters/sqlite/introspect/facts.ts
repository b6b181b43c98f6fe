import type { Session } from '../../../ports/session.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { ask, DESCRIBED, rowsOf, type SchemaRow } from './rows.ts';

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

/** What the pragmas tell, by the name of the table or view. */
export interface Facts {
  readonly columns: ReadonlyMap<string, readonly ColumnInfo[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKeyInfo[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexInfo[]>;
  readonly tables: ReadonlyMap<string, { readonly strict: boolean; readonly withoutRowid: boolean }>;
}

/** `only`: these tables and views; null: all that are described. */
export async function readFacts(
  session: Session,
  only: readonly SchemaRow[] | null,
  signal?: AbortSignal,
): Promise<Facts> {
  const from = (type: 'table' | 'view'): string => `(${namesOf(type, only)}) AS t`;
  const tables = from('table');
  const [columns = [], keys = [], indexes = [], lists = []] = await ask(
    session,
    [
      columnsOf(tables),
      // A key that names no columns means the primary key.
      `SELECT t.table_name, x.id, x.seq, x."table", x."from", coalesce(x."to", (SELECT p.name FROM pragma_table_list(x."table") AS l, pragma_table_xinfo(l.name, 'main') AS p WHERE l.schema = 'main' AND l.type <> 'view' AND p.pk = x.seq + 1)), x.on_update, x.on_delete, x.match FROM ${tables}, pragma_foreign_key_list(t.table_name, 'main') AS x ORDER BY 1, 2, 3`,
      `SELECT t.table_name, i.name, i."unique", i.origin, x.seqno, x.name, x.key FROM ${tables}, pragma_index_list(t.table_name, 'main') AS i, pragma_index_xinfo(i.name, 'main') AS x ORDER BY 1, 2, 5`,
      `SELECT l.name, l.strict, l.wr FROM ${only === null ? '' : `${tables}, `}pragma_table_list${only === null ? '' : '(t.table_name)'} AS l WHERE l.schema = 'main'`,
    ],
    signal,
  );
  return {
    columns: grouped(
      [...columns, ...(await viewColumns(session, only, from('view'), signal))],
      ([, , name, type, notNull, preset, key, hidden]) => ({
        name: String(name),
        type: String(type),
        notNull: notNull === 1,
        default: preset === null ? null : String(preset),
        key: Number(key),
        hidden: Number(hidden),
      }),
    ),
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

function namesOf(type: 'table' | 'view', only: readonly SchemaRow[] | null): string {
  if (only === null)
    return `SELECT s.name AS table_name FROM sqlite_schema AS s WHERE s.type = '${type}' AND ${DESCRIBED}`;
  // Rows that were read: to look for them in the schema would take as long as to read all of it.
  const names = only.filter((row) => row.type === type).map(({ name }) => `(${quoteLiteral('sqlite', name)})`);
  return names.length === 0
    ? "SELECT '' AS table_name WHERE 0"
    : `SELECT column1 AS table_name FROM (VALUES ${names.join(', ')})`;
}

function columnsOf(from: string): string {
  return `SELECT t.table_name, x.cid, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden FROM ${from}, pragma_table_xinfo(t.table_name, 'main') AS x ORDER BY 1, 2`;
}

/** SQLite lets a view stand whose tables are gone, and has no columns of it then. */
async function viewColumns(
  session: Session,
  only: readonly SchemaRow[] | null,
  from: string,
  signal?: AbortSignal,
): Promise<readonly (readonly unknown[])[]> {
  if (only?.every(({ type }) => type !== 'view') === true) return [];
  const [together] = await session.batch([{ text: columnsOf(from) }], { signal });
  if (together?.status !== 'failed') return rowsOf(together);
  const [views = []] =
    only === null
      ? await ask(session, [namesOf('view', null)], signal)
      : [only.filter(({ type }) => type === 'view').map(({ name }) => [name])];
  const outcomes = await session.batch(
    views.map(([name]) => ({
      text: columnsOf(`(SELECT ${quoteLiteral('sqlite', String(name))} AS table_name) AS t`),
      tolerate: true,
    })),
    { signal },
  );
  return outcomes.flatMap((outcome) => (outcome.status === 'done' ? outcome.rows : []));
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
