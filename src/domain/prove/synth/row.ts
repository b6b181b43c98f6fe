import type { ColumnDetail } from '../../../model/snapshot.ts';
import type { Random } from '../../../model/user-script.ts';
import { addReference } from './reference.ts';
import type { RowParts, RowWish } from './row-parts.ts';
import type { TableShape } from './shape.ts';
import { textFor } from './values.ts';

/** Column name to SQL expression, for one new row. */
export function rowOf(parts: RowParts, shape: TableShape, wish: RowWish): Map<string, string> {
  const row = new Map(wish.kept);
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
  const widest = [...shape.references].sort(
    (a, b) => Number(b.required) - Number(a.required) || b.columns.length - a.columns.length,
  );
  for (const reference of widest)
    if (!wish.together.has(reference.table)) addReference(parts, shape, reference, wish, row);
  return row;
}

/** One INSERT of rows that give the same columns. */
export function insertOf(parts: RowParts, shape: TableShape, rows: readonly ReadonlyMap<string, string>[]): string {
  const { dialect } = parts.database;
  const names = [...(rows[0]?.keys() ?? [])];
  const target = `INSERT INTO ${parts.tableName(shape.id)}`;
  if (names.length === 0) return `${target} DEFAULT VALUES`;
  const values = rows.map((row) => `(${names.map((name) => row.get(name) ?? 'NULL').join(', ')})`);
  const numbers = shape.numbered.some(({ name }) => names.includes(name)) ? dialect.givenNumbers : '';
  const columns = names.map((name) => dialect.identifier(name)).join(', ');
  return parts.picks.before(`${target} (${columns}) ${numbers}VALUES ${values.join(', ')}`);
}

function isLeftOut(random: Random, column: ColumnDetail, wish: RowWish, at: number): boolean {
  const may = column.nullable || column.default !== null;
  if (wish.attempt === 0) return wish.defaults && column.default !== null;
  if (wish.attempt === 1) return column.default !== null;
  if (wish.attempt === 2) return may;
  return may && (random.chance(0.4) || (wish.sparse && at % 2 === 0));
}

function expressionOf(parts: RowParts, shape: TableShape, column: ColumnDetail, wish: RowWish): string | null {
  if (wish.attempt === 0 && wish.sparse && column.nullable && column.position % 2 === 0) return 'NULL';
  const checks = shape.checks.filter((check) => check.columns.includes(column.name)).map((check) => check.expression);
  const text = textFor(parts.index, column.type, column.typeObject, {
    name: column.name,
    checks,
    serial: wish.serial,
    attempt: wish.attempt,
    random: parts.random,
    words: wish.words(column.name),
    affinity: parts.database.capabilities.typeAffinity,
  });
  if (text !== null) return parts.database.dialect.typed(text, column.type);
  return column.nullable ? 'NULL' : null;
}
