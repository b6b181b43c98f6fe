import type { Activity } from '../../ports/activity.ts';

/** Client connections to this database. Their state is hidden from a role without pg_monitor; they are counted all the same. */
export const POSTGRES_ACTIVITY: Activity = {
  others: async (session) => {
    const rows = await session.query(
      `SELECT concat_ws(', ', nullif(application_name, ''), 'user ' || usename) AS who, state, count(*)::integer AS count
FROM pg_catalog.pg_stat_activity
WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
    );
    return rows.map((row) => {
      const state = row['state'];
      return {
        who: String(row['who']),
        state: typeof state === 'string' ? state : null,
        count: Number(row['count']),
      };
    });
  },
};
