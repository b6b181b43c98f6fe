import type { ObjectId, PolicyDetail, TriggerDetail } from '../../../model/snapshot.ts';
import {
  keyOf,
  maybe,
  notOfExtension,
  NOT_FOREIGN_HISTORY,
  ownSchemas,
  schemaIdOf,
  text,
  texts,
  unquote,
  within,
  type Scope,
} from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';

function ofOwnRelations(scope: Scope, column: string): string {
  return `JOIN pg_class AS c ON c.oid = ${column} WHERE c.relnamespace = ANY (${ownSchemas(scope)}) AND ${NOT_FOREIGN_HISTORY} AND ${notOfExtension('class', 'c.oid')}${within(scope, column)}${within(scope, 'c.oid')}`;
}

export const TRIGGERS: Family = {
  name: 'triggers',
  query: (scope) =>
    `SELECT t.oid, t.tgrelid, quote_ident(t.tgname), pg_get_triggerdef(t.oid), t.tgenabled, t.tgfoid, t.tgparentid FROM pg_trigger AS t LEFT JOIN pg_trigger AS above ON above.oid = t.tgparentid ${ofOwnRelations(scope, 't.tgrelid')} AND NOT t.tgisinternal AND (t.tgparentid = 0 OR t.tgenabled <> above.tgenabled)`,
};

export const RULES: Family = {
  name: 'rules',
  query: (scope) =>
    `SELECT r.oid, r.ev_class, quote_ident(r.rulename), CASE WHEN r.rulename <> '_RETURN' THEN pg_get_ruledef(r.oid) END, r.ev_enabled FROM pg_rewrite AS r ${ofOwnRelations(scope, 'r.ev_class')}`,
};

export const POLICIES: Family = {
  name: 'policies',
  query: (scope) =>
    `SELECT p.oid, p.polrelid, quote_ident(p.polname), p.polpermissive, p.polcmd, to_json(p.polroles::bigint[]), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid) FROM pg_policy AS p ${ofOwnRelations(scope, 'p.polrelid')}`,
};

export const STATISTICS: Family = {
  name: 'statistics',
  query: (scope) =>
    `SELECT s.oid, s.stxrelid, quote_ident(n.nspname) || '.' || quote_ident(s.stxname), pg_get_statisticsobjdef(s.oid), s.stxowner, ${scope.major >= 17 ? 's.stxstattarget' : 'nullif(s.stxstattarget, -1)'} FROM pg_statistic_ext AS s JOIN pg_namespace AS n ON n.oid = s.stxnamespace ${ofOwnRelations(scope, 's.stxrelid')}`,
};

const ENABLED: Readonly<Record<string, TriggerDetail['enabled']>> = {
  O: 'origin',
  D: 'disabled',
  R: 'replica',
  A: 'always',
};
const ENABLE: Readonly<Record<string, string>> = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

export function addRelationParts(reading: Reading): void {
  addTriggers(reading);
  addRules(reading);
  addPolicies(reading);
  addStatistics(reading);
}

function addTriggers(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, TRIGGERS)) {
    const table = draft.relations.get(text(row[1]));
    if (table === undefined) continue;
    const sql = text(row[2]);
    const state = text(row[4]);
    const handedDown = text(row[6]) !== '0';
    const enable = ENABLE[state] ?? (handedDown ? 'ENABLE' : undefined);
    const switched = enable === undefined ? [] : [`ALTER TABLE ${table.sql} ${enable} TRIGGER ${sql};`];
    draft.add(
      `class:${text(row[1])}`,
      {
        id: `trigger ${sql} on ${table.sql}`,
        kind: 'trigger',
        schema: table.schema,
        name: unquote(sql),
        parent: table.id,
        needs: [keyOf('proc', row[5])],
        keys: [keyOf('trigger', row[0])],
        // A trigger of a partitioned table makes those of its partitions, which differ only in whether they are on.
        needsIds: handedDown ? ancestors(reading, table.id).map((name) => `trigger ${sql} on ${name}`) : [],
        definition: [...(handedDown ? [] : [`${text(row[3])};`]), ...switched].join('\n'),
        detail: { type: 'trigger', enabled: ENABLED[state] ?? 'origin' },
      },
      `TRIGGER ${sql} ON ${table.sql}`,
    );
  }
}

/** Qualified names of the partitioned tables above a partition. */
function ancestors({ draft }: Pick<Reading, 'draft'>, table: ObjectId): readonly string[] {
  const detail = draft.objects.get(table)?.object.detail;
  const parent = detail?.type === 'table' ? detail.partitionOf?.parent : undefined;
  return parent === undefined ? [] : [parent.replace(/^table /u, ''), ...ancestors({ draft }, parent)];
}

function addRules(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, RULES)) {
    const table = draft.relations.get(text(row[1]));
    if (table === undefined) continue;
    const definition = maybe(row[3]);
    if (definition === null) {
      // What the query of a view needs, the view needs.
      draft.idOf.set(keyOf('rewrite', row[0]), table.id);
      continue;
    }
    const sql = text(row[2]);
    const enable = ENABLE[text(row[4])];
    draft.add(
      `class:${text(row[1])}`,
      {
        id: `rule ${sql} on ${table.sql}`,
        kind: 'rule',
        schema: table.schema,
        name: unquote(sql),
        parent: table.id,
        keys: [keyOf('rewrite', row[0])],
        definition: `${definition}${enable === undefined ? '' : `\nALTER TABLE ${table.sql} ${enable} RULE ${sql};`}`,
      },
      `RULE ${sql} ON ${table.sql}`,
    );
  }
}

const COMMANDS: Readonly<Record<string, PolicyDetail['command']>> = {
  '*': 'all',
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
};

function addPolicies(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, POLICIES)) {
    const table = draft.relations.get(text(row[1]));
    if (table === undefined) continue;
    const sql = text(row[2]);
    const roles = texts(row[5])
      .map((oid) => (oid === '0' ? 'PUBLIC' : draft.role(oid)))
      .toSorted();
    for (const role of roles) draft.namedRoles.add(role);
    const command = COMMANDS[text(row[4])] ?? 'all';
    const using = maybe(row[6]);
    const check = maybe(row[7]);
    draft.add(
      `class:${text(row[1])}`,
      {
        id: `policy ${sql} on ${table.sql}`,
        kind: 'policy',
        schema: table.schema,
        name: unquote(sql),
        parent: table.id,
        keys: [keyOf('policy', row[0])],
        definition:
          `CREATE POLICY ${sql} ON ${table.sql}${row[3] === true ? '' : ' AS RESTRICTIVE'}${command === 'all' ? '' : ` FOR ${command.toUpperCase()}`} TO ${roles.join(', ')}` +
          `${using === null ? '' : `\n  USING (${using})`}${check === null ? '' : `\n  WITH CHECK (${check})`};`,
        detail: { type: 'policy', permissive: row[3] === true, command, roles, using, check },
      },
      `POLICY ${sql} ON ${table.sql}`,
    );
  }
}

function addStatistics(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, STATISTICS)) {
    const table = draft.relations.get(text(row[1]));
    if (table === undefined) continue;
    const sql = text(row[2]);
    const unit = `class:${text(row[1])}`;
    const object = { id: `statistics ${sql}`, schema: table.schema };
    draft.add(
      unit,
      {
        ...object,
        kind: 'statistics',
        name: unquote(sql.slice(schemaIdOf(sql).length - 'schema '.length + 1)),
        parent: table.id,
        needsIds: [schemaIdOf(sql)],
        keys: [keyOf('statistics', row[0])],
        definition: `${text(row[3])};${row[5] === null ? '' : `\nALTER STATISTICS ${sql} SET STATISTICS ${text(row[5])};`}`,
      },
      `STATISTICS ${sql}`,
    );
    draft.own(unit, object, `STATISTICS ${sql}`, row[4]);
  }
}
