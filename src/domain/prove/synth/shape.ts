import type { ColumnDetail, ObjectId, SchemaObject, TableDetail } from '../../../model/snapshot.ts';

/** Looks objects up, and what belongs to them; kept up to date by who tracks the schema. */
export interface SchemaIndex {
  get(id: ObjectId): SchemaObject | undefined;
  /** Constraints, indexes, triggers and the like of one table. */
  children(id: ObjectId): Iterable<SchemaObject>;
  partitions(id: ObjectId): Iterable<ObjectId>;
  /** Functions and procedures by their name alone. */
  routines(name: string): Iterable<SchemaObject>;
}

export interface Reference {
  readonly columns: readonly string[];
  readonly table: ObjectId;
  readonly targets: readonly string[];
  /** A row has to have a partner: none of its columns may be null. */
  readonly required: boolean;
  /** No two rows may have the same partner. */
  readonly unique: boolean;
}

export interface TableCheck {
  readonly name: string;
  readonly columns: readonly string[];
  readonly expression: string;
}

/** What has to be known of a table to write rows into it. */
export interface TableShape {
  readonly id: ObjectId;
  readonly object: SchemaObject;
  readonly detail: TableDetail;
  /** Columns a row may give a value for. */
  readonly columns: readonly ColumnDetail[];
  readonly references: readonly Reference[];
  readonly checks: readonly TableCheck[];
  /** Columns that the engine counts up by itself; a row may give a value all the same. */
  readonly numbered: readonly ColumnDetail[];
  /** Values the partition key must have to find a partition; null where no partition takes rows. */
  readonly bounds: readonly ReadonlyMap<string, string>[] | null;
}

/** The shape of a table; null for what is no table. */
export function shapeOf(index: SchemaIndex, id: ObjectId): TableShape | null {
  const object = index.get(id);
  if (object?.detail?.type !== 'table') return null;
  const detail = object.detail;
  const constraints = [...index.children(id)].flatMap(({ name, detail: child }) =>
    child?.type === 'constraint' ? [{ name, ...child }] : [],
  );
  const free = new Set(detail.columns.filter(({ nullable }) => nullable).map(({ name }) => name));
  const keys = constraints.filter(({ constraint }) => constraint === 'primary' || constraint === 'unique');
  const given = detail.columns.filter(({ generated }) => generated === null);
  return {
    id,
    object,
    detail,
    columns: given.filter((column) => !isNumbered(column)),
    numbered: given.filter(isNumbered),
    references: constraints.flatMap(({ constraint, columns, references }): Reference[] => {
      if (constraint !== 'foreign' || references === null) return [];
      const required = !columns.some((name) => free.has(name));
      const unique = keys.some((key) => key.columns.every((name) => columns.includes(name)));
      return [{ columns, table: references.table, targets: references.columns, required, unique }];
    }),
    checks: constraints.flatMap(({ name, constraint, columns, expression }): TableCheck[] =>
      constraint === 'check' && expression !== null ? [{ name, columns, expression }] : [],
    ),
    bounds: detail.partitioning === null ? [] : boundsOf(index, id, detail),
  };
}

/** The engine counts it up by itself. */
function isNumbered(column: ColumnDetail): boolean {
  return column.identity !== null || column.autoincrement || /^\(*nextval\(/u.test(column.default ?? '');
}

function boundsOf(
  index: SchemaIndex,
  id: ObjectId,
  detail: TableDetail,
): readonly ReadonlyMap<string, string>[] | null {
  const found: ReadonlyMap<string, string>[] = [];
  for (const child of index.partitions(id)) {
    const part = index.get(child)?.detail;
    if (part?.type !== 'table' || part.partitionOf === null) continue;
    const own = boundValues(detail, part.partitionOf.bound);
    if (part.partitioning === null) found.push(own);
    else for (const deeper of boundsOf(index, child, part) ?? []) found.push(new Map([...own, ...deeper]));
  }
  return found.length === 0 ? null : found;
}

/** A value for each key column that lies inside the bound: its lower end, or a member of its list. */
function boundValues({ partitioning, columns }: TableDetail, bound: string): ReadonlyMap<string, string> {
  const keys = (partitioning?.key ?? '').split(',').map((key) => key.trim().replaceAll('"', ''));
  const list = /(?:FROM|IN)\s*\(([\s\S]*?)\)(?:\s+TO\s*\(([\s\S]*)\))?/iu.exec(bound);
  const values = literals(list?.[1] ?? '');
  const upper = literals(list?.[2] ?? '');
  const known = new Map<string, string>();
  for (const [at, key] of keys.entries()) {
    const value = values[at];
    const end = upper[at];
    if (!columns.some((column) => column.name === key)) continue;
    if (value !== undefined && value !== 'MINVALUE' && value !== 'NULL') known.set(key, value);
    else if (value === 'MINVALUE' && end !== undefined && /^-?\d+$/u.test(end)) known.set(key, String(Number(end) - 1));
  }
  return known;
}

function literals(list: string): string[] {
  return [...list.matchAll(/'((?:[^']|'')*)'|(-?[\w.]+)/gu)].map(
    (match) => match[1]?.replaceAll("''", "'") ?? match[2] ?? '',
  );
}
