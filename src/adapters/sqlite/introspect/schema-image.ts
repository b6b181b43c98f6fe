import type { SchemaWrites } from '../footprint.ts';
import { isVirtual, type SchemaRow } from './rows.ts';

/** A part of sqlite_schema outside which nothing can have changed: all rows behind one, and some before it. */
export interface Zone {
  readonly behind: number;
  readonly rowids: readonly number[];
  /** Of the rows that were in it. */
  readonly keys: ReadonlySet<string>;
}

export interface RowChanges {
  /** As they were. */
  readonly gone: readonly SchemaRow[];
  /** New ones and those that are not as they were, as they are. */
  readonly changed: readonly SchemaRow[];
}

/** Tells rows apart: triggers may be called like tables. */
export function keyOf({ type, name }: Pick<SchemaRow, 'type' | 'name'>): string {
  return `${type} ${name}`;
}

/** All rows of sqlite_schema as they were read last. */
export class SchemaImage {
  readonly #rows = new Map<string, SchemaRow>();
  readonly #named = new Map<string, Set<string>>();
  /** Ascending by rowid; rows that are gone since stand there until they are the last. */
  #order: SchemaRow[] = [];
  #virtual = 0;

  /** Whether there are virtual tables, whose own storage is left out. */
  get hasVirtual(): boolean {
    return this.#virtual > 0;
  }

  get(key: string): SchemaRow | undefined {
    return this.#rows.get(key);
  }

  /** Keys of what has this name, in lower case, and of what belongs to the table or view of this name. */
  named(name: string): ReadonlySet<string> {
    return this.#named.get(name) ?? NO_KEYS;
  }

  /**
   * SQLite numbers rows on from the last one, so what was made since is behind all rows that are still there; what was
   * dropped or altered has one of the names. Null where that does not hold.
   */
  zoneOf({ any, names }: SchemaWrites): Zone | null {
    if (any) return null;
    const keys = new Set<string>();
    for (const name of names) for (const key of this.named(name)) keys.add(key);
    const rows = [...keys].flatMap((key) => this.#rows.get(key) ?? []);
    if (rows.some(isVirtual)) return null;
    let last = this.#order.at(-1);
    while (last !== undefined && (this.#rows.get(keyOf(last))?.rowid !== last.rowid || keys.has(keyOf(last)))) {
      this.#order.pop();
      last = this.#order.at(-1);
    }
    const behind = last?.rowid ?? Number.MIN_SAFE_INTEGER;
    if (behind >= Number.MAX_SAFE_INTEGER) return null;
    return { behind, rowids: rows.map(({ rowid }) => rowid).filter((rowid) => rowid <= behind), keys };
  }

  /** Takes over what stands in a zone now. Null, with nothing taken over, where that can't be all that changed. */
  replace(zone: Zone, found: readonly SchemaRow[]): RowChanges | null {
    if (found.some((row) => this.#rows.has(keyOf(row)) && !zone.keys.has(keyOf(row)))) return null;
    const before = new Map<string, SchemaRow>();
    for (const key of zone.keys) {
      const row = this.#rows.get(key);
      if (row === undefined) continue;
      before.set(key, row);
      this.#remove(key, row);
    }
    const changed: SchemaRow[] = [];
    for (const row of found.toSorted((a, b) => a.rowid - b.rowid)) {
      const key = keyOf(row);
      const was = before.get(key);
      before.delete(key);
      this.#add(key, row);
      if (row.rowid > zone.behind) this.#order.push(row);
      if (was === undefined || !same(was, row)) changed.push(row);
    }
    return { gone: [...before.values()], changed };
  }

  /** Takes over all rows there are now. */
  replaceAll(rows: readonly SchemaRow[]): RowChanges {
    this.#order = [];
    const all = { behind: Number.NEGATIVE_INFINITY, rowids: [], keys: new Set(this.#rows.keys()) };
    return this.replace(all, rows) ?? { gone: [], changed: [] };
  }

  #add(key: string, row: SchemaRow): void {
    this.#rows.set(key, row);
    for (const name of namesOf(row)) {
      const keys = this.#named.get(name);
      if (keys === undefined) this.#named.set(name, new Set([key]));
      else keys.add(key);
    }
    if (isVirtual(row)) this.#virtual += 1;
  }

  #remove(key: string, row: SchemaRow): void {
    this.#rows.delete(key);
    for (const name of namesOf(row)) {
      const keys = this.#named.get(name);
      keys?.delete(key);
      if (keys?.size === 0) this.#named.delete(name);
    }
    if (isVirtual(row)) this.#virtual -= 1;
  }
}

const NO_KEYS: ReadonlySet<string> = new Set();

function namesOf({ name, table }: SchemaRow): ReadonlySet<string> {
  return new Set([name.toLowerCase(), table.toLowerCase()]);
}

function same(a: SchemaRow, b: SchemaRow): boolean {
  return a.sql === b.sql && a.table === b.table && a.described === b.described;
}
