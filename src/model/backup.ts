import type { Engine } from './engine.ts';

/**
 * How a backup was made. `online-copy`: the SQLite file by the driver's backup API; `archive`: pg_dump; `database-copy`:
 * a database beside the other on the same server; `command`: the configured one.
 */
export type BackupMethod = 'online-copy' | 'archive' | 'database-copy' | 'command';

/** Content of one table as the backup holds it. */
export interface BackupDigest {
  readonly table: string;
  readonly rows: number;
  /** Null where it changed while a command made the backup, so that it can not be compared. */
  readonly hash: string | null;
}

/** What is known of one backup: `backup.json` beside its data. Times ISO 8601 UTC, durations in ms, sizes in bytes. */
export interface BackupManifest {
  readonly format: 1;
  readonly id: string;
  readonly database: string;
  readonly engine: Engine;
  readonly method: BackupMethod;
  /** URL without password. */
  readonly source: string;
  readonly at: string;
  readonly durationMs: number;
  /** Name of the file or folder beside the manifest; null where the data is elsewhere. */
  readonly data: string | null;
  /** For people: absolute path, database on the server, or what the command said. */
  readonly location: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly serverVersion: string;
  /** End of the journal, and the last applied version, as the backup holds them. */
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly version: string | null;
  readonly digests: readonly BackupDigest[];
  /** What was done to see that it can be read. */
  readonly checked: string;
  /** Restored to a shadow and compared. */
  readonly proven: boolean;
  /** What the engine needs to make the database anew: encoding, owner and the like. */
  readonly properties: Readonly<Record<string, string>>;
  readonly operator: string;
  readonly host: string;
  readonly toolVersion: string;
}

/** What the journal keeps of a backup. */
export interface JournalBackup {
  readonly id: string;
  readonly method: BackupMethod;
  readonly location: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly durationMs: number;
}

export function journalBackup(manifest: BackupManifest): JournalBackup {
  const { id, method, location, size, sha256, durationMs } = manifest;
  return { id, method, location, size, sha256, durationMs };
}
