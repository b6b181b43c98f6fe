import type { Footprint } from '../../ports/write-watch.ts';

/** What the statements of a session did to `sqlite_schema`, at most. */
export interface SchemaWrites {
  /** How many statements may have changed it. */
  readonly statements: number;
  /** What they made, dropped or altered, in lower case; what they made is behind all other rows. */
  readonly names: ReadonlySet<string>;
  /** Of the names those of tables that were dropped: rows that referred to one may have gone or changed with it. */
  readonly dropped: ReadonlySet<string>;
  /** Names that tables were given, in lower case: who wrote into one may have done so under another name. */
  readonly renamed: ReadonlySet<string>;
  /** Whether nobody can tell which rows it was. */
  readonly any: boolean;
  /** Whether a number in the head of the file may be another one. */
  readonly numbers: boolean;
}

export class SqliteFootprint implements Footprint {
  readonly engine = 'sqlite';
  /** Names of the tables whose rows were written to; null: any. */
  readonly tables: ReadonlySet<string> | null;
  readonly schema: SchemaWrites;

  constructor(tables: ReadonlySet<string> | null, schema: SchemaWrites) {
    this.tables = tables;
    this.schema = schema;
  }
}
