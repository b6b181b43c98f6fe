import { quoteLiteral } from '../../../sql/quote.ts';
import { keyOf, maybe, notOfExtension, text, texts, unquote } from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';
import { foreignOptions } from './options.ts';
import { addPrivileges } from './privileges.ts';

const FUNCTION_NAME = (oid: string): string => `nullif(${oid}, 0)::regproc::text`;

export const WRAPPERS: Family = {
  name: 'foreign data wrappers',
  query: () =>
    `SELECT w.oid, quote_ident(w.fdwname), w.fdwowner, ${FUNCTION_NAME('w.fdwhandler')}, ${FUNCTION_NAME('w.fdwvalidator')}, to_json(w.fdwoptions), to_json(w.fdwacl::text[]), w.fdwhandler, w.fdwvalidator FROM pg_foreign_data_wrapper AS w WHERE ${notOfExtension('foreignDataWrapper', 'w.oid')}`,
};

export const SERVERS: Family = {
  name: 'servers',
  query: () =>
    `SELECT s.oid, quote_ident(s.srvname), s.srvowner, s.srvfdw, quote_ident(w.fdwname), s.srvtype, s.srvversion, to_json(s.srvoptions), to_json(s.srvacl::text[]) FROM pg_foreign_server AS s JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw WHERE ${notOfExtension('server', 's.oid')}`,
};

/** Only the names of the options: their values are secrets. */
export const USER_MAPPINGS: Family = {
  name: 'user mappings',
  query: () =>
    "SELECT m.umid, m.umuser, m.srvid, quote_ident(m.srvname), (SELECT json_agg(split_part(o, '=', 1) || '=' || CASE WHEN split_part(o, '=', 1) ~ 'pass|secret|token|key' THEN '***' ELSE substr(o, strpos(o, '=') + 1) END) FROM unnest(m.umoptions) AS o) FROM pg_user_mappings AS m",
};

export function addForeign(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, WRAPPERS)) {
    const sql = text(row[1]);
    const unit = `wrapper:${text(row[0])}`;
    const object = { id: `foreign-data-wrapper ${sql}`, schema: null };
    const parts = [
      ...(maybe(row[3]) === null ? [] : [` HANDLER ${text(row[3])}`]),
      ...(maybe(row[4]) === null ? [] : [` VALIDATOR ${text(row[4])}`]),
    ].join('');
    draft.add(
      unit,
      {
        ...object,
        kind: 'foreign-data-wrapper',
        name: unquote(sql),
        parent: null,
        needs: [keyOf('proc', row[7]), keyOf('proc', row[8])],
        keys: [keyOf('foreignDataWrapper', row[0])],
        definition: `CREATE FOREIGN DATA WRAPPER ${sql}${parts}${foreignOptions(texts(row[5]))};`,
      },
      `FOREIGN DATA WRAPPER ${sql}`,
    );
    draft.own(unit, object, `FOREIGN DATA WRAPPER ${sql}`, row[2]);
    addPrivileges(draft, unit, {
      ...object,
      sql: `FOREIGN DATA WRAPPER ${sql}`,
      kind: 'foreign-data-wrapper',
      ownerOid: row[2],
      acl: row[6] === null ? null : texts(row[6]),
    });
  }
  for (const row of rowsOf(reading, SERVERS)) {
    const sql = text(row[1]);
    const unit = `server:${text(row[0])}`;
    const object = { id: `server ${sql}`, schema: null };
    const literal = (word: string, value: unknown): string =>
      maybe(value) === null ? '' : ` ${word} ${quoteLiteral('postgres', text(value))}`;
    draft.add(
      unit,
      {
        ...object,
        kind: 'server',
        name: unquote(sql),
        parent: null,
        needs: [keyOf('foreignDataWrapper', row[3])],
        keys: [keyOf('server', row[0])],
        definition: `CREATE SERVER ${sql}${literal('TYPE', row[5])}${literal('VERSION', row[6])} FOREIGN DATA WRAPPER ${text(row[4])}${foreignOptions(texts(row[7]))};`,
      },
      `SERVER ${sql}`,
    );
    draft.own(unit, object, `SERVER ${sql}`, row[2]);
    addPrivileges(draft, unit, {
      ...object,
      sql: `FOREIGN SERVER ${sql}`,
      kind: 'server',
      ownerOid: row[2],
      acl: row[8] === null ? null : texts(row[8]),
    });
  }
  for (const row of rowsOf(reading, USER_MAPPINGS)) {
    const server = draft.idOf.get(keyOf('server', row[2]));
    if (server === undefined) continue;
    const user = text(row[1]) === '0' ? 'PUBLIC' : draft.role(row[1]);
    draft.namedRoles.add(user);
    const name = `for ${user} on ${text(row[3])}`;
    draft.add(`mapping:${text(row[0])}`, {
      id: `user-mapping ${name}`,
      kind: 'user-mapping',
      schema: null,
      name,
      parent: server,
      definition: `CREATE USER MAPPING FOR ${user} SERVER ${text(row[3])}${foreignOptions(texts(row[4]))};`,
    });
  }
}
