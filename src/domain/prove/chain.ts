import { isSurefootError } from '../../model/errors.ts';
import type { ProofDifference } from '../../model/proof.ts';
import type { ObjectId } from '../../model/snapshot.ts';
import { failureOf } from './attempt.ts';
import { resultOf, schemaDifferences } from './compare.ts';
import { compose } from './delta.ts';
import { shadowAt, writeRows, type Line, type LineParts } from './line.ts';
import { runStep } from './runner.ts';
import { openStand, type Stand } from './stand.ts';
import type { Walked } from './walk.ts';
import type { Applied } from './walk-state.ts';

/** What the walk down found at one version. */
export interface ChainResult {
  readonly version: string;
  readonly differences: readonly ProofDifference[];
}

/**
 * Takes everything back from the last version on, as a rollback to nothing would, and compares after each step with
 * what was there before its up. It ends at an irreversible migration, at a step that fails and at one that does not
 * restore: below, the state would not be the one those rollbacks are made for. `first`: the lowest order to take back.
 */
export async function walkDown(
  parts: LineParts,
  line: Line,
  walked: Pick<Walked, 'stand' | 'applied' | 'steady'>,
  first: bigint,
): Promise<Chain> {
  const results = walked.steady
    ? await takeBack(parts, walked.stand, walked.applied, first)
    : await onFreshStand(parts, line, walked.applied, first);
  const failed = results.find(({ differences }) => differences.some(isFailure));
  const ups = line.entries.filter(({ kind }) => kind === 'up');
  if (walked.steady) await leave(parts, walked.stand);
  if (failed === undefined || ups.length === line.entries.length) return { results, notes: new Map() };
  // Rows that were written after an up may rightly be in the way of its rollback; without any it has no excuse.
  if (line.base !== null) await parts.stage.drop(line.base.shadow);
  line.base = null;
  const bare = await onFreshStand(parts, { ...line, entries: ups }, walked.applied, first);
  const fails = bare.some(({ version, differences }) => version === failed.version && differences.some(isFailure));
  if (fails) return { results: bare, notes: new Map() };
  const [reason = ''] = (failed.differences[0]?.detail ?? '').split('\n');
  return {
    results: bare,
    notes: new Map([[failed.version, `its rollback refuses rows that were written after it: ${reason}`]]),
  };
}

function isFailure({ kind }: ProofDifference): boolean {
  return kind === 'failed';
}

/** What the walk down found, and what a person should know of single versions. */
export interface Chain {
  readonly results: readonly ChainResult[];
  readonly notes: ReadonlyMap<string, string>;
}

async function onFreshStand(
  parts: LineParts,
  line: Line,
  applied: readonly Applied[],
  first: bigint,
): Promise<readonly ChainResult[]> {
  const stand = await openStand(parts.run, await shadowAt(parts, line, 0));
  const results = await takeBack(parts, stand, await comeUp(line, stand, applied), first);
  await leave(parts, stand);
  return results;
}

async function leave(parts: LineParts, stand: Stand): Promise<void> {
  await stand.close();
  await parts.stage.drop(stand.runner.shadow);
}

/** The line once more, seen from one stand from its beginning to its end. */
async function comeUp(line: Line, stand: Stand, known: readonly Applied[]): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  for (const entry of line.entries) {
    if (entry.kind === 'up') {
      const step = known.find(({ migration }) => migration === entry.step.target.migration);
      await runStep(stand.runner, entry.step, { standing: [], applied: [] });
      const delta = await stand.observe();
      if (step !== undefined) applied.push({ ...step, delta, filled: [] });
      continue;
    }
    if (entry.kind === 'load') await entry.load(stand.runner);
    else await writeRows(stand.runner, entry.statements);
    const filled = [...(await stand.observe()).data.keys()];
    const last = applied.pop();
    if (last !== undefined) applied.push({ ...last, filled: [...last.filled, ...filled] });
  }
  return applied;
}

async function takeBack(
  parts: LineParts,
  stand: Stand,
  applied: readonly Applied[],
  first: bigint,
): Promise<readonly ChainResult[]> {
  const results: ChainResult[] = [];
  const refilled = new Set<ObjectId>();
  const rest = [...applied];
  const held = new Set(rest.map(({ migration }) => migration.version.order));
  for (let step = rest.pop(); step !== undefined; step = rest.pop()) {
    const { down, delta, filled, migration } = step;
    if (down === null || migration.version.order < first || parts.run.signal.aborted) break;
    const version = migration.version.text;
    for (const id of filled) refilled.add(id);
    held.delete(migration.version.order);
    const standing = parts.standing.filter(({ order }) => held.has(order));
    const below = rest.at(-1)?.migration.version.order;
    const holding = [...standing.map(({ order }) => order), ...(below === undefined ? [] : [below])];
    try {
      await runStep(stand.runner, down, {
        standing: parts.standing,
        applied: [...holding, migration.version.order],
      });
    } catch (error) {
      if (parts.run.signal.aborted || !isSurefootError(error)) throw error;
      results.push({ version, differences: [failureOf(down, 'chain', error)] });
      break;
    }
    const back = await stand.observe();
    const left = compose(delta, back);
    // Rows written after the up may rightly go into other tables on the way back.
    const mixed = [...delta.data.keys(), ...back.data.keys()].some((id) => refilled.has(id));
    if (mixed) for (const id of left.data.keys()) refilled.add(id);
    const rows = [...left.data].flatMap(([object, { before }]): ProofDifference[] =>
      before === null || before.rows === 0 || mixed
        ? []
        : [{ object, kind: 'rows', phase: 'chain', detail: 'its rows are not those it had before the migration' }],
    );
    const differences = [
      ...rows,
      ...(await schemaDifferences(parts.run.database.capabilities.engine, left.objects, 'chain')),
    ];
    results.push({ version, differences });
    if (resultOf(differences) !== 'proven' && resultOf(differences) !== 'equivalent') break;
  }
  return results;
}
