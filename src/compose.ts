import { setFlagsFromString } from 'node:v8';
import { dirname, join, resolve } from 'node:path';
import { createClock, createFiles, createHost, createLoader, createShell } from './adapters/node/index.ts';
import { createExecutor } from './adapters/umzug/index.ts';
import type { DiffSources } from './commands/diff.ts';
import type { CommandTarget } from './commands/parts/target.ts';
import { connectable, openProcesses } from './connect.ts';
import type { Folders } from './domain/migrations/index.ts';
import { closest } from './model/closest.ts';
import type { DatabaseConfig, EnvironmentConfig, LoadedConfig } from './model/config.ts';
import { parseDuration } from './model/duration.ts';
import { SurefootError } from './model/errors.ts';
import { DEFAULT_LOCK_POLICY } from './model/lock-policy.ts';
import type { HazardName } from './model/plan.ts';
import { TOOL_VERSION } from './model/tool-version.ts';
import type { Files } from './ports/files.ts';
import type { Loader } from './ports/loader.ts';
import type { Progress } from './ports/progress.ts';
import type { ReportRenderer } from './ports/report-renderer.ts';
import { beforeParserLoads } from './sql/parser.ts';

/** What the caller decides beside the configuration. Times in milliseconds. */
export interface ComposeOptions {
  readonly environment?: string | undefined;
  /** Goes before what the configuration says. */
  readonly directUrl?: string | undefined;
  readonly lockWaitMs?: number | undefined;
  readonly allowHazards?: readonly HazardName[] | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const DEFAULT_LOCK_WAIT_MS = 60_000;

/** What can be had before a configuration is read. */
export function composeTools(): { readonly files: Files; readonly loader: Loader } {
  return { files: createFiles(), loader: createLoader(ownFile('index')) };
}

/**
 * For a process that is all surefoot's own. Optimising the WASM of PostgreSQL's parser takes V8 longer than parsing some
 * thousands of statements without. Not at the start: code that V8 has cached is only good for the same flags.
 */
export function tuneProcess(): void {
  beforeParserLoads(() => {
    setFlagsFromString('--no-wasm-tier-up');
    setFlagsFromString('--no-wasm-dynamic-tiering');
  });
}

/** An entry file beside this one, in the source and in the bundle. */
function ownFile(name: 'bin' | 'index'): URL {
  return new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}

/** Progress that is also told as OpenTelemetry spans, where the environment asks for them. `close` sends them. */
export async function composeTracing(
  env: ComposeOptions['env'],
  progress: Progress,
): Promise<{ readonly progress: Progress; close(): Promise<void> }> {
  // Asked before anything is loaded: most have none of it.
  if (!Object.keys(env).some((name) => name.startsWith('OTEL_EXPORTER_OTLP_')))
    return { progress, close: async () => Promise.resolve() };
  const { createTracing, wantsTracing } = await import('./adapters/otel/index.ts');
  if (!wantsTracing(env)) return { progress, close: async () => Promise.resolve() };
  return createTracing({ env, toolVersion: TOOL_VERSION, progress });
}

const KINDS = ['migrations', 'rollbacks', 'verify'] as const;

/** Wires one configured database: settings in, everything a command needs out. Connects to nothing. */
export async function compose(
  loaded: LoadedConfig,
  name: string,
  tools: ReturnType<typeof composeTools>,
  options: ComposeOptions,
): Promise<CommandTarget> {
  const { root, config } = loaded;
  const entry = config.databases[name];
  if (entry === undefined) throw unknownDatabase(name, Object.keys(config.databases));
  const environment = environmentOf(loaded, options.environment);
  const stateFolder = join(root, '.surefoot');
  const { database, shadow } = await connectable(name, entry, { root, stateFolder, ...options });
  return {
    database,
    shadow,
    folders: foldersOf(tools.files, loaded, name, entry),
    files: tools.files,
    loader: tools.loader,
    host: createHost(TOOL_VERSION, options.env['SUREFOOT_OPERATOR']),
    clock: createClock(),
    progress: options.progress,
    executor: createExecutor(),
    shell: createShell(ownFile('bin')),
    other: async (text) => (await otherTarget(loaded, text, tools, options)).database,
    signal: options.signal,
    stateFolder,
    maintenance: entry.maintenance ?? null,
    schemaScope: { schemas: entry.ignore?.schemas ?? [], partitionsOf: entry.ignore?.partitionsOf ?? [] },
    refuseDrift: environment.refuseDrift === true,
    confirmRuns: environment.confirm === true,
    preflightFirst: environment.preflight === true,
    preflightPolicy: {
      connections: environment.connections ?? 'report',
      refuseDrift: environment.refuseDrift === true,
      backupBefore: environment.backup === 'before',
      backupMaxAgeMs: duration(environment.backupMaxAge),
    },
    backupBefore: environment.backup === 'before',
    backups: {
      keep: entry.backups?.keep ?? null,
      maxAgeMs: duration(entry.backups?.maxAge),
      command: entry.backups?.command ?? null,
      restoreCommand: entry.backups?.restoreCommand ?? null,
      jobs: entry.backups?.jobs ?? null,
    },
    openBackups: async () => {
      const { createBackupStore } = await import('./adapters/node/backup-store.ts');
      return createBackupStore(resolve(root, entry.backups?.folder ?? join(stateFolder, 'backups')));
    },
    processes: openProcesses,
    releases: {
      environment: options.environment ?? null,
      twoPersons: environment.twoPersons === true,
      window: environment.window ?? null,
    },
    settings: {
      lockWaitMs: options.lockWaitMs ?? duration(environment.lockWait) ?? DEFAULT_LOCK_WAIT_MS,
      lockTimeoutMs: duration(environment.lockTimeout),
      statementTimeoutMs: duration(environment.statementTimeout),
      requireVerification: environment.requireVerification === true,
      requireProof: environment.requireProof === true,
      acceptEquivalent: environment.acceptEquivalent === true,
      requireRows: environment.requireRows === true,
      locks: {
        retries: environment.lockRetries ?? DEFAULT_LOCK_POLICY.retries,
        retryMs: duration(environment.lockRetryTime) ?? DEFAULT_LOCK_POLICY.retryMs,
        queueMs: duration(environment.lockQueueTime),
      },
      refuseHazards: environment.refuseHazards ?? [],
      allowHazards: options.allowHazards ?? [],
      maskLiterals: environment.maskLiterals !== false,
    },
  };
}

async function otherTarget(
  loaded: LoadedConfig,
  text: string,
  tools: ReturnType<typeof composeTools>,
  options: ComposeOptions,
): Promise<CommandTarget> {
  const other = { ...options, directUrl: undefined };
  return text.includes(':')
    ? compose({ ...loaded, config: { databases: { copy: { url: text } } } }, 'copy', tools, {
        ...other,
        environment: undefined,
      })
    : compose(loaded, text, tools, other);
}

/** Loaded when a report is wanted as HTML. */
export async function openReportRenderer(): Promise<ReportRenderer> {
  const { createReportRenderer } = await import('./adapters/html/index.ts');
  return createReportRenderer();
}

/** Where `diff` finds its sides: among the configured databases, by URL, and in files. */
export function composeSources(
  loaded: LoadedConfig,
  tools: ReturnType<typeof composeTools>,
  workingDirectory: string,
  options: ComposeOptions,
): DiffSources {
  return {
    names: Object.keys(loaded.config.databases),
    files: tools.files,
    target: async (name) => compose(loaded, name, tools, options),
    at: async (url) =>
      compose({ ...loaded, config: { databases: { side: { url } } } }, 'side', tools, {
        ...options,
        environment: undefined,
      }),
    resolve: (path) => resolve(workingDirectory, path),
  };
}

function environmentOf({ config }: LoadedConfig, name: string | undefined): EnvironmentConfig {
  if (name === undefined) return {};
  const environment = config.environments?.[name];
  if (environment !== undefined) return environment;
  const known = Object.keys(config.environments ?? {});
  const near = closest(name, known);
  throw new SurefootError({
    code: 'unknown-environment',
    message: `there is no environment ${name}; configured: ${known.length === 0 ? 'none' : known.join(', ')}`,
    hint: near === null ? 'Add it under environments in the configuration.' : `Did you mean --env ${near}?`,
  });
}

export function unknownDatabase(name: string, known: readonly string[]): SurefootError {
  const near = closest(name, known);
  return new SurefootError({
    code: 'unknown-database',
    message: `there is no database ${name}; configured: ${known.join(', ')}`,
    hint: near === null ? 'Use one of these names.' : `Did you mean ${near}?`,
  });
}

/** `migrations/<name>`, or `migrations` itself where the project has one database and no such folder. */
function foldersOf(files: Files, loaded: LoadedConfig, name: string, entry: DatabaseConfig): Folders {
  const { root, config } = loaded;
  const single = Object.keys(config.databases).length === 1;
  const nested = !single || files.isDirectory(join(root, 'migrations', name));
  const of = (kind: (typeof KINDS)[number], { [kind]: own }: DatabaseConfig, owner: string): string =>
    own === undefined ? join(root, kind, ...(nested ? [owner] : [])) : resolve(root, own);
  const taken = new Set(
    Object.entries(config.databases).flatMap(([owner, each]) => KINDS.map((kind) => of(kind, each, owner))),
  );
  const [migrations, rollbacks, verify] = [
    of('migrations', entry, name),
    of('rollbacks', entry, name),
    of('verify', entry, name),
  ];
  // Only those of the layout that is ours: what else is called migrations may be another tool's.
  const above = KINDS.map((kind) => join(root, kind)).filter(
    (folder) => !taken.has(folder) && [migrations, rollbacks, verify].some((own) => dirname(own) === folder),
  );
  return { root, migrations, rollbacks, verify, above };
}

function duration(text: string | undefined): number | null {
  return text === undefined ? null : parseDuration(text);
}
