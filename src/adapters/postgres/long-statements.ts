import type { Row } from '../../model/engine.ts';
import type { LongStatements, StatementProgress } from '../../ports/long-statements.ts';

/**
 * The views of PostgreSQL 14 and newer, with columns that all of those have. Of an index build only one pair of
 * counters moves at a time.
 */
const VIEWS = [
  `SELECT command, phase, relid, lockers_done AS a_done, lockers_total AS a_total, 'sessions to wait for' AS a_unit,
    tuples_done AS b_done, tuples_total AS b_total, 'rows' AS b_unit, blocks_done AS c_done, blocks_total AS c_total, 'blocks' AS c_unit, pid, datid
    FROM pg_catalog.pg_stat_progress_create_index`,
  `SELECT 'VACUUM', phase, relid, 0, 0, '', 0, 0, '', heap_blks_scanned, heap_blks_total, 'blocks', pid, datid
    FROM pg_catalog.pg_stat_progress_vacuum`,
  `SELECT command, phase, relid, 0, 0, '', CASE WHEN heap_blks_total = 0 THEN heap_tuples_written ELSE 0 END, 0, 'rows', heap_blks_scanned, heap_blks_total, 'blocks', pid, datid
    FROM pg_catalog.pg_stat_progress_cluster`,
  `SELECT command, type, relid, 0, 0, '', CASE WHEN bytes_total = 0 THEN tuples_processed ELSE 0 END, 0, 'rows', bytes_processed, bytes_total, 'bytes', pid, datid
    FROM pg_catalog.pg_stat_progress_copy`,
  `SELECT 'ANALYZE', phase, relid, 0, 0, '', 0, 0, '', sample_blks_scanned, sample_blks_total, 'blocks', pid, datid
    FROM pg_catalog.pg_stat_progress_analyze`,
];

// A relation made by the looked-at transaction has no name that others see.
const QUERY = `SELECT p.command, p.phase, COALESCE(n.nspname || '.' || c.relname, '') AS relation,
  a_done, a_total, a_unit, b_done, b_total, b_unit, c_done, c_total, c_unit
  FROM (${VIEWS.join(' UNION ALL ')}) AS p
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = p.relid LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  WHERE p.pid = $1 AND p.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())`;

/** By the pg_stat_progress views: index builds, VACUUM, CLUSTER and VACUUM FULL, COPY, ANALYZE. */
export const POSTGRES_LONG_STATEMENTS: LongStatements = {
  look: async (session, backend) => {
    const [row] = await session.query(QUERY, [backend]);
    return row === undefined ? null : progressOf(row);
  },
};

function progressOf(row: Row): StatementProgress {
  const relation = String(row['relation']).replace(/^public\./u, '');
  const what = `${String(row['command'])}${relation === '' ? '' : ` on ${relation}`}: ${String(row['phase']).toLowerCase()}`;
  const counters = ['a', 'b', 'c'].map((letter) => ({
    done: Number(row[`${letter}_done`]),
    total: Number(row[`${letter}_total`]),
    unit: String(row[`${letter}_unit`]),
  }));
  // One that knows its end is worth more than one that only counts.
  const best = counters.find(({ total }) => total > 0) ?? counters.find(({ done }) => done > 0);
  if (best === undefined) return { what, done: 0, total: null, unit: counters[2]?.unit ?? '' };
  return { what, done: best.done, total: best.total > 0 ? best.total : null, unit: best.unit };
}
