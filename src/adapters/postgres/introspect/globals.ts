import { quoteLiteral } from '../../../sql/quote.ts';
import { keyOf, maybe, notOfExtension, ownSchemas, text, texts, unquote } from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';
import { addPrivileges, grants, parseAcl, privilegesOf } from './privileges.ts';

export const SCHEMAS: Family = {
  name: 'schemas',
  query: (scope) =>
    `SELECT n.oid, quote_ident(n.nspname), n.nspowner, to_json(n.nspacl::text[]) FROM pg_namespace AS n WHERE n.oid = ANY (${ownSchemas(scope)}) AND ${notOfExtension('namespace', 'n.oid')}`,
};

export const EXTENSIONS: Family = {
  name: 'extensions',
  query: () =>
    "SELECT e.oid, quote_ident(e.extname), quote_ident(n.nspname), e.extversion, e.extrelocatable FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'",
};

/** Which catalog rows are members of which extension: what depends on them depends on it. */
export const MEMBERS: Family = {
  name: 'members',
  query: () => "SELECT classid::bigint, objid, refobjid FROM pg_depend WHERE deptype = 'e' AND refclassid = 3079",
};

export const DEFAULT_PRIVILEGES: Family = {
  name: 'default privileges',
  query: (scope) =>
    `SELECT d.oid, d.defaclrole, quote_ident(n.nspname), d.defaclobjtype, to_json(d.defaclacl::text[]), to_json(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)::text[]) FROM pg_default_acl AS d LEFT JOIN pg_namespace AS n ON n.oid = d.defaclnamespace WHERE d.defaclnamespace = 0 OR d.defaclnamespace = ANY (${ownSchemas(scope)})`,
};

export const EVENT_TRIGGERS: Family = {
  name: 'event triggers',
  query: () =>
    `SELECT e.oid, quote_ident(e.evtname), e.evtevent, e.evtowner, e.evtfoid, quote_ident(n.nspname) || '.' || quote_ident(p.proname), e.evtenabled, to_json(e.evttags) FROM pg_event_trigger AS e JOIN pg_proc AS p ON p.oid = e.evtfoid JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE ${notOfExtension('eventTrigger', 'e.oid')}`,
};

export function addSchemas(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, SCHEMAS)) {
    const sql = text(row[1]);
    const name = unquote(sql);
    const unit = `namespace:${text(row[0])}`;
    const object = { id: `schema ${sql}`, schema: name };
    draft.add(
      unit,
      {
        ...object,
        kind: 'schema',
        name,
        parent: null,
        keys: [keyOf('namespace', row[0])],
        definition: `CREATE SCHEMA${name === 'public' ? ' IF NOT EXISTS' : ''} ${sql};`,
      },
      `SCHEMA ${sql}`,
    );
    // Every database begins with a public schema that belongs to its owner.
    const initial = name === 'public' && draft.role(row[2]) === 'pg_database_owner';
    if (!initial) draft.own(unit, object, `SCHEMA ${sql}`, row[2]);
    addPrivileges(draft, unit, {
      ...object,
      sql: `SCHEMA ${sql}`,
      kind: 'schema',
      ownerOid: row[2],
      acl: row[3] === null ? (initial ? [] : null) : texts(row[3]),
      ...(initial ? { publicFromStart: 'U' } : {}),
    });
  }
}

export function addExtensions(reading: Reading): void {
  const { draft } = reading;
  const ids = new Map<string, string>();
  for (const row of rowsOf(reading, EXTENSIONS)) {
    const sql = text(row[1]);
    const id = `extension ${sql}`;
    ids.set(text(row[0]), id);
    const system = text(row[2]) === 'pg_catalog';
    draft.add(
      `extension:${text(row[0])}`,
      {
        id,
        kind: 'extension',
        schema: null,
        name: unquote(sql),
        parent: null,
        needsIds: [`schema ${text(row[2])}`],
        keys: [keyOf('extension', row[0])],
        definition: `CREATE EXTENSION ${sql}${system ? '' : ` WITH SCHEMA ${text(row[2])}`} VERSION ${quoteLiteral('postgres', text(row[3]))};`,
      },
      `EXTENSION ${sql}`,
    );
  }
  for (const row of rowsOf(reading, MEMBERS)) {
    const id = ids.get(text(row[2]));
    if (id !== undefined) draft.idOf.set(`${text(row[0])}:${text(row[1])}`, id);
  }
}

const OBJECTS: Readonly<Record<string, string>> = {
  r: 'TABLES',
  S: 'SEQUENCES',
  f: 'FUNCTIONS',
  T: 'TYPES',
  n: 'SCHEMAS',
  L: 'LARGE OBJECTS',
};

export function addDefaultPrivileges(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, DEFAULT_PRIVILEGES)) {
    const role = draft.role(row[1]);
    const own = role === draft.owner;
    const schema = maybe(row[2]);
    const objects = OBJECTS[text(row[3])] ?? text(row[3]);
    const of = own ? '' : ` of ${role}`;
    const from = new Map(schema === null ? parseAcl(texts(row[5])).map((item) => [item.grantee, item.letters]) : []);
    const to = new Map(parseAcl(texts(row[4])).map((item) => [item.grantee, item.letters]));
    if (!own) draft.namedRoles.add(role);
    for (const grantee of new Set([...from.keys(), ...to.keys()])) {
      const before = from.get(grantee) ?? '';
      const after = to.get(grantee) ?? '';
      if (before === after) continue;
      draft.namedRoles.add(grantee);
      const head = `ALTER DEFAULT PRIVILEGES${own ? '' : ` FOR ROLE ${role}`}${schema === null ? '' : ` IN SCHEMA ${schema}`}`;
      const name = `${of === '' ? '' : `${of.slice(1)} `}${schema === null ? '' : `in ${schema} `}on ${objects.toLowerCase()} to ${grantee === role ? 'its owner' : grantee}`;
      const privileges = privilegesOf(after);
      draft.add(`defaults:${text(row[0])}`, {
        id: `default-privileges ${name}`,
        kind: 'default-privileges',
        schema: schema === null ? null : unquote(schema),
        name,
        parent: schema === null ? null : `schema ${schema}`,
        definition: [
          ...(before === '' ? [] : [`${head} REVOKE ALL ON ${objects} FROM ${grantee};`]),
          ...grants(privileges, null, objects, grantee).map((grant) => `${head} ${grant}`),
        ].join('\n'),
        detail: { type: 'grant', grantee, privileges, column: null },
      });
    }
  }
}

const ENABLE: Readonly<Record<string, string>> = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

export function addEventTriggers(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, EVENT_TRIGGERS)) {
    const sql = text(row[1]);
    const unit = `event-trigger:${text(row[0])}`;
    const object = { id: `event-trigger ${sql}`, schema: null };
    const tags = texts(row[7]).map((tag) => quoteLiteral('postgres', tag));
    const enable = ENABLE[text(row[6])];
    draft.add(
      unit,
      {
        ...object,
        kind: 'event-trigger',
        name: unquote(sql),
        parent: null,
        needs: [keyOf('proc', row[4])],
        keys: [keyOf('eventTrigger', row[0])],
        definition:
          `CREATE EVENT TRIGGER ${sql} ON ${text(row[2])}${tags.length === 0 ? '' : `\n  WHEN TAG IN (${tags.join(', ')})`}\n  EXECUTE FUNCTION ${text(row[5])}();` +
          (enable === undefined ? '' : `\nALTER EVENT TRIGGER ${sql} ${enable};`),
      },
      `EVENT TRIGGER ${sql}`,
    );
    draft.own(unit, object, `EVENT TRIGGER ${sql}`, row[3]);
  }
}
