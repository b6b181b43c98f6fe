import type { ObjectDetail, ObjectKind } from '../../../model/snapshot.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import {
  attributeKey,
  collationName,
  keyOf,
  maybe,
  notOfExtension,
  ownSchemas,
  schemaIdOf,
  text,
  texts,
  unquote,
  within,
} from './catalog.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { addPrivileges } from './privileges.ts';
import { isSystemNamed } from './system-names.ts';

/** Enums, domains, composites and ranges. */
export const TYPES: Family = {
  name: 'types',
  query: (scope) => `
SELECT t.oid, quote_ident(n.nspname) || '.' || quote_ident(t.typname), t.typtype, t.typowner, to_json(t.typacl::text[]), t.typarray, t.typrelid,
  CASE t.typtype WHEN 'e' THEN (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = t.oid)
    WHEN 'c' THEN (SELECT json_agg(json_build_array(quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), CASE WHEN a.attcollation <> at.typcollation THEN ${collationName('a.attcollation')} END, a.atttypid::bigint, a.attnum) ORDER BY a.attnum)
      FROM pg_attribute AS a JOIN pg_type AS at ON at.oid = a.atttypid WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END,
  CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull,
  CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) END,
  CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN ${collationName('t.typcollation')} END, t.typbasetype,
  r.json, c.json
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_type AS b ON b.oid = t.typbasetype
LEFT JOIN LATERAL (SELECT json_build_array(format_type(g.rngsubtype, NULL), CASE WHEN NOT o.opcdefault THEN (SELECT quote_ident(on_.nspname) FROM pg_namespace AS on_ WHERE on_.oid = o.opcnamespace) || '.' || quote_ident(o.opcname) END,
    CASE WHEN g.rngcollation <> st.typcollation THEN ${collationName('g.rngcollation')} END, nullif(g.rngcanonical::oid, 0)::regproc::text, nullif(g.rngsubdiff::oid, 0)::regproc::text, ${scope.major >= 14 ? 'm.typname' : 'NULL'}, ${scope.major >= 14 ? 'g.rngmultitypid::bigint' : '0'}) AS json
  FROM pg_range AS g JOIN pg_opclass AS o ON o.oid = g.rngsubopc JOIN pg_type AS st ON st.oid = g.rngsubtype ${scope.major >= 14 ? 'JOIN pg_type AS m ON m.oid = g.rngmultitypid' : ''} WHERE g.rngtypid = t.oid) AS r ON t.typtype = 'r'
LEFT JOIN LATERAL (SELECT json_agg(json_build_array(k.oid::bigint, quote_ident(k.conname), pg_get_constraintdef(k.oid), k.convalidated) ORDER BY k.conname) AS json FROM pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c') AS c ON t.typtype = 'd'
WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND EXISTS (SELECT 1 FROM pg_class AS rel WHERE rel.oid = t.typrelid AND rel.relkind = 'c')))
  AND t.typnamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('type', 't.oid')}${within(scope, 't.oid')}`,
};

function collate(name: string | null): string {
  return name === null ? '' : ` COLLATE ${name}`;
}

const KINDS: Readonly<Record<string, ObjectKind>> = { e: 'enum', d: 'domain', c: 'composite', r: 'range' };

/** Registers types before the relations, whose columns name them. */
export function registerTypes(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, TYPES)) {
    const id = idOf(row);
    draft.idOf.set(keyOf('type', row[0]), id);
    if (text(row[5]) !== '0') draft.idOf.set(keyOf('type', row[5]), id);
    if (text(row[6]) !== '0') draft.idOf.set(keyOf('class', row[6]), id);
    const multi = texts(row[13])[6];
    if (multi !== undefined && multi !== '0') draft.idOf.set(keyOf('type', multi), id);
  }
}

function idOf(row: CatalogRow): string {
  return `${KINDS[text(row[2])] ?? 'other'} ${text(row[1])}`;
}

export function addTypes(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, TYPES)) {
    const sql = text(row[1]);
    const unit = `type:${text(row[0])}`;
    const kind = KINDS[text(row[2])] ?? 'other';
    const schema = unquote(schemaIdOf(sql).slice('schema '.length));
    const name = unquote(sql.slice(schemaIdOf(sql).length - 'schema '.length + 1));
    for (const each of Array.isArray(row[7]) && row[2] === 'c' ? row[7] : []) {
      const [attribute, , , , number] = texts(each);
      const id = `column ${sql}.${attribute ?? ''}`;
      draft.addresses.set(attributeKey(row[6], number), { id, sql: id.replace('column', 'COLUMN'), schema });
    }
    const made = MAKERS[text(row[2])]?.(row, sql) ?? makeEnum(row, sql);
    const word = kind === 'domain' ? 'DOMAIN' : 'TYPE';
    const object = { id: idOf(row), schema };
    draft.add(
      unit,
      {
        ...object,
        kind,
        name,
        parent: null,
        needsIds: [schemaIdOf(sql)],
        needs: made.needs,
        keys: [keyOf('type', row[0]), ...(text(row[6]) === '0' ? [] : [keyOf('class', row[6])])],
        definition: made.definition,
        detail: made.detail,
      },
      `${word} ${sql}`,
    );
    draft.own(unit, object, `${word} ${sql}`, row[3]);
    addPrivileges(draft, unit, {
      ...object,
      sql: `TYPE ${sql}`,
      kind: 'type',
      ownerOid: row[3],
      acl: row[4] === null ? null : texts(row[4]),
    });
    if (Array.isArray(row[14])) addDomainConstraints(reading, unit, { ...object, sql, name }, row[14]);
  }
}

interface Made {
  readonly definition: string;
  readonly detail: ObjectDetail | null;
  readonly needs: readonly string[];
}

type Maker = (row: CatalogRow, sql: string) => Made;

function makeEnum(row: CatalogRow, sql: string): Made {
  const labels = texts(row[7]);
  const lines = labels.map((label) => `  ${quoteLiteral('postgres', label)}`).join(',\n');
  return { definition: `CREATE TYPE ${sql} AS ENUM (\n${lines}\n);`, detail: { type: 'enum', labels }, needs: [] };
}

function makeDomain(row: CatalogRow, sql: string): Made {
  const base = text(row[8]);
  const preset = maybe(row[10]);
  return {
    definition: `CREATE DOMAIN ${sql} AS ${base}${collate(maybe(row[11]))}${preset === null ? '' : ` DEFAULT ${preset}`}${row[9] === true ? ' NOT NULL' : ''};`,
    detail: { type: 'domain', base, nullable: row[9] !== true, default: preset },
    needs: [keyOf('type', row[12])],
  };
}

function makeComposite(row: CatalogRow, sql: string): Made {
  const attributes = Array.isArray(row[7])
    ? row[7].map((each: unknown) => {
        const [name, type, collation, typeOid] = Array.isArray(each) ? each : [];
        return { name: text(name), type: text(type), collation: maybe(collation), typeOid: text(typeOid) };
      })
    : [];
  return {
    definition: `CREATE TYPE ${sql} AS (${attributes.map(({ name, type, collation }) => `\n  ${name} ${type}${collate(collation)}`).join(',')}\n);`,
    detail: { type: 'composite', attributes: attributes.map(({ name, type }) => ({ name: unquote(name), type })) },
    needs: attributes.map(({ typeOid }) => keyOf('type', typeOid)),
  };
}

function makeRange(row: CatalogRow, sql: string): Made {
  const [subtype, opclass, collation, canonical, difference, multirange] = Array.isArray(row[13])
    ? row[13].map(maybe)
    : [];
  const parts = [
    `SUBTYPE = ${subtype ?? ''}`,
    ...(opclass === null ? [] : [`SUBTYPE_OPCLASS = ${opclass ?? ''}`]),
    ...(collation === null ? [] : [`COLLATION = ${collation ?? ''}`]),
    ...(canonical === null ? [] : [`CANONICAL = ${canonical ?? ''}`]),
    ...(difference === null ? [] : [`SUBTYPE_DIFF = ${difference ?? ''}`]),
    ...(multirange === null || multirange === undefined
      ? []
      : [`MULTIRANGE_TYPE_NAME = ${schemaIdOf(sql).slice('schema '.length)}."${multirange.replaceAll('"', '""')}"`]),
  ];
  return { definition: `CREATE TYPE ${sql} AS RANGE (\n  ${parts.join(',\n  ')}\n);`, detail: null, needs: [] };
}

const MAKERS: Readonly<Record<string, Maker>> = { e: makeEnum, d: makeDomain, c: makeComposite, r: makeRange };

function addDomainConstraints(
  { draft }: Reading,
  unit: string,
  domain: { readonly id: string; readonly schema: string; readonly sql: string; readonly name: string },
  rows: readonly unknown[],
): void {
  for (const each of rows) {
    const [oid, name, definition, validated] = Array.isArray(each) ? each : [];
    const sql = text(name);
    draft.add(
      unit,
      {
        id: `constraint ${sql} on ${domain.sql}`,
        kind: 'constraint',
        schema: domain.schema,
        name: unquote(sql),
        parent: domain.id,
        keys: [keyOf('constraint', oid)],
        definition: `ALTER DOMAIN ${domain.sql} ADD CONSTRAINT ${sql} ${text(definition)};`,
        systemNamed: isSystemNamed(unquote(sql), domain.name, [], 'check'),
        detail: {
          type: 'constraint',
          constraint: 'check',
          columns: [],
          references: null,
          expression: text(definition),
          deferrable: false,
          initiallyDeferred: false,
          validated: validated === true,
          enforced: true,
          inline: false,
        },
      },
      `CONSTRAINT ${sql} ON DOMAIN ${domain.sql}`,
    );
  }
}
