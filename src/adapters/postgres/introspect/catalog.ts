import { FOREIGN_HISTORY_SCHEMAS, FOREIGN_HISTORY_TABLES } from '../../../model/foreign-history.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import { CATALOGS } from './catalogs.ts';

/** Catalogs whose rows are named by their oids. A key `<catalog>:<oid>` names one row. */
export const CATALOG = {
  type: CATALOGS.pg_type,
  proc: CATALOGS.pg_proc,
  class: CATALOGS.pg_class,
  server: CATALOGS.pg_foreign_server,
  userMapping: CATALOGS.pg_user_mapping,
  foreignDataWrapper: CATALOGS.pg_foreign_data_wrapper,
  attrdef: CATALOGS.pg_attrdef,
  cast: CATALOGS.pg_cast,
  constraint: CATALOGS.pg_constraint,
  language: CATALOGS.pg_language,
  namespace: CATALOGS.pg_namespace,
  operator: CATALOGS.pg_operator,
  rewrite: CATALOGS.pg_rewrite,
  trigger: CATALOGS.pg_trigger,
  extension: CATALOGS.pg_extension,
  policy: CATALOGS.pg_policy,
  statistics: CATALOGS.pg_statistic_ext,
  collation: CATALOGS.pg_collation,
  eventTrigger: CATALOGS.pg_event_trigger,
  dictionary: CATALOGS.pg_ts_dict,
  configuration: CATALOGS.pg_ts_config,
  publication: CATALOGS.pg_publication,
} as const;

export type CatalogName = keyof typeof CATALOG;

export function keyOf(catalog: CatalogName, oid: unknown): string {
  return `${String(CATALOG[catalog])}:${String(oid)}`;
}

/** Names one attribute of a composite type by the oid of its relation. */
export function attributeKey(relation: unknown, attribute: unknown): string {
  return `attribute:${String(relation)}:${String(attribute)}`;
}

/** Oids from here on are given to what users make. */
export const FIRST_OWN = 16_384;

/** Which part of the catalog is read: everything, or some roots with all that belongs to them. */
export interface Scope {
  /** Major version of the server. */
  readonly major: number;
  readonly ignoreSchemas: readonly string[];
  /** An SQL expression for the oids of relations, types and routines; null for all. */
  readonly roots: string | null;
  /** What has no root is read too: always where everything is. */
  readonly globals: boolean;
}

/** Catalogs whose rows have a root or belong to one. */
export const ROOTED_CATALOGS: readonly number[] = (
  ['class', 'type', 'proc', 'attrdef', 'constraint', 'trigger', 'rewrite', 'policy', 'statistics'] as const
).map((name) => CATALOG[name]);

/** Restricts `column` to the roots of the scope. */
export function within(scope: Scope, column: string): string {
  return scope.roots === null ? '' : ` AND ${column} = ANY (${scope.roots})`;
}

export function oidArray(oids: readonly string[]): string {
  return `'{${oids.join(',')}}'::oid[]`;
}

/** The schemas that are described, as an array of oids. */
export function ownSchemas(scope: Scope): string {
  const left = ['information_schema', 'surefoot', ...FOREIGN_HISTORY_SCHEMAS, ...scope.ignoreSchemas];
  return `ARRAY(SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN (${list(left)}))`;
}

/** Members are found from the extensions, by index, once for the whole query. */
export function notOfExtension(catalog: CatalogName, oid: string): string {
  return `${oid} NOT IN (SELECT member.objid FROM pg_depend AS member WHERE member.refclassid = ${String(CATALOG.extension)} AND member.classid = ${String(CATALOG[catalog])} AND member.deptype = 'e')`;
}

export const NOT_FOREIGN_HISTORY = `c.relname NOT IN (${list(FOREIGN_HISTORY_TABLES)})`;

/** A collation as SQL names it, by its oid. */
export function collationName(oid: string): string {
  return `(SELECT CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) FROM pg_collation AS co JOIN pg_namespace AS cn ON cn.oid = co.collnamespace WHERE co.oid = ${oid})`;
}

function list(names: readonly string[]): string {
  return names.map((name) => quoteLiteral('postgres', name)).join(', ');
}

/** A value of a row as text; '' for NULL. */
export function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

export function maybe(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** A JSON array of a row as texts; empty for NULL. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** What an identifier as SQL writes it names. */
export function unquote(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}

/** Id of the schema that a qualified, quoted name begins with. */
export function schemaIdOf(qualified: string): string {
  return `schema ${/^(?:"(?:[^"]|"")*"|[^.]*)/u.exec(qualified)?.[0] ?? ''}`;
}

/** Schema and name that a qualified, quoted name stands for. */
export function partsOf(qualified: string): { readonly schema: string; readonly name: string } {
  const at = qualified.startsWith('"') ? schemaIdOf(qualified).length - 'schema '.length : qualified.indexOf('.');
  return { schema: unquote(qualified.slice(0, at)), name: unquote(qualified.slice(at + 1)) };
}
