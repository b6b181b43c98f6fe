import type { BackupManifest } from '../../model/backup.ts';
import type { StoredEntry } from '../../model/journal-entry.ts';

/** A run whose work the backup does not hold. */
export interface LaterRun {
  readonly runId: string;
  readonly command: string;
  readonly at: string;
  readonly versions: readonly string[];
}

const CHANGING: ReadonlySet<string> = new Set(['step', 'baselined', 'repaired', 'restored']);

/** Runs that changed something after the backup's place in the journal. */
export function laterRuns(entries: readonly StoredEntry[], { head, at }: BackupManifest): readonly LaterRun[] {
  const place = head === null ? undefined : entries.find((entry) => entry.seq === head.seq);
  const sameLine = head === null || head.seq === 0 || place?.hash === head.hash;
  const later = entries.filter(
    ({ seq, entry }) =>
      CHANGING.has(entry.event) &&
      entry.outcome === 'succeeded' &&
      // A journal that went another way since (an earlier restore) has other entries at the same places.
      (sameLine ? seq > (head?.seq ?? 0) : entry.at > at),
  );
  const runs = new Map<string, LaterRun>();
  for (const { entry } of later) {
    const known = runs.get(entry.runId);
    runs.set(entry.runId, {
      runId: entry.runId,
      command: entry.command,
      at: known?.at ?? entry.at,
      versions: [...(known?.versions ?? []), ...(entry.version === null ? [] : [entry.version])],
    });
  }
  return [...runs.values()];
}
