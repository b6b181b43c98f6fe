import type { Sample } from './family.ts';

/** Upper bounds in seconds: from a step that only touches the catalog to a rewrite of an hour. */
const BOUNDS = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600] as const;

/** The cumulative buckets of durations given in milliseconds. */
export function histogram(labels: Readonly<Record<string, string>>, durationsMs: readonly number[]): readonly Sample[] {
  const seconds = durationsMs.map((ms) => ms / 1000);
  const bucket = (le: string, count: number): Sample => ({
    suffix: '_bucket',
    labels: { ...labels, le },
    value: count,
  });
  return [
    ...BOUNDS.map((bound) => bucket(String(bound), seconds.filter((each) => each <= bound).length)),
    bucket('+Inf', seconds.length),
    { suffix: '_sum', labels, value: Math.round(seconds.reduce((sum, each) => sum + each, 0) * 1e6) / 1e6 },
    { suffix: '_count', labels, value: seconds.length },
  ];
}
