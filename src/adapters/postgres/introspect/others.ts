import { maybe, text, texts } from './catalog.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';

const FIRST_USER_OID = 16_384;

const name = (schema: string, own: string): string => `quote_ident(${schema}.nspname) || '.' || quote_ident(${own})`;
const procedure = (word: string, column: string): string =>
  `CASE WHEN ${column} <> 0 THEN format(' ${word} %s', ${column}::oid::regproc) ELSE '' END`;

/** Operators and functions, in their order, that depend on a class, or loosely on a family. */
const members = (owner: string, depends: string): string => `
  (SELECT string_agg(line, E',\\n  ' ORDER BY line) FROM (
    SELECT format('OPERATOR %s %s%s', ao.amopstrategy, ao.amopopr::regoperator, CASE ao.amoppurpose WHEN 'o' THEN format(' FOR ORDER BY %s.%s', quote_ident(sn.nspname), quote_ident(sf.opfname)) ELSE '' END) AS line
    FROM pg_depend AS d JOIN pg_amop AS ao ON ao.oid = d.objid LEFT JOIN pg_opfamily AS sf ON sf.oid = ao.amopsortfamily LEFT JOIN pg_namespace AS sn ON sn.oid = sf.opfnamespace
    WHERE d.classid = 'pg_amop'::regclass AND ${depends} AND d.refobjid = ${owner}
    UNION ALL SELECT format('FUNCTION %s (%s, %s) %s', ap.amprocnum, ap.amproclefttype::regtype, ap.amprocrighttype::regtype, ap.amproc::oid::regprocedure)
    FROM pg_depend AS d JOIN pg_amproc AS ap ON ap.oid = d.objid
    WHERE d.classid = 'pg_amproc'::regclass AND ${depends} AND d.refobjid = ${owner}
  ) AS members)`;

const OF_CLASS = "d.refclassid = 'pg_opclass'::regclass AND d.deptype = 'i'";
const OF_FAMILY = "d.refclassid = 'pg_opfamily'::regclass AND d.deptype = 'a'";

const CATALOGS: Readonly<Record<string, string>> = {
  2616: 'pg_opclass',
  2753: 'pg_opfamily',
  2607: 'pg_conversion',
  2612: 'pg_language',
  3576: 'pg_transform',
  2601: 'pg_am',
  3601: 'pg_ts_parser',
  3764: 'pg_ts_template',
};

/** By catalog: what makes the object again, and its owner. */
const READERS: Readonly<Record<number, string>> = {
  2616: `SELECT format(E'CREATE OPERATOR CLASS %s %sFOR TYPE %s USING %I FAMILY %s AS\\n  %s;', ${name('n', 'c.opcname')}, CASE WHEN c.opcdefault THEN 'DEFAULT ' ELSE '' END, c.opcintype::regtype, a.amname, ${name('fn', 'f.opfname')},
      concat_ws(E',\\n  ', ${members('c.oid', OF_CLASS)}, CASE WHEN c.opckeytype <> 0 THEN 'STORAGE ' || c.opckeytype::regtype ELSE 'STORAGE ' || c.opcintype::regtype END)) AS definition, c.opcowner AS owner
    FROM pg_opclass AS c JOIN pg_namespace AS n ON n.oid = c.opcnamespace JOIN pg_am AS a ON a.oid = c.opcmethod JOIN pg_opfamily AS f ON f.oid = c.opcfamily JOIN pg_namespace AS fn ON fn.oid = f.opfnamespace WHERE c.oid = o.oid`,
  2753: `SELECT format('CREATE OPERATOR FAMILY %s USING %I;', ${name('n', 'f.opfname')}, a.amname) || coalesce(format(E'\\nALTER OPERATOR FAMILY %s USING %I ADD\\n  ', ${name('n', 'f.opfname')}, a.amname) || ${members('f.oid', OF_FAMILY)} || ';', '') AS definition, f.opfowner AS owner
    FROM pg_opfamily AS f JOIN pg_namespace AS n ON n.oid = f.opfnamespace JOIN pg_am AS a ON a.oid = f.opfmethod WHERE f.oid = o.oid`,
  2607: `SELECT format('CREATE %sCONVERSION %s FOR %L TO %L FROM %s;', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END, ${name('n', 'c.conname')}, pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc::oid::regproc) AS definition, c.conowner AS owner
    FROM pg_conversion AS c JOIN pg_namespace AS n ON n.oid = c.connamespace WHERE c.oid = o.oid`,
  2612: `SELECT format('CREATE %sLANGUAGE %I%s%s%s;', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname, ${procedure('HANDLER', 'l.lanplcallfoid')}, ${procedure('INLINE', 'l.laninline')}, ${procedure('VALIDATOR', 'l.lanvalidator')}) AS definition, l.lanowner AS owner
    FROM pg_language AS l WHERE l.oid = o.oid`,
  3576: `SELECT format('CREATE TRANSFORM FOR %s LANGUAGE %I (%s);', t.trftype::regtype, l.lanname, concat_ws(', ', 'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql::oid, 0)::regprocedure, 'TO SQL WITH FUNCTION ' || nullif(t.trftosql::oid, 0)::regprocedure)) AS definition, NULL::oid AS owner
    FROM pg_transform AS t JOIN pg_language AS l ON l.oid = t.trflang WHERE t.oid = o.oid`,
  2601: `SELECT format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s;', a.amname, CASE a.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, a.amhandler::oid::regproc) AS definition, NULL::oid AS owner
    FROM pg_am AS a WHERE a.oid = o.oid`,
  3601: `SELECT format('CREATE TEXT SEARCH PARSER %s (START = %s, GETTOKEN = %s, END = %s, LEXTYPES = %s%s);', ${name('n', 'p.prsname')}, p.prsstart, p.prstoken, p.prsend, p.prslextype, ${procedure(', HEADLINE =', 'p.prsheadline')}) AS definition, NULL::oid AS owner
    FROM pg_ts_parser AS p JOIN pg_namespace AS n ON n.oid = p.prsnamespace WHERE p.oid = o.oid`,
  3764: `SELECT format('CREATE TEXT SEARCH TEMPLATE %s (%sLEXIZE = %s);', ${name('n', 't.tmplname')}, CASE WHEN t.tmplinit <> 0 THEN format('INIT = %s, ', t.tmplinit::oid::regproc) ELSE '' END, t.tmpllexize) AS definition, NULL::oid AS owner
    FROM pg_ts_template AS t JOIN pg_namespace AS n ON n.oid = t.tmplnamespace WHERE t.oid = o.oid`,
  // Making it would connect to another server, and its password is nobody's business here: a description, no statement.
  6100: `SELECT format('-- SUBSCRIPTION %I: PUBLICATION %s, slot %s, %s, synchronous_commit %s, %s', s.subname, array_to_string(s.subpublications, ', '), coalesce(s.subslotname::text, 'none'), CASE WHEN s.subenabled THEN 'enabled' ELSE 'disabled' END, s.subsynccommit, CASE WHEN s.subbinary THEN 'binary' ELSE 'text' END) AS definition, s.subowner AS owner
    FROM pg_subscription AS s WHERE s.oid = o.oid`,
};

/** Operator classes and families, conversions, languages, transforms, access methods, parsers and templates of text search, subscriptions. */
export const OTHERS: Family = {
  name: 'others',
  query: () => `
SELECT o.class::bigint, o.oid, i.type, CASE WHEN o.class = 3576 THEN replace(i.identity, ' on language ', ' language ') ELSE i.identity END, r.definition, r.owner,
  (SELECT json_agg(DISTINCT m.refclassid || ':' || m.refobjid) FROM pg_depend AS own JOIN pg_depend AS m ON m.classid = own.classid AND m.objid = own.objid WHERE own.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND own.refclassid = o.class AND own.refobjid = o.oid AND m.refobjid <> o.oid AND m.refclassid NOT IN ('pg_opclass'::regclass))
FROM (
  ${Object.keys(READERS)
    .map((catalog) =>
      catalog === '6100'
        ? 'SELECT 6100::oid AS class, oid FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())'
        : `SELECT ${catalog}::oid AS class, oid FROM ${CATALOGS[catalog] ?? ''}`,
    )
    .join(' UNION ALL ')}
) AS o
CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) AS i
CROSS JOIN LATERAL (${Object.entries(READERS)
    .map(([catalog, query]) => `SELECT * FROM (${query}) AS r${catalog} WHERE o.class = ${catalog}`)
    .join(' UNION ALL ')}) AS r
WHERE o.oid >= ${String(FIRST_USER_OID)} AND NOT EXISTS (SELECT 1 FROM pg_depend AS member WHERE member.classid = o.class AND member.objid = o.oid AND member.deptype = 'e')`,
};

export function addOthers(reading: Reading): void {
  for (const row of rowsOf(reading, OTHERS)) addOther(reading, row);
}

function addOther({ draft }: Reading, row: CatalogRow): void {
  const what = `${text(row[2])} ${text(row[3])}`;
  const unit = `other:${text(row[1])}`;
  const object = { id: `other ${what}`, schema: null };
  const sql = `${text(row[2]).toUpperCase()} ${text(row[3])}`;
  draft.add(
    unit,
    {
      ...object,
      kind: 'other',
      name: what,
      parent: null,
      keys: [`${text(row[0])}:${text(row[1])}`],
      needs: texts(row[6] ?? []),
      definition: text(row[4]),
    },
    sql,
  );
  if (maybe(row[5]) !== null) draft.own(unit, object, sql, row[5]);
}
