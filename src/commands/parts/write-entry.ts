import { createRecorder, type EntryChange } from '../../domain/journal/index.ts';
import { isSurefootError } from '../../model/errors.ts';
import { stopIfAborted } from '../../model/interrupted.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { Session } from '../../ports/session.ts';
import type { CommandTarget } from './target.ts';

/** How long one try waits for the end of the chain before others of this process get their turn, ms. */
const TRY_MS = 250;

/**
 * Writes one entry beside a run that may be under way: it needs no run lock, because writers take turns on the end of
 * the chain. Tries for as long as the lock is waited for; throws what the database said then.
 */
export async function writeEntry(
  target: CommandTarget,
  session: Session,
  command: string,
  runId: string,
  change: EntryChange,
): Promise<JournalEntry> {
  const { clock, settings, signal } = target;
  const recorder = createRecorder({
    ...target,
    engine: target.database.capabilities.engine,
    command,
    runId,
    gitCommit: null,
    maskLiterals: settings.maskLiterals,
  });
  const entry = recorder.entry(change);
  const end = clock.monotonic() + settings.lockWaitMs;
  for (;;) {
    stopIfAborted(signal, 'while waiting for a run to end; nothing was written');
    try {
      await recorder.write(session, entry, TRY_MS);
      return entry;
    } catch (error) {
      const held = isSurefootError(error) && (error.code === 'busy' || error.code === 'lock-timeout');
      if (!held || clock.monotonic() >= end) throw error;
      await clock.sleep(TRY_MS, signal);
    }
  }
}
