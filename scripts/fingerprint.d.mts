import type { Engine, Sql } from '../src/index.ts';

/** Object -> definition, and table -> digest of its rows. */
export function fingerprint(engine: Engine, sql: Sql): Promise<Map<string, string>>;

/** What differs between two fingerprints, one line each. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[];
