import type { Command, Session } from '../../../ports/session.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import { answerRows, isRelation, type SchemaRow } from './rows.ts';

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

/** One column of a foreign key, as foreign_key_list tells. */
export interface ForeignKeyInfo {
  readonly id: number;
  readonly table: string;
  readonly column: string;
  /** Null where the key names none and there is no primary key that it could mean. */
  readonly to: string | null;
  readonly onUpdate: string;
  readonly onDelete: string;
  readonly match: string;
}

/** One column of an index. `origin`: c for CREATE INDEX, u for constraints. */
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
}

type Answer = readonly (readonly unknown[])[];

/**
 * Of the tables and views among the rows. A PRAGMA each: as tables that can be joined they cost SQLite more than it
 * takes to answer them. They name `main`, for a temporary table may be called the same.
 */
export async function readFacts(session: Session, rows: readonly SchemaRow[], signal?: AbortSignal): Promise<Facts> {
  const relations = rows.filter(isRelation);
  const tables = relations.filter(({ type }) => type === 'table');
  const told = await answers(
    session,
    [
      ...relations.map(({ name, type }) => pragma('table_xinfo', name, type === 'view')),
      ...tables.map(({ name }) => pragma('foreign_key_list', name)),
      ...tables.map(({ name }) => pragma('index_list', name)),
    ],
    signal,
  );
  const columns = relations.map(({ name }, at) => [name, (told[at] ?? []).map(columnOf)] as const);
  const keys = tables.map(({ name }, at) => [name, told[relations.length + at] ?? []] as const);
  const lists = tables.map(
    ({ name }, at) =>
      [name, (told[relations.length + tables.length + at] ?? []).filter(([, , , origin]) => origin !== 'pk')] as const,
  );
  const indexes = lists.flatMap(([, list]) => list.map(([, name]) => String(name)));
  const parents = [
    ...new Set(keys.flatMap(([, list]) => list.flatMap(([, , to, , column]) => (column === null ? String(to) : [])))),
  ];
  const more = await answers(
    session,
    [
      ...indexes.map((name) => pragma('index_xinfo', name)),
      ...parents.map((name) => pragma('table_xinfo', name, true)),
    ],
    signal,
  );
  const columnsOfIndex = new Map(indexes.map((name, at) => [name, more[at] ?? []]));
  const primary = new Map(parents.map((name, at) => [name, (more[indexes.length + at] ?? []).map(columnOf)]));
  return {
    columns: new Map(columns),
    foreignKeys: new Map(keys.map(([name, list]) => [name, list.map((row) => foreignKeyOf(row, primary))])),
    indexes: new Map(
      lists.map(([name, list]) => [
        name,
        list.flatMap((row) => (columnsOfIndex.get(String(row[1])) ?? []).map((column) => indexOf(row, column))),
      ]),
    ),
  };
}

/** `tolerate`: SQLite lets a view stand whose tables are gone, and has no columns of it then. */
function pragma(what: string, name: string, tolerate = false): Command {
  return { text: `PRAGMA main.${what}(${quoteIdentifier(name)})`, tolerate };
}

async function answers(
  session: Session,
  commands: readonly Command[],
  signal?: AbortSignal,
): Promise<readonly Answer[]> {
  if (commands.length === 0) return [];
  const outcomes = await session.batch(commands, { signal });
  return outcomes.map((outcome, at) =>
    outcome.status === 'failed' && commands[at]?.tolerate === true ? [] : answerRows(outcome),
  );
}

function columnOf([, name, type, notNull, preset, key, hidden]: readonly unknown[]): ColumnInfo {
  return {
    name: String(name),
    type: String(type),
    notNull: notNull === 1,
    default: preset === null ? null : String(preset),
    key: Number(key),
    hidden: Number(hidden),
  };
}

/** A key that names no columns means the primary key. */
function foreignKeyOf(
  [id, place, table, column, to, onUpdate, onDelete, match]: readonly unknown[],
  primary: ReadonlyMap<string, readonly ColumnInfo[]>,
): ForeignKeyInfo {
  const meant = to === null ? primary.get(String(table))?.find(({ key }) => key === Number(place) + 1)?.name : to;
  return {
    id: Number(id),
    table: String(table),
    column: String(column),
    to: meant === undefined ? null : String(meant),
    onUpdate: String(onUpdate),
    onDelete: String(onDelete),
    match: String(match),
  };
}

function indexOf(index: readonly unknown[], column: readonly unknown[]): IndexInfo {
  const [, name, unique, origin] = index;
  const [, , columnName, , , key] = column;
  return {
    name: String(name),
    unique: unique === 1,
    origin: String(origin),
    column: columnName === null ? null : String(columnName),
    key: key === 1,
  };
}
