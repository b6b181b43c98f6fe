import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { Session } from '../../../ports/session.ts';

/** Sends statements one after the other; throws at the first that fails. */
export async function must(session: Session, doing: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const [outcome] = await session.batch([{ text }]);
    if (outcome?.status === 'failed') throw errorOfFailure(outcome.failure, doing);
  }
}

/** The observation in a transaction that shows one instant. */
export async function observeAtOnce(session: Session, observe: (session: Session) => Promise<void>): Promise<void> {
  await must(session, 'reading the database', 'BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    await observe(session);
  } finally {
    await session.batch([{ text: 'ROLLBACK', tolerate: true }]);
  }
}
