import type { RunSummary } from '../../domain/journal/index.ts';
import { SurefootError } from '../../model/errors.ts';

/** The run an id, the beginning of one, or `last` names. A signature over the journal is not what anybody means by `last`. */
export function runOf(database: string, runs: readonly RunSummary[], wanted: string): RunSummary {
  const found =
    wanted === 'last'
      ? runs.filter((run) => !isSignature(run)).slice(-1)
      : runs.filter((run) => run.runId.startsWith(wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new SurefootError({
    code: 'run-not-found',
    message:
      only === undefined
        ? `the journal of ${database} has no run ${wanted}`
        : `${String(found.length)} runs of ${database} begin with ${wanted}`,
    hint: `List the runs with surefoot log ${database}.`,
  });
}

function isSignature({ entries }: RunSummary): boolean {
  return entries.every(({ event }) => event === 'signed');
}
