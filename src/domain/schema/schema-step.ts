import type { SchemaDifference } from '../../model/snapshot.ts';
import type { ErModel } from './er-model.ts';

/** What one migration makes of the schema the earlier ones made, without any data but what migrations write. */
export interface SchemaStep {
  readonly version: string;
  readonly differences: readonly SchemaDifference[];
  /** The tables it touched and those they point at, before and after. */
  readonly before: ErModel;
  readonly after: ErModel;
  /** Tables whose number of rows it changed. */
  readonly rows: readonly { readonly table: string; readonly before: number; readonly after: number }[];
}
