import type { Engine } from '../../model/engine.ts';
import { isSurefootError, messageOf } from '../../model/errors.ts';
import type { ObjectId } from '../../model/snapshot.ts';
import type { ProofDifference, ProofPhase } from '../../model/proof.ts';
import type { RowLoss } from '../../ports/conservation.ts';
import type { PreparedStep } from '../plan/index.ts';
import type { RunParts } from '../run/index.ts';
import type { BoundScript } from '../verification/index.ts';
import { isLayout, schemaDifferences } from './compare.ts';
import { compose, isEmpty, type Delta } from './delta.ts';
import { runStep } from './runner.ts';
import type { Stand } from './stand.ts';

export interface AttemptParts {
  readonly run: RunParts;
  readonly standing: readonly BoundScript[];
  readonly up: PreparedStep;
  readonly down: PreparedStep;
  /** Orders of the versions applied before this one whose checks hold on, and of the one right before it. */
  readonly applied: readonly bigint[];
}

/** A sequence, or an AUTOINCREMENT table, by the position it had before the migration and has after its rollback. */
export interface MovedPosition {
  readonly object: ObjectId;
  readonly before: string;
  readonly after: string;
}

/** What up, down and up again on one shadow gave. */
export interface Attempt {
  /** `after`: as after one up from the true state. `before`: as before it. `astray`: neither. */
  readonly state: 'after' | 'before' | 'astray';
  /** Of the schema, and of steps that failed; the first phase that has any is the last that was run. */
  readonly differences: readonly ProofDifference[];
  /** Tables that were there before and whose contents the rollback did not bring back. */
  readonly tables: readonly ObjectId[];
  /** Of the first up; null when it failed. */
  readonly delta: Delta | null;
  /** Tables that were there before, that it or its rollback writes to, and that have no row. */
  readonly empty: readonly ObjectId[];
  /** Counters that the rollback leaves elsewhere; never a difference. */
  readonly positions: readonly MovedPosition[];
  readonly notes: readonly string[];
}

/** Applies, takes back and applies again. What differs first ends it, unless it is nothing but layout. */
export async function attempt(parts: AttemptParts, stand: Stand): Promise<Attempt> {
  const { up, down } = parts;
  const first = await tryStep(parts, stand, up, 'up');
  if (first.failure !== null)
    return {
      state: up.plan.transaction === 'each' ? 'before' : 'astray',
      differences: [first.failure],
      tables: [],
      delta: null,
      empty: [],
      positions: [],
      notes: [],
    };
  const back = await tryStep(parts, stand, down, 'down');
  const seen = {
    delta: first.delta,
    empty: emptyTables(parts, first.delta, back.delta),
    positions: movedPositions(first.delta, back.delta),
  };
  if (back.failure !== null)
    return {
      ...seen,
      state: down.plan.transaction === 'each' ? 'after' : 'astray',
      differences: [back.failure],
      tables: [],
      notes: [],
    };
  const left = compose(first.delta, back.delta);
  const differences = await schemaDifferences(engineOf(parts), left.objects, 'down');
  const tables = lostTables(left);
  const layoutOnly = differences.every(isLayout) && tables.length === 0;
  if (!layoutOnly) return { ...seen, state: 'astray', differences, tables, notes: [] };
  const again = await tryStep(parts, stand, up, 'up-again');
  if (again.failure !== null)
    return { ...seen, state: 'astray', differences: [...differences, again.failure], tables: [], notes: [] };
  const other = compose(back.delta, again.delta);
  if (isEmpty(other))
    return {
      ...seen,
      state: differences.length === 0 ? 'after' : 'astray',
      differences,
      tables: [],
      notes: [],
    };
  const judged = await judgeAgain(parts, stand, other);
  return {
    ...seen,
    state: differences.length === 0 && judged.steady ? 'after' : 'astray',
    differences: [...differences, ...judged.differences],
    tables: [],
    notes: judged.notes,
  };
}

/**
 * Applying again gave something else. Once more tells whose fault it is: what is another thing each time is the
 * migration's own (a clock, a random value, a counter); what is not was left by the rollback.
 */
async function judgeAgain(
  parts: AttemptParts,
  stand: Stand,
  other: Delta,
): Promise<{
  readonly differences: readonly ProofDifference[];
  readonly notes: readonly string[];
  readonly steady: boolean;
}> {
  const down = await tryStep(parts, stand, parts.down, 'down');
  if (down.failure !== null) return { differences: [down.failure], notes: [], steady: false };
  const up = await tryStep(parts, stand, parts.up, 'up-again');
  if (up.failure !== null) return { differences: [up.failure], notes: [], steady: false };
  const third = compose(down.delta, up.delta);
  const differences = (await schemaDifferences(engineOf(parts), other.objects, 'up-again')).map(
    (difference): ProofDifference =>
      third.objects.has(difference.object)
        ? {
            ...difference,
            kind: 'not-reproducible',
            detail: `applying it gives another definition each time, so it holds a clock or a random value; the rollback is not to blame\n${difference.detail}`,
          }
        : difference,
  );
  const unsteady: string[] = [];
  const rows: ProofDifference[] = [];
  for (const id of other.data.keys()) {
    if (other.objects.has(id)) continue;
    if (third.data.has(id)) unsteady.push(id.slice(id.indexOf(' ') + 1));
    else
      rows.push({
        object: id,
        kind: 'changed',
        phase: 'up-again',
        detail: 'applying it again, after the rollback, gives other rows than the first time',
      });
  }
  const notes =
    unsteady.length === 0
      ? []
      : [`it writes other values each time (a clock, a random value or a counter): ${unsteady.sort().join(', ')}`];
  return { differences: [...differences, ...rows], notes, steady: true };
}

interface Tried {
  readonly delta: Delta;
  readonly failure: ProofDifference | null;
}

async function tryStep(parts: AttemptParts, stand: Stand, step: PreparedStep, phase: ProofPhase): Promise<Tried> {
  const { order } = step.target.version;
  const applied = phase === 'down' ? [...parts.applied, order] : parts.applied;
  try {
    await runStep(stand.runner, step, { standing: parts.standing, applied });
  } catch (error) {
    if (parts.run.signal.aborted) throw error;
    if (isSurefootError(error) && error.code === 'internal') throw error;
    return { delta: await stand.observe(), failure: failureOf(step, phase, error) };
  }
  return { delta: await stand.observe(), failure: null };
}

export function failureOf(step: PreparedStep, phase: ProofPhase, error: unknown): ProofDifference {
  // Refused because it takes rows along: that is what is wrong with it, not that it was refused.
  const losses =
    isSurefootError(error) && error.code === 'rows-lost' ? (error.context['losses'] as readonly RowLoss[]) : [];
  const [loss] = losses;
  if (loss !== undefined) return { object: `table ${loss.table}`, kind: 'rows', phase, detail: messageOf(error) };
  return { object: step.plan.file, kind: 'failed', phase, detail: messageOf(error) };
}

/**
 * Of what was written to, the tables that were there before and had no row. Outside a transaction nobody can say what
 * was written to, so there only tables that changed count.
 */
function emptyTables({ up, down }: AttemptParts, first: Delta, back: Delta): readonly ObjectId[] {
  const found = new Set<ObjectId>();
  for (const [delta, step] of [
    [first, up],
    [back, down],
  ] as const)
    for (const [id, { before, after }] of delta.data) {
      const known = step.plan.transaction === 'each' || delta.objects.has(id) || after?.rows !== before?.rows;
      if (known && before?.rows === 0) found.add(id);
    }
  for (const [id, { before }] of first.objects) if (before === null) found.delete(id);
  return [...found].sort();
}

function movedPositions(first: Delta, back: Delta): readonly MovedPosition[] {
  return [...compose(first, back).positions].flatMap(([object, { before, after }]) =>
    before === null || after === null ? [] : [{ object, before, after }],
  );
}

/** Contents that were there before and are others now; of a table that was empty nothing can be lost. */
function lostTables(left: Delta): readonly ObjectId[] {
  return [...left.data].flatMap(([id, { before, after }]) =>
    before === null || (before.rows === 0 && (after === null || after.rows === 0)) ? [] : [id],
  );
}

function engineOf({ run }: AttemptParts): Engine {
  return run.database.capabilities.engine;
}
