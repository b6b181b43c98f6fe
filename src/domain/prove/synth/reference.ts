import { numberFor, type RowParts, type RowWish } from './row-parts.ts';
import type { Reference, TableShape } from './shape.ts';

/** Picks a row of the referenced table that agrees with the columns which already have a value. */
export function addReference(
  parts: RowParts,
  shape: TableShape,
  reference: Reference,
  wish: RowWish,
  row: Map<string, string>,
): void {
  const { dialect } = parts.database;
  const all = [...shape.columns, ...shape.numbered];
  const open = reference.columns.filter((name) => !row.has(name) && shape.columns.some((each) => each.name === name));
  if (open.length === 0) return;
  const free = open.filter((name) => all.find((column) => column.name === name)?.nullable === true);
  if (!reference.required && free.length > 0) {
    const empty = wish.attempt === 2 || (wish.attempt === 0 ? wish.sparse : parts.random.chance(0.4));
    if (empty || (reference.table === shape.id && (wish.attempt === 0 || parts.random.chance(0.6)))) {
      for (const name of free) row.set(name, 'NULL');
      if (free.length === open.length) return;
    }
  }
  if (reference.table === shape.id && reference.required && addItself(shape, reference, wish, row)) return;
  const column = (name: string): string => dialect.identifier(name);
  const targetOf = (from: Reference, name: string): string => column(from.targets[from.columns.indexOf(name)] ?? name);
  const agreeing = (from: Reference): string[] =>
    from.columns.flatMap((name) => {
      const expression = row.get(name);
      return expression === undefined || expression === 'NULL' ? [] : [`${targetOf(from, name)} = ${expression}`];
    });
  const conditions = agreeing(reference);
  // A partner of whom the other required references of the row find one of their own.
  for (const other of shape.references) {
    const shared = other.columns.filter((name) => open.includes(name));
    if (other === reference || !other.required || shared.length === 0 || wish.together.has(other.table)) continue;
    const where = agreeing(other);
    const there = `FROM ${parts.tableName(other.table)}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`;
    for (const name of shared)
      conditions.push(`${targetOf(reference, name)} IN (SELECT ${targetOf(other, name)} ${there})`);
  }
  const [only] = reference.columns;
  if (reference.unique && reference.columns.length === 1 && only !== undefined && wish.attempt > 0)
    conditions.push(
      `${targetOf(reference, only)} NOT IN (SELECT ${column(only)} FROM ${parts.tableName(shape.id)} WHERE ${column(only)} IS NOT NULL)`,
    );
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const order = reference.targets.map(column).join(', ');
  const from = `FROM ${parts.tableName(reference.table)}${where}`;
  const place = wish.attempt === 0 ? firstPlace(shape, reference, wish.serial) : parts.random.int(0, 1_000_000);
  const wanted = open.filter((name) => !row.has(name));
  if (wanted.length === 0) return;
  const offset = `(SELECT ${String(place)} % CASE WHEN count(*) = 0 THEN 1 ELSE count(*) END ${from})`;
  const picked = wanted.map((name) => targetOf(reference, name)).join(', ');
  const pick = parts.picks.add(`SELECT ${picked} ${from} ORDER BY ${order} LIMIT 1 OFFSET ${offset}`);
  for (const name of wanted) row.set(name, `(SELECT ${targetOf(reference, name)} FROM ${pick})`);
}

/** Rows in a row share a partner, of each reference another two: it is seen when only one row a partner is kept. */
function firstPlace({ references }: TableShape, reference: Reference, serial: number): number {
  const at = references.indexOf(reference);
  return reference.unique ? serial + at : Math.floor((serial + references.length - 1 - at) / 2) + at;
}

/** A row that has to refer to its own table refers to itself, where its own key can be told. */
function addItself(shape: TableShape, reference: Reference, wish: RowWish, row: Map<string, string>): boolean {
  const found = new Map<string, string>();
  for (const [at, name] of reference.columns.entries()) {
    const target = reference.targets[at] ?? '';
    const numbered = shape.numbered.find((column) => column.name === target);
    const own = row.get(target) ?? (numbered === undefined ? undefined : numberFor(numbered, wish.serial));
    if (own === undefined) return false;
    if (numbered !== undefined) found.set(target, own);
    found.set(name, row.get(name) ?? own);
  }
  for (const [name, expression] of found) row.set(name, expression);
  return true;
}
