import type { HazardName } from './plan.ts';

/** One database as the user writes it. Paths are relative to the configuration file. */
export interface DatabaseConfig {
  /** `postgres://…`, `sqlite:<path>`, `sqlite::memory:` or `embedded:<name>`. */
  readonly url: string;
  /** Where to connect instead of `url`, for a `url` that leads through a pooler in transaction mode. */
  readonly directUrl?: string | undefined;
  readonly migrations?: string | undefined;
  readonly rollbacks?: string | undefined;
  readonly verify?: string | undefined;
  /** What `maintain` runs: one statement that does what is due and returns `job`, `outcome` and `detail` of each. */
  readonly maintenance?: string | undefined;
  readonly backups?: BackupsConfig | undefined;
  /**
   * `target`: shadows are databases on the server of a `postgres://` URL, not on a throw-away one. For extensions that
   * only it has. What all its databases share is never changed by them.
   */
  readonly shadow?: 'target' | undefined;
  /** What `snapshot`, `diff` and `drift` leave out. */
  readonly ignore?:
    | {
        /** Schemas that belong to somebody else. */
        readonly schemas?: readonly string[] | undefined;
        /** Partitioned tables whose partitions come and go by maintenance: no partition of theirs is drift. */
        readonly partitionsOf?: readonly string[] | undefined;
      }
    | undefined;
}

/** Where backups of a database go, and how long they stay. */
export interface BackupsConfig {
  /** `.surefoot/backups` when left out. */
  readonly folder?: string | undefined;
  /** So many of the newest stay. */
  readonly keep?: number | undefined;
  /** Older ones go, but never the newest. A duration like `14d`. */
  readonly maxAge?: string | undefined;
  /** Run by the shell instead of surefoot's own way; `{file}`, `{id}` and `{database}` are filled in. */
  readonly command?: string | undefined;
  /**
   * Restores what `command` made, into the empty database or the missing file `{target}`; `{file}`, `{id}`, `{database}`
   * and `{location}` (what the command said) are filled in too.
   */
  readonly restoreCommand?: string | undefined;
  /** Processes of pg_dump; more than 1 writes a folder instead of a file. */
  readonly jobs?: number | undefined;
}

/** When a release may change a database, and beside how many others. */
export interface MaintenanceWindow {
  /** Days it begins on; every day when left out. */
  readonly days?: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[] | undefined;
  /** `22:00-04:00`; the whole day when left out. */
  readonly hours?: string | undefined;
  /** IANA name; UTC when left out. */
  readonly timeZone?: string | undefined;
  /** Most connections of others; any number when left out. */
  readonly connections?: number | undefined;
}

/** Policies of one environment, chosen with `--env`. Durations like `2s`, `15min`. */
export interface EnvironmentConfig {
  /** Refuse to migrate a database whose schema is not what its history implies. */
  readonly refuseDrift?: boolean | undefined;
  /** Refuse migrations without a verify script. */
  readonly requireVerification?: boolean | undefined;
  /** Refuse migrations without a valid proof, made on the target's server version, that their rollback restores all. */
  readonly requireProof?: boolean | undefined;
  /** With `requireProof`: a rollback that restores all but layout will do. */
  readonly acceptEquivalent?: boolean | undefined;
  /** With `requireProof`: a proof for which tables it touches had no rows will not do; otherwise it is warned of. */
  readonly requireRows?: boolean | undefined;
  /** Ask before every run that changes something, or demand `--yes`. */
  readonly confirm?: boolean | undefined;
  readonly lockTimeout?: string | undefined;
  readonly statementTimeout?: string | undefined;
  /** How long a run waits for another one. */
  readonly lockWait?: string | undefined;
  /** Tries after the first one when a step does not get its locks; 30 when left out. */
  readonly lockRetries?: number | undefined;
  /** No further try, and no further wait for long transactions, after this long; 10min when left out. */
  readonly lockRetryTime?: string | undefined;
  /** Longest that another session may wait behind a lock request of ours; half the lock time-out when left out. */
  readonly lockQueueTime?: string | undefined;
  /** Run the preflight before `migrate`, and refuse where it blocks. */
  readonly preflight?: boolean | undefined;
  /** What other connections mean to the preflight: only told, or blocking. */
  readonly connections?: 'report' | 'block' | undefined;
  /** The preflight wants a backup that is no older than this. A duration like `1d`. */
  readonly backupMaxAge?: string | undefined;
  /** `before`: make a backup before every `migrate` that changes something. */
  readonly backup?: 'before' | undefined;
  /** Hazards that stop a run unless allowed by name. */
  readonly refuseHazards?: readonly HazardName[] | undefined;
  /** Keep values of user data and literals of statements out of the journal; true when left out. */
  readonly maskLiterals?: boolean | undefined;
  /** In a release who signs is not who runs. */
  readonly twoPersons?: boolean | undefined;
  readonly window?: MaintenanceWindow | undefined;
}

/** What `defineConfig` takes. */
export interface Config {
  readonly databases: Readonly<Record<string, DatabaseConfig>>;
  readonly environments?: Readonly<Record<string, EnvironmentConfig>> | undefined;
}

/** A configuration that passed the schema, and where it came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute: the folder of the configuration file, or the working directory. */
  readonly root: string;
  /** Absolute path of the file; null for `--url`. */
  readonly file: string | null;
}
