import { SurefootError } from '../../model/errors.ts';
import type { RebuildTable } from '../../ports/rebuild.ts';

/** PostgreSQL changes every table in place. */
export const rebuildPostgresTable: RebuildTable = (_session, table) =>
  Promise.reject(
    new SurefootError({
      code: 'engine-unsupported',
      message: `rebuildTable('${table}') is for SQLite: PostgreSQL changes a table in place`,
      hint: 'Use ALTER TABLE.',
    }),
  );
