import { setTimeout as pause } from 'node:timers/promises';
import { isSurefootError, SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Session } from '../../ports/session.ts';

const BACKEND = 'SELECT pg_catalog.pg_backend_pid()';
/** A pool of one connection gives a second client none as long as the first has it. */
const SECOND_MS = 3_000;

/**
 * Between this session and the server is a pooler: the process that answers is not the one that greeted. Finds out
 * whether it lends the server's connection for the whole session, and throws `pooled-connection` when it does not.
 * A second session asks for a connection and keeps it: either it is given this session's, or this session then gets
 * another, whatever the order in which the pooler gives them out. Returns the process that answers.
 */
export async function refuseSharedConnection(
  session: Session,
  connect: (signal: AbortSignal) => Promise<Session>,
): Promise<number> {
  const own = await backendOf(session);
  const second = await secondSession(connect);
  if (second === null) return own;
  try {
    const answer = second.batch([{ text: 'BEGIN' }, { text: BACKEND }]);
    const outcomes = await Promise.race([answer, pause(SECOND_MS, null, { ref: false })]);
    if (outcomes === null) return own;
    const [begun, asked] = outcomes;
    if (begun?.status === 'failed' && !begun.failure.connectionLost) throw shared('it allows no transactions at all');
    const lent = asked?.status === 'done' ? asked.rows[0]?.[0] : null;
    if (lent === own) throw shared('a second client was given the same connection to the server');
    if ((await backendOf(session)) !== own) throw shared('two statements of one session met two connections');
    return own;
  } finally {
    await second.close();
  }
}

/** Null where there is none to be had: then this session's is its own, or the fence of each transaction finds out. */
async function secondSession(connect: (signal: AbortSignal) => Promise<Session>): Promise<Session | null> {
  try {
    return await connect(AbortSignal.timeout(SECOND_MS));
  } catch (error) {
    if (isSurefootError(error)) return null;
    throw error;
  }
}

async function backendOf(session: Session): Promise<number> {
  const [outcome] = await session.batch([{ text: BACKEND }]);
  if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, 'asking for the server process');
  return outcome?.status === 'done' ? Number(outcome.rows[0]?.[0]) : 0;
}

function shared(evidence: string): SurefootError {
  return new SurefootError({
    code: 'pooled-connection',
    message: `the URL leads to a connection pooler (such as PgBouncer) that shares connections between transactions: ${evidence}. The run lock would belong to somebody else as soon as a transaction ends; nothing was changed`,
    hint: 'Give a URL of the server itself, or of a pool in session mode: --direct-url postgres://…, or directUrl beside url in the configuration.',
  });
}
