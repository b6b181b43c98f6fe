import type { Database } from '../../../ports/database.ts';
import type { Host } from '../../../ports/host.ts';
import type { Session } from '../../../ports/session.ts';
import { readOpenRun } from '../../journal/index.ts';
import { readOwner } from './lock-owner.ts';

/**
 * Id of the run that has no end in the journal and does not hold the run lock any more: it was killed or lost its
 * connection, and the next run will write its end. Null without one, and where nobody can tell who holds the lock.
 */
export async function readDeadRun(database: Database, session: Session, host: Host): Promise<string | null> {
  const open = await readOpenRun(database, session);
  if (open === null) return null;
  const lock = await readOwner(database, session, host);
  if (lock !== null && (lock.owner.runId === null || lock.owner.runId === open.runId)) return null;
  // Its last words may have been written in between.
  const still = await readOpenRun(database, session);
  return still?.runId === open.runId ? open.runId : null;
}
