import type { ObjectId } from './object-id.ts';

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
