import type { ColumnDetail, DefaultDetail, ObjectId } from '../../../model/snapshot.ts';
import {
  FIRST_OWN,
  keyOf,
  maybe,
  NOT_FOREIGN_HISTORY,
  notOfExtension,
  ownSchemas,
  text,
  unquote,
  within,
  type Scope,
} from './catalog.ts';
import type { Draft, RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { rareOf, readColumnRare, USUAL_COLUMN, type ColumnRare } from './column-rare.ts';
import { foreignOptions } from './options.ts';
import { addPrivileges } from './privileges.ts';
import { systemName } from './system-names.ts';

/** What few columns have comes in one column. */
export const COLUMNS: Family = {
  name: 'columns',
  query: (scope) => `
SELECT a.attrelid, a.attnum, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.atttypid, a.attnotnull,
  ${rareOf(scope)}
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
    `SELECT d.adrelid, d.adnum, d.oid, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef AS d ${ofOwn(scope)}${within(scope, 'd.adrelid')}`,
};

/** Tables of schemas that are left out may be many; others that are left out are few, and passed over. */
function ofOwn(scope: Scope): string {
  return scope.ignoreSchemas.length === 0
    ? `WHERE d.adrelid >= ${String(FIRST_OWN)}`
    : `JOIN pg_class AS c ON c.oid = d.adrelid WHERE c.relnamespace = ANY (${ownSchemas(scope)})`;
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

/** The rows of one relation. */
export interface ColumnGroup {
  readonly oid: string;
  readonly rows: CatalogRow[];
}

function columnsByRelation(reading: Reading): readonly ColumnGroup[] {
  const groups: ColumnGroup[] = [];
  let last: unknown = null;
  for (const row of rowsOf(reading, COLUMNS)) {
    if (row[0] === last) groups.at(-1)?.rows.push(row);
    else groups.push({ oid: text(row[0]), rows: [row] });
    last = row[0];
  }
  return groups;
}

/** Registers the columns with their relations; gives their rows by relation. */
export function registerColumns(reading: Reading): readonly ColumnGroup[] {
  const groups = columnsByRelation(reading);
  for (const { oid, rows } of groups) {
    const columns = reading.draft.relations.get(oid)?.columns;
    if (columns === undefined) continue;
    for (const row of rows) {
      const collation = row[6] === null ? null : (readColumnRare(row[6]).collation?.oid ?? null);
      columns[Number(row[1])] = { sql: text(row[2]), type: text(row[4]), collation };
    }
  }
  return groups;
}

/**
 * Columns by the oid of their relation, in order. Adds their defaults and grants. `identities`: what stands behind
 * AS IDENTITY, by `<relation oid>:<attribute>`.
 */
export function readColumns(
  reading: Reading,
  groups: readonly ColumnGroup[],
  identities: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly ColumnRow[]> {
  const { draft } = reading;
  const expressions = new Map<string, CatalogRow[]>();
  for (const row of rowsOf(reading, DEFAULTS)) {
    const known = expressions.get(text(row[0]));
    if (known === undefined) expressions.set(text(row[0]), [row]);
    else known.push(row);
  }
  const found = new Map<string, readonly ColumnRow[]>();
  for (const { oid, rows } of groups) {
    const relation = draft.relations.get(oid);
    if (relation === undefined) continue;
    const own = expressions.get(oid) ?? NONE;
    const columns = rows.map((row, at) => {
      const expression = own.find((each) => each[1] === row[1]);
      return readColumn(reading, { oid, relation, row, identities, expression }, at + 1);
    });
    found.set(oid, columns);
  }
  return found;
}

interface Given {
  readonly oid: string;
  readonly relation: RelationEntry;
  readonly row: CatalogRow;
  readonly identities: ReadonlyMap<string, string>;
  /** The row of its default. */
  readonly expression: CatalogRow | undefined;
}

function readColumn({ draft }: Reading, given: Given, position: number): ColumnRow {
  const { oid, relation, row } = given;
  const sql = text(row[2]);
  const type = text(row[3]);
  const rare = readColumnRare(row[6]);
  const { generated, identity, unproven } = rare;
  const expression = maybe(given.expression?.[3]);
  const collation = rare.collation?.sql ?? null;
  const nullable = row[5] !== true;
  const notNullName = ownNotNullName(relation.name, unquote(sql), nullable ? null : rare.notNullName);
  const typeKeys = typeKeysOf(row[4], rare.elementType);
  const detail: ColumnDetail = {
    position,
    name: unquote(sql),
    type,
    typeObject: typeObjectOf(draft, typeKeys),
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
    needs: rare.collation === null ? typeKeys : [...typeKeys, keyOf('collation', rare.collation.oid)],
    clause:
      `${sql} ${type}${collation === null ? '' : ` COLLATE ${collation}`}${foreignOptions(rare.foreignOptions)}` +
      (detail.generated === null
        ? ''
        : ` GENERATED ALWAYS AS (${detail.generated.expression}) ${detail.generated.kind.toUpperCase()}`) +
      (identity === null
        ? ''
        : ` GENERATED ${identity.toUpperCase()} AS IDENTITY${given.identities.get(`${oid}:${text(row[1])}`) ?? ''}`) +
      notNull,
    statements: rare === USUAL_COLUMN ? NONE : statementsOf(relation, sql, rare),
  };
}

const NONE: readonly never[] = [];

/** That of its elements before that of an array; those of the system are nobody's objects. */
function typeKeysOf(type: unknown, elementType: string | null): readonly string[] {
  if (Number(type) < FIRST_OWN && elementType === null) return NONE;
  return elementType === null ? [keyOf('type', type)] : [keyOf('type', elementType), keyOf('type', type)];
}

function typeObjectOf(draft: Draft, keys: readonly string[]): ObjectId | null {
  for (const key of keys) {
    const id = draft.idOf.get(key);
    if (id !== undefined) return id;
  }
  return null;
}

function statementsOf(relation: RelationEntry, sql: string, rare: ColumnRare): readonly string[] {
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
