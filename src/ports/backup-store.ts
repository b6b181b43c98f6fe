import type { BackupManifest } from '../model/backup.ts';

/** A place that is being filled. Nothing in it has its final name. */
export interface BackupDraft {
  /** Absolute path for the data called `name`. */
  path(name: string): string;
  /** Size and SHA-256 of the data; of a folder, over its files in order of their names. */
  measure(name: string): Promise<{ readonly size: number; readonly sha256: string }>;
  /** Writes the manifest, brings all of it to disk, and gives it its final name in one act. */
  keep(manifest: BackupManifest): Promise<void>;
  /** Never throws. */
  discard(): void;
}

/** A folder of backups. Only whole ones are ever seen in it. */
export interface BackupStore {
  /** Newest first; of one database, or of all. Folders that are no backups are passed over. */
  list(database?: string): readonly BackupManifest[];
  /** Makes a draft, and removes those that killed processes left. */
  draft(id: string): BackupDraft;
  /** Where the data of a backup is; null where it is not in this folder. */
  dataPath(manifest: BackupManifest): string | null;
  /** Null where the data is not in this folder. Throws `backup-damaged` where it should be and is not. */
  measure(manifest: BackupManifest): Promise<{ readonly size: number; readonly sha256: string } | null>;
  remove(manifest: BackupManifest): void;
}
