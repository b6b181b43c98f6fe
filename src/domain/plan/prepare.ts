import { SurefootError } from '../../model/errors.ts';
import type { AppliedMigration, History, StoredScripts } from '../../model/history.ts';
import type { Migration, Script, SourceRef, VerifyScript } from '../../model/migration.ts';
import type { Hazard, Plan, PlanStep } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { ProofState } from '../../model/proof.ts';
import type { StatementFacts } from '../../model/statement.ts';
import type { Database } from '../../ports/database.ts';
import { analyseRuns, analyseStatements } from '../../sql/index.ts';
import {
  loadScript,
  loadVerify,
  parseStoredScript,
  parseVerify,
  problemAt,
  problemsError,
  type Reading,
} from '../migrations/index.ts';
import { refuseOtherStart } from './first-statements.ts';
import { hazardsOf } from './hazards.ts';
import { scriptProblems, verifyProblems } from './rules.ts';
import { isStopped, stateHash, type Target } from './select.ts';

/** A planned step with everything it needs to run. */
export interface PreparedStep {
  readonly plan: PlanStep;
  readonly target: Target;
  readonly script: Script;
  readonly facts: readonly StatementFacts[];
  readonly verify: VerifyScript | null;
  /** What to keep in the history once it is applied; null for a step down. */
  readonly keep: StoredScripts | null;
  readonly needsFile: boolean;
}

export interface Prepared {
  readonly plan: Plan;
  readonly steps: readonly PreparedStep[];
}

export interface PrepareParts {
  readonly database: Database;
  readonly reading: Reading;
  readonly history: History;
  readonly defaults: { readonly lockTimeoutMs: number | null; readonly statementTimeoutMs: number | null };
  /** Texts stored with a version, for steps whose files are not on disk. */
  readonly stored: (applied: AppliedMigration) => Promise<StoredScripts | null>;
  readonly requireVerification: boolean;
  readonly proofOf: (migration: Migration) => ProofState;
}

const NO_PROOF: ProofState = { state: 'missing', proof: null, reason: null };

/** Reads and examines the scripts of the targets and makes the plan. Every problem of every file is reported at once. */
export async function prepareSteps(parts: PrepareParts, targets: readonly Target[]): Promise<Prepared> {
  const problems: Problem[] = [];
  const steps: PreparedStep[] = [];
  for (const target of targets) {
    const step =
      target.direction === 'up' ? await prepareUp(parts, target, problems) : await prepareDown(parts, target, problems);
    if (step !== null) steps.push(step);
  }
  if (problems.length > 0) throw problemsError(problems);
  const unverified = parts.requireVerification
    ? steps.filter((step) => step.plan.direction === 'up' && step.verify === null)
    : [];
  if (unverified.length > 0) {
    throw new SurefootError({
      code: 'verification-required',
      message: `this environment demands a verify script for every migration; these have none: ${unverified.map((step) => step.plan.name).join(', ')}`,
      hint: 'Write the verify scripts.',
    });
  }
  return {
    plan: {
      database: parts.database.name,
      engine: parts.database.capabilities.engine,
      direction: targets[0]?.direction ?? 'up',
      state: stateHash(parts.history),
      steps: steps.map((step) => step.plan),
    },
    steps,
  };
}

async function prepareUp(parts: PrepareParts, target: Target, problems: Problem[]): Promise<PreparedStep | null> {
  const { migration } = target;
  if (migration === null) return null;
  const up = await loadScript(parts.reading, migration.up, 'migration');
  problems.push(...up.problems);
  const verify = verifyOf(parts, migration, null, problems);
  const rollback = migration.rollback === null ? null : await loadScript(parts.reading, migration.rollback, 'rollback');
  if (rollback !== null) problems.push(...rollback.problems);
  const script = up.value;
  if (script === null) return null;
  if (script.directives.irreversible !== null && migration.rollback !== null) {
    problems.push(
      problemAt(
        'directive-invalid',
        migration.up.shown,
        `it is declared irreversible, yet ${migration.rollback.shown} exists`,
        'Remove the one or the other.',
      ),
    );
  }
  if (script.directives.irreversible === null && migration.rollback === null) {
    const beside = migration.up.shown.replace(/(^|\/)migrations\//u, '$1rollbacks/');
    const expected = beside === migration.up.shown ? `a rollback named ${migration.name}` : beside;
    problems.push(
      problemAt(
        'rollback-missing',
        migration.up.shown,
        'it has no rollback and is not declared irreversible',
        `Write ${expected}, or put ${migration.up.kind === 'ts' ? "irreversible: '<reason>' into its definition" : '-- @irreversible <reason> at its head'}.`,
      ),
    );
  }
  if (rollback?.value != null) {
    const { capabilities } = parts.database;
    const facts = await analyseRuns(capabilities.engine, rollback.value.statements);
    problems.push(...scriptProblems(rollback.value, facts, capabilities));
  }
  const needsFile = rollback?.value?.needsFile ?? false;
  return finish(
    parts,
    target,
    {
      script,
      verify,
      source: 'file',
      needsFile,
      keep: storedOf(script, needsFile ? null : (rollback?.value ?? null), verify),
    },
    problems,
  );
}

async function prepareDown(parts: PrepareParts, target: Target, problems: Problem[]): Promise<PreparedStep | null> {
  const { migration, applied } = target;
  const stored = applied === null || migration?.rollback != null ? null : await parts.stored(applied);
  const loaded =
    migration?.rollback != null
      ? await loadScript(parts.reading, migration.rollback, 'rollback')
      : stored?.rollback == null
        ? null
        : await parseStoredScript(parts.reading, storedRef(stored.rollback), stored.rollback.text, 'rollback');
  if (loaded === null) {
    throw new SurefootError({
      code: 'rollback-absent',
      message: `there is no rollback for ${target.name}, neither on disk nor in the history`,
      hint: 'Write the rollback file, or check out the release that has it.',
    });
  }
  problems.push(...loaded.problems);
  const verify = verifyOf(parts, migration, stored, problems);
  if (loaded.value === null) return null;
  return finish(
    parts,
    target,
    { script: loaded.value, verify, source: stored === null ? 'file' : 'history', needsFile: false, keep: null },
    problems,
  );
}

function verifyOf(
  parts: PrepareParts,
  migration: Migration | null,
  stored: StoredScripts | null,
  problems: Problem[],
): VerifyScript | null {
  const { engine } = parts.reading;
  const loaded =
    migration?.verify != null
      ? loadVerify(parts.reading, migration.verify)
      : stored?.verify == null
        ? null
        : parseVerify(engine, storedRef(stored.verify), stored.verify.text);
  if (loaded === null) return null;
  problems.push(...loaded.problems);
  if (loaded.value !== null) problems.push(...verifyProblems(loaded.value, parts.database.capabilities));
  return loaded.value;
}

interface StepParts {
  readonly script: Script;
  readonly verify: VerifyScript | null;
  readonly source: 'file' | 'history';
  readonly needsFile: boolean;
  readonly keep: StoredScripts | null;
}

async function finish(
  parts: PrepareParts,
  target: Target,
  step: StepParts,
  problems: Problem[],
): Promise<PreparedStep> {
  const { script, verify } = step;
  const facts = await factsOf(parts, script);
  problems.push(...scriptProblems(script, facts, parts.database.capabilities));
  const hazards: readonly Hazard[] = hazardsOf(
    script,
    facts,
    target.direction,
    target.migration === null ? NO_PROOF : parts.proofOf(target.migration),
  );
  const stopped = isStopped(target) ? target.applied : null;
  if (stopped !== null) refuseOtherStart(parts.database.name, stopped, script);
  return {
    target,
    script,
    facts,
    verify,
    keep: step.keep,
    needsFile: step.needsFile,
    plan: {
      version: target.version.text,
      name: target.name,
      direction: target.direction,
      description: script.directives.description,
      file: script.source.shown,
      kind: script.source.kind,
      source: step.source,
      transaction: script.directives.transaction,
      statements: script.statements.length,
      resumeAt: stopped?.statementsDone ?? 0,
      lockTimeoutMs: script.directives.lockTimeoutMs ?? parts.defaults.lockTimeoutMs,
      statementTimeoutMs: script.directives.statementTimeoutMs ?? parts.defaults.statementTimeoutMs,
      verification: verify === null ? 'absent' : 'present',
      checks: (verify?.checks ?? []).filter((check) => (target.direction === 'down') === (check.when === 'rolled-back'))
        .length,
      hazards,
    },
  };
}

async function factsOf(parts: PrepareParts, script: Script): Promise<readonly StatementFacts[]> {
  return script.statements.length === 0 ? [] : analyseStatements(parts.database.capabilities.engine, script.statements);
}

function storedRef(script: { readonly file: string; readonly kind: SourceRef['kind'] }): SourceRef {
  return { path: script.file, shown: script.file, kind: script.kind };
}

/** Characters. A migration's own text is only kept to show how an edited file differs; no way back needs it. */
const LONGEST_KEPT_MIGRATION = 1024 * 1024;

function storedOf(migration: Script, rollback: Script | null, verify: VerifyScript | null): StoredScripts {
  const keep = (script: { readonly source: SourceRef; readonly text: string } | null) =>
    script === null ? null : { kind: script.source.kind, file: script.source.shown, text: script.text };
  const text = migration.text.length <= LONGEST_KEPT_MIGRATION ? migration : null;
  return { migration: keep(text), rollback: keep(rollback), verify: keep(verify) };
}
