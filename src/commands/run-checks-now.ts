import { checksNow, runChecks, type BoundScript } from '../domain/verification/index.ts';
import type { CheckResult } from '../model/check-result.ts';
import { errorOfFailure } from '../model/sql-failure.ts';
import type { Database } from '../ports/database.ts';
import type { Session } from '../ports/session.ts';

export interface ChecksNow {
  readonly scripts: readonly BoundScript[];
  /** Order of the last version that counts as applied. */
  readonly highest: bigint;
  /** Told how many there are, before the first runs. */
  readonly onStart?: ((checks: number) => void) | undefined;
}

/** Runs what holds while these versions are applied, in a transaction of its own that is aborted. */
export async function runChecksNow(
  { dialect }: Pick<Database, 'dialect'>,
  session: Session,
  { scripts, highest, onStart }: ChecksNow,
): Promise<readonly CheckResult[]> {
  const [opened] = await session.batch([
    { text: dialect.beginProbe },
    ...(dialect.immediateConstraints === null ? [] : [{ text: dialect.immediateConstraints }]),
  ]);
  if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'opening a transaction');
  const bound = checksNow(scripts, highest);
  onStart?.(bound.length);
  try {
    return await runChecks(dialect, session, bound, new Map());
  } finally {
    await session.batch([{ text: dialect.abort, tolerate: true }]);
  }
}
