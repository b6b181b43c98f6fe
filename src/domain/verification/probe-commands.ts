import type { Dialect, Timeouts } from '../../ports/dialect.ts';
import type { Command } from '../../ports/session.ts';

/** What opens a transaction for checks outside a step: they wait for locks, and take, no longer than a step's may. */
export function probeCommands(dialect: Dialect, timeouts: Timeouts): readonly Command[] {
  return [dialect.beginProbe, ...dialect.transactionTimeouts(timeouts)].map((text) => ({ text }));
}
