import type { BackupStore } from '../../ports/backup-store.ts';
import type { Processes } from '../../ports/processes.ts';
import type { RunParts } from '../run/index.ts';

/** How backups of a database are made and kept. Times in milliseconds. */
export interface BackupSettings {
  readonly keep: number | null;
  readonly maxAgeMs: number | null;
  readonly command: string | null;
  readonly restoreCommand: string | null;
  readonly jobs: number | null;
}

export type BackupParts = Pick<
  RunParts,
  'database' | 'host' | 'clock' | 'files' | 'progress' | 'signal' | 'stateFolder' | 'root'
> & {
  readonly store: BackupStore;
  readonly backups: BackupSettings;
  readonly processes: () => Promise<Processes>;
};
