import type { Command, Outcome, Session } from '../../../ports/session.ts';
import { quoteIdentifier, quoteLiteral } from '../../../sql/quote.ts';
import { answerRows, type SchemaRow } from './rows.ts';

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

type Rows = readonly (readonly unknown[])[];

/** Of the tables and views among the rows. They are asked for in `main`: a temporary table may be called the same. */
export async function readFacts(session: Session, rows: readonly SchemaRow[], signal?: AbortSignal): Promise<Facts> {
  const views = rows.filter(({ type }) => type === 'view').map(({ name }) => name);
  const tables = rows.filter(({ type }) => type === 'table').map(({ name }) => name);
  const [ofViews = [], ofTables = [], keyRows = [], listRows = []] = await tell(
    session,
    [
      // SQLite lets a view stand whose tables are gone, and has no columns of it then.
      { what: 'table_xinfo', names: views, tolerate: true },
      { what: 'table_xinfo', names: tables },
      { what: 'foreign_key_list', names: tables },
      { what: 'index_list', names: tables },
    ],
    signal,
  );
  const columnRows = [...ofViews, ...ofTables];
  const columns = [...views, ...tables].map((name, at) => [name, (columnRows[at] ?? []).map(columnOf)] as const);
  const keys = tables.map((name, at) => [name, keyRows[at] ?? []] as const);
  const lists = tables.map(
    (name, at) => [name, (listRows[at] ?? []).filter(([, , , origin]) => origin !== 'pk')] as const,
  );
  const indexes = lists.flatMap(([, list]) => list.map(([, name]) => String(name)));
  const parents = [
    ...new Set(keys.flatMap(([, list]) => list.flatMap(([, , to, , column]) => (column === null ? String(to) : [])))),
  ];
  const [ofIndexes = [], ofParents = []] = await tell(
    session,
    [
      { what: 'index_xinfo', names: indexes },
      { what: 'table_xinfo', names: parents, tolerate: true },
    ],
    signal,
  );
  const columnsOfIndex = new Map(indexes.map((name, at) => [name, ofIndexes[at] ?? []]));
  const primary = new Map(parents.map((name, at) => [name, (ofParents[at] ?? []).map(columnOf)]));
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

interface Question {
  /** Of a PRAGMA. */
  readonly what: string;
  readonly names: readonly string[];
  /** No rows where SQLite refuses to tell. */
  readonly tolerate?: boolean;
}

/** A PRAGMA each costs less than a table of them that can be joined, up to this many. */
const FEW = 20;

/** The rows of the answers, for each question one list per name. */
async function tell(
  session: Session,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<readonly (readonly Rows[])[]> {
  const commands = questions.map((question) => (question.names.length > FEW ? [joined(question)] : each(question)));
  const outcomes = await session.batch(commands.flat(), { signal });
  const told: (readonly Rows[])[] = [];
  let from = 0;
  for (const [at, question] of questions.entries()) {
    const answers = outcomes.slice(from, from + (commands[at]?.length ?? 0));
    from += answers.length;
    const { names, tolerate } = question;
    const [first] = answers;
    if (names.length <= FEW) told.push(answers.map((answer) => rowsOf(answer, tolerate)));
    else if (first?.status === 'failed' && tolerate === true)
      told.push((await session.batch(each(question), { signal })).map((answer) => rowsOf(answer, true)));
    else told.push(byName(names.length, first === undefined ? [] : answerRows(first)));
  }
  return told;
}

function each({ what, names, tolerate = false }: Question): readonly Command[] {
  return names.map((name) => ({ text: `PRAGMA main.${what}(${quoteIdentifier(name)})`, tolerate }));
}

function joined({ what, names, tolerate = false }: Question): Command {
  const list = quoteLiteral('sqlite', JSON.stringify(names));
  return { text: `SELECT t.key, x.* FROM json_each(${list}) AS t, pragma_${what}(t.value, 'main') AS x`, tolerate };
}

function rowsOf(answer: Outcome, tolerate = false): Rows {
  return answer.status === 'failed' && tolerate ? [] : answerRows(answer);
}

function byName(count: number, rows: Rows): readonly Rows[] {
  const lists = Array.from({ length: count }, (): (readonly unknown[])[] => []);
  for (const [at, ...row] of rows) lists[Number(at)]?.push(row);
  return lists;
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
