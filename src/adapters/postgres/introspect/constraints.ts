import type { ConstraintDetail, ForeignKeyAction } from '../../../model/snapshot.ts';
import {
  keyOf,
  maybe,
  notOfExtension,
  NOT_FOREIGN_HISTORY,
  ownSchemas,
  text,
  texts,
  unquote,
  within,
} from './catalog.ts';
import type { RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { isSystemNamed } from './system-names.ts';

/** Constraints of tables; NOT NULL is with the columns. */
export const CONSTRAINTS: Family = {
  name: 'constraints',
  query: (scope) => `
SELECT k.oid, quote_ident(k.conname), k.conrelid, k.contype, pg_get_constraintdef(k.oid), to_json(k.conkey), k.confrelid, to_json(k.confkey),
  k.confupdtype, k.confdeltype, k.confmatchtype, k.condeferrable, k.condeferred, k.convalidated, k.conislocal, k.coninhcount,
  k.conparentid, k.conindid, ${scope.major >= 18 ? 'k.conenforced' : 'true'},
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END
FROM pg_constraint AS k
JOIN pg_class AS c ON c.oid = k.conrelid
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND c.relnamespace = ANY (${ownSchemas(scope)}) AND ${NOT_FOREIGN_HISTORY}
  AND ${notOfExtension('class', 'c.oid')}${within(scope, 'k.conrelid')}${within(scope, 'c.oid')}`,
};

const TYPES: Readonly<Record<string, ConstraintDetail['constraint']>> = {
  p: 'primary',
  u: 'unique',
  f: 'foreign',
  c: 'check',
  x: 'exclude',
};
const LABELS: Readonly<Record<string, string>> = { p: 'pkey', u: 'key', f: 'fkey', c: 'check', x: 'excl' };
const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};
const MATCHES = { f: 'full', p: 'partial', s: 'simple' } as const;

export function addConstraints(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, CONSTRAINTS)) {
    const table = draft.relations.get(text(row[2]));
    if (table === undefined) continue;
    const type = text(row[3]);
    const keyed = type === 'p' || type === 'u' || type === 'x';
    const parent = text(row[16]) === '0' ? undefined : draft.idOf.get(keyOf('constraint', row[16]));
    // Copies that the server makes of what the parent says.
    const copied = keyed ? false : text(row[16]) !== '0' || row[14] !== true;
    if (copied) {
      if (parent !== undefined) draft.idOf.set(keyOf('constraint', row[0]), parent);
      continue;
    }
    addConstraint(reading, row, table, type, keyed);
  }
}

function addConstraint({ draft }: Reading, row: CatalogRow, table: RelationEntry, type: string, keyed: boolean): void {
  const sql = text(row[1]);
  const columns = columnNames(table, row[5]);
  const referenced = type === 'f' ? draft.relations.get(text(row[6])) : undefined;
  const id = `constraint ${sql} on ${table.sql}`;
  const only = table.kind === 'p' && !keyed ? '' : ' ONLY';
  const inherits = type === 'c' || type === 'f' ? '' : only;
  const systemColumns = type === 'p' ? [] : type === 'c' ? (columns.length === 1 ? columns : []) : columns;
  draft.add(
    `class:${text(row[2])}`,
    {
      id,
      kind: 'constraint',
      schema: table.schema,
      name: unquote(sql),
      parent: table.id,
      needsIds: referenced === undefined ? [] : [referenced.id],
      keys: [keyOf('constraint', row[0]), ...(keyed ? [keyOf('class', row[17])] : [])],
      definition: `ALTER TABLE${inherits} ${table.sql} ADD CONSTRAINT ${sql} ${text(row[4])};`,
      systemNamed: isSystemNamed(unquote(sql), table.name, systemColumns, [LABELS[type] ?? '']),
      detail: {
        type: 'constraint',
        constraint: TYPES[type] ?? 'check',
        columns,
        references:
          type !== 'f'
            ? null
            : {
                table: referenced?.id ?? '',
                columns: referenced === undefined ? [] : columnNames(referenced, row[7]),
                onUpdate: ACTIONS[text(row[8])] ?? 'no action',
                onDelete: ACTIONS[text(row[9])] ?? 'no action',
                match: MATCHES[text(row[10]) as keyof typeof MATCHES] ?? 'simple',
              },
        expression: maybe(row[19]) ?? (type === 'x' ? text(row[4]) : null),
        deferrable: row[11] === true,
        initiallyDeferred: row[12] === true,
        validated: row[13] === true,
        enforced: row[18] === true,
        inline: false,
      },
    },
    `CONSTRAINT ${sql} ON ${table.sql}`,
  );
}

function columnNames(table: RelationEntry, attributes: unknown): readonly string[] {
  return texts(attributes).map((attribute) => unquote(table.columns.get(Number(attribute)) ?? ''));
}
