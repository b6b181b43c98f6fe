import { CATALOG, text, type CatalogName } from './catalog.ts';
import type { CatalogRow } from './family.ts';

/** Catalogs with rows of their own oid: which root they belong to, as an expression. */
const WITH_OID: readonly {
  readonly name: CatalogName;
  readonly table: string;
  readonly root: string;
  readonly where?: string;
}[] = [
  {
    name: 'class',
    table: 'pg_class',
    root: "CASE WHEN r.relkind IN ('i', 'I') THEN (SELECT indrelid FROM pg_index WHERE indexrelid = r.oid) WHEN r.relkind = 'c' THEN r.reltype ELSE r.oid END",
    where: "r.relkind <> 't' AND r.relnamespace <> 99",
  },
  { name: 'attrdef', table: 'pg_attrdef', root: 'r.adrelid' },
  { name: 'constraint', table: 'pg_constraint', root: 'CASE WHEN r.conrelid <> 0 THEN r.conrelid ELSE r.contypid END' },
  { name: 'trigger', table: 'pg_trigger', root: 'r.tgrelid' },
  { name: 'rewrite', table: 'pg_rewrite', root: 'r.ev_class', where: 'r.oid >= 16384' },
  { name: 'policy', table: 'pg_policy', root: 'r.polrelid' },
  { name: 'statistics', table: 'pg_statistic_ext', root: 'r.stxrelid' },
  { name: 'type', table: 'pg_type', root: 'r.oid', where: "r.typtype IN ('e', 'd', 'r', 'c') AND r.oid >= 16384" },
  { name: 'proc', table: 'pg_proc', root: 'r.oid', where: 'r.oid >= 16384' },
];

/** Catalogs whose rows only point at a root. */
const WITHOUT_OID: readonly (readonly [string, string])[] = [
  ['pg_attribute', '(CASE WHEN r.attnum > 0 THEN r.attrelid END)'],
  ['pg_index', 'r.indrelid'],
  ['pg_inherits', 'r.inhrelid'],
  ['pg_sequence', 'r.seqrelid'],
  ['pg_foreign_table', 'r.ftrelid'],
  ['pg_partitioned_table', 'r.partrelid'],
  ['pg_enum', 'r.enumtypid'],
  ['pg_range', 'r.rngtypid'],
  ['pg_aggregate', 'r.aggfnoid::oid'],
];

/** Catalogs small enough to be read whole; `deep` ones say so much that everything is read again. */
const SMALL = [
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
  'pg_cast',
  'pg_operator',
  'pg_opclass',
  'pg_opfamily',
  'pg_conversion',
  'pg_language',
  'pg_transform',
  'pg_am',
  'pg_user_mappings',
] as const;
const DEEP = ['pg_namespace', 'pg_extension'] as const;

/** Since which transaction something counts as changed. */
function since(mark: string, alias = 'r'): string {
  return `age(${alias}.xmin) <= age('${mark}'::xid)`;
}

/** The transaction from which on the next look begins. */
export const MARK = 'SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296)::text';

/** Rows `(catalog, own oid, root)` of what changed since a mark. */
export function changedRows(mark: string): string {
  return [
    ...WITH_OID.map(
      ({ name, table, root, where = 'r.oid >= 16384' }) =>
        `SELECT ${String(CATALOG[name])}::bigint, r.oid, ${root} FROM ${table} AS r WHERE ${since(mark)} AND ${where}`,
    ),
    ...WITHOUT_OID.map(
      ([table, root]) => `SELECT DISTINCT 0::bigint, 0::oid, ${root} FROM ${table} AS r WHERE ${since(mark)}`,
    ),
    `SELECT r.classoid::bigint, 0::oid, r.objoid FROM pg_description AS r WHERE ${since(mark)}`,
  ].join('\nUNION ALL ');
}

/** One row for each catalog with oids: how many rows, and their sum. Another sum than that of the known rows: some are gone. */
export const STAMPS = [
  ...WITH_OID.map(
    ({ name, table, where = 'r.oid >= 16384' }) =>
      `SELECT '${name}', count(*), coalesce(sum(r.oid::bigint), 0)::text FROM ${table} AS r WHERE ${where}`,
  ),
  "SELECT 'description', count(*), coalesce(sum(r.objoid::bigint * 31 + r.objsubid), 0)::text FROM pg_description AS r WHERE r.objoid >= 16384",
  "SELECT 'inherits', count(*), coalesce(sum(r.inhrelid::bigint * 31 + r.inhparent::bigint), 0)::text FROM pg_inherits AS r",
].join('\nUNION ALL ');

/** All rows `(own oid, root)` of one catalog. */
export function allRows(name: string): string {
  const catalog = WITH_OID.find((each) => each.name === name);
  if (catalog !== undefined)
    return `SELECT r.oid, ${catalog.root} FROM ${catalog.table} AS r WHERE ${catalog.where ?? 'r.oid >= 16384'}`;
  return name === 'inherits'
    ? 'SELECT r.inhrelid, r.inhparent FROM pg_inherits AS r'
    : "SELECT r.classoid::bigint || ':' || r.objoid || ':' || r.objsubid, r.objoid FROM pg_description AS r WHERE r.objoid >= 16384";
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

function fingerprint(tables: readonly string[]): string {
  return tables
    .map((table) =>
      table === 'pg_user_mappings'
        ? "(SELECT coalesce(string_agg(r::text, ','), '') FROM pg_user_mappings AS r)"
        : `(SELECT count(*) || '/' || coalesce(sum(r.xmin::text::bigint), 0) FROM ${table} AS r)`,
    )
    .join(" || ' ' || ");
}

/** The known rows of one catalog, by their own key. */
export class KnownRows {
  readonly roots = new Map<string, string>();

  add(key: string, root: string): void {
    this.roots.set(key, root);
  }

  /** Roots of the rows that are no longer there; forgets them. */
  keepOnly(rows: readonly CatalogRow[]): readonly string[] {
    const now = new Map(rows.map(([key, root]) => [text(key), text(root)]));
    const gone = [...this.roots].filter(([key]) => !now.has(key)).map(([, root]) => root);
    this.roots.clear();
    for (const [key, root] of now) this.roots.set(key, root);
    return gone;
  }
}
