import type { Footprint } from '../../ports/write-watch.ts';
import { CATALOGS } from './introspect/catalogs.ts';

/** How many rows of a catalog were written, never too few; a row may have been written several times. */
export interface RowCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** What committed transactions wrote. */
export interface Writes {
  /** The first of them and the last, as `xid`; null where none wrote anything. */
  readonly transactions: readonly [string, string] | null;
  /** By the oid of the catalog; those not written to are left out. */
  readonly counts: ReadonlyMap<string, RowCounts>;
  /** Oids of relations whose rows may have been written. */
  readonly relations: ReadonlySet<string>;
  /** `<catalog>:<oid>` of what was locked as only DDL does; whatever was dropped is among it. */
  readonly locked: ReadonlySet<string>;
}

/** `writes`: null where something ran that nobody could ask about. */
export class PostgresFootprint implements Footprint {
  readonly engine = 'postgres';
  readonly writes: Writes | null;

  constructor(writes: Writes | null) {
    this.writes = writes;
  }
}

export const NO_WRITES: Writes = { transactions: null, counts: new Map(), relations: new Set(), locked: new Set() };

const CLASS = CATALOGS.pg_class;
const counted = (what: string): string => `pg_catalog.pg_stat_get_xact_tuples_${what}(r)`;

/**
 * Asked at the end of a transaction, before it commits: its number; what it wrote of each catalog, as the server counts;
 * and its locks, which whoever writes rows or drops something holds to the end. The counts may hold those of earlier
 * transactions too, which the server has not yet passed on.
 */
export const FOOTPRINT =
  "SELECT 'transaction', pg_catalog.pg_current_xact_id_if_assigned()::pg_catalog.xid::text, 0::bigint, 0::bigint, 0::bigint " +
  `UNION ALL SELECT 'count', c.r::text, c.i, c.u, c.d FROM (SELECT r, ${counted('inserted')} AS i, ${counted('updated')} AS u, ${counted('deleted')} AS d ` +
  `FROM pg_catalog.unnest('{${Object.values(CATALOGS).join(',')}}'::oid[]) AS r OFFSET 0) AS c WHERE c.i + c.u + c.d > 0 ` +
  `UNION ALL SELECT l.mode, coalesce(l.classid, ${String(CLASS)})::text, coalesce(l.relation, l.objid)::bigint, 0, 0 FROM pg_catalog.pg_lock_status() AS l ` +
  "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype IN ('relation', 'object') AND l.database <> 0 " +
  "AND l.mode IN ('RowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')";

/** The answer to {@link FOOTPRINT}, added to what was written before. */
export function addWrites(before: Writes, rows: readonly (readonly unknown[])[]): Writes {
  const counts = new Map(before.counts);
  const relations = new Set(before.relations);
  const locked = new Set(before.locked);
  let { transactions } = before;
  for (const [what, name, ...numbers] of rows) {
    const [first = 0, second = 0, third = 0] = numbers.map(Number);
    if (what === 'transaction') {
      if (name !== null) transactions = [transactions?.[0] ?? String(name), String(name)];
    } else if (what === 'count') {
      const known = counts.get(String(name)) ?? { inserted: 0, updated: 0, deleted: 0 };
      counts.set(String(name), {
        inserted: known.inserted + first,
        updated: known.updated + second,
        deleted: known.deleted + third,
      });
    } else {
      if (name === String(CLASS)) relations.add(String(first));
      if (what === 'AccessExclusiveLock') locked.add(`${String(name)}:${String(first)}`);
    }
  }
  return { transactions, counts, relations, locked };
}
