import type { ForeignKeyAction } from '../../../model/snapshot.ts';
import { FIRST_OWN, text } from './catalog.ts';
import type { RelationEntry } from './draft.ts';
import { rowsOf, type Family, type Reading } from './family.ts';

/**
 * Definitions as pg_get_constraintdef and pg_get_indexdef word them, to the letter, for the plain forms, which are
 * nearly all: the server opens relations and parses trees for each.
 */

interface Moment {
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly validated: boolean;
}

export function composeCheck(expression: string, check: Moment & { readonly noInherit: boolean }): string {
  return `CHECK (${expression})${check.noInherit ? ' NO INHERIT' : ''}${momentOf(check)}`;
}

interface Side {
  readonly table: RelationEntry;
  /** By attribute number. */
  readonly columns: readonly number[];
}

export interface KeyActions {
  readonly onUpdate: ForeignKeyAction;
  readonly onDelete: ForeignKeyAction;
  readonly match: 'simple' | 'full' | 'partial';
}

export function composeForeignKey(own: Side, referenced: Side, key: KeyActions, moment: Moment): string {
  const match = key.match === 'simple' ? '' : ` MATCH ${key.match.toUpperCase()}`;
  const actions = `${actionOf('UPDATE', key.onUpdate)}${actionOf('DELETE', key.onDelete)}`;
  return `FOREIGN KEY (${namesOf(own)}) REFERENCES ${referenced.table.sql}(${namesOf(referenced)})${match}${actions}${momentOf(moment)}`;
}

function namesOf({ table, columns }: Side): string {
  return columns.map((attribute) => table.columns[attribute]?.sql ?? '').join(', ');
}

function actionOf(event: string, action: ForeignKeyAction): string {
  return action === 'no action' ? '' : ` ON ${event} ${action.toUpperCase()}`;
}

function momentOf({ deferrable, initiallyDeferred, validated }: Moment): string {
  return `${deferrable ? ' DEFERRABLE' : ''}${initiallyDeferred ? ' INITIALLY DEFERRED' : ''}${validated ? '' : ' NOT VALID'}`;
}

/** Operator classes of B-trees that a type has by itself; and types that somebody's casts may give another. */
export const DEFAULT_CLASSES: Family = {
  name: 'default classes',
  query: ({ roots }) =>
    roots === null
      ? `SELECT o.opcintype, o.oid, t.typcollation, t.typname FROM pg_opclass AS o JOIN pg_am AS a ON a.oid = o.opcmethod JOIN pg_type AS t ON t.oid = o.opcintype WHERE a.amname = 'btree' AND o.opcdefault UNION ALL SELECT castsource, 0, 0, '' FROM pg_cast WHERE oid >= ${String(FIRST_OWN)} AND castmethod = 'b' AND castcontext = 'i'`
      : null,
};

interface OperatorClass {
  readonly oid: string;
  /** That its type has by itself. */
  readonly collation: string;
}

const TEXT = '25';
const VARCHAR = '1043';
const ANY_ENUM = '3500';

export type ClassOf = (type: string) => OperatorClass | null;

/** The class that a type has by itself where that is sure: for an array, a domain or a range it is not. */
export function readClasses(reading: Reading): ClassOf {
  const classes = new Map<string, OperatorClass>();
  const unsure = new Set<string>();
  for (const row of rowsOf(reading, DEFAULT_CLASSES)) {
    const type = text(row[0]);
    const oid = text(row[1]);
    if (Number(oid) === 0 || Number(oid) >= FIRST_OWN) unsure.add(type);
    else classes.set(type, { oid, collation: text(row[2]) });
  }
  return (type) => {
    if (unsure.has(type)) return null;
    const own = classes.get(type);
    if (own !== undefined) return own;
    const alike = type === VARCHAR ? TEXT : reading.draft.isEnum(type) ? ANY_ENUM : null;
    return alike === null ? null : (classes.get(alike) ?? null);
  };
}

interface PlainIndex {
  /** Quoted, without its schema. */
  readonly name: string;
  readonly table: RelationEntry;
  readonly unique: boolean;
  readonly attributes: readonly string[];
  readonly classes: readonly string[];
  readonly collations: readonly string[];
  readonly options: readonly string[];
  readonly predicate: string | null;
}

/** A B-tree on columns. Null where a column has another class or collation than by itself, or it is not sure. */
export function composeIndex(index: PlainIndex, classOf: ClassOf): string | null {
  const keys: string[] = [];
  for (const [at, attribute] of index.attributes.entries()) {
    const column = index.table.columns[Number(attribute)];
    const usual = column === undefined ? null : classOf(column.type);
    if (column === undefined || usual === null || usual.oid !== index.classes[at]) return null;
    const collation = index.collations[at];
    if (collation !== '0' && collation !== (column.collation ?? usual.collation)) return null;
    keys.push(`${column.sql}${ORDERS[Number(index.options[at])] ?? ''}`);
  }
  const where = index.predicate === null ? '' : ` WHERE ${index.predicate}`;
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${index.name} ON ${index.table.sql} USING btree (${keys.join(', ')})${where}`;
}

/** By the bits of pg_index.indoption: 1 descending, 2 nulls first. */
const ORDERS: readonly string[] = ['', ' DESC NULLS LAST', ' NULLS FIRST', ' DESC'];
