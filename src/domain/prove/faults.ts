import { isSurefootError, messageOf } from '../../model/errors.ts';
import type { Direction } from '../../model/engine.ts';
import type { LockPolicy } from '../../model/lock-policy.ts';
import type { Migration } from '../../model/migration.ts';
import type { Database } from '../../ports/database.ts';
import type { Shadow } from '../../ports/shadow.ts';
import type { PlanRequest, PreparedStep } from '../plan/index.ts';
import { execute, forShadow, type RunParts } from '../run/index.ts';
import { addRows, withoutRows } from './add-rows.ts';
import { FAULTS, withFault, type Fault } from './faulty-session.ts';
import { createLine, shadowAt, type Line, type LineParts } from './line.ts';
import { differencesBetween, readState, unsteady, type DatabaseState } from './state.ts';
import { stepsOf } from './steps.ts';
import type { Load } from './walk-state.ts';

/** Only a session of the same rehearsal can hold the lock, and it is gone. */
const LOCK_WAIT_MS = 200;
/** Whoever is in the way stays there. */
const NO_RETRY: LockPolicy = { retries: 0, retryMs: 0, queueMs: null };

/** One fault at one boundary of one step, and what became of it. */
export interface Rehearsal {
  readonly version: string;
  readonly name: string;
  readonly direction: Direction;
  /** 1-based number of the statement it happens ahead of; null ahead of the commit. */
  readonly statement: number | null;
  readonly line: number | null;
  readonly fault: Fault;
  /** False where nothing from the boundary on has to wait for a lock that another session could hold. */
  readonly met: boolean;
  /** The tables had rows. */
  readonly rows: boolean;
  /** Right after the fault. `between`: a step outside a transaction, partly applied. */
  readonly left: 'before' | 'between' | 'after';
  /** Code of the error that the command which met the fault ended with; null where it went on by itself. */
  readonly error: string | null;
  /** After the tool was run again. `third`: neither as before nor as after. */
  readonly end: 'before' | 'after' | 'third';
  /** What `third` differs in from `after`, or why running again failed. */
  readonly findings: readonly string[];
}

export interface RehearseParts extends LineParts {
  readonly onRehearsal: (rehearsal: Rehearsal) => void;
}

export interface RehearseRequest {
  readonly run: RunParts;
  readonly shadow: Shadow;
  /** Rows for the version they are made for; others are made up. */
  readonly loads: readonly Load[];
  readonly major?: number | undefined;
  readonly wanted: (migration: Migration) => boolean;
}

/** Rehearses the wanted migrations one after the other, each from the true state before it. */
export async function rehearseSet({
  run,
  shadow,
  loads,
  major,
  wanted,
}: RehearseRequest): Promise<{ readonly server: string; readonly rehearsals: readonly Rehearsal[] }> {
  const last = run.set.migrations.findLastIndex(wanted);
  return shadow.withStage({ major }, async (stage) => {
    const rehearsals: Rehearsal[] = [];
    const parts = { run, stage, standing: [], onRehearsal: (each: Rehearsal) => rehearsals.push(each) };
    const line = await createLine(stage);
    for (const [at, migration] of run.set.migrations.slice(0, last + 1).entries()) {
      if (run.signal.aborted) break;
      if (wanted(migration)) await rehearse(parts, line, migration);
      else {
        const steps = await stepsOf(run, migration);
        if ('problem' in steps) throw steps.problem;
        line.entries.push({ kind: 'up', step: steps.up });
      }
      for (const { at: version, load } of loads) {
        if (version !== migration.version.order) continue;
        await withoutRows(parts, line);
        line.entries.push({ kind: 'load', load });
      }
      run.progress.report({
        type: 'progress',
        database: run.database.name,
        name: 'rehearsing faults',
        done: at + 1,
        total: last + 1,
        unit: 'migrations',
      });
    }
    return { server: stage.server, rehearsals };
  });
}

/** Rehearses every fault at every statement boundary of both steps of a migration, the line being right before it. */
async function rehearse(parts: RehearseParts, line: Line, migration: Migration): Promise<void> {
  const steps = await stepsOf(parts.run, migration);
  if ('problem' in steps) throw steps.problem;
  await addRows(parts, line);
  await rehearseStep(parts, line, migration, steps.up);
  line.entries.push({ kind: 'up', step: steps.up });
  if (steps.down === null) return;
  await addRows(parts, line);
  await rehearseStep(parts, line, migration, steps.down);
}

async function rehearseStep(parts: RehearseParts, line: Line, migration: Migration, step: PreparedStep): Promise<void> {
  const { direction } = step.plan;
  const request: PlanRequest = direction === 'up' ? { direction, allowOutOfOrder: true } : { direction, step: 1 };
  const whole = async (): Promise<DatabaseState> =>
    onShadow(parts, line, async (shadow) => {
      await execute(partsOn(parts.run, shadow, migration, parts.run.signal), request, { scope: 'each' });
      return readState(shadow);
    });
  let after: DatabaseState;
  try {
    after = await whole();
  } catch (error) {
    if (parts.run.signal.aborted || line.entries.every(({ kind }) => kind === 'up')) throw error;
    // A migration may count rows, and refuse those that others wrote.
    await withoutRows(parts, line);
    after = await whole();
  }
  const before = await onShadow(parts, line, readState);
  const rows = line.entries.some(({ kind }) => kind !== 'up');
  const beside = await unsteady(after, await whole());
  const statements = step.script.statements.map(({ text }) => text);
  // The one that says that a step outside a transaction has begun; seen where no statement comes first.
  const commitsBefore = statements.length === 0 && step.plan.transaction === 'none' ? 1 : 0;
  for (let index = 0; index <= statements.length; index += 1) {
    for (const fault of FAULTS) {
      if (parts.run.signal.aborted) return;
      const outcome = await onShadow(parts, line, async (shadow) => {
        const interruption = new AbortController();
        const plan = { fault, at: index, statements, commitsBefore, interrupt: () => interruption.abort() };
        const faulty = withFault(parts.stage, shadow, plan);
        const error = await tried(partsOn(parts.run, faulty.database, migration, interruption.signal), request);
        await faulty.release();
        const left = await stateOf(await readState(shadow), before, after, beside);
        const again =
          error === null ? null : await tried(partsOn(parts.run, shadow, migration, parts.run.signal), request);
        const end = await readState(shadow);
        const found = await stateOf(end, before, after, beside);
        return {
          met: error !== null || fault !== 'lock time-out',
          rows,
          error: isSurefootError(error) ? error.code : error === null ? null : 'internal',
          left: left === 'third' ? ('between' as const) : left,
          end: found,
          findings: [
            ...(faulty.struck ? [] : ['the fault did not come to pass']),
            ...(found === 'third' ? await differencesBetween(after, end, beside) : []),
            ...(again === null ? [] : [`running it again failed: ${messageOf(again).split('\n')[0] ?? ''}`]),
          ],
        };
      });
      parts.onRehearsal({
        version: migration.version.text,
        name: migration.name,
        direction,
        statement: index < statements.length ? index + 1 : null,
        line: step.script.statements[index]?.start.line ?? null,
        fault,
        ...outcome,
      });
    }
  }
}

async function onShadow<T>(parts: LineParts, line: Line, work: (shadow: Database) => Promise<T>): Promise<T> {
  const shadow = await shadowAt(parts, line, line.entries.length);
  try {
    return await work(shadow);
  } finally {
    await parts.stage.drop(shadow);
  }
}

/** What a run ended with; null when it went through. */
async function tried(parts: RunParts, request: PlanRequest): Promise<unknown> {
  try {
    await execute(parts, request, { scope: 'each' });
    return null;
  } catch (error) {
    return error;
  }
}

async function stateOf(
  state: DatabaseState,
  before: DatabaseState,
  after: DatabaseState,
  beside: ReadonlySet<string>,
): Promise<'before' | 'after' | 'third'> {
  if ((await differencesBetween(after, state, beside)).length === 0) return 'after';
  return (await differencesBetween(before, state)).length === 0 ? 'before' : 'third';
}

/** As for a real run, without its policies, and without a trace in the project's own log. */
function partsOn(run: RunParts, database: Database, migration: Migration, signal: AbortSignal): RunParts {
  const there = forShadow(run);
  return {
    ...there,
    database,
    signal,
    set: {
      ...run.set,
      migrations: run.set.migrations.filter(({ version }) => version.order <= migration.version.order),
    },
    files: { ...run.files, append: () => undefined },
    settings: { ...there.settings, lockWaitMs: LOCK_WAIT_MS, locks: NO_RETRY },
  };
}
