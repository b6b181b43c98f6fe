/** Something asked of a target: told, not to be seen from here, or without meaning for the engine. */
export type Fact<T> =
  | { readonly is: 'known'; readonly value: T }
  | { readonly is: 'unknown'; readonly why: string }
  | { readonly is: 'none'; readonly why: string };

export const known = <T>(value: T): Fact<T> => ({ is: 'known', value });
export const unknown = (why: string): Fact<never> => ({ is: 'unknown', why });
export const none = (why: string): Fact<never> => ({ is: 'none', why });

/** What a statement of the plan asks of the role that runs it. Names as written; `schema` null: the first of the search path. */
export type Need =
  | { readonly kind: 'create-in-schema'; readonly schema: string | null; readonly why: string }
  | { readonly kind: 'create-in-database'; readonly why: string }
  | { readonly kind: 'own-table'; readonly table: string; readonly why: string }
  | { readonly kind: 'use-table'; readonly table: string; readonly privilege: string; readonly why: string }
  | {
      readonly kind: 'role-attribute';
      readonly attribute: 'superuser' | 'createrole' | 'createdb';
      readonly why: string;
    }
  | { readonly kind: 'member-of'; readonly role: string; readonly why: string }
  | { readonly kind: 'make-extension'; readonly extension: string; readonly why: string };

/** What the plan asks of the target, by its statements. Tables as written; those it makes itself are left out. */
export interface PlanNeeds {
  readonly needs: readonly Need[];
  readonly extensions: readonly string[];
  /** Tables that are written anew, and tables on which an index is built. */
  readonly rewrites: readonly string[];
  readonly indexed: readonly string[];
}

/** One session of somebody else. Times in milliseconds. */
export interface SessionFact {
  readonly pid: number;
  readonly user: string | null;
  readonly application: string | null;
  readonly client: string | null;
  /** `active`, `idle`, `idle in transaction` …; null where it is not shown. */
  readonly state: string | null;
  readonly transactionMs: number | null;
  readonly query: string | null;
}

export interface ServerFact {
  /** `PostgreSQL 18.4` or `SQLite 3.53.2`. */
  readonly product: string;
  readonly version: readonly number[];
  readonly role: string | null;
  /** A standby, or a file that can't be written. */
  readonly readOnly: boolean;
  readonly connections: { readonly used: number; readonly most: number } | null;
  readonly journalMode: string | null;
}

export interface DiskFact {
  readonly freeBytes: number;
  readonly place: string;
}

export interface TableSize {
  readonly table: string;
  readonly tableBytes: number;
  readonly indexBytes: number;
}

export interface ReplicaFact {
  readonly name: string;
  readonly state: string;
  readonly lagBytes: number | null;
  readonly lagMs: number | null;
}

export interface SlotFact {
  readonly name: string;
  readonly active: boolean;
  readonly retainedBytes: number | null;
  /** `reserved`, `extended`, `unreserved`, `lost`. */
  readonly state: string | null;
}

export interface TargetFacts {
  readonly server: ServerFact;
  /** One line for each need that is not met. */
  readonly missing: Fact<readonly string[]>;
  /** Names of extensions that could be made, installed ones among them. */
  readonly extensions: Fact<readonly string[]>;
  readonly disk: Fact<DiskFact>;
  readonly sizes: Fact<readonly TableSize[]>;
  readonly sessions: Fact<readonly SessionFact[]>;
  /** Whether the whole database could be had for oneself at this moment. */
  readonly exclusive: Fact<boolean>;
  readonly prepared: Fact<readonly { readonly name: string; readonly owner: string; readonly ageMs: number }[]>;
  readonly replicas: Fact<readonly ReplicaFact[]>;
  readonly slots: Fact<readonly SlotFact[]>;
  readonly wraparound: Fact<{
    /** Tables that an autovacuum which can't be cancelled is at work on. */
    readonly workers: readonly string[];
    readonly age: number;
    readonly limit: number;
  }>;
  readonly invalidIndexes: Fact<readonly { readonly index: string; readonly table: string }[]>;
}
