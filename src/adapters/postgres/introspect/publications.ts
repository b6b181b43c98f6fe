import { keyOf, maybe, notOfExtension, text, texts, unquote } from './catalog.ts';
import { rowsOf, type Family, type Reading } from './family.ts';

export const PUBLICATIONS: Family = {
  name: 'publications',
  query: ({ major }) => `
SELECT p.oid, quote_ident(p.pubname), p.pubowner, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,
  (SELECT json_agg(json_build_array(r.prrelid::bigint, ${major >= 15 ? '(SELECT json_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute AS a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)), pg_get_expr(r.prqual, r.prrelid)' : 'NULL, NULL'}))
    FROM pg_publication_rel AS r WHERE r.prpubid = p.oid),
  ${major >= 15 ? '(SELECT json_agg(quote_ident(n.nspname) ORDER BY n.nspname) FROM pg_publication_namespace AS s JOIN pg_namespace AS n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid)' : 'NULL'},
  ${major >= 18 ? 'p.pubgencols' : "'n'"}
FROM pg_publication AS p WHERE ${notOfExtension('publication', 'p.oid')}`,
};

export function addPublications(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, PUBLICATIONS)) {
    const sql = text(row[1]);
    const unit = `publication:${text(row[0])}`;
    const object = { id: `publication ${sql}`, schema: null };
    const tables = (Array.isArray(row[9]) ? row[9] : []).flatMap((each: unknown) => {
      const [oid, columns, filter] = Array.isArray(each) ? each : [];
      const table = draft.relations.get(text(oid));
      if (table === undefined) return [];
      const list = texts(columns);
      const where = maybe(filter);
      return [
        {
          id: table.id,
          text: `TABLE ONLY ${table.sql}${list.length === 0 ? '' : ` (${list.join(', ')})`}${where === null ? '' : ` WHERE (${where})`}`,
        },
      ];
    });
    const schemas = texts(row[10]);
    const targets = [
      ...tables.map((table) => table.text).toSorted(),
      ...schemas.map((schema) => `TABLES IN SCHEMA ${schema}`),
    ];
    const actions = ['insert', 'update', 'delete', 'truncate'].filter((_, at) => row[4 + at] === true);
    const options = [
      ...(actions.length === 4 ? [] : [`publish = '${actions.join(', ')}'`]),
      ...(row[8] === true ? ['publish_via_partition_root = true'] : []),
      ...(row[11] === 's' ? ['publish_generated_columns = stored'] : []),
    ];
    const what = row[3] === true ? '\n  FOR ALL TABLES' : targets.length === 0 ? '' : `\n  FOR ${targets.join(', ')}`;
    draft.add(
      unit,
      {
        ...object,
        kind: 'publication',
        name: unquote(sql),
        parent: null,
        needsIds: [...tables.map(({ id }) => id), ...schemas.map((schema) => `schema ${schema}`)],
        keys: [keyOf('publication', row[0])],
        definition: `CREATE PUBLICATION ${sql}${what}${options.length === 0 ? '' : `\n  WITH (${options.join(', ')})`};`,
      },
      `PUBLICATION ${sql}`,
    );
    draft.own(unit, object, `PUBLICATION ${sql}`, row[2]);
  }
}
