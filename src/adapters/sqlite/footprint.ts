import type { Footprint } from '../../ports/write-watch.ts';

/** Names of the tables that were written to. */
export class SqliteFootprint implements Footprint {
  readonly engine = 'sqlite';
  readonly tables: ReadonlySet<string>;

  constructor(tables: ReadonlySet<string>) {
    this.tables = tables;
  }
}
