import type { Engine } from './engine.ts';

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

/**
 * Kind and qualified name, unique in a snapshot and the same on every server: `table public.users`,
 * `constraint users_pkey on public.users`, `default public.users.id`, `function public.f(integer, text)`,
 * `grant on table public.users to app`, `comment on column public.users.email`, `owner of table public.users`,
 * `setting user_version`. Names are quoted where SQL needs it. SQLite has no schema in front.
 */
export type ObjectId = string;

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

/** The structure of an object, for who does not want to read SQL. */
export type ObjectDetail =
  | TableDetail
  | DefaultDetail
  | ConstraintDetail
  | IndexDetail
  | EnumDetail
  | DomainDetail
  | CompositeDetail
  | SequenceDetail
  | ViewDetail
  | RoutineDetail
  | TriggerDetail
  | PolicyDetail
  | RowSecurityDetail
  | PartitionDetail
  | OwnerDetail
  | GrantDetail
  | CommentDetail;

/** A table, also a foreign one (kind `foreign-table`) or a virtual one of SQLite. */
export interface TableDetail {
  readonly type: 'table';
  /** In their order. */
  readonly columns: readonly ColumnDetail[];
  /** Null where it is not partitioned. */
  readonly partitioning: { readonly strategy: 'range' | 'list' | 'hash'; readonly key: string } | null;
  /** The partitioned parent and the bound, as `FOR VALUES …` or `DEFAULT`; also an object of kind `partition`. */
  readonly partitionOf: { readonly parent: ObjectId; readonly bound: string } | null;
  /** Tables it inherits from without being a partition. */
  readonly inherits: readonly ObjectId[];
  readonly unlogged: boolean;
  /** SQLite: the module of a virtual table. */
  readonly module: string | null;
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

export interface ColumnDetail {
  /** 1-based, without gaps (dropped columns do not count). */
  readonly position: number;
  readonly name: string;
  /** As the engine writes it, with length or precision: `character varying(80)`. SQLite: as declared, '' where nothing was. */
  readonly type: string;
  /** The type's own object where it is one of this snapshot (enum, domain, composite, range). */
  readonly typeObject: ObjectId | null;
  readonly nullable: boolean;
  /** Name of the NOT NULL constraint where it is another than the server would give (PostgreSQL 18 on). */
  readonly notNullName: string | null;
  /** The default expression; null without one, for generated and for identity columns. */
  readonly default: string | null;
  readonly generated: { readonly kind: 'stored' | 'virtual'; readonly expression: string } | null;
  readonly identity: 'always' | 'by default' | null;
  /** Null where it is the one of the type. */
  readonly collation: string | null;
  /** SQLite: part of the primary key with AUTOINCREMENT. */
  readonly autoincrement: boolean;
}

/** A column's default on PostgreSQL (SQLite keeps it in the table's own text). */
export interface DefaultDetail {
  readonly type: 'default';
  readonly column: string;
  readonly expression: string;
}

export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

/**
 * A constraint. SQLite's are in the text of their table: there only `primary`, `unique`, `foreign` and `check` appear,
 * their definition is their clause, and who renders leaves them out (`inline`).
 */
export interface ConstraintDetail {
  readonly type: 'constraint';
  readonly constraint: 'primary' | 'unique' | 'foreign' | 'check' | 'exclude' | 'not null' | 'trigger';
  /** Columns it speaks of, in its order; for a check those that it mentions. */
  readonly columns: readonly string[];
  readonly references: {
    readonly table: ObjectId;
    readonly columns: readonly string[];
    readonly onUpdate: ForeignKeyAction;
    readonly onDelete: ForeignKeyAction;
    readonly match: 'simple' | 'full' | 'partial';
  } | null;
  /** Of a check or an exclusion. */
  readonly expression: string | null;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  /** False for NOT VALID. */
  readonly validated: boolean;
  /** False for NOT ENFORCED (PostgreSQL 18 on). */
  readonly enforced: boolean;
  /** Part of another object's text; nothing to run by itself. */
  readonly inline: boolean;
}

/** An index that is not behind a constraint; those have their constraint. */
export interface IndexDetail {
  readonly type: 'index';
  readonly unique: boolean;
  readonly method: string;
  /** Column names or expressions, in order, without those of INCLUDE. */
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly predicate: string | null;
  /** False where CREATE INDEX CONCURRENTLY was broken off. */
  readonly valid: boolean;
}

export interface EnumDetail {
  readonly type: 'enum';
  readonly labels: readonly string[];
}

export interface DomainDetail {
  readonly type: 'domain';
  readonly base: string;
  readonly nullable: boolean;
  readonly default: string | null;
}

export interface CompositeDetail {
  readonly type: 'composite';
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
}

export interface SequenceDetail {
  readonly type: 'sequence';
  /** `OWNED BY`; those of identity columns are part of their table and no object. */
  readonly ownedBy: { readonly table: ObjectId; readonly column: string } | null;
}

export interface ViewDetail {
  readonly type: 'view';
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly query: string;
}

export interface RoutineDetail {
  readonly type: 'routine';
  readonly language: string;
  /** Source text between its quotes; null for `BEGIN ATOMIC`, C and aggregates. */
  readonly body: string | null;
}

export interface TriggerDetail {
  readonly type: 'trigger';
  readonly enabled: 'origin' | 'disabled' | 'replica' | 'always';
}

export interface PolicyDetail {
  readonly type: 'policy';
  readonly permissive: boolean;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

export interface RowSecurityDetail {
  readonly type: 'row security';
  readonly enabled: boolean;
  readonly forced: boolean;
}

export interface PartitionDetail {
  readonly type: 'partition';
  readonly of: ObjectId;
  readonly bound: string;
}

/** Only where the owner is another than `Snapshot.owner`. */
export interface OwnerDetail {
  readonly type: 'owner';
  readonly owner: string;
}

/** Only where the privileges are others than the owner and the public have from the start. */
export interface GrantDetail {
  readonly type: 'grant';
  readonly grantee: string;
  /** Upper case, ascending, `*` behind one WITH GRANT OPTION; empty where all that was given from the start is revoked. */
  readonly privileges: readonly string[];
  /** Null for the whole object. */
  readonly column: string | null;
}

export interface CommentDetail {
  readonly type: 'comment';
  readonly text: string;
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
