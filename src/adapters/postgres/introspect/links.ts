import type { ObjectId } from '../../../model/snapshot.ts';
import { attributeKey, CATALOG, ROOTED_CATALOGS, schemaIdOf, text, type Scope } from './catalog.ts';
import type { Address } from './draft.ts';
import { rowsOf, type Family, type Reading } from './family.ts';

const { class: CLASS, type: TYPE, constraint, attrdef, statistics, trigger, namespace } = CATALOG;

/** Everything that roots consist of, as rows `(class, oid)`. */
function partsOf(roots: string): string {
  const own = ([TYPE, CATALOG.proc, CLASS] as const).map(
    (number) => `SELECT ${String(number)}::oid AS class, unnest(${roots}) AS oid`,
  );
  const parts = [
    [constraint, 'oid FROM pg_constraint WHERE conrelid'],
    [constraint, 'oid FROM pg_constraint WHERE contypid'],
    [attrdef, 'oid FROM pg_attrdef WHERE adrelid'],
    [CLASS, 'indexrelid FROM pg_index WHERE indrelid'],
    [trigger, 'oid FROM pg_trigger WHERE tgrelid'],
    [CATALOG.rewrite, 'oid FROM pg_rewrite WHERE ev_class'],
    [CLASS, 'typrelid FROM pg_type WHERE oid'],
    [CATALOG.policy, 'oid FROM pg_policy WHERE polrelid'],
    [statistics, 'oid FROM pg_statistic_ext WHERE stxrelid'],
  ].map(([number, rest]) => `SELECT ${String(number)}::oid, ${String(rest)} = ANY (${roots})`);
  return `(${[...own, ...parts].join(' UNION ALL ')})`;
}

/** The rows of a catalog that say something of the scope, found by its index on both columns. */
function rowsIn({ globals, roots }: Scope, table: string, catalog: string, oid: string): string {
  if (roots === null) return table;
  const rooted = `SELECT row_.* FROM ${partsOf(roots)} AS part CROSS JOIN LATERAL (SELECT * FROM ${table} AS r WHERE r.${catalog} = part.class AND r.${oid} = part.oid OFFSET 0) AS row_`;
  return globals
    ? `(${rooted} UNION ALL SELECT * FROM ${table} AS r WHERE r.${catalog} NOT IN (${ROOTED_CATALOGS.join(', ')}))`
    : `(${rooted})`;
}

/**
 * What needs what, without what the structure says anyway: columns of the own table, schemas, owners.
 */
export const DEPENDENCIES: Family = {
  name: 'dependencies',
  query: (scope: Scope) => `
SELECT d.classid::bigint, d.objid, d.refclassid::bigint, d.refobjid
FROM ${rowsIn(scope, 'pg_depend', 'classid', 'objid')} AS d
WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a') AND d.refclassid <> ${String(namespace)}
  AND NOT (d.refobjsubid <> 0 AND d.classid IN (${[constraint, CLASS, attrdef, statistics, trigger].join(', ')}) AND d.refclassid = ${String(CLASS)})
  AND NOT (d.classid IN (${[attrdef, constraint, trigger, statistics].join(', ')}) AND d.deptype = 'a' AND d.refclassid IN (${String(CLASS)}, ${String(TYPE)}))
  AND NOT (d.classid = ${String(CLASS)} AND d.deptype = 'a')`,
};

export const COMMENTS: Family = {
  name: 'comments',
  query: (scope: Scope) =>
    `SELECT d.classoid::bigint, d.objoid, d.objsubid, d.description, EXISTS (SELECT 1 FROM pg_index AS i WHERE i.indexrelid = d.objoid AND d.classoid = 1259) FROM ${rowsIn(scope, 'pg_description', 'classoid', 'objoid')} AS d WHERE (d.objoid >= 16384 OR d.classoid = ${String(namespace)})`,
};

/** Needed keys by the id of who needs them. */
export function readDependencies(reading: Reading): ReadonlyMap<ObjectId, readonly string[]> {
  const needs = new Map<ObjectId, string[]>();
  for (const row of rowsOf(reading, DEPENDENCIES)) {
    const id = reading.draft.idOf.get(`${text(row[0])}:${text(row[1])}`);
    if (id === undefined) continue;
    const key = `${text(row[2])}:${text(row[3])}`;
    const known = needs.get(id);
    if (known === undefined) needs.set(id, [key]);
    else known.push(key);
  }
  return needs;
}

/** Comes last: a comment is on something. */
export function addComments(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, COMMENTS)) {
    const oid = text(row[1]);
    const key = `${text(row[0])}:${oid}`;
    const attribute = Number(row[2]);
    const composite = draft.addresses.get(attributeKey(oid, attribute));
    if (composite !== undefined) {
      const type = draft.idOf.get(key) ?? composite.id;
      draft.comment(unitOf(reading, type), composite, text(row[3]), type);
      continue;
    }
    if (attribute > 0) {
      const relation = draft.relations.get(oid);
      const column = relation?.columns[attribute]?.sql;
      if (relation === undefined || column === undefined) continue;
      const address = {
        id: `column ${relation.sql}.${column}`,
        sql: `COLUMN ${relation.sql}.${column}`,
        schema: relation.schema,
      };
      draft.comment(unitOf(reading, relation.id), address, text(row[3]), relation.id);
      continue;
    }
    const address = (row[4] === true ? indexBehind(reading, key) : undefined) ?? draft.addressOf(key);
    if (address === undefined) continue;
    if (address.id === 'schema public' && text(row[3]) === 'standard public schema') continue;
    const id = draft.idOf.get(key) ?? address.id;
    const index = row[4] === true && address.sql.startsWith('INDEX');
    draft.comment(
      unitOf(reading, id),
      index ? { ...address, id: `index ${address.sql.slice('INDEX '.length)}` } : address,
      text(row[3]),
      id,
    );
  }
}

/** The index of a constraint, whose name and schema it has. */
function indexBehind({ draft }: Reading, key: string): Address | undefined {
  const { object, address = null } = draft.objects.get(draft.idOf.get(key) ?? '') ?? {};
  if (object?.kind !== 'constraint' || address === null) return undefined;
  const table = object.parent?.slice(object.parent.indexOf(' ') + 1) ?? '';
  const name = address.slice('CONSTRAINT '.length, -` ON ${table}`.length);
  return { id: object.id, sql: `INDEX ${schemaIdOf(table).slice('schema '.length)}.${name}`, schema: object.schema };
}

function unitOf({ draft }: Reading, id: ObjectId): string {
  return draft.unitOf(id) ?? 'comments';
}
