import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import type { Stand } from './stand.ts';

/** More rows than this are compared by their digest alone, without examples. */
const MOST_ROWS = 50_000;
const EXAMPLES = 5;

/** The rows of one table as texts. */
export interface TableRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly primary: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly complete: boolean;
}

/** Reads tables whole; null where a table is not there. */
export async function readRows(
  stand: Stand,
  ids: Iterable<ObjectId>,
): Promise<ReadonlyMap<ObjectId, TableRows | null>> {
  const found = new Map<ObjectId, TableRows | null>();
  for (const id of ids) {
    const table = stand.digestTable(id);
    const object = stand.index.get(id);
    if (table === null || object === undefined) {
      found.set(id, null);
      continue;
    }
    const rows = await stand.runner.shadow.digester.rowTexts(stand.runner.session, table, MOST_ROWS + 1);
    found.set(id, {
      columns: table.columns.map((name) => ({ name, type: typeOf(object, name) })),
      primary: primaryOf(stand, id),
      rows: rows.slice(0, MOST_ROWS),
      complete: rows.length <= MOST_ROWS,
    });
  }
  return found;
}

/**
 * What happened to rows that were there before, in one text for people; null when all of them are there and no others.
 * Only columns that both have, with the same type, are compared; values of a column that is gone are lost with it.
 */
export function describeRows(before: TableRows, after: TableRows | null): string | null {
  if (before.rows.length === 0 && (after === null || after.rows.length === 0)) return null;
  if (after === null) return `the table is gone with its ${count(before.rows.length, 'row')}`;
  const gone = before.columns.flatMap(({ name }, at) => {
    if (after.columns.some((column) => column.name === name)) return [];
    const values = before.rows.filter((row) => row[at] !== null).length;
    return values === 0 ? [] : [`column ${name} is gone with its ${count(values, 'value')}`];
  });
  const shared = before.columns.filter(({ name, type }) =>
    after.columns.some((column) => column.name === name && column.type === type),
  );
  const [lost, added] = unmatched(project(before, shared), project(after, shared));
  if (lost.length + added.length === 0) return gone.length === 0 ? null : gone.join('; ');
  const key = before.primary.filter((name) => shared.some((column) => column.name === name));
  return [
    ...gone,
    ...examples(
      shared.map(({ name }) => name),
      key,
      lost,
      added,
    ),
  ].join('\n');
}

type Texts = readonly (string | null)[];

function project(table: TableRows, columns: readonly { readonly name: string }[]): readonly Texts[] {
  const places = columns.map(({ name }) => table.columns.findIndex((column) => column.name === name));
  return table.rows.map((row) => places.map((at) => row[at] ?? null));
}

/** Rows of the one that the other does not have, and the other way round, counting equal rows. */
function unmatched(before: readonly Texts[], after: readonly Texts[]): [Texts[], Texts[]] {
  const open = new Map<string, Texts[]>();
  for (const row of before) {
    const key = JSON.stringify(row);
    const list = open.get(key);
    if (list === undefined) open.set(key, [row]);
    else list.push(row);
  }
  const added = after.filter((row) => open.get(JSON.stringify(row))?.pop() === undefined);
  return [[...open.values()].flat(), added];
}

function examples(
  columns: readonly string[],
  key: readonly string[],
  lost: readonly Texts[],
  added: readonly Texts[],
): string[] {
  const at = key.map((name) => columns.indexOf(name));
  const keyOf = (row: Texts): string => JSON.stringify(at.map((place) => row[place]));
  const partners = new Map(key.length === 0 ? [] : added.map((row) => [keyOf(row), row]));
  const lines: string[] = [];
  let changed = 0;
  let missing = 0;
  for (const row of lost) {
    const partner = partners.get(keyOf(row));
    if (partner === undefined) missing += 1;
    else {
      changed += 1;
      partners.delete(keyOf(row));
    }
    if (lines.length === EXAMPLES) continue;
    if (partner === undefined) lines.push(`  gone: ${show(columns, row)}`);
    else {
      const which = columns
        .map((_, place) => place)
        .filter((place) => row[place] !== partner[place] || at.includes(place));
      const names = which.map((place) => columns[place] ?? '');
      const pick = (from: Texts): Texts => which.map((place) => from[place] ?? null);
      lines.push(`  changed: ${show(names, pick(row))} is now ${show(names, pick(partner))}`);
    }
  }
  const fresh = added.length - changed;
  for (const row of key.length === 0 ? added : partners.values()) {
    if (lines.length >= EXAMPLES) break;
    lines.push(`  new: ${show(columns, row)}`);
  }
  const totals = [
    missing === 0 ? null : `${count(missing, 'row')} gone`,
    changed === 0 ? null : `${count(changed, 'row')} changed`,
    fresh === 0 ? null : `${count(fresh, 'row')} new`,
  ];
  return [totals.filter((total) => total !== null).join(', '), ...lines];
}

function show(columns: readonly string[], row: Texts): string {
  const cells = columns.map((name, at) => `${name}=${cell(row[at] ?? null)}`);
  const text = cells.join(', ');
  return text.length > 300 ? `(${text.slice(0, 300)}…)` : `(${text})`;
}

function cell(text: string | null): string {
  return text === null ? 'NULL' : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function count(n: number, what: string): string {
  return `${String(n)} ${what}${n === 1 ? '' : 's'}`;
}

function typeOf(object: SchemaObject, name: string): string {
  const columns = object.detail?.type === 'table' ? object.detail.columns : [];
  return columns.find((column) => column.name === name)?.type ?? '';
}

function primaryOf(stand: Stand, id: ObjectId): readonly string[] {
  for (const { detail } of stand.index.children(id))
    if (detail?.type === 'constraint' && detail.constraint === 'primary') return detail.columns;
  return [];
}
