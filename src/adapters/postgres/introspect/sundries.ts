import type { ObjectKind } from '../../../model/snapshot.ts';
import { quoteLiteral } from '../../../sql/quote.ts';
import {
  CATALOG,
  maybe,
  notOfExtension,
  ownSchemas,
  schemaIdOf,
  text,
  texts,
  unquote,
  type CatalogName,
} from './catalog.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { addOthers, OTHERS } from './others.ts';

const FIRST_USER_OID = 16_384;

/** Collations: a provider and what it needs. */
export const COLLATIONS: Family = {
  name: 'collations',
  query: (scope) => {
    const locale = scope.major >= 17 ? 'c.colllocale' : scope.major >= 15 ? 'c.colliculocale' : 'NULL';
    return `SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.collname), c.collowner, c.collprovider, c.collisdeterministic, c.collcollate, c.collctype, ${locale} FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace WHERE c.collnamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('collation', 'c.oid')}`;
  },
};

export const DICTIONARIES: Family = {
  name: 'dictionaries',
  query: (scope) =>
    `SELECT d.oid, quote_ident(n.nspname) || '.' || quote_ident(d.dictname), d.dictowner, quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname), d.dictinitoption FROM pg_ts_dict AS d JOIN pg_namespace AS n ON n.oid = d.dictnamespace JOIN pg_ts_template AS t ON t.oid = d.dicttemplate JOIN pg_namespace AS tn ON tn.oid = t.tmplnamespace WHERE d.dictnamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('dictionary', 'd.oid')}`,
};

export const CONFIGURATIONS: Family = {
  name: 'configurations',
  query: (scope) =>
    `SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.cfgname), c.cfgowner, quote_ident(pn.nspname) || '.' || quote_ident(p.prsname),
  (SELECT json_agg(json_build_array(m.alias, m.dicts) ORDER BY m.alias) FROM (SELECT (SELECT t.alias FROM ts_token_type(c.cfgparser) AS t WHERE t.tokid = m.maptokentype) AS alias, string_agg(quote_ident(dn.nspname) || '.' || quote_ident(d.dictname), ', ' ORDER BY m.mapseqno) AS dicts
    FROM pg_ts_config_map AS m JOIN pg_ts_dict AS d ON d.oid = m.mapdict JOIN pg_namespace AS dn ON dn.oid = d.dictnamespace WHERE m.mapcfg = c.oid GROUP BY m.maptokentype) AS m)
FROM pg_ts_config AS c JOIN pg_namespace AS n ON n.oid = c.cfgnamespace JOIN pg_ts_parser AS p ON p.oid = c.cfgparser JOIN pg_namespace AS pn ON pn.oid = p.prsnamespace
WHERE c.cfgnamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('configuration', 'c.oid')}`,
};

export const CASTS: Family = {
  name: 'casts',
  query: (scope) =>
    `SELECT c.oid, format_type(c.castsource, NULL), format_type(c.casttarget, NULL), c.castcontext, c.castmethod, nullif(c.castfunc, 0)::regprocedure::text FROM pg_cast AS c WHERE c.oid >= ${String(FIRST_USER_OID)} AND ${notOfExtension('cast', 'c.oid')}${scope.major >= 14 ? ' AND NOT EXISTS (SELECT 1 FROM pg_range AS r WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget)' : ''}`,
};

export const OPERATORS: Family = {
  name: 'operators',
  query: (scope) =>
    `SELECT o.oid, quote_ident(n.nspname), o.oprname, o.oprowner, CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END, CASE WHEN o.oprright <> 0 THEN format_type(o.oprright, NULL) END, o.oprcode::regproc::text, nullif(o.oprcom, 0)::regoper::text, nullif(o.oprnegate, 0)::regoper::text, nullif(o.oprrest::oid, 0)::regproc::text, nullif(o.oprjoin::oid, 0)::regproc::text, o.oprcanhash, o.oprcanmerge FROM pg_operator AS o JOIN pg_namespace AS n ON n.oid = o.oprnamespace WHERE o.oprcode <> 0 AND o.oprnamespace = ANY (${ownSchemas(scope)}) AND ${notOfExtension('operator', 'o.oid')}`,
};

export const SUNDRIES: readonly Family[] = [COLLATIONS, DICTIONARIES, CONFIGURATIONS, CASTS, OPERATORS, OTHERS];

export function addSundries(reading: Reading): void {
  for (const row of rowsOf(reading, COLLATIONS))
    addNamed(reading, 'collation', 'collation', 'COLLATION', row, collation(row));
  for (const row of rowsOf(reading, DICTIONARIES))
    addNamed(
      reading,
      'text-search',
      'dictionary',
      'TEXT SEARCH DICTIONARY',
      row,
      `CREATE TEXT SEARCH DICTIONARY ${text(row[1])} (TEMPLATE = ${text(row[3])}${maybe(row[4]) === null ? '' : `, ${text(row[4])}`});`,
    );
  for (const row of rowsOf(reading, CONFIGURATIONS))
    addNamed(reading, 'text-search', 'configuration', 'TEXT SEARCH CONFIGURATION', row, configuration(row));
  for (const row of rowsOf(reading, CASTS)) addCast(reading, row);
  for (const row of rowsOf(reading, OPERATORS)) addOperator(reading, row);
  addOthers(reading);
}

function addNamed(
  { draft }: Reading,
  kind: ObjectKind,
  catalog: CatalogName,
  word: string,
  row: CatalogRow,
  definition: string,
): void {
  const sql = text(row[1]);
  const schema = schemaIdOf(sql);
  const object = {
    id: `${kind} ${kind === catalog ? '' : `${catalog} `}${sql}`,
    schema: unquote(schema.slice('schema '.length)),
  };
  const unit = `${catalog}:${text(row[0])}`;
  draft.add(
    unit,
    {
      ...object,
      kind,
      name: unquote(sql.slice(schema.length - 'schema '.length + 1)),
      parent: null,
      needsIds: [schema],
      keys: [`${String(CATALOG[catalog])}:${text(row[0])}`],
      definition,
    },
    `${word} ${sql}`,
  );
  draft.own(unit, object, `${word} ${sql}`, row[2]);
}

function collation(row: CatalogRow): string {
  const provider = { i: 'icu', b: 'builtin', c: 'libc' }[text(row[3])] ?? 'libc';
  const locale = maybe(row[7]);
  const [collate, ctype] = [maybe(row[5]), maybe(row[6])];
  const parts = [
    `PROVIDER = ${provider}`,
    ...(row[4] === false ? ['DETERMINISTIC = false'] : []),
    ...(locale !== null
      ? [`LOCALE = ${quoteLiteral('postgres', locale)}`]
      : collate === ctype
        ? [`LOCALE = ${quoteLiteral('postgres', collate ?? '')}`]
        : [
            `LC_COLLATE = ${quoteLiteral('postgres', collate ?? '')}`,
            `LC_CTYPE = ${quoteLiteral('postgres', ctype ?? '')}`,
          ]),
  ];
  return `CREATE COLLATION ${text(row[1])} (${parts.join(', ')});`;
}

function configuration(row: CatalogRow): string {
  const mappings = (Array.isArray(row[4]) ? row[4] : []).map((each: unknown) => {
    const [token, dictionaries] = texts(each);
    return `\nALTER TEXT SEARCH CONFIGURATION ${text(row[1])} ADD MAPPING FOR ${token ?? ''} WITH ${dictionaries ?? ''};`;
  });
  return `CREATE TEXT SEARCH CONFIGURATION ${text(row[1])} (PARSER = ${text(row[3])});${mappings.join('')}`;
}

function addCast({ draft }: Reading, row: CatalogRow): void {
  const name = `(${text(row[1])} AS ${text(row[2])})`;
  const how = row[4] === 'i' ? 'WITH INOUT' : row[4] === 'b' ? 'WITHOUT FUNCTION' : `WITH FUNCTION ${text(row[5])}`;
  const when = { a: ' AS ASSIGNMENT', i: ' AS IMPLICIT' }[text(row[3])] ?? '';
  draft.add(
    `cast:${text(row[0])}`,
    {
      id: `cast ${name}`,
      kind: 'cast',
      schema: null,
      name,
      parent: null,
      keys: [`${String(CATALOG.cast)}:${text(row[0])}`],
      definition: `CREATE CAST ${name} ${how}${when};`,
    },
    `CAST ${name}`,
  );
}

function addOperator({ draft }: Reading, row: CatalogRow): void {
  const schema = text(row[1]);
  const sql = `${schema}.${text(row[2])}`;
  const operands = `(${maybe(row[4]) ?? 'NONE'}, ${maybe(row[5]) ?? 'NONE'})`;
  const part = (word: string, value: unknown): readonly string[] =>
    maybe(value) === null ? [] : [`${word} = ${text(value)}`];
  const operator = (value: unknown): string | null => (maybe(value) === null ? null : `OPERATOR(${text(value)})`);
  const parts = [
    `FUNCTION = ${text(row[6])}`,
    ...part('LEFTARG', row[4]),
    ...part('RIGHTARG', row[5]),
    ...part('COMMUTATOR', operator(row[7])),
    ...part('NEGATOR', operator(row[8])),
    ...part('RESTRICT', row[9]),
    ...part('JOIN', row[10]),
    ...(row[11] === true ? ['HASHES'] : []),
    ...(row[12] === true ? ['MERGES'] : []),
  ];
  const object = { id: `operator ${sql}${operands}`, schema: unquote(schema) };
  const unit = `operator:${text(row[0])}`;
  draft.add(
    unit,
    {
      ...object,
      kind: 'operator',
      name: text(row[2]),
      parent: null,
      needsIds: [`schema ${schema}`],
      keys: [`${String(CATALOG.operator)}:${text(row[0])}`],
      definition: `CREATE OPERATOR ${sql} (\n  ${parts.join(',\n  ')}\n);`,
    },
    `OPERATOR ${sql}${operands}`,
  );
  draft.own(unit, object, `OPERATOR ${sql}${operands}`, row[3]);
}
