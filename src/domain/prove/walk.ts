import { isSurefootError, messageOf } from '../../model/errors.ts';
import type { Migration } from '../../model/migration.ts';
import type { ProofDifference, ProofResult, WithoutRows } from '../../model/proof.ts';
import type { ObjectId } from '../../model/snapshot.ts';
import type { PreparedStep } from '../plan/index.ts';
import { attempt, failureOf, type Attempt, type AttemptParts, type MovedPosition } from './attempt.ts';
import { resultOf } from './compare.ts';
import { rootOf, shortly, withoutRowsOf } from './coverage.ts';
import type { Delta } from './delta.ts';
import { fillNew } from './fill-new.ts';
import { shadowAt, type Line, type LineParts } from './line.ts';
import { describeRows, readRows } from './rows.ts';
import { runStep } from './runner.ts';
import { openStand, type Stand } from './stand.ts';
import { stepsOf, type ProvableSteps } from './steps.ts';
import type { Applied, Load, UnfilledTable, WalkState } from './walk-state.ts';

/** What became of one migration. */
export interface VersionProof {
  readonly version: string;
  readonly name: string;
  readonly result: ProofResult;
  readonly differences: readonly ProofDifference[];
  /** What a person should know beside the result. */
  readonly notes: readonly string[];
  readonly withoutRows: WithoutRows | null;
  readonly positions: readonly MovedPosition[];
  readonly durationMs: number;
}

export interface WalkParts extends LineParts {
  readonly migrations: readonly Migration[];
  /** Whether to judge a migration, or only apply it. */
  readonly wanted: (migration: Migration) => boolean;
  readonly loads: readonly Load[];
  readonly onProof: (proof: VersionProof) => void;
}

export interface Walked {
  readonly stand: Stand;
  /** False where the stand was made anew on the way, so that times and the like are others than `applied` tells. */
  readonly steady: boolean;
  readonly applied: readonly Applied[];
  readonly unfilled: readonly UnfilledTable[];
}

/** Walks up all migrations, judging each from the true state before it. What goes astray is put right, and the walk goes on. */
export async function walkUp(parts: WalkParts, line: Line): Promise<Walked> {
  const state: WalkState = {
    stand: await openStand(parts.run, await shadowAt(parts, line, 0)),
    applied: [],
    orders: new Set(),
    unfilled: new Map(),
    toFill: new Set(),
    serial: { next: 0 },
    steady: true,
  };
  for (const migration of parts.migrations) {
    if (parts.run.signal.aborted) break;
    const start = parts.run.clock.monotonic();
    const steps = await stepsOf(parts.run, migration);
    const judge = parts.wanted(migration);
    const made = await proveOne(parts, line, state, migration, steps, judge);
    if (judge)
      parts.onProof({
        version: migration.version.text,
        name: migration.name,
        ...made,
        durationMs: parts.run.clock.monotonic() - start,
      });
    await loadAfter(parts, line, state, migration);
  }
  return {
    stand: state.stand,
    steady: state.steady,
    applied: state.applied,
    unfilled: [...state.unfilled].map(([table, reason]) => ({ table, reason })),
  };
}

type Verdict = Omit<VersionProof, 'version' | 'name' | 'durationMs'>;

const NOTHING_SEEN = { withoutRows: null, positions: [] } as const;

async function proveOne(
  parts: WalkParts,
  line: Line,
  state: WalkState,
  migration: Migration,
  steps: ProvableSteps,
  judge: boolean,
): Promise<Verdict> {
  if ('problem' in steps) {
    const detail = `${messageOf(steps.problem)}; later migrations are judged without it`;
    return failed({ object: migration.up.shown, kind: 'failed', phase: 'up', detail });
  }
  if (judge) await fillNew(line, state);
  if (!judge || steps.down === null) {
    const problem = await advance(parts, line, state, migration, steps);
    if (problem !== null) return failed(problem);
    return {
      ...NOTHING_SEEN,
      result: 'irreversible',
      differences: [],
      notes: steps.irreversible === null ? [] : [steps.irreversible],
    };
  }
  const notes: string[] = [];
  let without: string | null = null;
  let refused: string | null = null;
  const trial = { ...parts, up: steps.up, down: steps.down, applied: appliedOrders(parts, state) };
  let tried = await attempt(trial, state.stand);
  for (const kept of ['load', 'up'] as const) {
    if (tried.delta !== null || !line.entries.some(({ kind }) => kind !== 'up' && kind !== kept)) continue;
    const reason = shortly(tried.differences[0]?.detail ?? '');
    await withoutMadeUpRows(parts, line, state, kept === 'load');
    tried = await attempt(trial, state.stand);
    if (tried.delta === null) continue;
    refused = `with rows it fails: ${reason}`;
    if (line.entries.some(({ kind }) => kind === 'load'))
      notes.push(`proven without rows made up for it: with them it fails: ${reason}`);
    else without = refused;
  }
  const withoutRows = tried.delta === null ? null : withoutRowsOf(state.stand, tried.empty, without, refused);
  const rows = await lostRows(parts, line, state, trial, tried.tables);
  await putRight(parts, line, state, migration, steps, tried);
  const differences = [...rows, ...tried.differences];
  const { positions } = tried;
  return { result: resultOf(differences), differences, notes: [...notes, ...tried.notes], withoutRows, positions };
}

function failed(difference: ProofDifference): Verdict {
  return { ...NOTHING_SEEN, result: 'failed', differences: [difference], notes: [] };
}

/** Brings the true line, and the stand where it is not there already, to the state after a migration. */
async function putRight(
  parts: WalkParts,
  line: Line,
  state: WalkState,
  migration: Migration,
  steps: Extract<ProvableSteps, { up: PreparedStep }>,
  tried: Attempt,
): Promise<void> {
  if (tried.state === 'after' && tried.delta !== null) {
    remember(line, state, migration, steps, tried.delta);
    return;
  }
  if (tried.state === 'before') return;
  await replace(parts, line, state);
  if (tried.delta !== null) await advance(parts, line, state, migration, steps);
}

/** Applies a migration on the stand and adds it to the line; what fails is said. */
async function advance(
  parts: WalkParts,
  line: Line,
  state: WalkState,
  migration: Migration,
  steps: Extract<ProvableSteps, { up: PreparedStep }>,
): Promise<ProofDifference | null> {
  try {
    await runStep(state.stand.runner, steps.up, {
      standing: parts.standing,
      applied: appliedOrders(parts, state),
    });
  } catch (error) {
    if (parts.run.signal.aborted || !isSurefootError(error)) throw error;
    if (steps.up.plan.transaction === 'none') await replace(parts, line, state);
    else await state.stand.observe();
    const loads = line.entries.some(({ kind }) => kind === 'rows');
    if (loads || line.entries.some(({ kind }) => kind === 'load')) {
      await withoutMadeUpRows(parts, line, state, loads);
      return advance(parts, line, state, migration, steps);
    }
    return failureOf(steps.up, 'up', error);
  }
  remember(line, state, migration, steps, await state.stand.observe());
  return null;
}

function remember(
  line: Line,
  state: WalkState,
  migration: Migration,
  steps: Extract<ProvableSteps, { up: PreparedStep }>,
  delta: Delta,
): void {
  line.entries.push({ kind: 'up', step: steps.up });
  state.applied.push({ migration, down: steps.down, delta, filled: [] });
  state.orders.add(migration.version.order);
  for (const [id, { after }] of delta.objects) {
    if (after?.kind === 'table' || after?.kind === 'foreign-table') state.toFill.add(rootOf(state.stand, id));
    else if (after === null) {
      state.toFill.delete(id);
      state.unfilled.delete(id);
    }
  }
  for (const [id, { before, after }] of delta.data) if (before !== null && after?.rows === 0) state.toFill.add(id);
}

/** A new stand in the true state; the one that went astray is dropped. */
async function replace(parts: WalkParts, line: Line, state: WalkState): Promise<void> {
  await state.stand.close();
  await parts.stage.drop(state.stand.runner.shadow);
  state.stand = await openStand(parts.run, await shadowAt(parts, line, line.entries.length));
  state.steady = false;
}

/** The true state without made-up rows, or without any rows that migrations did not write themselves. */
async function withoutMadeUpRows(parts: WalkParts, line: Line, state: WalkState, keepLoads: boolean): Promise<void> {
  const kept = line.entries.filter(({ kind }) => kind === 'up' || (keepLoads && kind === 'load'));
  if (line.base !== null) await parts.stage.drop(line.base.shadow);
  line.base = null;
  line.entries.splice(0, line.entries.length, ...kept);
  await replace(parts, line, state);
  for (const { id, kind } of state.stand.tracker.objects.values())
    if ((kind === 'table' || kind === 'foreign-table') && (state.stand.digests.get(id)?.rows ?? 0) === 0)
      state.toFill.add(id);
}

/** The sample data of a version: none where that failed. Where one before it did, it may fail too, which then says nothing new. */
async function loadAfter(parts: WalkParts, line: Line, state: WalkState, { version }: Migration): Promise<void> {
  if (!state.orders.has(version.order)) return;
  const whole = parts.migrations.every(({ version: { order } }) => order > version.order || state.orders.has(order));
  for (const load of parts.loads) {
    if (load.at !== version.order) continue;
    try {
      await loadRows(parts, line, state, load);
    } catch (error) {
      if (whole || parts.run.signal.aborted || !isSurefootError(error)) throw error;
      await state.stand.observe();
    }
  }
}

/** The sample data wants the schema as its migrations leave it, without made-up rows. */
async function loadRows(parts: WalkParts, line: Line, state: WalkState, { load }: Load): Promise<void> {
  await withoutMadeUpRows(parts, line, state, true);
  await load(state.stand.runner);
  line.entries.push({ kind: 'load', load });
  await state.stand.observe();
  for (const [id, { rows }] of state.stand.digests) {
    if (rows === 0) continue;
    state.toFill.delete(id);
    state.unfilled.delete(id);
  }
}

/** The rows that a rollback lost: read before, and after up and down, on a shadow in the true state, which goes astray. */
async function lostRows(
  parts: WalkParts,
  line: Line,
  state: WalkState,
  trial: AttemptParts,
  tables: readonly ObjectId[],
): Promise<readonly ProofDifference[]> {
  if (tables.length === 0) return [];
  await replace(parts, line, state);
  const { stand } = state;
  const before = await readRows(stand, tables);
  await runStep(stand.runner, trial.up, trial);
  await stand.observe();
  await runStep(stand.runner, trial.down, trial);
  await stand.observe();
  const after = await readRows(stand, tables);
  return tables.flatMap((object): ProofDifference[] => {
    const was = before.get(object);
    const detail = was == null ? null : describeRows(was, after.get(object) ?? null);
    return detail === null ? [] : [{ object, kind: 'rows', phase: 'down', detail }];
  });
}

/** Orders whose standing checks hold now, and the last applied one. */
function appliedOrders(parts: LineParts, state: WalkState): readonly bigint[] {
  const standing = parts.standing.map(({ order }) => order).filter((order) => state.orders.has(order));
  const last = state.applied.at(-1)?.migration.version.order;
  return last === undefined ? standing : [...standing, last];
}
