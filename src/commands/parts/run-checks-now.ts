import { firstFailure } from '../../domain/journal/index.ts';
import { checksNow, probeCommands, runChecks, type BoundScript } from '../../domain/verification/index.ts';
import type { CheckResult } from '../../model/check-result.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { Session } from '../../ports/session.ts';
import type { CommandTarget } from './target.ts';

export interface ChecksNow {
  readonly scripts: readonly BoundScript[];
  /** Order of the last version that counts as applied. */
  readonly highest: bigint;
  /** Told how many there are, before the first runs. */
  readonly onStart?: ((checks: number) => void) | undefined;
}

/** Runs what holds while these versions are applied, in a transaction of its own that is aborted. */
export async function runChecksNow(
  { database: { dialect }, settings }: Pick<CommandTarget, 'database' | 'settings'>,
  session: Session,
  { scripts, highest, onStart }: ChecksNow,
): Promise<readonly CheckResult[]> {
  const opening = await session.batch([
    ...probeCommands(dialect, { lockMs: settings.lockTimeoutMs, statementMs: settings.statementTimeoutMs }),
    ...(dialect.immediateConstraints === null ? [] : [{ text: dialect.immediateConstraints }]),
  ]);
  const refused = firstFailure(opening);
  if (refused !== null) throw errorOfFailure(refused, 'opening a transaction');
  const bound = checksNow(scripts, highest);
  onStart?.(bound.length);
  try {
    return await runChecks(dialect, session, bound, new Map());
  } finally {
    await session.batch([{ text: dialect.abort, tolerate: true }]);
  }
}
