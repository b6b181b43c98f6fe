import { CATALOG, keyOf, maybe, schemaIdOf, text, unquote, within } from './catalog.ts';
import type { DraftObject, RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { isSystemNamed, systemName } from './system-names.ts';

export const SEQUENCES: Family = {
  name: 'sequences',
  query: (scope) => `
SELECT s.seqrelid, format_type(s.seqtypid, NULL), s.seqstart::text, s.seqincrement::text, s.seqmin::text, s.seqmax::text, s.seqcache::text, s.seqcycle,
  d.refobjid, d.refobjsubid, d.deptype
FROM pg_sequence AS s
LEFT JOIN pg_depend AS d ON d.classid = ${String(CATALOG.class)} AND d.objid = s.seqrelid AND d.objsubid = 0
  AND d.refclassid = ${String(CATALOG.class)} AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
WHERE true${within(scope, 's.seqrelid')}`,
};

export interface SequenceOwner {
  readonly table: RelationEntry;
  readonly attribute: number;
  /** Behind an identity column: part of the table. */
  readonly identity: boolean;
}

interface SequenceRelation {
  readonly oid: string;
  readonly entry: RelationEntry;
  readonly unlogged: boolean;
}

/** Who owns which sequence, by its oid. Registers those of identity columns as their table. */
export function readSequenceOwners(reading: Reading): ReadonlyMap<string, SequenceOwner> {
  const { draft } = reading;
  const owners = new Map<string, SequenceOwner>();
  for (const row of rowsOf(reading, SEQUENCES)) {
    const table = row[8] === null ? undefined : draft.relations.get(text(row[8]));
    if (table === undefined) continue;
    const identity = row[10] === 'i';
    draft.ownSequence(text(row[0]), text(row[8]));
    owners.set(text(row[0]), { table, attribute: Number(row[9]), identity });
    if (identity) draft.idOf.set(keyOf('class', row[0]), table.id);
  }
  return owners;
}

/** What stands behind AS IDENTITY, by `<table oid>:<attribute>`. */
export function identityOptions(reading: Reading): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const row of rowsOf(reading, SEQUENCES)) {
    const relation = reading.draft.relations.get(text(row[0]));
    if (row[10] !== 'i' || relation === undefined) continue;
    const table = reading.draft.relations.get(text(row[8]));
    if (table === undefined) continue;
    const usual = systemName(table.name, unquote(table.columns[Number(row[9])]?.sql ?? ''), 'seq');
    const named = relation.schema === table.schema && relation.name === usual ? [] : [`SEQUENCE NAME ${relation.sql}`];
    const all = [...named, ...options(row)];
    found.set(`${text(row[8])}:${text(row[9])}`, all.length === 0 ? '' : ` (${all.join(' ')})`);
  }
  return found;
}

/** Adds the sequences that are objects of their own. */
export function addSequences(
  reading: Reading,
  relations: readonly SequenceRelation[],
  owners: ReadonlyMap<string, SequenceOwner>,
): void {
  const { draft } = reading;
  const rows = new Map(rowsOf(reading, SEQUENCES).map((row) => [text(row[0]), row]));
  for (const { oid, entry, unlogged } of relations) {
    const row = rows.get(oid);
    const owner = owners.get(oid);
    if (row === undefined || owner?.identity === true || isForeign(row, owner)) continue;
    const column = owner?.table.columns[owner.attribute]?.sql ?? null;
    const owned = owner === undefined || column === null ? null : { table: owner.table, column };
    const type = text(row[1]) === 'bigint' ? [] : [`AS ${text(row[1])}`];
    const sequence: DraftObject = {
      id: entry.id,
      kind: 'sequence',
      schema: entry.schema,
      name: entry.name,
      parent: owned?.table.id ?? null,
      needsIds: [schemaIdOf(entry.sql)],
      keys: [keyOf('class', oid)],
      definition:
        [`CREATE ${unlogged ? 'UNLOGGED ' : ''}SEQUENCE ${entry.sql}`, ...type, ...options(row)].join(' ') +
        ';' +
        (owned === null ? '' : `\nALTER SEQUENCE ${entry.sql} OWNED BY ${owned.table.sql}.${owned.column};`),
      systemNamed: owned !== null && isSystemNamed(entry.name, owned.table.name, [unquote(owned.column)], 'seq'),
      detail: {
        type: 'sequence',
        ownedBy: owned === null ? null : { table: owned.table.id, column: unquote(owned.column) },
      },
    };
    draft.add(`class:${oid}`, sequence, `SEQUENCE ${entry.sql}`);
  }
}

/** Owned by a table that is not described. */
function isForeign(row: CatalogRow, owner: SequenceOwner | undefined): boolean {
  return maybe(row[8]) !== null && owner === undefined;
}

const MOST: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
};
const LEAST: Readonly<Record<string, string>> = {
  smallint: '-32768',
  integer: '-2147483648',
  bigint: '-9223372036854775808',
};

/** Options that differ from what a sequence has by itself. */
function options(row: CatalogRow): readonly string[] {
  const [, type, start, increment, min, max, cache, cycle] = row.map(text);
  const down = increment?.startsWith('-') === true;
  const usualMin = down ? LEAST[type ?? ''] : '1';
  const usualMax = down ? '-1' : MOST[type ?? ''];
  return [
    ...(start === (down ? max : min) ? [] : [`START WITH ${start ?? ''}`]),
    ...(increment === '1' ? [] : [`INCREMENT BY ${increment ?? ''}`]),
    ...(min === usualMin ? [] : [`MINVALUE ${min ?? ''}`]),
    ...(max === usualMax ? [] : [`MAXVALUE ${max ?? ''}`]),
    ...(cache === '1' ? [] : [`CACHE ${cache ?? ''}`]),
    ...(cycle === 'true' ? ['CYCLE'] : []),
  ];
}
