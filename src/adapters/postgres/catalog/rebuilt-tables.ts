import type { TableObject, TableState } from '../../../model/rebuilt-table.ts';
import type { Command } from '../../../ports/session.ts';
import { droppedObject } from '../../../sql/index.ts';
import { quoteLiteral } from '../../../sql/quote.ts';

const SETTING = { before: 'surefoot.rebuilt_before', after: 'surefoot.rebuilt_after' } as const;

/** Sequences that give a column its numbers: its own, or one that its default names. */
const SEQUENCES =
  "SELECT d.objid AS sequence, d.refobjsubid AS number FROM pg_catalog.pg_depend AS d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = rel AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') " +
  'UNION SELECT d.refobjid, f.adnum FROM pg_catalog.pg_attrdef AS f JOIN pg_catalog.pg_depend AS d ' +
  "ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass WHERE f.adrelid = rel";

const OBJECTS = [
  "SELECT 'index' AS kind, c.relname::text AS name, CASE WHEN i.indisunique THEN 'unique' ELSE '' END || pg_catalog.substr(pg_catalog.pg_get_indexdef(c.oid), pg_catalog.strpos(pg_catalog.pg_get_indexdef(c.oid), ' USING ')) AS definition " +
    'FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid WHERE i.indrelid = rel AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = c.oid AND k.conrelid = rel)',
  "SELECT 'trigger', tgname::text, '' FROM pg_catalog.pg_trigger WHERE tgrelid = rel AND NOT tgisinternal",
  "SELECT 'rule', rulename::text, '' FROM pg_catalog.pg_rewrite WHERE ev_class = rel AND rulename <> '_RETURN'",
  "SELECT 'policy', polname::text, '' FROM pg_catalog.pg_policy WHERE polrelid = rel",
  "SELECT 'row-level security', '', '' FROM pg_catalog.pg_class WHERE oid = rel AND relrowsecurity",
  "SELECT 'grant', a.privilege_type || ' to ' || CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END, '' FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(c.relacl) AS a WHERE c.oid = rel AND a.grantee <> c.relowner",
].join(' UNION ALL ');

/**
 * Describes tables that need not be there, so no plain statement could name them. Content as sums of 64-bit hashes. The
 * second command's answer is for `readTables`.
 */
export function describeTables(names: readonly string[], moment: 'before' | 'after'): readonly Command[] {
  const list = names.map((name) => quoteLiteral('postgres', name)).join(', ');
  const hash = (value: string, seed: string): string =>
    `coalesce(pg_catalog.sum(pg_catalog.hashtextextended((t.%1$I)::text COLLATE "C", ${seed}))::text, '''') || ''/'' || pg_catalog.count(${value})`;
  const text =
    "DO $surefoot$ DECLARE name text; rel oid; key text; list text; keys jsonb; columns jsonb; objects jsonb; counters jsonb; total bigint; hashes text[]; found jsonb := '[]'; BEGIN " +
    `FOREACH name IN ARRAY ARRAY[${list}] LOOP ` +
    "SELECT oid INTO rel FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(name) AND relkind IN ('r', 'p'); " +
    "IF rel IS NULL THEN found := found || 'null'::jsonb; CONTINUE; END IF; " +
    "SELECT pg_catalog.string_agg(pg_catalog.format('(t.%I)::text', a.attname), ' || '','' || ' ORDER BY k.place), coalesce(pg_catalog.jsonb_agg(a.attname ORDER BY k.place), '[]') INTO key, keys " +
    'FROM pg_catalog.pg_index AS i CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place) JOIN pg_catalog.pg_attribute AS a ON a.attrelid = rel AND a.attnum = k.number WHERE i.indrelid = rel AND i.indisprimary; ' +
    `SELECT pg_catalog.string_agg(pg_catalog.format('${hash('t.%1$I', '0')}, ${hash('t.%1$I', 't.surefoot_key')}', a.attname), ', ' ORDER BY a.attnum), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum), '[]') INTO list, columns ` +
    'FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = rel AND a.attnum > 0 AND NOT a.attisdropped; ' +
    "EXECUTE pg_catalog.format('SELECT pg_catalog.count(*), ARRAY[%s]::text[] FROM (SELECT t.*, %s AS surefoot_key FROM %s AS t) AS t', list, coalesce('pg_catalog.hashtextextended((' || key || ') COLLATE \"C\", 0)', '0::bigint'), rel::pg_catalog.regclass) INTO total, hashes; " +
    `SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(o)), '[]') INTO objects FROM (${OBJECTS}) AS o (kind, name, definition); ` +
    "SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(a.attname, CASE WHEN pg_catalog.has_sequence_privilege(s.sequence, 'USAGE, SELECT') THEN pg_catalog.pg_sequence_last_value(s.sequence) END)), '[]') INTO counters " +
    `FROM (${SEQUENCES}) AS s JOIN pg_catalog.pg_class AS c ON c.oid = s.sequence AND c.relkind = 'S' JOIN pg_catalog.pg_attribute AS a ON a.attrelid = rel AND a.attnum = s.number; ` +
    "found := found || pg_catalog.jsonb_build_object('name', name, 'rows', total, 'keys', keys, 'columns', columns, 'hashes', pg_catalog.to_jsonb(hashes), 'objects', objects, 'counters', counters); END LOOP; " +
    `PERFORM pg_catalog.set_config('${SETTING[moment]}', found::text, true); END $surefoot$`;
  return [{ text }, { text: `SELECT pg_catalog.current_setting('${SETTING[moment]}', true)` }];
}

interface Described {
  readonly name: string;
  readonly rows: number;
  readonly keys: readonly string[];
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** Two of each column. */
  readonly hashes: readonly string[];
  readonly objects: readonly TableObject[];
  readonly counters: readonly (readonly [column: string, value: number | null])[];
}

/** In the order of the names; null where there was no such table. */
export function readTables(text: unknown): readonly (TableState | null)[] {
  // Only `describeTables` wrote it.
  const tables = typeof text === 'string' && text !== '' ? (JSON.parse(text) as readonly (Described | null)[]) : [];
  return tables.map((table) => {
    if (table === null) return null;
    const { name, rows, keys, columns, hashes, objects, counters } = table;
    return {
      name,
      rows,
      keys,
      objects,
      columns: new Map(
        columns.map(([column, type], index) => [
          column,
          { type, values: hashes[index * 2] ?? '', places: hashes[index * 2 + 1] ?? '' },
        ]),
      ),
      counters: counters.flatMap(([column, value]) =>
        value === null ? [] : [{ name: `the counter of ${name}.${column}`, column, value }],
      ),
    };
  });
}

/** Whether a statement of the step takes an object away by name. */
export function dropsObject(texts: readonly string[]): (object: TableObject) => boolean {
  const names = new Set(texts.flatMap((text) => droppedObject('postgres', text)?.replaceAll('"', '') ?? []));
  const revokes = texts.some((text) => /^\s*revoke\b/iu.test(text));
  const opens = texts.some((text) => /\bdisable\s+row\s+level\s+security\b/iu.test(text));
  return ({ kind, name }) => (kind === 'grant' ? revokes : kind === 'row-level security' ? opens : names.has(name));
}
