import { isSurefootError } from '../../model/errors.ts';
import type { ProofDifference } from '../../model/proof.ts';
import type { ObjectId } from '../../model/snapshot.ts';
import { failureOf } from './attempt.ts';
import { resultOf, schemaDifferences } from './compare.ts';
import { compose } from './delta.ts';
import type { LineParts } from './line.ts';
import { runStep } from './runner.ts';
import type { Walked } from './walk.ts';

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
export async function walkDown(parts: LineParts, walked: Walked, first: bigint): Promise<readonly ChainResult[]> {
  const results: ChainResult[] = [];
  const refilled = new Set<ObjectId>();
  const rest = [...walked.applied];
  for (let step = rest.pop(); step !== undefined; step = rest.pop()) {
    const { down, delta, filled, migration } = step;
    if (down === null || migration.version.order < first || parts.run.signal.aborted) break;
    const version = migration.version.text;
    for (const id of filled) refilled.add(id);
    const standing = parts.standing.filter(({ order }) => rest.some((each) => each.migration.version.order === order));
    const below = rest.at(-1)?.migration.version.order;
    const applied = [...standing.map(({ order }) => order), ...(below === undefined ? [] : [below])];
    try {
      await runStep(parts.run, walked.stand.runner, down, {
        standing: parts.standing,
        applied: [...applied, migration.version.order],
      });
    } catch (error) {
      if (parts.run.signal.aborted || !isSurefootError(error)) throw error;
      results.push({ version, differences: [failureOf(down, 'chain', error)] });
      break;
    }
    const left = compose(delta, await walked.stand.observe());
    const rows = [...left.data].flatMap(([object, { before }]): ProofDifference[] =>
      before === null || before.rows === 0 || refilled.has(object)
        ? []
        : [{ object, kind: 'rows', phase: 'chain', detail: 'its rows are not those it had before the migration' }],
    );
    const differences = [...rows, ...(await schemaDifferences(left.objects, 'chain'))];
    results.push({ version, differences });
    if (resultOf(differences) !== 'proven' && resultOf(differences) !== 'equivalent') break;
  }
  return results;
}
