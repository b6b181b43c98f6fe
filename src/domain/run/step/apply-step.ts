import type { LockReport } from '../../../model/blocker.ts';
import type { CheckResult } from '../../../model/check-result.ts';
import type { StatementRows } from '../../../model/journal-entry.ts';
import type { RowWatch } from '../../../ports/conservation.ts';
import type { Command, Outcome } from '../../../ports/session.ts';
import type { PreparedStep } from '../../plan/index.ts';
import {
  checkBatch,
  checksError,
  failures,
  readCheck,
  runChecks,
  type Baselines,
  type BoundCheck,
} from '../../verification/index.ts';
import type { Commits } from '../commit/commits.ts';
import { judgeRows, NOTHING_ASKED, watchRows, type Guarded } from './conserve.ts';
import type { RunContext } from '../session/context.ts';
import { interruptedError, NOTHING_CHANGED } from '../errors/interrupted-error.ts';
import { FENCE } from '../commit/keep-statements.ts';
import { openCalls } from '../tools/open-calls.ts';
import { statementError } from '../errors/statement-error.ts';
import { createRowTally } from './statement-rows.ts';
import { moduleError, openingError, ownError } from '../errors/step-errors.ts';
import type { Apart } from '../tools/step-sql.ts';
import { createTools } from '../tools/step-tools.ts';
import { whileChecking } from './while-checking.ts';

/** Whether nothing has to be known of an answer before change and checks are sent. */
export function isOneBatch(step: PreparedStep, checks: StepChecks): boolean {
  return step.plan.transaction === 'each' && step.script.module === null && checks.before.length === 0;
}

/** The checks of one step, ahead of its change and after it. */
export interface StepChecks {
  readonly before: readonly BoundCheck[];
  readonly after: readonly BoundCheck[];
}

const NOTHING_EXCUSED: ReadonlySet<string> = new Set();

export interface Applied {
  readonly checks: readonly CheckResult[];
  readonly notes: readonly string[];
  readonly rows: readonly StatementRows[];
  readonly locks?: LockReport | null;
  /** Number of its transaction, to ask for it should the answer to COMMIT be lost; null where the engine needs none. */
  readonly transaction: string | null;
}

/**
 * Runs change and checks of one step inside a transaction that the `open` commands open (none: it is open already).
 * Throws on a failed statement or check; aborting is the caller's. Everything that need not wait for an answer is sent
 * in one batch, behind the commit that waits in `commits`. Tables that are `excused` are known to lose no rows.
 */
export async function applyStep(
  context: RunContext,
  step: PreparedStep,
  checks: StepChecks,
  open: () => readonly Command[],
  commits: Commits,
  excused: ReadonlySet<string> = NOTHING_EXCUSED,
): Promise<Applied> {
  const baselines: Baselines = new Map();
  const results: CheckResult[] = [];
  let opening = open;
  if (checks.before.length > 0) {
    await sendOpening(context, opening());
    opening = () => [];
    results.push(...(await checksOf(context, step, checks.before, baselines)));
    refuseFailed(context, step, results, 'ahead of');
  }
  const notes: string[] = [];
  const watch = watchRows(context, step);
  const guarded = { watch, excused, notes };
  if (watch?.open != null) {
    await commits.settle();
    await sendOpening(context, opening());
    opening = () => [];
    await watch.open(context.session);
  }
  let tail: Tail;
  if (step.script.module === null) {
    tail = await applySql(context, step, checks.after, opening, commits, baselines, guarded);
  } else {
    await sendOpening(context, opening());
    const ahead = await sendOpening(context, watch?.before ?? []);
    await runModule(context, step, notes, watch);
    await judgeRows(context, step, guarded, ahead, await context.session.batch(watch?.after ?? []));
    tail = await runTail(context, step, checks.after, baselines);
  }
  results.push(...tail.results);
  refuseFailed(context, step, results, 'in');
  return { checks: results, notes, rows: tail.rows, transaction: tail.transaction };
}

interface Tail {
  readonly results: readonly CheckResult[];
  readonly rows: readonly StatementRows[];
  readonly transaction: string | null;
}

/** Change, reset and checks of an SQL step in one batch. */
async function applySql(
  context: RunContext,
  step: PreparedStep,
  after: readonly BoundCheck[],
  open: () => readonly Command[],
  commits: Commits,
  baselines: Baselines,
  guarded: Guarded,
): Promise<Tail> {
  const { dialect } = context.database;
  const { before, after: counted } = guarded.watch ?? NOTHING_ASKED;
  const change: Command[] = step.script.statements.map(({ text, copyData }) => ({ text, copyData }));
  const settle = settleCommands(context, step);
  const number = numberCommands(context);
  const batches = after.map((bound) => checkBatch(dialect, bound));
  const behind = [...change, ...counted, ...settle, ...batches.flatMap((batch) => batch.commands)];
  const ahead = [...number, ...before];
  const outcomes = await commits.send(() => [...open(), ...ahead, ...behind], { signal: context.signal });
  const opened = outcomes.length - behind.length;
  refuseUnfinished(context, step, behind, outcomes, opened);
  const transaction = numberOf(outcomes.slice(opened - ahead.length, opened - before.length));
  const { engine } = context.database.capabilities;
  const tally = createRowTally(engine);
  for (const [index, statement] of step.script.statements.entries())
    tally.add(statement, step.facts[index], outcomes[opened + index]);
  let offset = opened + change.length;
  await judgeRows(
    context,
    step,
    guarded,
    outcomes.slice(opened - before.length, opened),
    outcomes.slice(offset, offset + counted.length),
  );
  offset += counted.length + settle.length;
  const results: CheckResult[] = [];
  for (const batch of batches) {
    const answers = outcomes.slice(offset, offset + batch.commands.length);
    results.push(
      await whileChecking(context, step, NOTHING_CHANGED, async () =>
        readCheck(context.session, batch, answers, baselines),
      ),
    );
    offset += batch.commands.length;
  }
  return { results, rows: tally.rows(), transaction };
}

async function runTail(
  context: RunContext,
  step: PreparedStep,
  after: readonly BoundCheck[],
  baselines: Baselines,
): Promise<Tail> {
  const settle = settleCommands(context, step);
  const outcomes = await context.session.batch([...settle, ...numberCommands(context)]);
  const failed = outcomes.find((outcome) => outcome.status === 'failed');
  if (failed?.status === 'failed') throw ownError(context, step, failed.failure);
  const results = await checksOf(context, step, after, baselines);
  return { results, rows: [], transaction: numberOf(outcomes.slice(settle.length)) };
}

async function checksOf(
  context: RunContext,
  step: PreparedStep,
  checks: readonly BoundCheck[],
  baselines: Baselines,
): Promise<readonly CheckResult[]> {
  return whileChecking(context, step, NOTHING_CHANGED, async () =>
    runChecks(context.database.dialect, context.session, checks, baselines),
  );
}

/** Asks the open transaction for its number: no round trip of its own, and known before COMMIT is sent. */
export function numberCommands(context: RunContext): readonly Command[] {
  const { commits } = context.database;
  return commits === null ? [] : [{ text: commits.number, together: 'last' }];
}

export function numberOf(outcomes: readonly Outcome[]): string | null {
  const [outcome] = outcomes;
  return outcome?.status === 'done' ? String(outcome.rows[0]?.[0]) : null;
}

/** Puts role and settings back, the step's time-outs on again, and makes deferred constraints speak before the checks. */
export function settleCommands(context: RunContext, step: PreparedStep): readonly Command[] {
  const { dialect } = context.database;
  const timeouts = dialect.transactionTimeouts(timeoutsOf(step));
  return [
    ...dialect.resetSession,
    ...timeouts,
    ...(dialect.immediateConstraints === null ? [] : [dialect.immediateConstraints]),
  ].map((text) => ({ text, together: true }));
}

export function timeoutsOf(step: PreparedStep): {
  readonly lockMs: number | null;
  readonly statementMs: number | null;
  readonly foreignKeys: boolean | undefined;
} {
  return {
    lockMs: step.plan.lockTimeoutMs,
    statementMs: step.plan.statementTimeoutMs,
    // Outside a transaction the file may say itself what it wants.
    foreignKeys: step.plan.transaction === 'none' ? undefined : step.script.directives.foreignKeys,
  };
}

/** What opens a step's own transaction: time-outs, and the proof that this session still holds the run lock. */
export function openCommands(context: RunContext, step: PreparedStep): readonly Command[] {
  const { dialect } = context.database;
  const { fence } = context.lock;
  return [
    ...dialect.begin(timeoutsOf(step)).map((text) => ({ text, together: true })),
    ...(fence === null ? [] : [{ text: fence, together: true, kept: { name: FENCE, values: [] } }]),
  ];
}

export async function sendOpening(context: RunContext, open: readonly Command[]): Promise<readonly Outcome[]> {
  const outcomes = await context.session.batch(open);
  for (const outcome of outcomes) if (outcome.status === 'failed') throw openingError(context, outcome);
  return outcomes;
}

/** Runs the function of a TypeScript step; what it throws becomes an error that names the file's own line. */
export async function runModule(
  context: RunContext,
  step: PreparedStep,
  notes: string[],
  watch: RowWatch | null = null,
  apart: Apart | undefined = undefined,
): Promise<void> {
  const { script } = step;
  const { module } = script;
  if (module === null) return;
  const tools = createTools({
    session: context.session,
    dialect: context.database.dialect,
    engine: context.database.capabilities.engine,
    database: context.database.name,
    name: step.plan.name,
    file: script.source.path,
    progress: context.progress,
    signal: context.signal,
    notes,
    rebuild: context.database.rebuildTable,
    onStatement: watch === null ? undefined : async (text) => watch.statement(context.session, text),
    apart,
  });
  const calls = openCalls(step.plan.name);
  try {
    await calls.settle(async () => module.run(calls.around(tools)));
  } catch (error) {
    throw moduleError(context, step, error);
  }
  if (context.signal.aborted) throw interruptedError(step);
}

function refuseUnfinished(
  context: RunContext,
  step: PreparedStep,
  behind: readonly Command[],
  outcomes: readonly Outcome[],
  opened: number,
): void {
  const index = outcomes.findIndex(
    (outcome, at) => outcome.status === 'failed' && behind[at - opened]?.tolerate !== true,
  );
  const failed = outcomes[index];
  const lost = failed?.status === 'failed' && failed.failure.connectionLost;
  if (context.signal.aborted && !lost) throw interruptedError(step);
  if (failed?.status !== 'failed') return;
  if (index < opened) throw openingError(context, failed);
  const statement = step.script.statements[index - opened];
  if (statement === undefined) throw ownError(context, step, failed.failure);
  throw statementError(failed.failure, statement, step.script, NOTHING_CHANGED, context.database.capabilities.engine);
}

function refuseFailed(
  context: RunContext,
  step: PreparedStep,
  results: readonly CheckResult[],
  relation: 'ahead of' | 'in',
): void {
  if (failures(results).length === 0) return;
  throw checksError(
    context.database,
    `verification ${relation} ${step.plan.name}`,
    results,
    'nothing was changed: the transaction was aborted',
    'Compare expected and actual, correct the migration or the data, then run the command again.',
  );
}
