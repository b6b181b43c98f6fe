import type { ColumnDetail, ObjectKind, TableDetail } from '../../../model/snapshot.ts';
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
import { readColumnNames, readColumns, type ColumnRow } from './columns.ts';
import type { RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { foreignOptions } from './options.ts';
import { addPrivileges } from './privileges.ts';
import { addSequences, identityOptions, readSequenceOwners, type SequenceOwner } from './sequences.ts';

/** Tables, partitioned tables, foreign tables, views and sequences. */
export const RELATIONS: Family = {
  name: 'relations',
  query: (scope) => `
SELECT c.oid, quote_ident(n.nspname), quote_ident(c.relname), c.relkind, c.relowner, c.relpersistence,
  to_json(c.reloptions), CASE WHEN t.reloptions IS NOT NULL THEN to_json(t.reloptions) END,
  c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
  CASE WHEN c.relkind IN ('r', 'p', 'f') THEN (SELECT json_agg(i.inhparent::bigint ORDER BY i.inhseqno) FROM pg_inherits AS i WHERE i.inhrelid = c.oid) END,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
  to_json(c.relacl::text[]), CASE WHEN a.amname <> 'heap' THEN quote_ident(a.amname) END, quote_ident(s.spcname),
  c.reltype, c.reloftype, CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, tt.typarray
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_class AS t ON t.oid = c.reltoastrelid
LEFT JOIN pg_am AS a ON a.oid = c.relam
LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace
LEFT JOIN pg_type AS tt ON tt.oid = c.reltype
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND c.relnamespace = ANY (${ownSchemas(scope)}) AND ${NOT_FOREIGN_HISTORY}
  AND ${notOfExtension('class', 'c.oid')}${within(scope, 'c.oid')}`,
};

/** Server and options of foreign tables. */
export const FOREIGN_TABLES: Family = {
  name: 'foreign tables',
  query: (scope) =>
    `SELECT f.ftrelid, f.ftserver, quote_ident(s.srvname), to_json(f.ftoptions) FROM pg_foreign_table AS f JOIN pg_foreign_server AS s ON s.oid = f.ftserver WHERE true${within(scope, 'f.ftrelid')}`,
};

interface RelationRow {
  readonly oid: string;
  readonly entry: RelationEntry;
  readonly row: CatalogRow;
}

const KINDS: Readonly<Record<string, ObjectKind>> = {
  r: 'table',
  p: 'table',
  f: 'foreign-table',
  v: 'view',
  m: 'materialized-view',
  S: 'sequence',
};

/** Registers every relation read, so that others may refer to it. */
export function registerRelations(reading: Reading): readonly RelationRow[] {
  const { draft } = reading;
  return rowsOf(reading, RELATIONS).map((row): RelationRow => {
    const oid = text(row[0]);
    const sql = `${text(row[1])}.${text(row[2])}`;
    const kind = text(row[3]);
    const id = `${KINDS[kind] ?? 'table'} ${sql}`;
    const entry = { id, sql, schema: unquote(text(row[1])), name: unquote(text(row[2])), kind, columns: new Map() };
    draft.relations.set(oid, entry);
    draft.idOf.set(keyOf('class', oid), id);
    if (text(row[18]) !== '0') draft.idOf.set(keyOf('type', row[18]), id);
    if (maybe(row[21]) !== null) draft.idOf.set(keyOf('type', row[21]), id);
    return { oid, entry, row };
  });
}

export function addRelations(reading: Reading, relations: readonly RelationRow[]): void {
  const owners = readSequenceOwners(reading);
  const names = readColumnNames(reading);
  const columns = readColumns(
    reading,
    identityOptions(reading, (table, attribute) => names.get(`${table}:${String(attribute)}`) ?? ''),
  );
  const foreign = new Map(rowsOf(reading, FOREIGN_TABLES).map((row) => [text(row[0]), row]));
  addSequences(
    reading,
    relations
      .filter(({ entry }) => entry.kind === 'S')
      .map(({ oid, entry, row }) => ({ oid, entry, unlogged: row[5] === 'u' })),
    owners,
  );
  for (const relation of relations) {
    const own = columns.get(relation.oid) ?? [];
    if (relation.entry.kind === 'v' || relation.entry.kind === 'm') addView(reading, relation, own);
    else if (relation.entry.kind !== 'S') addTable(reading, relation, own, foreign.get(relation.oid));
  }
  for (const relation of relations) addFacts(reading, relation, owners.get(relation.oid));
}

const WORDS: Readonly<Record<string, string>> = {
  f: 'FOREIGN TABLE',
  v: 'VIEW',
  m: 'MATERIALIZED VIEW',
  S: 'SEQUENCE',
};

/** What is said of a relation beside its shape: owner, grants. */
function addFacts({ draft }: Reading, { oid, entry, row }: RelationRow, owner: SequenceOwner | undefined): void {
  const parent = owner?.identity === true ? owner.table.id : entry.id;
  if (!draft.objects.has(parent)) {
    // A sequence of a table that is left out.
    draft.idOf.delete(keyOf('class', oid));
    return;
  }
  const about = { id: entry.id, schema: entry.schema };
  const sql = `${WORDS[entry.kind] ?? 'TABLE'} ${entry.sql}`;
  // Owned sequences follow their table.
  if (owner === undefined) draft.own(`class:${oid}`, about, sql, row[4]);
  draft.addresses.set(keyOf('class', oid), { ...about, sql });
  addPrivileges(draft, `class:${oid}`, {
    ...about,
    parent,
    sql: `${entry.kind === 'S' ? 'SEQUENCE' : 'TABLE'} ${entry.sql}`,
    kind: entry.kind === 'S' ? 'sequence' : 'table',
    ownerOid: row[4],
    acl: row[15] === null ? null : texts(row[15]),
  });
}

function addView({ draft }: Reading, { oid, entry, row }: RelationRow, columns: readonly ColumnRow[]): void {
  const query = text(row[14]).trim().replace(/;$/u, '');
  const options = relationOptions(texts(row[6]), texts(row[7]));
  const stored = entry.kind === 'm';
  const using = maybe(row[16]) === null ? '' : ` USING ${text(row[16])}`;
  draft.add(`class:${oid}`, {
    id: entry.id,
    kind: stored ? 'materialized-view' : 'view',
    schema: entry.schema,
    name: entry.name,
    parent: null,
    needsIds: [schemaIdOf(entry.sql)],
    keys: [keyOf('class', oid)],
    definition: `CREATE ${stored ? 'MATERIALIZED ' : ''}VIEW ${entry.sql}${using}${options} AS\n${query}${stored ? '\nWITH NO DATA' : ''};${statements(columns)}`,
    detail: { type: 'view', columns: columns.map(({ detail }) => ({ name: detail.name, type: detail.type })), query },
  });
}

function addTable(
  { draft }: Reading,
  { oid, entry, row }: RelationRow,
  columns: readonly ColumnRow[],
  foreign: CatalogRow | undefined,
): void {
  const parents = texts(row[13]).flatMap((parent) => draft.relations.get(parent) ?? []);
  const bound = maybe(row[12]);
  const key = maybe(row[11]);
  const inherited = bound === null ? parents : [];
  const ofType = maybe(row[20]);
  const lines = columns
    .filter((column) => ofType === null && (inherited.length === 0 || column.local))
    .map((column) => `  ${column.clause}`);
  const unlogged = text(row[5]) === 'u';
  const body = ofType === null ? ` (${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`})` : ` OF ${ofType}`;
  const definition =
    `CREATE ${unlogged ? 'UNLOGGED ' : ''}${entry.kind === 'f' ? 'FOREIGN ' : ''}TABLE ${entry.sql}${body}` +
    (inherited.length === 0 ? '' : `\nINHERITS (${inherited.map(({ sql }) => sql).join(', ')})`) +
    (key === null ? '' : `\nPARTITION BY ${key}`) +
    (foreign === undefined ? '' : `\nSERVER ${text(foreign[2])}${foreignOptions(texts(foreign[3]))}`) +
    (maybe(row[16]) === null ? '' : `\nUSING ${text(row[16])}`) +
    relationOptions(texts(row[6]), texts(row[7]), '\n') +
    (maybe(row[17]) === null ? '' : `\nTABLESPACE ${text(row[17])}`) +
    `;${statements(columns)}`;
  const [parent] = parents;
  const detail: TableDetail = {
    type: 'table',
    columns: columns.map((column): ColumnDetail => column.detail),
    partitioning: key === null ? null : { strategy: strategyOf(key), key },
    partitionOf: bound === null || parent === undefined ? null : { parent: parent.id, bound },
    inherits: inherited.map(({ id }) => id),
    unlogged,
    module: null,
    strict: true,
    withoutRowid: false,
  };
  const unit = `class:${oid}`;
  draft.add(unit, {
    id: entry.id,
    kind: entry.kind === 'f' ? 'foreign-table' : 'table',
    schema: entry.schema,
    name: entry.name,
    parent: null,
    needsIds: [schemaIdOf(entry.sql), ...inherited.map(({ id }) => id)],
    needs: [
      ...(foreign === undefined ? [] : [keyOf('server', foreign[1])]),
      ...columns.flatMap(({ needs }) => needs),
      ...(ofType === null ? [] : [keyOf('type', row[19])]),
    ],
    keys: [keyOf('class', oid)],
    definition,
    detail,
  });
  const about = { schema: entry.schema, name: entry.name, parent: entry.id };
  if (bound !== null && parent !== undefined) {
    draft.add(unit, {
      ...about,
      id: `partition ${entry.sql}`,
      kind: 'partition',
      needsIds: [parent.id],
      definition: `ALTER TABLE ONLY ${parent.sql} ATTACH PARTITION ${entry.sql} ${bound};`,
      detail: { type: 'partition', of: parent.id, bound },
    });
  }
  const enabled = row[8] === true;
  const forced = row[9] === true;
  if (enabled || forced) {
    draft.add(unit, {
      ...about,
      id: `row-security ${entry.sql}`,
      kind: 'row-security',
      definition: [
        ...(enabled ? [`ALTER TABLE ${entry.sql} ENABLE ROW LEVEL SECURITY;`] : []),
        ...(forced ? [`ALTER TABLE ONLY ${entry.sql} FORCE ROW LEVEL SECURITY;`] : []),
      ].join('\n'),
      detail: { type: 'row security', enabled, forced },
    });
  }
  const replica = { n: 'NOTHING', f: 'FULL' }[text(row[10])];
  if (replica !== undefined && foreign === undefined) {
    draft.add(unit, {
      ...about,
      id: `replica-identity ${entry.sql}`,
      kind: 'replica-identity',
      definition: `ALTER TABLE ONLY ${entry.sql} REPLICA IDENTITY ${replica};`,
    });
  }
}

function statements(columns: readonly ColumnRow[]): string {
  return columns.flatMap(({ statements: own }) => own.map((each) => `\n${each}`)).join('');
}

function strategyOf(key: string): 'range' | 'list' | 'hash' {
  return key.startsWith('LIST') ? 'list' : key.startsWith('HASH') ? 'hash' : 'range';
}

export function relationOptions(own: readonly string[], toast: readonly string[], before = ' '): string {
  const all = [...own, ...toast.map((option) => `toast.${option}`)].map(quoteOption).toSorted();
  return all.length === 0 ? '' : `${before}WITH (${all.join(', ')})`;
}

function quoteOption(option: string): string {
  const at = option.indexOf('=');
  const value = option.slice(at + 1);
  const bare = /^(?:[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?)$/u.test(value);
  return `${option.slice(0, at)}=${bare ? value : `'${value.replaceAll("'", "''")}'`}`;
}
