import type { ColumnDetail, ObjectKind, TableDetail } from '../../../model/snapshot.ts';
import {
  keyOf,
  maybe,
  notOfExtension,
  NOT_FOREIGN_HISTORY,
  ownSchemas,
  partsOf,
  schemaIdOf,
  text,
  texts,
  within,
} from './catalog.ts';
import { readColumns, type ColumnGroup, type ColumnRow } from './columns.ts';
import type { DraftObject, RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { foreignOptions } from './options.ts';
import { addPrivileges } from './privileges.ts';
import { RARE, readRare, type Rare } from './relation-rare.ts';
import { addSequences, identityOptions, readSequenceOwners, type SequenceOwner } from './sequences.ts';

/** Tables, partitioned tables, foreign tables, views and sequences; what few of them have comes in one column. */
export const RELATIONS: Family = {
  name: 'relations',
  query: (scope) => `
SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind, c.relowner, tt.oid, tt.typarray,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
  to_json(c.relacl::text[]),
  ${RARE}
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_class AS t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_type AS tt ON tt.oid = c.reltype
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND c.relnamespace = ANY (${ownSchemas(scope)}) AND ${NOT_FOREIGN_HISTORY}
  AND ${notOfExtension('class', 'c.oid')}${within(scope, 'c.oid')}`,
};

/** Above tables, in the order in which they were named. */
export const PARENTS: Family = {
  name: 'parents',
  query: (scope) =>
    `SELECT i.inhrelid, json_agg(i.inhparent::bigint ORDER BY i.inhseqno) FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p', 'f')${within(scope, 'i.inhrelid')} GROUP BY i.inhrelid`,
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
  readonly rare: Rare;
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
    const sql = text(row[1]);
    const kind = text(row[2]);
    const id = `${KINDS[kind] ?? 'table'} ${sql}`;
    const { schema, name } = partsOf(sql);
    const entry: RelationEntry = { id, sql, schema, name, kind, columns: [] };
    draft.relations.set(oid, entry);
    draft.idOf.set(keyOf('class', oid), id);
    if (row[4] !== null) draft.idOf.set(keyOf('type', row[4]), id);
    if (row[5] !== null && text(row[5]) !== '0') draft.idOf.set(keyOf('type', row[5]), id);
    return { oid, entry, row, rare: readRare(row[10]) };
  });
}

export function addRelations(
  reading: Reading,
  relations: readonly RelationRow[],
  groups: readonly ColumnGroup[],
): void {
  const owners = readSequenceOwners(reading);
  const columns = readColumns(reading, groups, identityOptions(reading));
  const foreign = new Map(rowsOf(reading, FOREIGN_TABLES).map((row) => [text(row[0]), row]));
  const parents = new Map(rowsOf(reading, PARENTS).map((row) => [text(row[0]), texts(row[1])]));
  addSequences(
    reading,
    relations
      .filter(({ entry }) => entry.kind === 'S')
      .map(({ oid, entry, rare }) => ({ oid, entry, unlogged: rare.unlogged })),
    owners,
  );
  for (const relation of relations) {
    const own = columns.get(relation.oid) ?? [];
    if (relation.entry.kind === 'v' || relation.entry.kind === 'm') addView(reading, relation, own);
    else if (relation.entry.kind !== 'S')
      addTable(reading, relation, own, parents.get(relation.oid) ?? [], foreign.get(relation.oid));
  }
  for (const relation of relations) addFacts(reading, relation, owners.get(relation.oid));
}

const WORDS: Readonly<Record<string, string>> = {
  f: 'FOREIGN TABLE',
  v: 'VIEW',
  m: 'MATERIALIZED VIEW',
  S: 'SEQUENCE',
};

function addressOf(entry: RelationEntry): string {
  return `${WORDS[entry.kind] ?? 'TABLE'} ${entry.sql}`;
}

/** What is said of a relation beside its shape: owner, grants. */
function addFacts({ draft }: Reading, { oid, entry, row }: RelationRow, owner: SequenceOwner | undefined): void {
  const parent = owner?.identity === true ? owner.table.id : entry.id;
  if (!draft.objects.has(parent)) {
    // A sequence of a table that is left out.
    draft.idOf.delete(keyOf('class', oid));
    return;
  }
  const about = { id: entry.id, schema: entry.schema };
  const unit = `class:${oid}`;
  // Owned sequences follow their table.
  if (owner === undefined) draft.own(unit, about, addressOf(entry), row[3]);
  if (owner?.identity === true) draft.addresses.set(keyOf('class', oid), { ...about, sql: addressOf(entry) });
  if (row[9] === null) return;
  addPrivileges(draft, unit, {
    ...about,
    parent,
    sql: `${entry.kind === 'S' ? 'SEQUENCE' : 'TABLE'} ${entry.sql}`,
    kind: entry.kind === 'S' ? 'sequence' : 'table',
    ownerOid: row[3],
    acl: texts(row[9]),
  });
}

function addView({ draft }: Reading, { oid, entry, row, rare }: RelationRow, columns: readonly ColumnRow[]): void {
  const query = text(row[6]).trim().replace(/;$/u, '');
  const options = relationOptions(rare.options, rare.toastOptions);
  const stored = entry.kind === 'm';
  const using = rare.accessMethod === null ? '' : ` USING ${rare.accessMethod}`;
  const view: DraftObject = {
    id: entry.id,
    kind: stored ? 'materialized-view' : 'view',
    schema: entry.schema,
    name: entry.name,
    parent: null,
    needsIds: [schemaIdOf(entry.sql)],
    keys: [keyOf('class', oid)],
    definition: `CREATE ${stored ? 'MATERIALIZED ' : ''}VIEW ${entry.sql}${using}${options} AS\n${query}${stored ? '\nWITH NO DATA' : ''};${statements(columns)}`,
    detail: { type: 'view', columns: columns.map(({ detail }) => ({ name: detail.name, type: detail.type })), query },
  };
  draft.add(`class:${oid}`, view, addressOf(entry));
}

function addTable(
  { draft }: Reading,
  { oid, entry, row, rare }: RelationRow,
  columns: readonly ColumnRow[],
  above: readonly string[],
  foreign: CatalogRow | undefined,
): void {
  const parents = above.flatMap((parent) => draft.relations.get(parent) ?? []);
  const bound = maybe(row[8]);
  const key = maybe(row[7]);
  const inherited = bound === null ? parents : [];
  const { ofType, unlogged } = rare;
  const lines = columns
    .filter((column) => ofType === null && (inherited.length === 0 || column.local))
    .map((column) => `  ${column.clause}`);
  const body = ofType === null ? ` (${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`})` : ` OF ${ofType.sql}`;
  const definition =
    `CREATE ${unlogged ? 'UNLOGGED ' : ''}${entry.kind === 'f' ? 'FOREIGN ' : ''}TABLE ${entry.sql}${body}` +
    (inherited.length === 0 ? '' : `\nINHERITS (${inherited.map(({ sql }) => sql).join(', ')})`) +
    (key === null ? '' : `\nPARTITION BY ${key}`) +
    (foreign === undefined ? '' : `\nSERVER ${text(foreign[2])}${foreignOptions(texts(foreign[3]))}`) +
    (rare.accessMethod === null ? '' : `\nUSING ${rare.accessMethod}`) +
    relationOptions(rare.options, rare.toastOptions, '\n') +
    (rare.tablespace === null ? '' : `\nTABLESPACE ${rare.tablespace}`) +
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
  const table: DraftObject = {
    id: entry.id,
    kind: entry.kind === 'f' ? 'foreign-table' : 'table',
    schema: entry.schema,
    name: entry.name,
    parent: null,
    needsIds: [schemaIdOf(entry.sql), ...inherited.map(({ id }) => id)],
    needs: [
      ...(foreign === undefined ? [] : [keyOf('server', foreign[1])]),
      ...columns.flatMap(({ needs }) => needs),
      ...(ofType === null ? [] : [keyOf('type', ofType.oid)]),
    ],
    keys: [keyOf('class', oid)],
    definition,
    detail,
  };
  draft.add(unit, table, addressOf(entry));
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
  const { rowSecurity: enabled, forcedRowSecurity: forced } = rare;
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
  const replica = { n: 'NOTHING', f: 'FULL' }[rare.replicaIdentity ?? ''];
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
