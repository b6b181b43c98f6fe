import type { RunSummary } from './runs.ts';

/** Which runs to show. All that is given must hold. */
export interface RunFilter {
  /** Some entry of the run is about this version. */
  readonly version?: string | undefined;
  readonly outcome?: RunSummary['outcome'] | undefined;
  readonly operator?: string | undefined;
  /** Begun at this moment or later, ISO 8601 UTC. */
  readonly since?: string | undefined;
  /** Begun before this moment, ISO 8601 UTC. */
  readonly until?: string | undefined;
  /** At most this many of them, the newest. */
  readonly limit?: number | undefined;
}

export function chooseRuns(runs: readonly RunSummary[], filter: RunFilter): readonly RunSummary[] {
  const { version, outcome, operator, since, until, limit } = filter;
  const chosen = runs.filter(
    (run) =>
      (version === undefined || run.entries.some((entry) => isVersion(entry.version, version))) &&
      (outcome === undefined || run.outcome === outcome) &&
      (operator === undefined || run.entries.some((entry) => entry.operator === operator)) &&
      (since === undefined || run.startedAt >= since) &&
      (until === undefined || run.startedAt < until),
  );
  return limit === undefined ? chosen : chosen.slice(-limit);
}

/** Versions are compared as numbers: `1` is `001`. */
function isVersion(written: string | null, wanted: string): boolean {
  if (written === null) return false;
  const bare = (text: string): string => text.replaceAll('_', '').replace(/^0+(?=\d)/u, '');
  return bare(written) === bare(wanted);
}
