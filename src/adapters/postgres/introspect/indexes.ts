import { keyOf, maybe, ownSchemas, schemaIdOf, text, texts, unquote, within, type Scope } from './catalog.ts';
import { composeIndex, readClasses } from './compose.ts';
import { rowsOf, type Family, type Reading } from './family.ts';
import { isSystemNamed } from './system-names.ts';

/**
 * Indexes of tables and materialised views, those behind constraints too. The server words a definition only where it
 * can not be composed from the rest; what few indexes have comes in one column.
 */
export const INDEXES: Family = {
  name: 'indexes',
  query: (scope) => `
SELECT i.indexrelid, i.indrelid, quote_ident(n.nspname) || '.' || quote_ident(x.relname), ${wordedDefinition(scope)},
  i.indisunique, x.relam, i.indkey::text, i.indnkeyatts,
  CASE WHEN i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END, h.inhparent, i.indclass::text, i.indcollation::text, i.indoption::text,
  CASE WHEN NOT i.indisvalid OR i.indisclustered OR i.indisreplident OR i.indexprs IS NOT NULL OR x.reltablespace <> 0 OR x.relam <> ${BTREE}
    THEN json_build_array(i.indisvalid, i.indisclustered, i.indisreplident, (SELECT a.amname FROM pg_am AS a WHERE a.oid = x.relam),
      CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(pg_get_indexdef(i.indexrelid, p, true) ORDER BY p) FROM generate_series(1, i.indnatts) AS p) END,
      (SELECT quote_ident(s.spcname) FROM pg_tablespace AS s WHERE s.oid = x.reltablespace),
      CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(json_build_array(t.attnum, t.attstattarget) ORDER BY t.attnum) FROM pg_attribute AS t WHERE t.attrelid = i.indexrelid AND t.attstattarget >= 0) END) END
FROM pg_index AS i
JOIN pg_class AS x ON x.oid = i.indexrelid
JOIN pg_namespace AS n ON n.oid = x.relnamespace
LEFT JOIN pg_inherits AS h ON h.inhrelid = i.indexrelid
WHERE x.relnamespace = ANY (${ownSchemas(scope)})${within(scope, 'i.indrelid')}`,
};

/** The same oid in every version. */
const BTREE = '403';

/** CASE is the one expression that is broken into lines, which two functions of a version may do differently. */
function wordedDefinition(scope: Scope): string {
  const server = 'pg_get_indexdef(i.indexrelid)';
  if (scope.roots !== null) return server;
  const unusual = `x.relam <> ${BTREE} OR x.relkind <> 'i' OR i.indexprs IS NOT NULL OR i.indnatts <> i.indnkeyatts OR x.reloptions IS NOT NULL OR strpos(i.indpred::text, '{CASE') > 0`;
  return `CASE WHEN ${unusual}${scope.major >= 15 ? ' OR i.indnullsnotdistinct' : ''} THEN ${server} END`;
}

interface Rare {
  readonly valid: boolean;
  readonly clustered: boolean;
  readonly replicaIdentity: boolean;
  readonly method: string;
  readonly expressions: readonly string[];
  readonly tablespace: string | null;
  readonly statistics: unknown;
}

const USUAL: Rare = {
  valid: true,
  clustered: false,
  replicaIdentity: false,
  method: 'btree',
  expressions: [],
  tablespace: null,
  statistics: null,
};

function readRare(value: unknown): Rare {
  if (!Array.isArray(value)) return USUAL;
  return {
    valid: value[0] === true,
    clustered: value[1] === true,
    replicaIdentity: value[2] === true,
    method: text(value[3]),
    expressions: texts(value[4]),
    tablespace: maybe(value[5]),
    statistics: value[6],
  };
}

export function addIndexes(reading: Reading): void {
  const { draft } = reading;
  const rows = rowsOf(reading, INDEXES);
  // Of partitions there are parents, which may come later.
  const names = rows.some((row) => row[9] !== null)
    ? new Map(rows.map((row) => [text(row[0]), text(row[2])]))
    : new Map<string, string>();
  const classOf = readClasses(reading);
  for (const row of rows) {
    const table = draft.relations.get(text(row[1]));
    if (table === undefined) continue;
    const oid = text(row[0]);
    const unit = `class:${text(row[1])}`;
    const sql = text(row[2]);
    const { schema } = table;
    const bare = sql.slice(schemaIdOf(sql).length - 'schema '.length + 1);
    const name = unquote(bare);
    const known = draft.idOf.get(keyOf('class', oid));
    const constraint = known === undefined ? undefined : draft.objects.get(known)?.object;
    const own = constraint?.kind === 'constraint' ? constraint.id : `index ${sql}`;
    const rare = readRare(row[13]);
    const attributes = text(row[6]).split(' ');
    const predicate = maybe(row[8]);
    const partitionOf = maybe(row[9]);
    if (constraint?.id !== own) {
      const all = attributes.map((attribute, at) =>
        attribute === '0' ? (rare.expressions[at] ?? '') : unquote(table.columns[Number(attribute)]?.sql ?? ''),
      );
      const keys = Number(row[7]);
      const columns = all.slice(0, keys);
      const named = columns.map((column, at) => (attributes[at] === '0' ? 'expr' : column));
      const add = (definition: string): void =>
        draft.add(
          unit,
          {
            id: own,
            kind: 'index',
            schema,
            name,
            parent: table.id,
            keys: [keyOf('class', oid)],
            definition: [
              `${definition}${rare.tablespace === null ? '' : ` TABLESPACE ${rare.tablespace}`};`,
              ...statistics(sql, rare.statistics),
              ...(rare.valid || table.kind === 'p' ? [] : ['-- INVALID: its building was broken off']),
            ].join('\n'),
            systemNamed: isSystemNamed(name, table.name, named, 'idx'),
            detail: {
              type: 'index',
              unique: row[4] === true,
              method: rare.method,
              columns,
              include: all.slice(keys),
              predicate,
              valid: rare.valid,
            },
          },
          `INDEX ${sql}`,
        );
      const definition =
        maybe(row[3]) ??
        composeIndex(
          {
            name: bare,
            table,
            unique: row[4] === true,
            attributes,
            classes: text(row[10]).split(' '),
            collations: text(row[11]).split(' '),
            options: text(row[12]).split(' '),
            predicate,
          },
          classOf,
        );
      add(definition ?? '');
      if (definition === null) reading.lacking.push({ call: 'pg_get_indexdef', oid, add });
    }
    const about = { schema, name, parent: own };
    if (partitionOf !== null) {
      const parentName = names.get(partitionOf) ?? draft.indexNames.get(partitionOf);
      const parentId = draft.idOf.get(keyOf('class', partitionOf));
      draft.add(unit, {
        ...about,
        id: `index-partition ${sql}`,
        kind: 'index-partition',
        needs: [keyOf('class', partitionOf)],
        needsIds: [`partition ${table.sql}`, ...(parentId === undefined ? [] : [parentId])],
        definition: `ALTER INDEX ${parentName ?? partitionOf} ATTACH PARTITION ${sql};`,
      });
    }
    if (table.kind === 'p') draft.indexNames.set(oid, sql);
    if (rare.clustered)
      draft.add(unit, {
        ...about,
        id: `cluster ${table.sql}`,
        kind: 'cluster',
        definition: `ALTER TABLE ${table.sql} CLUSTER ON ${bare};`,
      });
    if (rare.replicaIdentity)
      draft.add(unit, {
        ...about,
        id: `replica-identity ${table.sql}`,
        kind: 'replica-identity',
        definition: `ALTER TABLE ONLY ${table.sql} REPLICA IDENTITY USING INDEX ${bare};`,
      });
  }
}

function statistics(sql: string, targets: unknown): readonly string[] {
  return Array.isArray(targets)
    ? targets.map((pair: unknown) => {
        const [attribute, target] = texts(pair);
        return `ALTER INDEX ${sql} ALTER COLUMN ${attribute ?? ''} SET STATISTICS ${target ?? ''};`;
      })
    : [];
}
