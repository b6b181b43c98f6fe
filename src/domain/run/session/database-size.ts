import type { RunContext } from './context.ts';

/** In bytes; null where the engine does not tell. */
export async function databaseSize({
  session,
  database,
}: Pick<RunContext, 'session' | 'database'>): Promise<number | null> {
  const [outcome] = await session.batch([{ text: database.dialect.databaseSize, tolerate: true }]);
  const size = outcome?.status === 'done' ? Number(outcome.rows[0]?.[0]) : Number.NaN;
  return Number.isFinite(size) ? size : null;
}
