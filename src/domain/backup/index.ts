export { findBackup } from './find-backup.ts';
export { laterRuns, type LaterRun } from './later-runs.ts';
export { makeBackup, type MadeBackup } from './make-backup.ts';
export type { BackupParts, BackupSettings } from './parts.ts';
export { restoreBackup, type Restored, type RestoreOptions } from './restore-backup.ts';
export { expired } from './retention.ts';
