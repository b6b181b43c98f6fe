import type { Row } from '../../../model/engine.ts';
import type { Need } from '../../../model/target-facts.ts';
import type { Session } from '../../../ports/session.ts';

/** One line for each need that the session's role does not meet. What is not there yet is no lack of a privilege. */
export async function missingPrivileges(session: Session, needs: readonly Need[]): Promise<readonly string[]> {
  const [self] = await session.query(
    'SELECT rolname AS name, rolsuper AS superuser, rolcreaterole AS createrole, rolcreatedb AS createdb FROM pg_catalog.pg_roles WHERE rolname = current_user',
  );
  if (self === undefined || self['superuser'] === true) return [];
  const lines: string[] = [];
  for (const need of needs) {
    const lack = await lackOf(session, self, need);
    if (lack !== null) lines.push(`${need.why}: ${String(self['name'])} ${lack}`);
  }
  return lines;
}

async function lackOf(session: Session, self: Row, need: Need): Promise<string | null> {
  switch (need.kind) {
    case 'create-in-schema': {
      const schema = need.schema === null ? 'pg_catalog.current_schema()' : '$1::text';
      const [row] = await session.query(
        `SELECT s.name, CASE WHEN n.oid IS NULL THEN NULL ELSE pg_catalog.has_schema_privilege(n.oid, 'CREATE') END AS may FROM (SELECT ${schema} AS name) AS s LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = s.name`,
        need.schema === null ? [] : [need.schema],
      );
      const name = row?.['name'];
      if (typeof name !== 'string') return 'has no schema in its search_path in which it could make anything';
      return row?.['may'] === false ? `may not make anything in the schema ${name} (GRANT CREATE ON SCHEMA)` : null;
    }
    case 'create-in-database': {
      const [row] = await session.query(
        "SELECT pg_catalog.current_database() AS name, pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS may",
      );
      return row?.['may'] === true ? null : `may not make a schema (GRANT CREATE ON DATABASE ${String(row?.['name'])})`;
    }
    case 'own-table': {
      const [row] = await session.query(
        "SELECT pg_catalog.pg_get_userbyid(relowner) AS owner, pg_catalog.pg_has_role(relowner, 'USAGE') AS may FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)",
        [need.table],
      );
      return row === undefined || row['may'] === true
        ? null
        : `does not own ${need.table}, which belongs to ${String(row['owner'])}`;
    }
    case 'use-table': {
      const [row] = await session.query(
        'SELECT pg_catalog.has_table_privilege(oid, $2::text) OR pg_catalog.has_any_column_privilege(oid, $3::text) AS may FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)',
        [need.table, need.privilege, COLUMN_PRIVILEGES.has(need.privilege) ? need.privilege : 'REFERENCES'],
      );
      return row === undefined || row['may'] === true
        ? null
        : `may not ${need.privilege} on ${need.table} (GRANT ${need.privilege} ON ${need.table})`;
    }
    case 'role-attribute':
      return self[need.attribute] === true ? null : `is no ${ATTRIBUTES[need.attribute]}`;
    case 'member-of': {
      const [row] = await session.query(
        "SELECT pg_catalog.pg_has_role(oid, 'MEMBER') AS may FROM pg_catalog.pg_roles WHERE rolname = $1",
        [need.role],
      );
      return row === undefined || row['may'] === true ? null : `is no member of ${need.role} (GRANT ${need.role} TO …)`;
    }
    case 'make-extension': {
      const [row] = await session.query(
        "SELECT bool_or(v.installed) AS there, bool_or(NOT v.superuser OR (v.trusted AND pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'))) AS may FROM pg_catalog.pg_available_extension_versions AS v WHERE v.name = $1",
        [need.extension],
      );
      // One that is not available is the business of another check.
      return row?.['may'] === false && row['there'] !== true
        ? `may not make the extension ${need.extension}, which only a superuser may`
        : null;
    }
  }
}

const COLUMN_PRIVILEGES: ReadonlySet<string> = new Set(['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']);
const ATTRIBUTES = {
  superuser: 'superuser',
  createrole: 'role that may make roles (CREATEROLE)',
  createdb: 'role that may make databases (CREATEDB)',
} as const;
