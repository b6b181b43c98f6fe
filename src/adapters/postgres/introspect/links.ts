import type { ObjectId } from '../../../model/snapshot.ts';
import { attributeKey, CATALOG, ROOTED_CATALOGS, text, type Scope } from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';

const { class: CLASS, type: TYPE, constraint, attrdef, statistics, trigger, namespace } = CATALOG;

/** Everything that the roots of a scope consist of. */
function parts(roots: string): string {
  return `(SELECT unnest(${roots}) UNION ALL SELECT oid FROM pg_constraint WHERE conrelid = ANY (${roots}) OR contypid = ANY (${roots})
UNION ALL SELECT oid FROM pg_attrdef WHERE adrelid = ANY (${roots}) UNION ALL SELECT indexrelid FROM pg_index WHERE indrelid = ANY (${roots})
UNION ALL SELECT oid FROM pg_trigger WHERE tgrelid = ANY (${roots}) UNION ALL SELECT oid FROM pg_rewrite WHERE ev_class = ANY (${roots})
UNION ALL SELECT typrelid FROM pg_type WHERE oid = ANY (${roots}) UNION ALL SELECT oid FROM pg_policy WHERE polrelid = ANY (${roots}) UNION ALL SELECT oid FROM pg_statistic_ext WHERE stxrelid = ANY (${roots}))`;
}

/** Both columns of the catalog's own index, so that it is used. */
function ofScope({ globals, roots }: Scope, catalog: string, oid: string): string {
  if (roots === null) return '';
  const rooted = `${catalog} = ANY ('{${ROOTED_CATALOGS.join(',')}}'::oid[]) AND ${oid} = ANY (ARRAY${parts(roots)})`;
  return globals ? ` AND (${rooted} OR ${catalog} NOT IN (${ROOTED_CATALOGS.join(', ')}))` : ` AND ${rooted}`;
}

/**
 * What needs what, without what the structure says anyway: columns of the own table, schemas, owners. One row for each
 * that needs something.
 */
export const DEPENDENCIES: Family = {
  name: 'dependencies',
  query: (scope: Scope) => `
SELECT d.classid::bigint, d.objid, string_agg(DISTINCT d.refclassid || ':' || d.refobjid, ' ')
FROM pg_depend AS d
WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a') AND d.refclassid <> ${String(namespace)}
  AND NOT (d.refobjsubid <> 0 AND d.classid IN (${[constraint, CLASS, attrdef, statistics, trigger].join(', ')}) AND d.refclassid = ${String(CLASS)})
  AND NOT (d.classid IN (${[attrdef, constraint, trigger, statistics].join(', ')}) AND d.deptype = 'a' AND d.refclassid IN (${String(CLASS)}, ${String(TYPE)}))
  AND NOT (d.classid = ${String(CLASS)} AND d.deptype = 'a')${ofScope(scope, 'd.classid', 'd.objid')}
GROUP BY d.classid, d.objid`,
};

export const COMMENTS: Family = {
  name: 'comments',
  query: (scope: Scope) =>
    `SELECT d.classoid::bigint, d.objoid, d.objsubid, d.description, EXISTS (SELECT 1 FROM pg_index AS i WHERE i.indexrelid = d.objoid AND d.classoid = 1259) FROM pg_description AS d WHERE (d.objoid >= 16384 OR d.classoid = ${String(namespace)})${ofScope(scope, 'd.classoid', 'd.objoid')}`,
};

/** Needed keys by the id of who needs them. */
export function readDependencies(reading: Reading): ReadonlyMap<ObjectId, readonly string[]> {
  const needs = new Map<ObjectId, string[]>();
  for (const row of rowsOf(reading, DEPENDENCIES)) {
    const id = reading.draft.idOf.get(`${text(row[0])}:${text(row[1])}`);
    if (id === undefined) continue;
    const known = needs.get(id);
    const keys = text(row[2]).split(' ');
    if (known === undefined) needs.set(id, keys);
    else known.push(...keys);
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
      const column = relation?.columns.get(attribute);
      if (relation === undefined || column === undefined) continue;
      const address = {
        id: `column ${relation.sql}.${column}`,
        sql: `COLUMN ${relation.sql}.${column}`,
        schema: relation.schema,
      };
      draft.comment(unitOf(reading, relation.id), address, text(row[3]), relation.id);
      continue;
    }
    const address = (row[4] === true ? draft.addresses.get(`index:${oid}`) : undefined) ?? draft.addresses.get(key);
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

function unitOf({ draft }: Reading, id: ObjectId): string {
  return draft.unitOf.get(id) ?? 'comments';
}
