import type { Engine } from './engine.ts';
import type { ObjectDetail } from './object-detail.ts';
import type { ObjectId } from './object-id.ts';

export type * from './object-detail.ts';
export type { ObjectId } from './object-id.ts';

/**
 * Kinds of schema objects. What people grant, comment on or give away has an object of its own for each such fact,
 * so that a difference in it has a name.
 */
export const OBJECT_KINDS = [
  'schema',
  'extension',
  'language',
  'collation',
  'enum',
  'domain',
  'composite',
  'range',
  'sequence',
  'table',
  'foreign-table',
  'default',
  'constraint',
  'index',
  'partition',
  'index-partition',
  'view',
  'materialized-view',
  'function',
  'procedure',
  'aggregate',
  'trigger',
  'event-trigger',
  'rule',
  'policy',
  'row-security',
  'replica-identity',
  'cluster',
  'statistics',
  'publication',
  'foreign-data-wrapper',
  'server',
  'user-mapping',
  'text-search',
  'cast',
  'operator',
  'other',
  'owner',
  'grant',
  'default-privileges',
  'comment',
  'setting',
] as const;

export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** One object of a schema. Equal objects have equal `definition`; everything else is derived from the same source. */
export interface SchemaObject {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /** Name of the schema, unquoted; null for what lives in no schema, and on SQLite. */
  readonly schema: string | null;
  /** Own name, unquoted, without schema, arguments and parent. For grants, owners and comments the id without its kind. */
  readonly name: string;
  /** What it belongs to and is dropped with: the table of a constraint, index, trigger, policy, default; the object of a grant, owner or comment. */
  readonly parent: ObjectId | null;
  /**
   * Normalised SQL that makes it: statements, each ended by `;`, one line per column of a table. Run in the order of
   * `dependencies` (`renderSql` in domain/schema does) on an empty database it gives the same object again.
   */
  readonly definition: string;
  /** Ids of objects of the same snapshot that have to be there before it, ascending; the parent is among them. */
  readonly dependencies: readonly ObjectId[];
  /** Its name has the form that the system gives where nobody names it (`users_email_key`, `sqlite_autoindex_…`). */
  readonly systemNamed: boolean;
  readonly detail: ObjectDetail | null;
}

/** A whole schema. Two snapshots are equal when the definitions of their objects are. */
export interface Snapshot {
  readonly format: 1;
  readonly engine: Engine;
  /** Version of the server or library that was read, as `15` or `3.50`. Catalogs of different ones may write the same thing differently. */
  readonly server: string;
  /** The role that owns what has no `owner` object; null on SQLite. */
  readonly owner: string | null;
  /** By id, ascending by code unit; each id once. */
  readonly objects: readonly SchemaObject[];
  /** Roles that grants, owners and policies name; not made by rendering unless asked for. */
  readonly roles: readonly string[];
}

/** What happened to one object. `before` is null for a new one, `after` for one that is gone. */
export interface ObjectChange {
  readonly id: ObjectId;
  readonly before: SchemaObject | null;
  readonly after: SchemaObject | null;
}

/**
 * Differences that may be nothing but layout. `column-order`: the same columns in another order. `system-names`: names
 * of constraints, indexes and sequences that the system gave on both sides. `whitespace`: white space and comments
 * between the tokens of a text; never a letter inside a literal.
 */
export const LAYOUT_KINDS = ['column-order', 'system-names', 'whitespace'] as const;

export type LayoutKind = (typeof LAYOUT_KINDS)[number];

/** One object that differs between two snapshots. */
export interface SchemaDifference {
  /** Id of the object; of the left side where its name changed too. */
  readonly object: ObjectId;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly objectKind: ObjectKind;
  /** One line for people: `column email: type text, was character varying(80)`. */
  readonly detail: string;
  /** Unified diff of the definitions. */
  readonly diff: string;
  /** Not empty: the sides differ in these kinds of layout and in nothing else. */
  readonly layout: readonly LayoutKind[];
}
