import { isSurefootError, SurefootError } from '../../model/errors.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import type { SchemaScope } from '../../model/schema-scope.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { known, none, unknown, type Fact } from '../../model/target-facts.ts';
import type { Session } from '../../ports/session.ts';
import { planNeeds } from '../../sql/index.ts';
import { readHistory } from '../journal/index.ts';
import type { PlanRequest, Prepared } from '../plan/index.ts';
import { diffSnapshots, findDrift, withoutPartitionsOf, type DriftOptions } from '../schema/index.ts';
import { planRequest, type RunParts } from '../run/index.ts';
import { checksBefore, runChecks } from '../verification/index.ts';
import type { BeforeChecks, PreflightInput, PreflightOutcome, PreflightPolicy, PreflightResult } from './check.ts';
import { CHECKS } from './checks/index.ts';

export interface PreflightParts {
  readonly run: RunParts;
  readonly policy: PreflightPolicy;
  /** The newest backup. */
  readonly backup: PreflightInput['backup'];
  /** Null: not to be looked for. */
  readonly drift: DriftOptions | null;
  readonly scope: SchemaScope;
  /** The kept description of the schema as it should be ahead of the plan. */
  readonly baseline: KeptBaseline | null;
}

export interface KeptBaseline {
  /** As shown to people. */
  readonly file: string;
  readonly snapshot: Snapshot;
  /** It describes what all migrations make, so it says nothing while one is pending. */
  readonly ofAll: boolean;
}

export interface Preflight {
  /** The worst that counts: what can't be seen does not. */
  readonly outcome: 'ok' | 'warn' | 'block';
  readonly results: readonly PreflightResult[];
}

/** Examines the target ahead of a run. Reads only. The session is outside a transaction. */
export async function preflight(parts: PreflightParts, session: Session, request: PlanRequest): Promise<Preflight> {
  const { run, policy, backup } = parts;
  const { database, clock } = run;
  const history = await readHistory(database, session);
  const planned = await planOrProblem(run, session, request);
  const prepared = 'problem' in planned ? null : planned;
  const statements = prepared?.steps.flatMap((step) => step.script.statements) ?? [];
  const needs = await planNeeds(database.capabilities.engine, statements);
  const facts = await database.facts.read(session, needs);
  const asked = clock.monotonic();
  const before = clock.now();
  const serverNow = await database.facts.now(session);
  const clockErrorMs = Math.round(clock.monotonic() - asked);
  const input: PreflightInput = {
    database: database.name,
    facts,
    needs,
    policy,
    now: clock.now(),
    clockSkewMs: skewOf(serverNow, before, clockErrorMs),
    clockErrorMs,
    backup,
    planProblem: 'problem' in planned ? planned.problem : null,
    drift: await driftOf(parts, history.applied.length),
    baseline: await baselineOf(parts, session, prepared),
    applied: history.applied.length,
    pending: prepared?.steps.length ?? 0,
    beforeChecks: prepared === null ? [] : await runBeforeChecks(run, session, prepared),
  };
  return judge(CHECKS.map(({ name, title, examine }) => ({ name, title, ...examine(input) })));
}

export function judge(results: readonly PreflightResult[]): Preflight {
  const has = (outcome: PreflightOutcome): boolean => results.some((result) => result.outcome === outcome);
  return { outcome: has('block') ? 'block' : has('warn') ? 'warn' : 'ok', results };
}

/** Throws `preflight-blocked` with every check that blocks. */
export function refuseBlocked(database: string, { results }: Preflight): void {
  const blocking = results.filter((result) => result.outcome === 'block');
  if (blocking.length === 0) return;
  throw new SurefootError({
    code: 'preflight-blocked',
    message: `the preflight of ${database} blocks the run; nothing was changed\n${blocking.map((result) => `  ${result.title}: ${result.figure}\n    ${result.remedy ?? ''}`).join('\n')}`,
    hint: `Follow these, then look with surefoot preflight ${database}.`,
    context: { checks: blocking },
  });
}

async function planOrProblem(
  run: RunParts,
  session: Session,
  request: PlanRequest,
): Promise<Prepared | { readonly problem: NonNullable<PreflightInput['planProblem']> }> {
  try {
    return await planRequest(run, session, request);
  } catch (error) {
    if (!isSurefootError(error)) throw error;
    return { problem: { message: error.message, hint: error.hint ?? null } };
  }
}

/** Needs a shadow where no earlier look has left the implied schema: one that can't be had is no reason to stop. */
async function driftOf({ run, drift }: PreflightParts, applied: number): Promise<PreflightInput['drift']> {
  if (applied === 0) return none('nothing is applied yet');
  if (drift === null) return unknown('it was not to be looked for');
  try {
    return known(await findDrift(run, drift));
  } catch (error) {
    if (!isSurefootError(error) || error.code === 'interrupted') throw error;
    return unknown(error.message.split('\n')[0] ?? '');
  }
}

/** Owners and grants are of the server, and the file may come from another one. */
const OF_ROLES: ReadonlySet<string> = new Set(['owner', 'grant', 'default-privileges']);

async function baselineOf(
  { run: { database, signal }, scope, baseline }: PreflightParts,
  session: Session,
  prepared: Prepared | null,
): Promise<PreflightInput['baseline']> {
  if (baseline === null || prepared === null || (baseline.ofAll && prepared.steps.length > 0)) return null;
  const told = (snapshot: Snapshot): Snapshot => {
    const wanted = withoutPartitionsOf(snapshot, scope.partitionsOf);
    return { ...wanted, objects: wanted.objects.filter(({ kind }) => !OF_ROLES.has(kind)) };
  };
  const live = await database.introspector.snapshot(session, { ignoreSchemas: scope.schemas, signal });
  const { differences } = await diffSnapshots(told(baseline.snapshot), told(live), {
    names: [baseline.file, database.name],
  });
  return { file: baseline.file, differences };
}

/** Each in a transaction that is aborted; what a later migration finds depends on those before it. */
async function runBeforeChecks(run: RunParts, session: Session, prepared: Prepared): Promise<readonly BeforeChecks[]> {
  const { dialect } = run.database;
  const all: BeforeChecks[] = [];
  for (const [before, step] of prepared.steps.entries()) {
    if (step.verify === null) continue;
    const checks = checksBefore({ version: step.plan.version, order: step.target.version.order, script: step.verify });
    // Those that are only timed, to be compared after the change, tell nothing now.
    const telling = checks.filter((check) => !check.timed);
    if (telling.length === 0) continue;
    const [opened] = await session.batch([{ text: dialect.beginProbe }]);
    if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'opening a transaction');
    const results = await runChecks(dialect, session, telling, new Map());
    await session.batch([{ text: dialect.abort, tolerate: true }]);
    all.push({ migration: step.plan.name, before, results });
  }
  return all;
}

/** The server answered somewhere between the question and the end of the answer. */
function skewOf(now: string | null, asked: Date, tookMs: number): Fact<number> {
  if (now === null) return none('it is the same clock');
  return known(Math.round(new Date(now).getTime() - (asked.getTime() + tookMs / 2)));
}
