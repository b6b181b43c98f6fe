import { isSurefootError, messageOf } from '../../model/errors.ts';
import type { Migration } from '../../model/migration.ts';
import type { Database } from '../../ports/database.ts';
import type { Shadow } from '../../ports/shadow.ts';
import type { PreparedStep } from '../plan/index.ts';
import type { RunParts } from '../run/index.ts';
import { addRows } from './add-rows.ts';
import { createLine, shadowAt, type Line, type LineParts } from './line.ts';
import { openRunner, runStep } from './runner.ts';
import { differencesBetween, readState, unsteady, type DatabaseState } from './state.ts';
import { stepsOf } from './steps.ts';

/** Two migrations that were run in both orders. `differences` is empty where the order does not matter. */
export interface CommuteResult {
  readonly pending: Migration;
  readonly applied: Migration;
  readonly differences: readonly string[];
}

export interface CommuteRequest {
  readonly run: RunParts;
  readonly shadow: Shadow;
  readonly major?: number | undefined;
  readonly applied: readonly Migration[];
  /** Those that are older than an applied one. */
  readonly pending: readonly Migration[];
}

interface CommuteParts extends LineParts {
  readonly line: Line;
  readonly steps: ReadonlyMap<Migration, PreparedStep>;
}

/** Tries whether migrations that come late give what they would have given in their order, with every applied one above them. */
export async function proveCommutes(
  request: CommuteRequest,
): Promise<{ readonly server: string; readonly pairs: readonly CommuteResult[] }> {
  const { run, applied, pending, major } = request;
  const first = pending[0]?.version.order ?? 0n;
  const steps = await readSteps(run, [...applied, ...pending]);
  return request.shadow.withStage({ major }, async (stage) => {
    const line = await createLine(stage);
    const parts: CommuteParts = { run, stage, standing: [], line, steps };
    for (const migration of applied)
      if (migration.version.order < first) line.entries.push({ kind: 'up', step: stepOf(parts, migration) });
    await addRows(parts, line);
    const above = applied.filter(({ version }) => version.order > first);
    const inOrder = [...above, ...pending].sort((a, b) => (a.version.order < b.version.order ? -1 : 1));
    const whole = await compare(parts, [], inOrder, [...above, ...pending]);
    const pairs: CommuteResult[] = [];
    for (const late of pending) {
      const rivals = above.filter(({ version }) => version.order > late.version.order);
      for (const [at, rival] of rivals.entries()) {
        const before = inOrder.filter(
          (each) =>
            each !== late &&
            each !== rival &&
            (above.indexOf(each) === -1 ? each.version.order < late.version.order : !rivals.slice(at).includes(each)),
        );
        const differences = whole.length === 0 ? [] : await compare(parts, before, [late, rival], [rival, late]);
        pairs.push({ pending: late, applied: rival, differences });
      }
    }
    return { server: stage.server, pairs: blamed(pairs, whole) };
  });
}

/** Where all of them together differ, yet no pair does, the last pair stands for them. */
function blamed(pairs: readonly CommuteResult[], whole: readonly string[]): readonly CommuteResult[] {
  if (whole.length === 0 || pairs.some(({ differences }) => differences.length > 0)) return pairs;
  return pairs.map((pair, at) => (at === pairs.length - 1 ? { ...pair, differences: whole } : pair));
}

async function readSteps(
  run: RunParts,
  migrations: readonly Migration[],
): Promise<ReadonlyMap<Migration, PreparedStep>> {
  const found = new Map<Migration, PreparedStep>();
  for (const migration of migrations) {
    const steps = await stepsOf(run, migration);
    if ('problem' in steps) throw steps.problem;
    found.set(migration, steps.up);
  }
  return found;
}

function stepOf({ steps }: CommuteParts, migration: Migration): PreparedStep {
  const step = steps.get(migration);
  if (step === undefined) throw new RangeError(`no step of ${migration.name}`);
  return step;
}

/** What differs after the one and the other order, both after `before`. */
async function compare(
  parts: CommuteParts,
  before: readonly Migration[],
  one: readonly Migration[],
  other: readonly Migration[],
): Promise<readonly string[]> {
  const a = await after(parts, [...before, ...one]);
  const b = await after(parts, [...before, ...other]);
  if (typeof a === 'string') return typeof b === 'string' && a === b ? [] : [`in the order of versions: ${a}`];
  if (typeof b === 'string') return [`in the other order: ${b}`];
  if ((await differencesBetween(a, b)).length === 0) return [];
  const again = await after(parts, [...before, ...one]);
  return typeof again === 'string' ? [again] : differencesBetween(a, b, await unsteady(a, again));
}

/** The state after some migrations on top of the line, or why they can not be run in that order. */
async function after(parts: CommuteParts, migrations: readonly Migration[]): Promise<DatabaseState | string> {
  const shadow = await shadowAt(parts, parts.line, parts.line.entries.length);
  try {
    const failure = await applyAll(parts, shadow, migrations);
    return failure ?? (await readState(shadow));
  } finally {
    await parts.stage.drop(shadow);
  }
}

async function applyAll(
  parts: CommuteParts,
  shadow: Database,
  migrations: readonly Migration[],
): Promise<string | null> {
  const runner = await openRunner(parts.run, shadow);
  try {
    for (const migration of migrations) await runStep(runner, stepOf(parts, migration), { standing: [], applied: [] });
    return null;
  } catch (error) {
    if (parts.run.signal.aborted || !isSurefootError(error)) throw error;
    return messageOf(error).split('\n')[0] ?? '';
  } finally {
    await runner.close();
  }
}
