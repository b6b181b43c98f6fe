import { backup, type BackupInput, type BackupResult } from './commands/backup.ts';
import { baseline, type BaselineInput, type BaselineResult } from './commands/baseline.ts';
import { checklist, type ChecklistInput, type ChecklistResult } from './commands/checklist.ts';
import { diff, type DiffInput, type DiffResult } from './commands/diff.ts';
import { drift, type DriftInput, type DriftResult } from './commands/drift.ts';
import { ci, type CiInput } from './commands/ci.ts';
import { inspect } from './commands/inspect.ts';
import { logNote, type NoteInput, type NoteResult } from './commands/log-note.ts';
import { logSign, type SignInput, type SignResult } from './commands/log-sign.ts';
import { log, type LogInput, type LogResult } from './commands/log.ts';
import { maintain, type MaintainResult } from './commands/maintain.ts';
import { familiesOf, metrics, type MetricsInput, type MetricsResult } from './commands/metrics.ts';
import { migrate, type MigrateInput } from './commands/migrate.ts';
import { plan, type PlanInput } from './commands/plan.ts';
import { checkProofs, type CheckProofsInput, type ProofCheckResult } from './commands/check-proofs.ts';
import { proveCommutes, type CommutesInput, type CommutesResult } from './commands/prove-commutes.ts';
import { prove, type ProveInput, type ProveResult } from './commands/prove.ts';
import { rehearseFaults, type RehearseInput, type RehearseResult } from './commands/rehearse-faults.ts';
import { preflight, type PreflightInput, type PreflightReport } from './commands/preflight.ts';
import { redo, type RedoInput } from './commands/redo.ts';
import { release, type ReleaseInput, type ReleaseResult } from './commands/release.ts';
import { repair, type RepairInput, type RepairResult } from './commands/repair.ts';
import { joinReports, renderReport, report, type ReportFormat, type ReportInput } from './commands/report.ts';
import { restore, type RestoreInput, type RestoreResult } from './commands/restore.ts';
import { rollback, type RollbackInput } from './commands/rollback.ts';
import type { RunResult } from './commands/parts/run-result.ts';
import { sample, type SampleInput, type SampleResult } from './commands/sample.ts';
import { snapshot, type SnapshotInput, type SnapshotResult } from './commands/snapshot.ts';
import { status, type DatabaseStatus } from './commands/status.ts';
import type { CommandTarget } from './commands/parts/target.ts';
import { verify, type VerifyInput, type VerifyResult } from './commands/verify.ts';
import {
  compose,
  composeSources,
  composeTools,
  composeTracing,
  openReportRenderer,
  unknownDatabase,
  type ComposeOptions,
} from './compose.ts';
import { processEnvironment, workingDirectory } from './config/index.ts';
import type { Config, LoadedConfig } from './model/config.ts';
import type { CiDatabaseResult } from './model/ci.ts';
import { SurefootError } from './model/errors.ts';
import type { HazardName, Plan } from './model/plan.ts';
import type { Report } from './model/report.ts';
import type { Sql } from './model/user-script.ts';
import type { ProgressEvent } from './ports/progress.ts';

/** What every library call takes beside its own input. Durations in milliseconds. */
export interface CallOptions {
  /** One database, several, or (left out) the only one configured. */
  readonly database?: string | readonly string[] | undefined;
  /** All configured databases. */
  readonly all?: boolean | undefined;
  /** Environment whose policies hold. */
  readonly environment?: string | undefined;
  /** The project folder; the working directory when left out. */
  readonly root?: string | undefined;
  readonly lockWaitMs?: number | undefined;
  readonly allowHazards?: readonly HazardName[] | undefined;
  readonly onEvent?: ((event: ProgressEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The document `--json` prints. */
export interface Results<T> {
  readonly databases: readonly T[];
}

async function each<T>(
  config: Config,
  options: CallOptions,
  work: (target: CommandTarget) => Promise<T>,
): Promise<Results<T>> {
  const known = Object.keys(config.databases);
  const asked =
    options.database === undefined ? [] : typeof options.database === 'string' ? [options.database] : options.database;
  for (const name of asked) if (!known.includes(name)) throw unknownDatabase(name, known);
  const names = asked.length > 0 ? asked : options.all === true || known.length === 1 ? known : null;
  if (names === null)
    throw new SurefootError({
      code: 'database-not-named',
      message: `several databases are configured: ${known.join(', ')}`,
      hint: 'Pass database or all.',
    });
  const tools = composeTools();
  const databases: T[] = [];
  const settings = composeOptions(options);
  const tracing = await composeTracing(settings.env, settings.progress);
  const traced: ComposeOptions = { ...settings, progress: tracing.progress };
  try {
    for (const name of names) {
      databases.push(await work(await compose(loadedOf(config, options), name, tools, traced)));
    }
  } finally {
    await tracing.close();
  }
  return { databases };
}

function loadedOf(config: Config, { root }: CallOptions): LoadedConfig {
  return { config, root: root ?? workingDirectory(), file: null };
}

function composeOptions(options: CallOptions): ComposeOptions {
  return {
    environment: options.environment,
    lockWaitMs: options.lockWaitMs,
    allowHazards: options.allowHazards,
    env: processEnvironment(),
    progress: { report: options.onEvent ?? (() => undefined), watches: options.onEvent !== undefined },
    signal: options.signal ?? new AbortController().signal,
  };
}

/** A program that calls `rollback` or `redo` has decided: nobody is asked unless it passes `confirm`. */
const decided = async (): Promise<boolean> => Promise.resolve(true);

export const library = {
  status: async (config: Config, options: CallOptions): Promise<Results<DatabaseStatus>> =>
    each(config, options, status),
  plan: async (config: Config, options: CallOptions & PlanInput): Promise<Results<Plan>> =>
    each(config, options, async (target) => plan(target, options)),
  migrate: async (config: Config, options: CallOptions & MigrateInput): Promise<Results<RunResult>> =>
    each(config, options, async (target) => migrate(target, { ...options, confirm: options.confirm ?? decided })),
  rollback: async (config: Config, options: CallOptions & RollbackInput): Promise<Results<RunResult>> =>
    each(config, options, async (target) => rollback(target, { ...options, confirm: options.confirm ?? decided })),
  redo: async (
    config: Config,
    options: CallOptions & RedoInput,
  ): Promise<Results<{ readonly down: RunResult; readonly up: RunResult }>> =>
    each(config, options, async (target) => redo(target, { ...options, confirm: options.confirm ?? decided })),
  snapshot: async (config: Config, options: CallOptions & SnapshotInput): Promise<Results<SnapshotResult>> =>
    each(config, options, async (target) => snapshot(target, options)),
  drift: async (config: Config, options: CallOptions & DriftInput): Promise<Results<DriftResult>> =>
    each(config, options, async (target) => drift(target, options)),
  diff: async (config: Config, options: CallOptions & DiffInput): Promise<DiffResult> =>
    diff(
      composeSources(loadedOf(config, options), composeTools(), workingDirectory(), composeOptions(options)),
      options,
    ),
  verify: async (config: Config, options: CallOptions & VerifyInput): Promise<Results<VerifyResult>> =>
    each(config, options, async (target) => verify(target, options)),
  metrics: async (config: Config, options: CallOptions & MetricsInput): Promise<MetricsResult> => {
    const { databases } = await each(config, options, async (target) => metrics(target, options));
    return { families: familiesOf(databases, new Date()) };
  },
  maintain: async (config: Config, options: CallOptions): Promise<Results<MaintainResult>> =>
    each(config, options, maintain),
  prove: async (config: Config, options: CallOptions & ProveInput): Promise<Results<ProveResult>> =>
    each(config, options, async (target) => prove(target, options)),
  rehearseFaults: async (config: Config, options: CallOptions & RehearseInput): Promise<Results<RehearseResult>> =>
    each(config, options, async (target) => rehearseFaults(target, options)),
  proveCommutes: async (config: Config, options: CallOptions & CommutesInput): Promise<Results<CommutesResult>> =>
    each(config, options, async (target) => proveCommutes(target, options)),
  checkProofs: async (config: Config, options: CallOptions & CheckProofsInput): Promise<Results<ProofCheckResult>> =>
    each(config, options, async (target) => Promise.resolve(checkProofs(target, options))),
  report: async (config: Config, options: CallOptions & ReportInput): Promise<Report> => {
    const { databases } = await each(config, options, async (target) => report(target, options));
    return joinReports(databases, new Date());
  },
  renderReport: async (value: Report, format: ReportFormat): Promise<string> =>
    renderReport(value, format, openReportRenderer),
  ci: async (config: Config, options: CallOptions & CiInput): Promise<Results<CiDatabaseResult>> =>
    each(config, options, async (target) => ci(target, options)),
  baseline: async (config: Config, options: CallOptions & BaselineInput): Promise<Results<BaselineResult>> =>
    each(config, options, async (target) => baseline(target, options)),
  repair: async (config: Config, options: CallOptions & RepairInput): Promise<Results<RepairResult>> =>
    each(config, options, async (target) => repair(target, options)),
  preflight: async (config: Config, options: CallOptions & PreflightInput): Promise<Results<PreflightReport>> =>
    each(config, options, async (target) => preflight(target, options)),
  backup: async (config: Config, options: CallOptions & BackupInput): Promise<Results<BackupResult>> =>
    each(config, options, async (target) => backup(target, options)),
  restore: async (config: Config, options: CallOptions & RestoreInput): Promise<Results<RestoreResult>> =>
    each(config, options, async (target) => restore(target, { ...options, ask: options.ask ?? decided })),
  log: async (config: Config, options: CallOptions & LogInput): Promise<Results<LogResult>> =>
    each(config, options, async (target) => log(target, options)),
  logNote: async (config: Config, options: CallOptions & NoteInput): Promise<Results<NoteResult>> =>
    each(config, options, async (target) => logNote(target, options)),
  logSign: async (config: Config, options: CallOptions & SignInput): Promise<Results<SignResult>> =>
    each(config, options, async (target) => logSign(target, options)),
  release: async (config: Config, options: CallOptions & ReleaseInput): Promise<Results<ReleaseResult>> =>
    each(config, options, async (target) => release(target, options)),
  checklist: async (config: Config, options: CallOptions & ChecklistInput): Promise<Results<ChecklistResult>> =>
    each(config, options, async (target) => checklist(target, options)),
  inspect: async <T>(config: Config, options: CallOptions, work: (sql: Sql) => Promise<T>): Promise<T> => {
    const { databases } = await each(config, options, async (target) => inspect(target, work));
    const [first] = databases;
    if (first === undefined || databases.length > 1)
      throw new SurefootError({
        code: 'database-not-named',
        message: 'inspect works on one database',
        hint: 'Pass one name as database.',
      });
    return first;
  },
  sample: async (config: Config, options: CallOptions & SampleInput): Promise<Results<SampleResult>> =>
    each(config, options, async (target) => sample(target, options)),
};
