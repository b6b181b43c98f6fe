import type { CommitAnswer, Commits, Place } from '../../ports/commits.ts';
import type { Session } from '../../ports/session.ts';
import { quoteLiteral } from '../../sql/quote.ts';

/** Two columns. A standby has no line of its own yet, and a role may have been denied the first. */
export const PLACE_COLUMNS =
  '(SELECT system_identifier FROM pg_catalog.pg_control_system())::text AS system, ' +
  'CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL ELSE pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) END AS timeline';

export function toPlace(system: unknown, timeline: unknown): Place | null {
  return typeof system === 'string' && typeof timeline === 'string' ? { system, timeline } : null;
}

export const POSTGRES_COMMITS: Commits = {
  number: 'SELECT pg_catalog.pg_current_xact_id()::text',
  ask: async (session, number, place) => {
    const here = await placeOf(session);
    if (here !== null && place !== null && (here.system !== place.system || here.timeline !== place.timeline)) {
      const what =
        here.system === place.system
          ? `the server went over from timeline ${Number.parseInt(place.timeline, 16)} to ${Number.parseInt(here.timeline, 16)}`
          : `this is another server (system ${here.system}, not ${place.system})`;
      return { state: 'elsewhere', evidence: `${what}, so transaction ${number} means nothing here` };
    }
    return statusOf(session, number);
  },
};

async function placeOf(session: Session): Promise<Place | null> {
  const [outcome] = await session.batch([{ text: `SELECT ${PLACE_COLUMNS}` }]);
  return outcome?.status === 'done' ? toPlace(outcome.rows[0]?.[0], outcome.rows[0]?.[1]) : null;
}

async function statusOf(session: Session, number: string): Promise<CommitAnswer> {
  const [outcome] = await session.batch([
    { text: `SELECT pg_catalog.pg_xact_status(${quoteLiteral('postgres', number)}::xid8)` },
  ]);
  const status = outcome?.status === 'done' ? outcome.rows[0]?.[0] : null;
  if (status === 'committed' || status === 'aborted' || status === 'in progress')
    return { state: status, evidence: `the server says of transaction ${number}: ${status}` };
  const reason = outcome?.status === 'failed' ? outcome.failure.message : 'it is too long ago';
  return { state: 'unknown', evidence: `the server does not tell of transaction ${number}: ${reason}` };
}
