import { formatBytes } from '../../../model/bytes.ts';
import { block, ok, onFact, warn, type PreflightCheck, type PreflightInput } from '../check.ts';

/** Rewriting a table writes table and indexes anew beside the old ones, and once more to the log. */
const REWRITE_FACTOR = 2;
/** An index is built from sorted runs on disk, then written, then logged; all of them smaller than the table. */
const INDEX_FACTOR = 2;
const COMFORT = 2;

export const DISK_SPACE: PreflightCheck = {
  name: 'disk-space',
  title: 'Free disk against the estimated need',
  examine: (input) =>
    onFact(input.facts.sizes, () => {
      const need = estimatedNeed(input);
      const what =
        need === 0 ? 'the plan writes no existing table anew' : `the plan may need up to ${formatBytes(need)}`;
      const { disk } = input.facts;
      if (disk.is !== 'known')
        return {
          outcome: 'unknown',
          figure: `${what}; free disk: ${disk.why}`,
          remedy: need === 0 ? null : 'Look at the free disk of the server yourself.',
        };
      const figure = `${what}; ${formatBytes(disk.value.freeBytes)} free at ${disk.value.place}`;
      if (disk.value.freeBytes < need) return block(figure, 'Make room, or migrate in smaller steps.');
      return disk.value.freeBytes < need * COMFORT ? warn(figure, 'Make room: the estimate is rough.') : ok(figure);
    }),
};

/** Bytes, as an upper bound. */
function estimatedNeed({ facts, needs }: PreflightInput): number {
  const sizes = facts.sizes.is === 'known' ? facts.sizes.value : [];
  return sizes.reduce(
    (sum, { table, tableBytes, indexBytes }) =>
      sum +
      (needs.rewrites.includes(table)
        ? (tableBytes + indexBytes) * REWRITE_FACTOR
        : needs.indexed.includes(table)
          ? tableBytes * INDEX_FACTOR
          : 0),
    0,
  );
}
