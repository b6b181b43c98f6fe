import { CATALOG, FIRST_OWN, text, type CatalogName } from './catalog.ts';
import type { CatalogTable } from './catalogs.ts';
import type { CatalogRow } from './family.ts';

export interface RootedCatalog {
  readonly name: CatalogName;
  readonly table: CatalogTable;
  /** Which root a row `r` belongs to, as an expression; NULL for what no object is made of. */
  readonly root: string;
}

/** Catalogs with rows of their own oid. */
export const WITH_OID: readonly RootedCatalog[] = [
  {
    name: 'class',
    table: 'pg_class',
    root: "CASE WHEN r.relkind = 't' OR r.relnamespace = 99 THEN NULL WHEN r.relkind IN ('i', 'I') THEN (SELECT indrelid FROM pg_index WHERE indexrelid = r.oid) WHEN r.relkind = 'c' THEN r.reltype ELSE r.oid END",
  },
  { name: 'attrdef', table: 'pg_attrdef', root: 'r.adrelid' },
  {
    name: 'constraint',
    table: 'pg_constraint',
    root: 'CASE WHEN r.conrelid <> 0 THEN r.conrelid ELSE r.contypid END',
  },
  { name: 'trigger', table: 'pg_trigger', root: 'r.tgrelid' },
  { name: 'rewrite', table: 'pg_rewrite', root: 'r.ev_class' },
  { name: 'policy', table: 'pg_policy', root: 'r.polrelid' },
  { name: 'statistics', table: 'pg_statistic_ext', root: 'r.stxrelid' },
  { name: 'type', table: 'pg_type', root: "CASE WHEN r.typtype IN ('e', 'd', 'r', 'c') THEN r.oid END" },
  { name: 'proc', table: 'pg_proc', root: 'r.oid' },
];

/** Catalogs whose rows only point at a root, and the catalog of which a row is new where theirs is. */
export const WITHOUT_OID: readonly {
  readonly table: CatalogTable;
  readonly root: string;
  readonly newWith: CatalogTable | null;
}[] = [
  { table: 'pg_attribute', root: '(CASE WHEN r.attnum > 0 THEN r.attrelid END)', newWith: 'pg_class' },
  { table: 'pg_index', root: 'r.indrelid', newWith: 'pg_class' },
  { table: 'pg_inherits', root: 'r.inhrelid', newWith: null },
  { table: 'pg_sequence', root: 'r.seqrelid', newWith: 'pg_class' },
  { table: 'pg_foreign_table', root: 'r.ftrelid', newWith: 'pg_class' },
  { table: 'pg_partitioned_table', root: 'r.partrelid', newWith: 'pg_class' },
  { table: 'pg_enum', root: 'r.enumtypid', newWith: null },
  { table: 'pg_range', root: 'r.rngtypid', newWith: 'pg_type' },
  { table: 'pg_aggregate', root: 'r.aggfnoid::oid', newWith: 'pg_proc' },
];

/** Catalogs small enough to be read whole. */
export const SMALL = [
  'pg_default_acl',
  'pg_event_trigger',
  'pg_publication',
  'pg_publication_rel',
  'pg_publication_namespace',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_collation',
  'pg_ts_dict',
  'pg_ts_config',
  'pg_ts_config_map',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_cast',
  'pg_operator',
  'pg_opclass',
  'pg_opfamily',
  'pg_amop',
  'pg_amproc',
  'pg_conversion',
  'pg_language',
  'pg_transform',
  'pg_am',
  'pg_user_mapping',
] as const satisfies readonly CatalogTable[];
/** Of these the system has so many rows that its own are left out. */
const LONG: readonly CatalogTable[] = ['pg_amop', 'pg_amproc'];
/** They say so much that everything is read again; so do the names of roles. */
export const DEEP = ['pg_namespace', 'pg_extension'] as const satisfies readonly CatalogTable[];

/** Since which transaction something counts as changed. */
export function since(mark: string): string {
  return `age(r.xmin) <= age('${mark}'::xid)`;
}

/** The transaction from which on the next look begins. */
export const MARK = 'SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296)::text';

/** Rows `(catalog, own oid, root)` of what changed since a mark. */
export function changedRows(mark: string): string {
  return [
    ...WITH_OID.map(
      ({ name, table, root }) =>
        `SELECT ${String(CATALOG[name])}::bigint, r.oid, ${root} FROM ${table} AS r WHERE ${since(mark)} AND r.oid >= ${String(FIRST_OWN)}`,
    ),
    ...WITHOUT_OID.map(
      ({ table, root }) => `SELECT DISTINCT 0::bigint, 0::oid, ${root} FROM ${table} AS r WHERE ${since(mark)}`,
    ),
    `SELECT r.classoid::bigint, 0::oid, r.objoid FROM pg_description AS r WHERE ${since(mark)}`,
  ].join('\nUNION ALL ');
}

/** One row for each catalog with oids: how many rows, and their sum. Another sum than that of the known rows: some are gone. */
export const STAMPS = [
  ...WITH_OID.map(
    ({ name, table }) =>
      `SELECT '${name}', count(*), coalesce(sum(r.oid::bigint), 0)::text FROM ${table} AS r WHERE r.oid >= ${String(FIRST_OWN)}`,
  ),
  `SELECT 'description', count(*), coalesce(sum(r.objoid::bigint * 31 + r.objsubid), 0)::text FROM pg_description AS r WHERE r.objoid >= ${String(FIRST_OWN)}`,
  "SELECT 'inherits', count(*), coalesce(sum(r.inhrelid::bigint * 31 + r.inhparent::bigint), 0)::text FROM pg_inherits AS r",
].join('\nUNION ALL ');

export const DESCRIPTION_KEY = "r.classoid::bigint || ':' || r.objoid || ':' || r.objsubid";

/** All rows `(key, root)` of one catalog. */
export function allRows(name: string): string {
  const catalog = WITH_OID.find((each) => each.name === name);
  if (catalog !== undefined)
    return `SELECT r.oid, ${catalog.root} FROM ${catalog.table} AS r WHERE r.oid >= ${String(FIRST_OWN)}`;
  return name === 'inherits'
    ? 'SELECT r.inhrelid, r.inhparent FROM pg_inherits AS r'
    : `SELECT ${DESCRIPTION_KEY}, r.objoid FROM pg_description AS r WHERE r.objoid >= ${String(FIRST_OWN)}`;
}

export const TRACKED: readonly string[] = [...WITH_OID.map(({ name }) => name), 'description', 'inherits'];

/** Two rows: a fingerprint of the small catalogs, and one of those that need everything read again. */
export function fingerprints(major: number): string {
  const small = major >= 15 ? SMALL : SMALL.filter((table) => table !== 'pg_publication_namespace');
  return [
    fingerprint(small),
    `${fingerprint(DEEP)} || (SELECT string_agg(oid || quote_ident(rolname), ',' ORDER BY oid) FROM pg_roles)`,
  ]
    .map((each, at) => `SELECT ${String(at)}, ${each}`)
    .join('\nUNION ALL ');
}

function fingerprint(tables: readonly CatalogTable[]): string {
  return tables
    .map((table) =>
      // Only a superuser may read the catalog itself.
      table === 'pg_user_mapping'
        ? "(SELECT coalesce(string_agg(r::text, ','), '') FROM pg_user_mappings AS r)"
        : `(SELECT count(*) || '/' || coalesce(sum(r.xmin::text::bigint), 0) FROM ${table} AS r${LONG.includes(table) ? ` WHERE r.oid >= ${String(FIRST_OWN)}` : ''})`,
    )
    .join(" || ' ' || ");
}

/** The known rows of one catalog, by their own key; those that no object is made of have '' for a root. */
export class KnownRows {
  readonly roots = new Map<string, string>();
  readonly #keys = new Map<string, Set<string>>();
  #last = 0;

  /** The highest key there has been, where keys are numbers. */
  get last(): number {
    return this.#last;
  }

  add(key: string, root: string): void {
    this.delete(key);
    this.roots.set(key, root);
    const keys = this.#keys.get(root);
    if (keys === undefined) this.#keys.set(root, new Set([key]));
    else keys.add(key);
    const number = Number(key);
    if (number > this.#last) this.#last = number;
  }

  /** Its root; undefined where it is not known. */
  delete(key: string): string | undefined {
    const root = this.roots.get(key);
    if (root === undefined) return undefined;
    this.roots.delete(key);
    this.#keys.get(root)?.delete(key);
    return root;
  }

  keysOf(root: string): Iterable<string> {
    return this.#keys.get(root) ?? [];
  }

  /** Roots of the rows that are no longer there; forgets them, and takes in new ones. */
  keepOnly(rows: readonly CatalogRow[]): readonly string[] {
    const now = new Map(rows.map(([key, root]) => [text(key), text(root)]));
    const gone = [...this.roots.keys()].filter((key) => !now.has(key)).map((key) => this.delete(key) ?? '');
    for (const [key, root] of now) if (this.roots.get(key) !== root) this.add(key, root);
    return gone;
  }
}
