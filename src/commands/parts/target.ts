import type { BackupParts, BackupSettings } from '../../domain/backup/index.ts';
import { problemsError, discover, openProofBook, type Folders } from '../../domain/migrations/index.ts';
import type { PreflightPolicy } from '../../domain/preflight/index.ts';
import { forShadow, type RunParts, type RunSettings } from '../../domain/run/index.ts';
import type { MaintenanceWindow } from '../../model/config.ts';
import type { MigrationSet } from '../../model/migration.ts';
import type { Plan } from '../../model/plan.ts';
import type { BackupStore } from '../../ports/backup-store.ts';
import type { SchemaScope } from '../../model/schema-scope.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Database } from '../../ports/database.ts';
import type { Executor } from '../../ports/executor.ts';
import type { Files } from '../../ports/files.ts';
import type { Host } from '../../ports/host.ts';
import type { Loader } from '../../ports/loader.ts';
import type { Processes } from '../../ports/processes.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Shadow } from '../../ports/shadow.ts';
import type { Shell } from '../../ports/shell.ts';

/** One configured database with everything a command needs for it. */
export interface CommandTarget {
  readonly database: Database;
  readonly folders: Folders;
  readonly files: Files;
  readonly loader: Loader;
  readonly host: Host;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly executor: Executor;
  readonly shadow: Shadow;
  readonly shell: Shell;
  /** Another database, by its configured name or its URL. */
  readonly other: (text: string) => Promise<Database>;
  readonly signal: AbortSignal;
  /** The project's `.surefoot` folder, absolute. */
  readonly stateFolder: string;
  readonly settings: RunSettings;
  /** The statement `maintain` runs; null where none is configured. */
  readonly maintenance: string | null;
  readonly backups: BackupSettings;
  /** Where backups are; nothing is made before the first one. */
  readonly openBackups: () => Promise<BackupStore>;
  readonly processes: () => Promise<Processes>;
  /** The environment wants the preflight before every `migrate`. */
  readonly preflightFirst: boolean;
  readonly preflightPolicy: PreflightPolicy;
  /** The environment wants a backup before every run that changes something. */
  readonly backupBefore: boolean;
  /** What of the database is not described. */
  readonly schemaScope: SchemaScope;
  /** The environment refuses to migrate a database whose schema is not what its history implies. */
  readonly refuseDrift: boolean;
  /** The environment wants a confirmation for every run. */
  readonly confirmRuns: boolean;
  readonly releases: ReleasePolicies;
}

/** What the environment wants of a release. */
export interface ReleasePolicies {
  /** Its name, where one was chosen. */
  readonly environment: string | null;
  /** Who signs is not who runs. */
  readonly twoPersons: boolean;
  readonly window: MaintenanceWindow | null;
}

/** Asks a person; true goes on. */
export type Confirm = (plan: Plan) => Promise<boolean>;

/** Asks a person one question; true goes on. */
export type Ask = (question: string) => Promise<boolean>;

export async function backupParts(target: CommandTarget): Promise<BackupParts> {
  const { database, host, clock, files, progress, signal, stateFolder, folders, backups, processes } = target;
  const store = await target.openBackups();
  return { database, host, clock, files, progress, signal, stateFolder, root: folders.root, backups, processes, store };
}

/** The migrations of a target; every problem of its folders at once. */
export function loadSet(target: CommandTarget): MigrationSet {
  const { set, problems } = discover(target.files, target.folders);
  if (problems.length > 0) throw problemsError(problems);
  return set;
}

export function runParts(target: CommandTarget, set: MigrationSet, command: string): RunParts {
  const { database, files, loader, host, clock, progress, executor, signal, stateFolder, settings, folders } = target;
  return {
    database,
    set,
    files,
    loader,
    host,
    clock,
    progress,
    executor,
    signal,
    runId: host.uuid(),
    root: folders.root,
    stateFolder,
    command,
    settings,
    proofs: openProofBook(files, set, folders.verify, target.database.name),
  };
}

/** The same project on a throw-away database: without policies, and with its traces apart from those of the real one. */
export function onShadow(target: CommandTarget, database: Database): CommandTarget {
  return {
    ...forShadow(target),
    database,
    backupBefore: false,
    refuseDrift: false,
    confirmRuns: false,
  };
}
