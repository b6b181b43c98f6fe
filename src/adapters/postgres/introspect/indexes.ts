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
} from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';
import { isSystemNamed } from './system-names.ts';

/** Indexes of tables and materialised views, those behind constraints too. */
export const INDEXES: Family = {
  name: 'indexes',
  query: (scope) => `
SELECT i.indexrelid, i.indrelid, quote_ident(n.nspname) || '.' || quote_ident(x.relname), CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.indexrelid) END, i.indisunique, i.indisvalid,
  i.indisclustered, i.indisreplident, a.amname, i.indkey::text, i.indnkeyatts,
  CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(pg_get_indexdef(i.indexrelid, p, true) ORDER BY p) FROM generate_series(1, i.indnatts) AS p) END,
  CASE WHEN i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END,
  h.inhparent, k.oid IS NOT NULL,
  quote_ident(s.spcname), CASE WHEN i.indexprs IS NOT NULL THEN (SELECT json_agg(json_build_array(t.attnum, t.attstattarget) ORDER BY t.attnum) FROM pg_attribute AS t WHERE t.attrelid = i.indexrelid AND t.attstattarget >= 0) END
FROM pg_index AS i
JOIN pg_class AS x ON x.oid = i.indexrelid
JOIN pg_namespace AS n ON n.oid = x.relnamespace
JOIN pg_am AS a ON a.oid = x.relam
JOIN pg_class AS c ON c.oid = i.indrelid
LEFT JOIN pg_inherits AS h ON h.inhrelid = i.indexrelid
LEFT JOIN pg_constraint AS k ON k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_tablespace AS s ON s.oid = x.reltablespace
WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = ANY (${ownSchemas(scope)}) AND ${NOT_FOREIGN_HISTORY}
  AND ${notOfExtension('class', 'c.oid')}${within(scope, 'i.indrelid')}${within(scope, 'c.oid')}`,
};

export function addIndexes(reading: Reading): void {
  const { draft } = reading;
  const rows = rowsOf(reading, INDEXES);
  const names = new Map(rows.map((row) => [text(row[0]), text(row[2])]));
  for (const row of rows) {
    const table = draft.relations.get(text(row[1]));
    if (table === undefined) continue;
    const unit = `class:${text(row[1])}`;
    const sql = text(row[2]);
    const schema = table.schema;
    const bare = sql.slice(schemaIdOf(sql).length - 'schema '.length + 1);
    const name = unquote(bare);
    const behind = row[14] === true;
    const own = behind ? draft.idOf.get(keyOf('class', row[0])) : `index ${sql}`;
    if (own === undefined) continue;
    const expressions = texts(row[11]);
    const attributes = text(row[9]).split(' ');
    const all = attributes.map((attribute, at) =>
      attribute === '0' ? (expressions[at] ?? '') : unquote(table.columns.get(Number(attribute)) ?? ''),
    );
    const keys = Number(row[10]);
    const columns = all.slice(0, keys);
    const partitionOf = maybe(row[13]);
    if (!behind) {
      const named = columns.map((column, at) => (attributes[at] === '0' ? 'expr' : column));
      draft.add(
        unit,
        {
          id: own,
          kind: 'index',
          schema,
          name,
          parent: table.id,
          keys: [keyOf('class', row[0])],
          definition: [
            `${text(row[3])}${row[15] === null ? '' : ` TABLESPACE ${text(row[15])}`};`,
            ...statistics(sql, row[16]),
            ...(row[5] === true || table.kind === 'p' ? [] : ['-- INVALID: its building was broken off']),
          ].join('\n'),
          systemNamed: isSystemNamed(name, table.name, named, ['idx']),
          detail: {
            type: 'index',
            unique: row[4] === true,
            method: text(row[8]),
            columns,
            include: all.slice(keys),
            predicate: maybe(row[12]),
            valid: row[5] === true,
          },
        },
        `INDEX ${sql}`,
      );
    } else {
      draft.addresses.set(`index:${text(row[0])}`, { id: own, sql: `INDEX ${sql}`, schema });
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
    draft.indexNames.set(text(row[0]), sql);
    if (row[6] === true)
      draft.add(unit, {
        ...about,
        id: `cluster ${table.sql}`,
        kind: 'cluster',
        definition: `ALTER TABLE ${table.sql} CLUSTER ON ${bare};`,
      });
    if (row[7] === true)
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
