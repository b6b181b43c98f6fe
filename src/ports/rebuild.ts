import type { TableRebuild } from '../model/user-script.ts';
import type { Session } from './session.ts';

/**
 * Makes a table anew inside the open transaction, where the engine can not change it in place: rows, indexes, triggers,
 * views, keys of other tables and counters stay. Returns the number of rows. Throws `rebuild-refused`.
 */
export type RebuildTable = (session: Session, table: string, rebuild: TableRebuild) => Promise<number>;
