import type { ConstraintDetail, ForeignKeyAction } from '../../../model/snapshot.ts';
import { keyOf, maybe, ownSchemas, text, unquote, within, type Scope } from './catalog.ts';
import { composeCheck, composeForeignKey, type KeyActions } from './compose.ts';
import type { RelationEntry } from './draft.ts';
import { rowsOf, type CatalogRow, type Family, type Reading } from './family.ts';
import { isSystemNamed } from './system-names.ts';

/**
 * Constraints of tables; NOT NULL is with the columns. The server words a definition only where it can not be composed
 * from the rest: it takes its time.
 */
export const CONSTRAINTS: Family = {
  name: 'constraints',
  query: (scope) => `
SELECT k.oid, quote_ident(k.conname), k.conrelid, k.contype, ${isComposed(scope)},
  k.conkey::text, CASE WHEN k.contype = 'f' THEN k.confrelid END, k.confkey::text, CASE WHEN k.contype = 'f' THEN k.confupdtype::text || k.confdeltype::text || k.confmatchtype::text END,
  CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END, nullif(k.conindid, 0),
  CASE WHEN k.condeferrable OR k.condeferred OR NOT k.convalidated OR NOT k.conislocal OR k.conparentid <> 0 OR k.connoinherit AND k.contype = 'c'${scope.major >= 18 ? ' OR NOT k.conenforced' : ''}
    THEN json_build_array(k.condeferrable, k.condeferred, k.convalidated, k.conislocal, k.conparentid::bigint, k.connoinherit, ${scope.major >= 18 ? 'k.conenforced' : 'true'}) END
FROM pg_constraint AS k
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conrelid <> 0 AND k.connamespace = ANY (${ownSchemas(scope)})${within(scope, 'k.conrelid')}`,
};

function isComposed(scope: Scope): string {
  const server = 'pg_get_constraintdef(k.oid)';
  if (scope.roots !== null) return server;
  const plain = [
    ...(scope.major >= 15 ? ['k.confdelsetcols IS NULL'] : []),
    ...(scope.major >= 18 ? ['NOT k.conperiod', 'k.conenforced'] : []),
  ];
  return `CASE WHEN k.contype NOT IN ('f', 'c')${plain.map((each) => ` OR NOT (${each})`).join('')} THEN ${server} END`;
}

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
const MATCHES: Readonly<Record<string, KeyActions['match']>> = { f: 'full', p: 'partial', s: 'simple' };

interface Rare {
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly validated: boolean;
  readonly local: boolean;
  readonly parent: string | null;
  readonly noInherit: boolean;
  readonly enforced: boolean;
}

const USUAL: Rare = {
  deferrable: false,
  initiallyDeferred: false,
  validated: true,
  local: true,
  parent: null,
  noInherit: false,
  enforced: true,
};

function readRare(value: unknown): Rare {
  if (!Array.isArray(value)) return USUAL;
  const parent = text(value[4]);
  return {
    deferrable: value[0] === true,
    initiallyDeferred: value[1] === true,
    validated: value[2] === true,
    local: value[3] === true,
    parent: parent === '0' ? null : parent,
    noInherit: value[5] === true,
    enforced: value[6] === true,
  };
}

export function addConstraints(reading: Reading): void {
  const { draft } = reading;
  for (const row of rowsOf(reading, CONSTRAINTS)) {
    const table = draft.relations.get(text(row[2]));
    if (table === undefined) continue;
    const type = text(row[3]);
    const rare = readRare(row[11]);
    const keyed = type === 'p' || type === 'u' || type === 'x';
    // Copies that the server makes of what the parent says.
    if (!keyed && (rare.parent !== null || !rare.local)) {
      const parent = rare.parent === null ? undefined : draft.idOf.get(keyOf('constraint', rare.parent));
      if (parent !== undefined) draft.idOf.set(keyOf('constraint', row[0]), parent);
      continue;
    }
    addConstraint(reading, row, rare, table, type, keyed);
  }
}

function addConstraint(
  { draft, lacking }: Reading,
  row: CatalogRow,
  rare: Rare,
  table: RelationEntry,
  type: string,
  keyed: boolean,
): void {
  const sql = text(row[1]);
  const attributes = attributesOf(row[5]);
  const columns = unquotedNames(table, attributes);
  const referenced = type === 'f' ? draft.relations.get(text(row[6])) : undefined;
  const only = table.kind === 'p' && !keyed ? '' : ' ONLY';
  const inherits = type === 'c' || type === 'f' ? '' : only;
  const systemColumns = type === 'p' ? [] : type === 'c' ? (columns.length === 1 ? columns : []) : columns;
  const key = type === 'f' ? readKey(text(row[8])) : NO_ACTIONS;
  const referencedAttributes = attributesOf(row[7]);
  const add = (definition: string): void =>
    draft.add(
      `class:${text(row[2])}`,
      {
        id: `constraint ${sql} on ${table.sql}`,
        kind: 'constraint',
        schema: table.schema,
        name: unquote(sql),
        parent: table.id,
        needsIds: referenced === undefined ? [] : [referenced.id],
        keys: [keyOf('constraint', row[0]), ...(keyed ? [keyOf('class', row[10])] : [])],
        definition: `ALTER TABLE${inherits} ${table.sql} ADD CONSTRAINT ${sql} ${definition};`,
        systemNamed: isSystemNamed(unquote(sql), table.name, systemColumns, LABELS[type] ?? ''),
        detail: {
          type: 'constraint',
          constraint: TYPES[type] ?? 'check',
          columns,
          references:
            type !== 'f'
              ? null
              : {
                  table: referenced?.id ?? '',
                  columns: referenced === undefined ? [] : unquotedNames(referenced, referencedAttributes),
                  ...key,
                },
          expression: maybe(row[9]) ?? (type === 'x' ? definition : null),
          deferrable: rare.deferrable,
          initiallyDeferred: rare.initiallyDeferred,
          validated: rare.validated,
          enforced: rare.enforced,
          inline: false,
        },
      },
      `CONSTRAINT ${sql} ON ${table.sql}`,
    );
  const compose = (): string | null => {
    if (type === 'c') return composeCheck(text(row[9]), rare);
    if (referenced === undefined) return null;
    return composeForeignKey(
      { table, columns: attributes },
      { table: referenced, columns: referencedAttributes },
      key,
      rare,
    );
  };
  const definition = maybe(row[4]) ?? compose();
  add(definition ?? '');
  // It points at a table that is not described.
  if (definition === null) lacking.push({ call: 'pg_get_constraintdef', oid: text(row[0]), add });
}

const NO_ACTIONS: KeyActions = { onUpdate: 'no action', onDelete: 'no action', match: 'simple' };

function readKey(letters: string): KeyActions {
  return {
    onUpdate: ACTIONS[letters.charAt(0)] ?? 'no action',
    onDelete: ACTIONS[letters.charAt(1)] ?? 'no action',
    match: MATCHES[letters.charAt(2)] ?? 'simple',
  };
}

/** Attribute numbers of an array as the server writes it: `{1,2}`. */
function attributesOf(array: unknown): readonly number[] {
  return array === null ? [] : text(array).slice(1, -1).split(',').map(Number);
}

function unquotedNames(table: RelationEntry, attributes: readonly number[]): readonly string[] {
  return attributes.map((attribute) => unquote(table.columns[attribute]?.sql ?? ''));
}
