import type { RowCounts, Writes } from '../footprint.ts';
import { CATALOG, FIRST_OWN, oidArray, text } from './catalog.ts';
import { CATALOGS, type CatalogTable } from './catalogs.ts';
import {
  allRows,
  DEEP,
  DESCRIPTION_KEY,
  type KnownRows,
  type RootedCatalog,
  since,
  SMALL,
  WITH_OID,
  WITHOUT_OID,
} from './changes.ts';
import type { CatalogRow } from './family.ts';

/** A row that is new, another one or gone. `catalog`: of the object a comment is on, else null. */
export interface TouchedRow {
  readonly catalog: string | null;
  readonly root: string;
}

/** Runs one query. */
type Ask = (query: string) => Promise<readonly CatalogRow[]>;

const NONE: RowCounts = { inserted: 0, updated: 0, deleted: 0 };
const WIDE: readonly CatalogTable[] = [...SMALL, ...DEEP, 'pg_authid'];

/**
 * What transactions touched; brings the known rows up to date. Null where everything has to be looked through. New rows
 * have higher oids than all before them, and dropped ones were locked. That these are all is known from how many the
 * server counted: where the sum is another one, the whole catalog is looked through.
 */
export async function touchedRows(
  writes: Writes,
  known: ReadonlyMap<string, KnownRows>,
  ask: Ask,
): Promise<readonly TouchedRow[] | null> {
  const countOf = (table: CatalogTable): RowCounts => writes.counts.get(String(CATALOGS[table])) ?? NONE;
  if (writes.counts.size === 0) return [];
  if (WIDE.some((table) => countOf(table) !== NONE) || writes.transactions === null) return null;
  const [mark] = writes.transactions;
  const touched: TouchedRow[] = [];
  const touch = (root: string, catalog: string | null = null): void => {
    if (root !== '') touched.push({ catalog, root });
  };
  const search = new Search();
  const vanished: (readonly [string, string])[] = [];

  for (const catalog of WITH_OID) {
    const rows = known.get(catalog.name);
    const { inserted, updated, deleted } = countOf(catalog.table);
    if (rows === undefined) return null;
    const note = (found: readonly CatalogRow[]): void => {
      for (const [oid, root] of found) {
        rows.add(text(oid), text(root));
        touch(text(root));
      }
    };
    if (inserted + updated > 0)
      search.add(selectOf(catalog, `r.oid > '${String(Math.max(rows.last, FIRST_OWN - 1))}'::oid`), (found) => {
        note(found);
        // What a new table has in its toast table's place is an update of its row.
        const explained = found.filter(([, , toasted]) => toasted === 'true').length;
        if (found.length !== inserted || updated > explained) search.add(selectOf(catalog, since(mark)), note);
      });
    if (deleted > 0) {
      const number = String(CATALOG[catalog.name]);
      const suspects = suspectsOf(writes, number, rows);
      search.add(
        `SELECT r.oid::text, NULL::text, NULL::text FROM ${catalog.table} AS r WHERE r.oid = ANY (${oidArray(suspects)})`,
        (found) => {
          const there = new Set(found.map(([oid]) => text(oid)));
          const gone = suspects.filter((oid) => !there.has(oid));
          if (gone.length !== deleted)
            return search.add(asTexts(allRows(catalog.name)), (all) =>
              rows.keepOnly(all).forEach((root) => touch(root)),
            );
          for (const oid of gone) {
            touch(rows.delete(oid) ?? '');
            vanished.push([number, oid]);
          }
        },
      );
    }
  }
  for (const { table, root, newWith } of WITHOUT_OID) {
    const { inserted, updated } = countOf(table);
    if (inserted + updated === 0) continue;
    const other = newWith === null ? NONE : countOf(newWith);
    if (updated === 0 && other.inserted + other.updated > 0) continue;
    search.add(
      `SELECT DISTINCT NULL::text, (${root})::text, NULL::text FROM ${table} AS r WHERE ${since(mark)}`,
      (found) => {
        for (const [, each] of found) touch(text(each));
      },
    );
  }
  if (countOf('pg_inherits') !== NONE)
    search.add(asTexts(allRows('inherits')), (all) =>
      known
        .get('inherits')
        ?.keepOnly(all)
        .forEach((root) => touch(root)),
    );
  await search.run(ask);
  await comments(countOf('pg_description'), vanished);
  return touched;

  async function comments(count: RowCounts, gone: readonly (readonly [string, string])[]): Promise<void> {
    const rows = known.get('description');
    if (rows === undefined) return;
    if (count.inserted + count.updated > 0)
      search.add(
        `SELECT ${DESCRIPTION_KEY}, r.classoid::bigint::text, r.objoid::text FROM pg_description AS r WHERE ${since(mark)}`,
        (found) => {
          for (const [key, catalog, oid] of found) {
            rows.add(text(key), text(oid));
            touch(text(oid), text(catalog));
          }
        },
      );
    const withObjects = gone.flatMap(([catalog, oid]) =>
      [...rows.keysOf(oid)].filter((key) => key.startsWith(`${catalog}:${oid}:`)),
    );
    if (withObjects.length === count.deleted) for (const key of withObjects) rows.delete(key);
    else
      search.add(asTexts(allRows('description')), (all) => {
        const before = new Map(rows.roots);
        rows.keepOnly(all);
        for (const [key, oid] of before) if (!rows.roots.has(key)) touch(oid, key.slice(0, key.indexOf(':')));
      });
    await search.run(ask);
  }
}

function selectOf({ table, root, name }: RootedCatalog, where: string): string {
  return `SELECT r.oid::text, (${root})::text, ${name === 'class' ? '(r.reltoastrelid <> 0)::text' : 'NULL::text'} FROM ${table} AS r WHERE r.oid >= ${String(FIRST_OWN)} AND ${where}`;
}

function asTexts(query: string): string {
  return `SELECT a.key::text, a.root::text, NULL::text FROM (${query}) AS a (key, root)`;
}

/** Known rows of a catalog that were locked as what is dropped is. */
function suspectsOf({ locked }: Writes, catalog: string, rows: KnownRows): readonly string[] {
  const start = `${catalog}:`;
  return [...locked].flatMap((key) => {
    const oid = key.slice(start.length);
    return key.startsWith(start) && rows.roots.has(oid) ? [oid] : [];
  });
}

/** Queries whose answers may lead to further ones. */
class Search {
  #pending: { readonly query: string; readonly use: (rows: readonly CatalogRow[]) => void }[] = [];

  add(query: string, use: (rows: readonly CatalogRow[]) => void): void {
    this.#pending.push({ query, use });
  }

  async run(ask: Ask): Promise<void> {
    while (this.#pending.length > 0) {
      const asked = this.#pending;
      this.#pending = [];
      const answers = asked.map((): CatalogRow[] => []);
      const rows = await ask(
        asked.map(({ query }, at) => `SELECT ${String(at)}, q.* FROM (${query}) AS q`).join('\nUNION ALL '),
      );
      for (const [at, ...row] of rows) answers[Number(at)]?.push(row);
      for (const [at, { use }] of asked.entries()) use(answers[at] ?? []);
    }
  }
}
