import type { ColumnDetail, DefaultDetail } from '../../../model/snapshot.ts';
import {
  collationName,
  keyOf,
  maybe,
  NOT_FOREIGN_HISTORY,
  notOfExtension,
  ownSchemas,
  text,
  texts,
  unquote,
  within,
} from './catalog.ts';
import type { Draft, RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { foreignOptions } from './options.ts';
import { addPrivileges } from './privileges.ts';
import { systemName } from './system-names.ts';

/** What few columns have comes in one column. */
export const COLUMNS: Family = {
  name: 'columns',
  query: (scope) => `
SELECT a.attrelid, a.attnum, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.atttypid, a.attnotnull,
  CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' OR (a.attcollation <> t.typcollation AND a.attcollation <> 0) OR a.attstorage <> t.typstorage
    OR a.attcompression <> '' OR a.attstattarget >= 0 OR NOT a.attislocal OR a.attoptions IS NOT NULL OR a.attfdwoptions IS NOT NULL
    OR a.attacl IS NOT NULL OR (t.typelem <> 0 AND t.typlen = -1)${scope.major >= 18 ? " OR nn.connoinherit OR NOT nn.convalidated OR (nn.conislocal AND nn.conname <> c.relname || '_' || a.attname || '_not_null')" : ''}
    THEN json_build_array(a.attidentity, a.attgenerated,
      CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0 THEN json_build_array(a.attcollation::bigint, ${collationName('a.attcollation')}) END,
      CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END, a.attcompression, CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
      a.attislocal, a.attoptions, a.attfdwoptions, a.attacl::text[], ${
        scope.major >= 18
          ? 'CASE WHEN nn.conislocal OR NOT nn.convalidated THEN quote_ident(nn.conname) END, nn.connoinherit, NOT nn.convalidated'
          : 'NULL, false, false'
      }, CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN t.typelem::bigint END) END
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_type AS t ON t.oid = a.atttypid
${scope.major >= 18 ? "LEFT JOIN pg_constraint AS nn ON a.attnotnull AND nn.contype = 'n' AND nn.conrelid = a.attrelid AND nn.conkey = ARRAY[a.attnum]" : ''}
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relnamespace = ANY (${ownSchemas(scope)})
  AND ${NOT_FOREIGN_HISTORY} AND ${notOfExtension('class', 'c.oid')}${within(scope, 'a.attrelid')}${within(scope, 'c.oid')}
ORDER BY a.attrelid, a.attnum`,
};

/** Defaults, and what generated columns hold. */
export const DEFAULTS: Family = {
  name: 'defaults',
  query: (scope) =>
    `SELECT d.adrelid, d.adnum, d.oid, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef AS d JOIN pg_class AS c ON c.oid = d.adrelid WHERE c.relnamespace = ANY (${ownSchemas(scope)}) AND ${NOT_FOREIGN_HISTORY} AND ${notOfExtension('class', 'c.oid')}${within(scope, 'd.adrelid')}${within(scope, 'c.oid')}`,
};

const STORAGE: Readonly<Record<string, string>> = { p: 'PLAIN', e: 'EXTERNAL', m: 'MAIN', x: 'EXTENDED' };
const IDENTITY: Readonly<Record<string, ColumnDetail['identity']>> = { a: 'always', d: 'by default' };
const COMPRESSION: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' };

/** A column on its way into its table. */
export interface ColumnRow {
  readonly detail: ColumnDetail;
  /** Its line in CREATE TABLE. */
  readonly clause: string;
  /** What has to be said after the table is there. */
  readonly statements: readonly string[];
  readonly local: boolean;
  readonly needs: readonly string[];
}

/** Registers the columns with their relation. */
export function readColumnNames(reading: Reading): void {
  for (const { oid, rows } of byRelation(rowsOf(reading, COLUMNS))) {
    const columns = reading.draft.relations.get(oid)?.columns;
    if (columns === undefined) continue;
    for (const row of rows) {
      const collation = readRare(row[6]).collation?.oid ?? null;
      columns.set(Number(row[1]), { sql: text(row[2]), type: text(row[4]), collation });
    }
  }
}

/** Rows of neighbours that have the same relation. */
function byRelation(
  rows: readonly CatalogRow[],
): readonly { readonly oid: string; readonly rows: readonly CatalogRow[] }[] {
  const groups: { readonly oid: string; readonly rows: CatalogRow[] }[] = [];
  let last: unknown = null;
  for (const row of rows) {
    if (row[0] === last) groups.at(-1)?.rows.push(row);
    else groups.push({ oid: text(row[0]), rows: [row] });
    last = row[0];
  }
  return groups;
}

interface Rare {
  readonly identity: ColumnDetail['identity'];
  readonly generated: string;
  readonly collation: { readonly oid: string; readonly sql: string } | null;
  readonly storage: string;
  readonly compression: string;
  readonly target: string | null;
  readonly local: boolean;
  readonly options: readonly string[];
  readonly foreignOptions: readonly string[];
  readonly acl: readonly string[] | null;
  readonly notNullName: string | null;
  readonly noInherit: boolean;
  readonly unproven: boolean;
  readonly elementType: string | null;
}

const USUAL: Rare = {
  identity: null,
  generated: '',
  collation: null,
  storage: '',
  compression: '',
  target: null,
  local: true,
  options: [],
  foreignOptions: [],
  acl: null,
  notNullName: null,
  noInherit: false,
  unproven: false,
  elementType: null,
};

function readRare(value: unknown): Rare {
  if (!Array.isArray(value)) return USUAL;
  const [identity, generated, collation, storage, compression, target, local, options, foreign, acl, ...more] = value;
  const [collationOid, collationName] = texts(collation);
  return {
    identity: IDENTITY[text(identity)] ?? null,
    generated: text(generated),
    collation: collationOid === undefined ? null : { oid: collationOid, sql: collationName ?? '' },
    storage: text(storage),
    compression: text(compression),
    target: maybe(target),
    local: local === true,
    options: texts(options),
    foreignOptions: texts(foreign),
    acl: acl === null ? null : texts(acl),
    notNullName: maybe(more[0]),
    noInherit: more[1] === true,
    unproven: more[2] === true,
    elementType: maybe(more[3]),
  };
}

/**
 * Columns by the oid of their relation, in order. Adds their defaults and grants. `identities`: what stands behind
 * AS IDENTITY, by `<relation oid>:<attribute>`.
 */
export function readColumns(
  reading: Reading,
  identities: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly ColumnRow[]> {
  const { draft } = reading;
  const expressions = new Map(rowsOf(reading, DEFAULTS).map((row) => [`${text(row[0])}:${text(row[1])}`, row]));
  const found = new Map<string, readonly ColumnRow[]>();
  for (const { oid, rows } of byRelation(rowsOf(reading, COLUMNS))) {
    const relation = draft.relations.get(oid);
    if (relation === undefined) continue;
    const all: ColumnRow[] = [];
    for (const row of rows) {
      const key = `${oid}:${text(row[1])}`;
      all.push(
        readColumn(
          reading,
          { oid, relation, row, identity: identities.get(key) ?? '', expression: expressions.get(key) },
          all.length + 1,
        ),
      );
    }
    found.set(oid, all);
  }
  return found;
}

interface Given {
  readonly oid: string;
  readonly relation: RelationEntry;
  readonly row: CatalogRow;
  /** What stands behind AS IDENTITY. */
  readonly identity: string;
  /** The row of its default. */
  readonly expression: CatalogRow | undefined;
}

function readColumn({ draft }: Reading, given: Given, position: number): ColumnRow {
  const { oid, relation, row } = given;
  const sql = text(row[2]);
  const type = text(row[3]);
  const rare = readRare(row[6]);
  const { generated, identity, unproven } = rare;
  const expression = maybe(given.expression?.[3]);
  const collation = rare.collation?.sql ?? null;
  const nullable = row[5] !== true;
  const notNullName = ownNotNullName(relation.name, unquote(sql), nullable ? null : rare.notNullName);
  const typeKey = keyOf('type', rare.elementType ?? row[4]);
  const detail: ColumnDetail = {
    position,
    name: unquote(sql),
    type,
    typeObject: draft.idOf.get(typeKey) ?? draft.idOf.get(keyOf('type', row[4])) ?? null,
    nullable,
    notNullName: notNullName === null ? null : unquote(notNullName),
    default: generated === '' ? expression : null,
    generated:
      generated === '' || expression === null ? null : { kind: generated === 'v' ? 'virtual' : 'stored', expression },
    identity,
    collation,
    autoincrement: false,
  };
  const notNull =
    nullable || unproven
      ? ''
      : `${notNullName === null ? '' : ` CONSTRAINT ${notNullName}`} NOT NULL${rare.noInherit ? ' NO INHERIT' : ''}`;
  const unit = `class:${oid}`;
  if (expression !== null) {
    // A generated column is part of its table, and so is what its expression needs.
    if (generated !== '') draft.idOf.set(keyOf('attrdef', given.expression?.[2]), relation.id);
    else addDefault(draft, unit, relation, { sql, oid: given.expression?.[2], expression });
  }
  if (rare.acl !== null)
    addPrivileges(draft, unit, {
      id: `column ${relation.sql}.${sql}`,
      parent: relation.id,
      schema: relation.schema,
      sql: `TABLE ${relation.sql}`,
      kind: 'column',
      ownerOid: null,
      acl: rare.acl,
      column: sql,
    });
  return {
    detail,
    local: rare.local,
    needs: [
      typeKey,
      keyOf('type', row[4]),
      ...(rare.collation === null ? [] : [keyOf('collation', rare.collation.oid)]),
    ],
    clause:
      `${sql} ${type}${collation === null ? '' : ` COLLATE ${collation}`}${foreignOptions(rare.foreignOptions)}` +
      (detail.generated === null
        ? ''
        : ` GENERATED ALWAYS AS (${detail.generated.expression}) ${detail.generated.kind.toUpperCase()}`) +
      (identity === null ? '' : ` GENERATED ${identity.toUpperCase()} AS IDENTITY${given.identity}`) +
      notNull,
    statements: rare === USUAL ? NONE : statementsOf(relation, sql, rare),
  };
}

const NONE: readonly never[] = [];

function statementsOf(relation: RelationEntry, sql: string, rare: Rare): readonly string[] {
  const alter = `ALTER TABLE ONLY ${relation.sql} ALTER COLUMN ${sql}`;
  const storage = STORAGE[rare.storage];
  const compression = COMPRESSION[rare.compression];
  const table = relation.kind !== 'v' && relation.kind !== 'm';
  return [
    ...(rare.unproven
      ? [
          `ALTER TABLE ONLY ${relation.sql} ADD CONSTRAINT ${rare.notNullName ?? ''} NOT NULL ${sql}${rare.noInherit ? ' NO INHERIT' : ''} NOT VALID;`,
        ]
      : []),
    ...(table && storage !== undefined ? [`${alter} SET STORAGE ${storage};`] : []),
    ...(compression === undefined ? [] : [`${alter} SET COMPRESSION ${compression};`]),
    ...(rare.target === null ? [] : [`${alter} SET STATISTICS ${rare.target};`]),
    ...(rare.options.length === 0 ? [] : [`${alter} SET (${rare.options.join(', ')});`]),
  ];
}

/** Null where it is what the server would give. Quoted. */
function ownNotNullName(table: string, column: string, name: string | null): string | null {
  return name === null || unquote(name) === systemName(table, column, 'not_null') ? null : name;
}

function addDefault(
  draft: Draft,
  unit: string,
  relation: { readonly id: string; readonly sql: string; readonly schema: string },
  column: { readonly sql: string; readonly oid: unknown; readonly expression: string },
): void {
  const detail: DefaultDetail = { type: 'default', column: unquote(column.sql), expression: column.expression };
  draft.add(unit, {
    id: `default ${relation.sql}.${column.sql}`,
    kind: 'default',
    schema: relation.schema,
    name: detail.column,
    parent: relation.id,
    keys: [keyOf('attrdef', column.oid)],
    definition: `ALTER TABLE ONLY ${relation.sql} ALTER COLUMN ${column.sql} SET DEFAULT ${column.expression};`,
    detail,
  });
}
