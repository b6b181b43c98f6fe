import type { Check, ScriptDirectives } from './directives.ts';
import type { Statement } from './statement.ts';
import type { UserScript } from './user-script.ts';

/** `text` as written in the file name; `order` what it is compared by. */
export interface Version {
  readonly text: string;
  readonly order: bigint;
}

export type ScriptKind = 'sql' | 'ts';

/** A file the user wrote. `shown` is its path from the project folder, for people. */
export interface SourceRef {
  readonly path: string;
  readonly shown: string;
  readonly kind: ScriptKind;
}

/** One versioned forward change and the files paired with it by stem. */
export interface Migration {
  readonly version: Version;
  /** The stem: `<version>_<slug>`. */
  readonly name: string;
  readonly slug: string;
  readonly up: SourceRef;
  readonly rollback: SourceRef | null;
  readonly verify: SourceRef | null;
  /** Of the migration file (and the local imports of a TypeScript one); names its algorithm. */
  readonly checksum: string;
}

/** All migrations of one database, ascending by version. */
export interface MigrationSet {
  readonly migrations: readonly Migration[];
  readonly invariants: SourceRef | null;
}

/** A migration or rollback, read and parsed. */
export interface Script {
  readonly source: SourceRef;
  readonly text: string;
  readonly checksum: string;
  readonly directives: ScriptDirectives;
  /** Empty for TypeScript. */
  readonly statements: readonly Statement[];
  /** The loaded module of a TypeScript file; null for SQL. */
  readonly module: UserScript | null;
  /** A TypeScript file that imports more than surefoot: its text alone can not be run. */
  readonly needsFile: boolean;
}

/** A verify script, read and parsed. */
export interface VerifyScript {
  readonly source: SourceRef;
  readonly text: string;
  readonly checks: readonly Check[];
}
