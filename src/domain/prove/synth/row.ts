import type { ColumnDetail, ObjectId } from '../../../model/snapshot.ts';
import type { Random } from '../../../model/user-script.ts';
import type { Database } from '../../../ports/database.ts';
import { valueText, type ValueWish } from './pools.ts';
import type { Reference, SchemaIndex, TableShape } from './shape.ts';

export interface RowParts {
  readonly database: Database;
  readonly index: SchemaIndex;
  readonly random: Random;
  /** How a table is written in SQL. */
  readonly tableName: (id: ObjectId) => string;
}

export interface RowWish {
  readonly serial: number;
  readonly attempt: number;
  /** Every other column that may be null is. */
  readonly sparse: boolean;
}

/** Column name to SQL expression, for one new row. */
export function rowOf(parts: RowParts, shape: TableShape, wish: RowWish): ReadonlyMap<string, string> {
  const row = new Map<string, string>();
  const { dialect } = parts.database;
  const bounds = shape.bounds ?? [];
  const bound = bounds.length === 0 ? undefined : bounds[wish.serial % bounds.length];
  for (const [column, text] of bound ?? []) {
    const detail = shape.columns.find((each) => each.name === column);
    if (detail !== undefined) row.set(column, dialect.typed(text, detail.type));
  }
  for (const [at, column] of shape.columns.entries()) {
    if (row.has(column.name) || shape.references.some((reference) => reference.columns.includes(column.name))) continue;
    const expression = isLeftOut(parts.random, column, wish, at) ? null : expressionOf(parts, shape, column, wish);
    if (expression !== null) row.set(column.name, expression);
  }
  const widest = [...shape.references].sort((a, b) => b.columns.length - a.columns.length);
  for (const reference of widest) addReference(parts, shape, reference, wish, row);
  return row;
}

/** One INSERT of rows that give the same columns. */
export function insertOf(parts: RowParts, shape: TableShape, rows: readonly ReadonlyMap<string, string>[]): string {
  const { dialect } = parts.database;
  const names = [...(rows[0]?.keys() ?? [])];
  const target = `INSERT INTO ${parts.tableName(shape.id)}`;
  if (names.length === 0) return `${target} DEFAULT VALUES`;
  const values = rows.map((row) => `(${names.map((name) => row.get(name) ?? 'NULL').join(', ')})`);
  return `${target} (${names.map((name) => dialect.identifier(name)).join(', ')}) VALUES ${values.join(', ')}`;
}

function isLeftOut(random: Random, column: ColumnDetail, wish: RowWish, at: number): boolean {
  const may = column.nullable || column.default !== null;
  if (wish.attempt === 0) return false;
  if (wish.attempt === 1) return column.default !== null;
  if (wish.attempt === 2) return may;
  return may && (random.chance(0.4) || (wish.sparse && at % 2 === 0));
}

function expressionOf(parts: RowParts, shape: TableShape, column: ColumnDetail, wish: RowWish): string | null {
  if (wish.attempt === 0 && wish.sparse && column.nullable && column.position % 2 === 0) return 'NULL';
  const checks = shape.checks.filter((check) => check.columns.includes(column.name)).map((check) => check.expression);
  const text = textFor(parts, column.type, column.typeObject, {
    name: column.name,
    checks,
    serial: wish.serial,
    attempt: wish.attempt,
    random: parts.random,
  });
  if (text !== null) return parts.database.dialect.typed(text, column.type);
  return column.nullable ? 'NULL' : null;
}

type TextWish = Pick<ValueWish, 'name' | 'checks' | 'serial' | 'attempt' | 'random'>;

/** The text form of a value of any type: element by element for arrays, attribute by attribute for composite types. */
function textFor(parts: RowParts, type: string, typeObject: ObjectId | null, wish: TextWish): string | null {
  const { index, database } = parts;
  if (type.endsWith('[]')) {
    const element = textFor(parts, type.slice(0, -2), typeObject, wish);
    return element === null ? '{}' : `{${quoted(element)}}`;
  }
  const detail = typeObject === null ? undefined : index.get(typeObject)?.detail;
  if (detail?.type === 'domain') {
    const definition = typeObject === null ? '' : (index.get(typeObject)?.definition ?? '');
    const own = /\bCHECK\b[\s\S]*/iu.exec(definition)?.[0].replaceAll(/\bVALUE\b/gu, wish.name) ?? '';
    return textFor(parts, detail.base, null, { ...wish, checks: own === '' ? wish.checks : [...wish.checks, own] });
  }
  if (detail?.type === 'composite') {
    const texts = detail.attributes.map(({ name, type: inner }) =>
      textFor(parts, inner, null, { ...wish, name, checks: [] }),
    );
    return `(${texts.map((text) => (text === null ? '' : quoted(text))).join(',')})`;
  }
  return valueText({
    ...wish,
    type: type.toLowerCase(),
    labels: detail?.type === 'enum' ? detail.labels : null,
    affinity: database.capabilities.typeAffinity,
  });
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`;
}

/** Picks a row of the referenced table that agrees with the columns which already have a value. */
function addReference(
  parts: RowParts,
  shape: TableShape,
  reference: Reference,
  wish: RowWish,
  row: Map<string, string>,
): void {
  const { dialect } = parts.database;
  const open = reference.columns.filter(
    (name) => !row.has(name) && shape.columns.some((column) => column.name === name),
  );
  if (open.length === 0) return;
  const details = open.map((name) => shape.columns.find((column) => column.name === name));
  if (details.every((column) => column?.nullable === true)) {
    const empty = wish.attempt === 2 || (wish.attempt === 0 ? wish.sparse : parts.random.chance(0.4));
    if (empty || reference.table === shape.id) {
      for (const name of open) row.set(name, 'NULL');
      return;
    }
  }
  const itself = reference.table === shape.id ? selfExpressions(reference, row) : null;
  if (itself !== null) {
    for (const [name, expression] of itself) row.set(name, expression);
    return;
  }
  const table = parts.tableName(reference.table);
  const fixed = reference.columns.flatMap((name, at) => {
    const expression = row.get(name);
    return expression === undefined ? [] : [`${dialect.identifier(reference.targets[at] ?? name)} = ${expression}`];
  });
  const where = fixed.length === 0 ? '' : ` WHERE ${fixed.join(' AND ')}`;
  const order = reference.targets.map((name) => dialect.identifier(name)).join(', ');
  const from = `FROM ${table}${where}`;
  for (const name of open) {
    const target = dialect.identifier(reference.targets[reference.columns.indexOf(name)] ?? name);
    const offset = `(SELECT ${String(wish.serial)} % CASE WHEN count(*) = 0 THEN 1 ELSE count(*) END ${from})`;
    row.set(name, `(SELECT ${target} ${from} ORDER BY ${order} LIMIT 1 OFFSET ${offset})`);
  }
}

/** A row that refers to its own table may refer to itself, where it gives its own key. */
function selfExpressions(reference: Reference, row: ReadonlyMap<string, string>): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  for (const [at, name] of reference.columns.entries()) {
    const own = row.get(reference.targets[at] ?? '');
    if (own === undefined) return null;
    if (!row.has(name)) found.set(name, own);
  }
  return found;
}
