// A fingerprint of a whole database: every schema object with its definition, every table with a digest of its rows.
import { createHash } from 'node:crypto';

const OWN_SQLITE = `name NOT LIKE 'surefoot\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/** @returns {Promise<Map<string, string>>} object -> definition or digest */
export async function fingerprint(engine, sql) {
  return engine === 'sqlite' ? sqliteFingerprint(sql) : postgresFingerprint(sql);
}

/** What differs between two fingerprints, one line each. */
export function differences(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].sort().flatMap((name) => {
    if (!after.has(name)) return [`gone: ${name}`];
    if (!before.has(name)) return [`new: ${name}`];
    return before.get(name) === after.get(name)
      ? []
      : [`changed: ${name}\n    before ${before.get(name)}\n    after  ${after.get(name)}`];
  });
}

async function sqliteFingerprint(sql) {
  const found = new Map();
  for (const { type, name, sql: text } of await sql.query(
    `SELECT type, name, sql FROM sqlite_schema WHERE ${OWN_SQLITE} AND tbl_name NOT LIKE 'surefoot\\_%' ESCAPE '\\'`,
  )) {
    found.set(`${type} ${name}`, String(text));
    if (type !== 'table') continue;
    const rows = await sql`SELECT * FROM ${sql.id(name)}`;
    found.set(`rows of ${name}`, digest(rows.map((row) => JSON.stringify(Object.values(row)))));
  }
  return found;
}

const POSTGRES_OBJECTS = `
WITH own AS (SELECT oid, nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'surefoot'))
SELECT 'schema ' || nspname AS object, coalesce((SELECT string_agg(a::text, ',' ORDER BY a::text) FROM pg_namespace n, unnest(coalesce(n.nspacl, acldefault('n', n.nspowner))) a WHERE n.oid = own.oid), '') AS definition FROM own
UNION ALL SELECT 'relation ' || c.oid::regclass::text, c.relkind::text || ' rls ' || c.relrowsecurity::text || c.relforcerowsecurity::text || coalesce(' of ' || (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid), '') || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '') || coalesce(' by ' || pg_get_partkeydef(c.oid), '') || coalesce(' acl ' || (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(coalesce(c.relacl, acldefault(CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END::"char", c.relowner))) a), '') || coalesce(' -- ' || obj_description(c.oid, 'pg_class'), '') || coalesce(' ' || array_to_string(c.reloptions, ','), '') FROM pg_class c JOIN own ON own.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f', 'c')
UNION ALL SELECT 'columns of ' || a.attrelid::regclass::text, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') || a.attidentity::text || a.attgenerated::text || coalesce(' -- ' || col_description(a.attrelid, a.attnum), '') || coalesce(' acl ' || nullif(a.attacl::text, '{}'), ''), ', ' ORDER BY a.attnum) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN own ON own.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') GROUP BY a.attrelid
UNION ALL SELECT 'constraint ' || conname || ' on ' || coalesce(conrelid::regclass::text, contypid::regtype::text), pg_get_constraintdef(c.oid) || convalidated::text FROM pg_constraint c JOIN own ON own.oid = c.connamespace WHERE contype <> 'n'
UNION ALL SELECT 'index ' || indexrelid::regclass::text, pg_get_indexdef(indexrelid) || indisvalid::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN own ON own.oid = c.relnamespace
UNION ALL SELECT 'view ' || c.oid::regclass::text, pg_get_viewdef(c.oid) FROM pg_class c JOIN own ON own.oid = c.relnamespace WHERE relkind IN ('v', 'm')
UNION ALL SELECT 'routine ' || p.oid::regprocedure::text, pg_get_functiondef(p.oid) || ' acl ' || (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a) || coalesce(' -- ' || obj_description(p.oid, 'pg_proc'), '') FROM pg_proc p JOIN own ON own.oid = p.pronamespace WHERE prokind IN ('f', 'p')
UNION ALL SELECT 'trigger ' || tgname || ' on ' || tgrelid::regclass::text, pg_get_triggerdef(t.oid) || tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN own ON own.oid = c.relnamespace WHERE NOT tgisinternal
UNION ALL SELECT 'policy ' || polname || ' on ' || polrelid::regclass::text, polcmd::text || polpermissive::text || (SELECT string_agg(CASE WHEN r = 0 THEN 'public' ELSE r::regrole::text END, ',' ORDER BY r) FROM unnest(polroles) r) || coalesce(' using ' || pg_get_expr(polqual, polrelid), '') || coalesce(' check ' || pg_get_expr(polwithcheck, polrelid), '') FROM pg_policy p JOIN pg_class c ON c.oid = polrelid JOIN own ON own.oid = c.relnamespace
UNION ALL SELECT 'type ' || t.oid::regtype::text, typtype::text || coalesce((SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), '') || ' acl ' || (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(coalesce(typacl, acldefault('T', typowner))) a) || coalesce(' -- ' || obj_description(t.oid, 'pg_type'), '') FROM pg_type t JOIN own ON own.oid = t.typnamespace WHERE typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c'))
UNION ALL SELECT 'extension ' || extname, extversion FROM pg_extension
UNION ALL SELECT 'default privileges ' || defaclrole::regrole::text || defaclobjtype::text || defaclnamespace::text, defaclacl::text FROM pg_default_acl`;

async function postgresFingerprint(sql) {
  const found = new Map();
  for (const { object, definition } of await sql.query(POSTGRES_OBJECTS)) found.set(String(object), String(definition));
  const tables = await sql.query(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'surefoot')`,
  );
  for (const { schema, name } of tables) {
    const [row] =
      await sql`SELECT count(*) AS rows, md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) AS digest FROM ${sql.id(schema, name)} t`;
    found.set(`rows of ${schema}.${name}`, `${row.rows} rows, digest ${row.digest}`);
  }
  return found;
}

function digest(lines) {
  return `${lines.length} rows, digest ${createHash('sha256').update(lines.sort().join('\n')).digest('hex')}`;
}
