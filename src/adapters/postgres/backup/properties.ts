import type { Session } from '../../../ports/session.ts';
import { quoteIdentifier, quoteLiteral } from '../../../sql/quote.ts';

/** What pg_dump leaves out unless it makes the database itself, and which roles there are. */
export async function readProperties(session: Session): Promise<Readonly<Record<string, string>>> {
  const [row] = await session.query(
    'SELECT pg_catalog.pg_encoding_to_char(d.encoding) AS encoding, pg_catalog.pg_get_userbyid(d.datdba) AS owner, ' +
      'pg_catalog.to_jsonb(d) AS whole, ' +
      "(SELECT coalesce(pg_catalog.json_agg(s.setconfig), '[]') FROM pg_catalog.pg_db_role_setting AS s WHERE s.setdatabase = d.oid AND s.setrole = 0)::text AS settings, " +
      "(SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END, a.privilege_type, a.is_grantable)), '[]') FROM pg_catalog.aclexplode(d.datacl) AS a)::text AS grants, " +
      "d.datacl IS NOT NULL AS has_grants, pg_catalog.shobj_description(d.oid, 'pg_database') AS comment, " +
      "(SELECT coalesce(pg_catalog.json_agg(r.rolname), '[]') FROM pg_catalog.pg_roles AS r WHERE r.rolname !~ '^pg_')::text AS roles " +
      'FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()',
  );
  const whole = (row?.['whole'] ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    encoding: text(row?.['encoding']),
    owner: text(row?.['owner']),
    collate: text(whole['datcollate']),
    ctype: text(whole['datctype']),
    provider: text(whole['datlocprovider']),
    locale: text(whole['datlocale'] ?? whole['daticulocale']),
    settings: jsonText(row?.['settings']),
    grants: row?.['has_grants'] === true ? jsonText(row['grants']) : '',
    comment: text(row?.['comment']),
    roles: jsonText(row?.['roles']),
  };
}

function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? []);
}

/** An empty database with the same encoding and locale. */
export function createStatement(name: string, properties: Readonly<Record<string, string>>): string {
  const { encoding, collate, ctype, provider, locale } = properties;
  const said = (keyword: string, value: string | undefined): string =>
    value === undefined || value === '' ? '' : ` ${keyword} ${quoteLiteral('postgres', value)}`;
  const named = { i: ' LOCALE_PROVIDER icu', b: ' LOCALE_PROVIDER builtin' }[provider ?? ''] ?? '';
  const own = { i: said('ICU_LOCALE', locale), b: said('BUILTIN_LOCALE', locale) }[provider ?? ''] ?? '';
  return `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0${said('ENCODING', encoding)}${said('LC_COLLATE', collate)}${said('LC_CTYPE', ctype)}${named}${own}`;
}

/** Owner, settings, grants and comment of the database itself, on one that is there. */
export function propertyStatements(name: string, properties: Readonly<Record<string, string>>): readonly string[] {
  const database = quoteIdentifier(name);
  const { owner = '', comment = '' } = properties;
  const statements: string[] = [];
  for (const setting of parseList(properties['settings']).flat()) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/su.exec(String(setting)) ?? [];
    if (key === '') continue;
    // Lists of names are stored quoted already; everything else is one text.
    const shown = LISTS.has(key.toLowerCase()) ? value : quoteLiteral('postgres', value);
    statements.push(`ALTER DATABASE ${database} SET ${key} TO ${shown === '' ? "''" : shown}`);
  }
  if ((properties['grants'] ?? '') !== '') {
    statements.push(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    for (const grant of parseList(properties['grants'])) {
      if (!Array.isArray(grant)) continue;
      const [grantee, privilege, grantable] = grant as readonly unknown[];
      statements.push(
        `GRANT ${String(privilege)} ON DATABASE ${database} TO ${String(grantee)}${grantable === true ? ' WITH GRANT OPTION' : ''}`,
      );
    }
  }
  if (comment !== '') statements.push(`COMMENT ON DATABASE ${database} IS ${quoteLiteral('postgres', comment)}`);
  if (owner !== '') statements.push(`ALTER DATABASE ${database} OWNER TO ${quoteIdentifier(owner)}`);
  return statements;
}

const LISTS = new Set(['search_path', 'temp_tablespaces', 'session_preload_libraries', 'local_preload_libraries']);

export function parseList(text: string | undefined): readonly unknown[] {
  const value: unknown = text === undefined || text === '' ? [] : JSON.parse(text);
  return Array.isArray(value) ? value : [];
}
