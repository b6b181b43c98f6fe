import type { BackupInfo, BackupInput, BackupResult } from './commands/backup.ts';
import type { BaselineInput, BaselineResult } from './commands/baseline.ts';
import type { ChecklistInput, ChecklistResult } from './commands/checklist.ts';
import type { DiffInput, DiffResult } from './commands/diff.ts';
import type { DriftInput, DriftResult } from './commands/drift.ts';
import type { CiInput } from './commands/ci.ts';
import type { LogInput, LogResult } from './commands/log.ts';
import type { MaintainResult } from './commands/maintain.ts';
import type { NoteInput, NoteResult } from './commands/log-note.ts';
import type { SignInput, SignResult } from './commands/log-sign.ts';
import type { MetricsInput, MetricsResult } from './commands/metrics.ts';
import type { MigrateInput } from './commands/migrate.ts';
import type { PlanInput } from './commands/plan.ts';
import type { CheckProofsInput, ProofCheckResult } from './commands/check-proofs.ts';
import type { CommutesInput, CommutesResult } from './commands/prove-commutes.ts';
import type { ProveInput, ProveResult } from './commands/prove.ts';
import type { RehearseInput, RehearseResult } from './commands/rehearse-faults.ts';
import type { PreflightInput, PreflightReport } from './commands/preflight.ts';
import type { RedoInput } from './commands/redo.ts';
import type { ReleaseInput, ReleaseResult } from './commands/release.ts';
import type { RepairInput, RepairResult } from './commands/repair.ts';
import type { ReportFormat, ReportInput } from './commands/report.ts';
import type { RestoreInput, RestoreResult } from './commands/restore.ts';
import type { RollbackInput } from './commands/rollback.ts';
import type { RunResult } from './commands/parts/run-result.ts';
import type { SampleInput, SampleResult } from './commands/sample.ts';
import type { SnapshotInput, SnapshotResult } from './commands/snapshot.ts';
import type { DatabaseStatus } from './commands/status.ts';
import type { VerifyInput, VerifyResult } from './commands/verify.ts';
import type { CiDatabaseResult } from './model/ci.ts';
import type { Sql } from './model/user-script.ts';
import type { CallOptions, library, Results } from './library.ts';
import type { Config } from './model/config.ts';
import type { Plan } from './model/plan.ts';
import type { Report } from './model/report.ts';

export { defineConfig, defineMigration, defineRollback, defineSample, env } from './define.ts';
export { isSurefootError, SurefootError } from './model/errors.ts';
export type { RunSummary } from './domain/journal/index.ts';
export type {
  ItemRecord,
  Pilot,
  ReleaseEvent,
  ReleaseState,
  SignAnswer,
  Stop,
  StopOption,
} from './domain/release/index.ts';
export type { StepResult } from './domain/run/index.ts';
export type { CiCheckResult, CiDatabaseResult } from './model/ci.ts';
export type { CheckResult } from './model/check-result.ts';
export type { Config, DatabaseConfig, EnvironmentConfig } from './model/config.ts';
export type { Engine, Row, Value } from './model/engine.ts';
export type { ErrorCode } from './model/error-catalogue.ts';
export type { JournalEntry, JournalSignature } from './model/journal-entry.ts';
export type * from './model/contribution.ts';
export type { DatabaseReport, Report, ReportedMigration, ReportedSection } from './model/report.ts';
export type { Hazard, HazardName, MigrationState, MigrationStatus, Plan, PlanStep } from './model/plan.ts';
export type {
  Random,
  SampleDefinition,
  SampleTools,
  Sql,
  StepDefinition,
  StepTools,
  TableRebuild,
} from './model/user-script.ts';
export type { ProgressEvent } from './ports/progress.ts';
export type {
  BackupInfo,
  BackupInput,
  BackupResult,
  BaselineInput,
  BaselineResult,
  CallOptions,
  CiInput,
  ChecklistInput,
  ChecklistResult,
  DatabaseStatus,
  DiffInput,
  DiffResult,
  DriftInput,
  DriftResult,
  SnapshotInput,
  SnapshotResult,
  LogInput,
  LogResult,
  MaintainResult,
  MetricsInput,
  MetricsResult,
  MigrateInput,
  NoteInput,
  NoteResult,
  PlanInput,
  CheckProofsInput,
  CommutesInput,
  CommutesResult,
  RehearseInput,
  RehearseResult,
  ProofCheckResult,
  ProveInput,
  ProveResult,
  PreflightInput,
  PreflightReport,
  RedoInput,
  ReleaseInput,
  ReleaseResult,
  RepairInput,
  RepairResult,
  ReportFormat,
  ReportInput,
  RestoreInput,
  RestoreResult,
  Results,
  RollbackInput,
  RunResult,
  SampleInput,
  SampleResult,
  SignInput,
  SignResult,
  VerifyInput,
  VerifyResult,
};

// Everything below loads the library only when it is called: a migration file imports this module too.
const load = async (): Promise<typeof library> => (await import('./library.ts')).library;

/** The state of every migration. Reads only. */
export async function status(config: Config, options: CallOptions = {}): Promise<Results<DatabaseStatus>> {
  return (await load()).status(config, options);
}

/** The steps `migrate` or `rollback` would take. Writes nothing. */
export async function plan(config: Config, options: CallOptions & PlanInput = {}): Promise<Results<Plan>> {
  return (await load()).plan(config, options);
}

/** Applies pending migrations, each verified before it commits. Throws SurefootError when one fails. */
export async function migrate(config: Config, options: CallOptions & MigrateInput = {}): Promise<Results<RunResult>> {
  return (await load()).migrate(config, options);
}

/** The whole schema as one ordered value, and as text where a format is asked for. Reads only. */
export async function snapshot(
  config: Config,
  options: CallOptions & SnapshotInput = {},
): Promise<Results<SnapshotResult>> {
  return (await load()).snapshot(config, options);
}

/** The live schema against what its history implies. Reads only. */
export async function drift(config: Config, options: CallOptions & DriftInput = {}): Promise<Results<DriftResult>> {
  return (await load()).drift(config, options);
}

/** Two schemas compared: databases, URLs, `name@version`, snapshot files and SQL files. Reads only. */
export async function diff(config: Config, options: CallOptions & DiffInput): Promise<DiffResult> {
  return (await load()).diff(config, options);
}

/** Takes back applied migrations; one step when neither `to` nor `step` is given. */
export async function rollback(config: Config, options: CallOptions & RollbackInput = {}): Promise<Results<RunResult>> {
  return (await load()).rollback(config, options);
}

/** Rolls the last migrations back and applies them again under one lock. */
export async function redo(
  config: Config,
  options: CallOptions & RedoInput = {},
): Promise<Results<{ readonly down: RunResult; readonly up: RunResult }>> {
  return (await load()).redo(config, options);
}

/** Runs the checks of everything that is applied, in a transaction that is aborted. */
export async function verify(config: Config, options: CallOptions & VerifyInput = {}): Promise<Results<VerifyResult>> {
  return (await load()).verify(config, options);
}

/** Runs the database's own maintenance jobs that are due. */
export async function maintain(config: Config, options: CallOptions = {}): Promise<Results<MaintainResult>> {
  return (await load()).maintain(config, options);
}

/** Proves on shadows that rollbacks restore schema and data, and records the proofs. Findings are in the result. */
export async function prove(config: Config, options: CallOptions & ProveInput = {}): Promise<Results<ProveResult>> {
  return (await load()).prove(config, options);
}

/** Rehearses crashes of migrations on shadows. Third states are in the result. */
export async function rehearseFaults(
  config: Config,
  options: CallOptions & RehearseInput = {},
): Promise<Results<RehearseResult>> {
  return (await load()).rehearseFaults(config, options);
}

/** Runs pending migrations that come late in both orders, and records those whose order does not matter. */
export async function proveCommutes(
  config: Config,
  options: CallOptions & CommutesInput = {},
): Promise<Results<CommutesResult>> {
  return (await load()).proveCommutes(config, options);
}

/** Compares the recorded proofs with the files as they are. Starts nothing. */
export async function checkProofs(
  config: Config,
  options: CallOptions & CheckProofsInput = {},
): Promise<Results<ProofCheckResult>> {
  return (await load()).checkProofs(config, options);
}

/** Everything known of the databases as one value. Reads only. */
export async function report(config: Config, options: CallOptions & ReportInput = {}): Promise<Report> {
  return (await load()).report(config, options);
}

/** A report as one text: a page that loads nothing, Markdown, JUnit, SARIF or JSON. */
export async function renderReport(value: Report, format: ReportFormat): Promise<string> {
  return (await load()).renderReport(value, format);
}

/** All that CI should ask: plan, proofs, a rehearsal up and down on a throw-away database, the kept snapshot. */
export async function ci(config: Config, options: CallOptions & CiInput = {}): Promise<Results<CiDatabaseResult>> {
  return (await load()).ci(config, options);
}

/** What Prometheus would be told, as families of samples. */
export async function metrics(config: Config, options: CallOptions & MetricsInput = {}): Promise<MetricsResult> {
  return (await load()).metrics(config, options);
}

/** Records versions as already present. */
export async function baseline(config: Config, options: CallOptions & BaselineInput): Promise<Results<BaselineResult>> {
  return (await load()).baseline(config, options);
}

/** Accepts an edited migration, or settles a step that stopped midway. */
export async function repair(config: Config, options: CallOptions & RepairInput): Promise<Results<RepairResult>> {
  return (await load()).repair(config, options);
}

/** Examines the target of the next `migrate`: each check answers ok, warn or block. Reads only. */
export async function preflight(
  config: Config,
  options: CallOptions & PreflightInput = {},
): Promise<Results<PreflightReport>> {
  return (await load()).preflight(config, options);
}

/** Makes a backup and compares it with the database, or lists the backups there are. */
export async function backup(config: Config, options: CallOptions & BackupInput = {}): Promise<Results<BackupResult>> {
  return (await load()).backup(config, options);
}

/** Puts a backup in the place of the database, which is kept under another name. */
export async function restore(config: Config, options: CallOptions & RestoreInput): Promise<Results<RestoreResult>> {
  return (await load()).restore(config, options);
}

/** The migration log as runs. Reads only. */
export async function log(config: Config, options: CallOptions & LogInput = {}): Promise<Results<LogResult>> {
  return (await load()).log(config, options);
}

/** Adds a note to a run, also while it is under way. */
export async function logNote(config: Config, options: CallOptions & NoteInput): Promise<Results<NoteResult>> {
  return (await load()).logNote(config, options);
}

/** Signs the journal as it is with an Ed25519 key. */
export async function logSign(config: Config, options: CallOptions & SignInput): Promise<Results<SignResult>> {
  return (await load()).logSign(config, options);
}

/** Walks the release checklist of a database; an open release is taken up again. Does not throw for an item that fails. */
export async function release(
  config: Config,
  options: CallOptions & ReleaseInput = {},
): Promise<Results<ReleaseResult>> {
  return (await load()).release(config, options);
}

/** The release checklist, filled in with the open or the last release. Reads only. */
export async function checklist(
  config: Config,
  options: CallOptions & ChecklistInput = {},
): Promise<Results<ChecklistResult>> {
  return (await load()).checklist(config, options);
}

/** Loads the project's sample data. */
export async function sample(config: Config, options: CallOptions & SampleInput = {}): Promise<Results<SampleResult>> {
  return (await load()).sample(config, options);
}

/** Lends `work` one database in a transaction that is always aborted: for looking, and for tests. */
export async function inspect<T>(config: Config, options: CallOptions, work: (sql: Sql) => Promise<T>): Promise<T> {
  return (await load()).inspect(config, options, work);
}
