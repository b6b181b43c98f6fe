import type { ColumnDetail, DefaultDetail } from '../../../model/snapshot.ts';
import {
  keyOf,
  maybe,
  NOT_FOREIGN_HISTORY,
  notOfExtension,
  ownSchemas,
  type Scope,
  text,
  texts,
  unquote,
  within,
} from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';
import { foreignOptions } from './options.ts';
import { addPrivileges } from './privileges.ts';
import { systemName } from './system-names.ts';

export const COLUMNS: Family = {
  name: 'columns',
  query: (scope) => `
SELECT a.attrelid, a.attnum, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.atttypid, a.attnotnull,
  a.attidentity, a.attgenerated, d.oid, CASE WHEN a.atthasdef THEN pg_get_expr(d.adbin, d.adrelid) END,
  CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0 THEN a.attcollation END,
  CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
  a.attcompression, CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END, a.attislocal,
  to_json(a.attoptions), to_json(a.attfdwoptions), to_json(a.attacl::text[]), ${
    scope.major >= 18
      ? 'CASE WHEN nn.conislocal OR NOT nn.convalidated THEN quote_ident(nn.conname) END, nn.connoinherit, NOT nn.convalidated'
      : 'NULL, false, false'
  }, CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN t.typelem END
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
${scope.major >= 18 ? "LEFT JOIN pg_constraint AS nn ON a.attnotnull AND nn.contype = 'n' AND nn.conrelid = a.attrelid AND nn.conkey = ARRAY[a.attnum]" : ''}
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relnamespace = ANY (${ownSchemas(scope)})
  AND ${NOT_FOREIGN_HISTORY} AND ${notOfExtension('class', 'c.oid')}${within(scope, 'a.attrelid')}${within(scope, 'c.oid')}
ORDER BY a.attrelid, a.attnum`,
};

/** Name and schema of collations. */
export const COLLATION_NAMES: Family = {
  name: 'collation names',
  query: (scope) =>
    `SELECT c.oid, CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(c.collname) FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace WHERE c.oid IN (SELECT attcollation FROM pg_attribute WHERE attcollation > 100${attributesOf(scope)} UNION SELECT typcollation FROM pg_type WHERE typcollation > 100${within(scope, 'oid')})`,
};

/** Attributes of relations, and those of composite types by their type. */
function attributesOf(scope: Scope): string {
  return scope.roots === null
    ? ''
    : ` AND attrelid = ANY (ARRAY(SELECT unnest(${scope.roots}) UNION ALL SELECT typrelid FROM pg_type WHERE oid = ANY (${scope.roots})))`;
}

const STORAGE: Readonly<Record<string, string>> = { p: 'PLAIN', e: 'EXTERNAL', m: 'MAIN', x: 'EXTENDED' };
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

/** Names by `<relation oid>:<attribute>`; registers them with their relation, quoted. */
export function readColumnNames(reading: Reading): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const row of rowsOf(reading, COLUMNS)) {
    const sql = text(row[2]);
    names.set(`${text(row[0])}:${text(row[1])}`, unquote(sql));
    reading.draft.relations.get(text(row[0]))?.columns.set(Number(row[1]), sql);
  }
  return names;
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
  const collations = new Map(rowsOf(reading, COLLATION_NAMES).map((row) => [text(row[0]), text(row[1])]));
  const byRelation = new Map<string, ColumnRow[]>();
  for (const row of rowsOf(reading, COLUMNS)) {
    const oid = text(row[0]);
    const relation = draft.relations.get(oid);
    if (relation === undefined) continue;
    const siblings = byRelation.get(oid) ?? [];
    byRelation.set(oid, siblings);
    const sql = text(row[2]);
    const type = text(row[3]);
    const expression = maybe(row[9]);
    const generated = text(row[7]);
    const identity = { a: 'always', d: 'by default' }[text(row[6])] as ColumnDetail['identity'] | undefined;
    const collation = row[10] === null ? null : (collations.get(text(row[10])) ?? null);
    const nullable = row[5] !== true;
    const notNullName = ownNotNullName(relation.name, unquote(sql), nullable ? null : maybe(row[18]));
    const unproven = row[20] === true;
    const typeKey = row[21] === null ? keyOf('type', row[4]) : keyOf('type', row[21]);
    const detail: ColumnDetail = {
      position: siblings.length + 1,
      name: unquote(sql),
      type,
      typeObject: draft.idOf.get(typeKey) ?? draft.idOf.get(keyOf('type', row[4])) ?? null,
      nullable,
      notNullName: notNullName === null ? null : unquote(notNullName),
      default: generated === '' ? expression : null,
      generated:
        generated === '' || expression === null ? null : { kind: generated === 'v' ? 'virtual' : 'stored', expression },
      identity: identity ?? null,
      collation,
      autoincrement: false,
    };
    const notNull =
      nullable || unproven
        ? ''
        : `${notNullName === null ? '' : ` CONSTRAINT ${notNullName}`} NOT NULL${row[19] === true ? ' NO INHERIT' : ''}`;
    const alter = `ALTER TABLE ONLY ${relation.sql} ALTER COLUMN ${sql}`;
    const storage = STORAGE[text(row[11])];
    const compression = COMPRESSION[text(row[12])];
    const options = texts(row[15]);
    const table = relation.kind !== 'v' && relation.kind !== 'm';
    siblings.push({
      detail,
      local: row[14] === true,
      needs: [typeKey, keyOf('type', row[4]), ...(row[10] === null ? [] : [keyOf('collation', row[10])])],
      clause:
        `${sql} ${type}${collation === null ? '' : ` COLLATE ${collation}`}${foreignOptions(texts(row[16]))}` +
        (detail.generated === null
          ? ''
          : ` GENERATED ALWAYS AS (${detail.generated.expression}) ${detail.generated.kind.toUpperCase()}`) +
        (identity === undefined || identity === null
          ? ''
          : ` GENERATED ${identity.toUpperCase()} AS IDENTITY${identities.get(`${oid}:${text(row[1])}`) ?? ''}`) +
        notNull,
      statements: [
        ...(unproven
          ? [
              `ALTER TABLE ONLY ${relation.sql} ADD CONSTRAINT ${text(row[18])} NOT NULL ${sql}${row[19] === true ? ' NO INHERIT' : ''} NOT VALID;`,
            ]
          : []),
        ...(table && storage !== undefined ? [`${alter} SET STORAGE ${storage};`] : []),
        ...(compression === undefined ? [] : [`${alter} SET COMPRESSION ${compression};`]),
        ...(row[13] === null ? [] : [`${alter} SET STATISTICS ${text(row[13])};`]),
        ...(options.length === 0 ? [] : [`${alter} SET (${options.join(', ')});`]),
      ],
    });
    const unit = `class:${oid}`;
    if (expression !== null) {
      // A generated column is part of its table, and so is what its expression needs.
      if (generated !== '') draft.idOf.set(keyOf('attrdef', row[8]), relation.id);
      else addDefault(reading, unit, relation, { sql, oid: row[8], expression });
    }
    if (row[17] !== null)
      addPrivileges(draft, unit, {
        id: `column ${relation.sql}.${sql}`,
        parent: relation.id,
        schema: relation.schema,
        sql: `TABLE ${relation.sql}`,
        kind: 'column',
        ownerOid: null,
        acl: texts(row[17]),
        column: sql,
      });
  }
  return byRelation;
}

/** Null where it is what the server would give. Quoted. */
function ownNotNullName(table: string, column: string, name: string | null): string | null {
  return name === null || unquote(name) === systemName(table, column, 'not_null') ? null : name;
}

function addDefault(
  { draft }: Reading,
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
