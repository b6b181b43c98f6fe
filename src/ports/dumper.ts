import type { BackupManifest, BackupMethod } from '../model/backup.ts';
import type { Digester } from './digest.ts';
import type { Session } from './session.ts';

export interface DumpRequest {
  /** On the database, outside a transaction; used by nobody else meanwhile. */
  readonly session: Session;
  readonly id: string;
  /** Absolute path of a file or folder that does not exist yet. */
  readonly path: string;
  /** Processes at once; null decides by size. */
  readonly jobs: number | null;
  /** Called once in the very transaction that the backup shows, where the engine can; else just before. */
  readonly observe: (session: Session) => Promise<void>;
  readonly onProgress: (done: number, total: number | null, unit: string) => void;
  readonly signal: AbortSignal;
}

/** Something that can be opened to look at, without being the database itself. */
export interface OpenedCopy {
  readonly digester: Digester;
  /** Opens a session on it, as on the database itself. */
  connect(): Promise<Session>;
}

/** A backup whose data is there and whose name is not yet final. */
export interface Dumped {
  readonly method: BackupMethod;
  /** The data is at the path asked for; else `location` tells where. */
  readonly atPath: boolean;
  readonly location: string | null;
  /** Bytes, where the data is not at the path and they are known. */
  readonly size: number | null;
  /** What was done to see that it can be read, in one line. */
  readonly checked: string;
  /** To be compared with what was observed; null where it can't be opened as it is. */
  readonly copy: OpenedCopy | null;
  /** Gives it its final name, where that is not the path's matter. */
  keep(): Promise<void>;
  /** Removes it. Never throws. */
  discard(): Promise<void>;
}

export interface BackupSource {
  readonly manifest: BackupManifest;
  /** Absolute path of the data; null where it is not in a file. */
  readonly path: string | null;
  /** Fills an empty database by the configured command; null where there is none. Throws `restore-failed`. */
  readonly fill: ((place: RestorePlace) => Promise<void>) | null;
}

/** Where a configured command restores to. */
export interface RestorePlace {
  /** Name of an empty database, or path of a file that is not there. */
  readonly target: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A restored database that waits beside the one it will replace. */
export interface Beside {
  readonly copy: OpenedCopy;
  /** The name under which the database that is there now will be kept; null where there is none. */
  readonly kept: string | null;
  /**
   * Puts it in the other's place. Nobody may be connected to either: `restore-in-use`, unless `endConnections` ends
   * them. At every instant there is one whole database under the name.
   */
  swap(options: { readonly endConnections: boolean }): Promise<void>;
  /** Never throws. */
  discard(): Promise<void>;
}

/** Makes backups of one database and reads them back. */
export interface Dumper {
  /** What there is to know of the database itself, and of its server. */
  describe(session: Session): Promise<{
    readonly properties: Readonly<Record<string, string>>;
    readonly serverVersion: string;
  }>;
  /** How a program finds the database: variables of libpq, or the path of the file. */
  environment(): Promise<Readonly<Record<string, string>>>;
  /** Throws `backup-client-missing`, `backup-client-older`, `backup-failed`. Leaves nothing behind when it throws. */
  dump(request: DumpRequest): Promise<Dumped>;
  /** Fills this database, which is empty, for a look: owners and grants are left out. Throws `backup-damaged`. */
  load(source: BackupSource, signal: AbortSignal): Promise<void>;
  /** Throws `backup-damaged`, `restore-failed`, `backup-elsewhere`. Leaves nothing behind when it throws. */
  restoreBeside(source: BackupSource, signal: AbortSignal): Promise<Beside>;
  /** Removes what is not in the backup's folder. */
  forget(manifest: BackupManifest): Promise<void>;
}
