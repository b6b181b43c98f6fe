import type { CheckResult } from '../../model/check-result.ts';
import type { Engine } from '../../model/engine.ts';
import type { MigrationState } from '../../model/plan.ts';
import type { RunSummary } from '../journal/index.ts';
import type { Family, Sample } from './family.ts';
import { histogram } from './histogram.ts';

/** What is known of one database. Null: not known, which is never a zero. */
export interface Measured {
  readonly database: string;
  readonly engine: Engine;
  /** It could be read. */
  readonly up: boolean;
  readonly states: readonly MigrationState[] | null;
  readonly runs: readonly RunSummary[];
  /** Differences between the database and what its history implies, when somebody compared. */
  readonly drift: number | null;
}

const STATES: readonly MigrationState[] = ['applied', 'pending', 'missing', 'modified', 'out of order', 'failed'];
const ENDED = ['succeeded', 'failed', 'interrupted'] as const;
/** Told from the first scrape on, so that their first failure is a rise from zero. */
const ALWAYS = ['migrate', 'rollback'] as const;

/** Families of all databases together. `now` and all times of the journal are UTC. */
export function measure(toolVersion: string, all: readonly Measured[], now: Date): readonly Family[] {
  const each = (samples: (one: Measured) => readonly Sample[]): readonly Sample[] => all.flatMap(samples);
  return [
    family('surefoot_build', 'info', 'The surefoot that measured.', [
      { suffix: '_info', labels: { version: toolVersion }, value: 1 },
    ]),
    family(
      'surefoot_up',
      'gauge',
      'Whether the database could be read (1) or not (0).',
      each(({ database, engine, up }) => [gauge({ database, engine }, Number(up))]),
    ),
    family(
      'surefoot_migrations',
      'gauge',
      'Migrations by state.',
      each(({ database, states }) =>
        STATES.flatMap((state) => (states === null ? [] : [gauge({ database, state }, countOf(states, state))])),
      ),
    ),
    family(
      'surefoot_pending_migrations',
      'gauge',
      'Migrations that have a file and are not applied.',
      each(({ database, states }) =>
        states === null ? [] : [gauge({ database }, countOf(states, 'pending') + countOf(states, 'out of order'))],
      ),
    ),
    family(
      'surefoot_drift_differences',
      'gauge',
      'Differences between the database and what its history implies, when last compared.',
      each(({ database, drift }) => (drift === null ? [] : [gauge({ database }, drift)])),
    ),
    family('surefoot_runs', 'counter', 'Runs that ended, by command and outcome.', each(runSamples)),
    family('surefoot_failures', 'counter', 'Runs that failed, by command and error code.', each(failureSamples)),
    family(
      'surefoot_running_runs',
      'gauge',
      'Runs that began and have no end in the journal.',
      each(({ database, runs, up }) =>
        up ? [gauge({ database }, runs.filter(({ outcome }) => outcome === 'running').length)] : [],
      ),
    ),
    family('surefoot_run_duration_seconds', 'histogram', 'How long runs took.', each(runDurations), 'seconds'),
    family('surefoot_step_duration_seconds', 'histogram', 'How long steps took.', each(stepDurations), 'seconds'),
    family(
      'surefoot_last_success_timestamp_seconds',
      'gauge',
      'When a run of the command last ended well.',
      each(lastSuccesses),
      'seconds',
    ),
    family('surefoot_checks', 'counter', 'Checks made, by outcome.', each(checkSamples)),
    family(
      'surefoot_last_checks',
      'gauge',
      'Checks of the last run that made any, by outcome and severity.',
      each(lastChecks),
    ),
    ...backups(all, now),
  ];
}

function family(
  name: string,
  type: Family['type'],
  help: string,
  samples: readonly Sample[],
  unit: Family['unit'] = null,
): Family {
  return { name, type, unit, help, samples };
}

function gauge(labels: Sample['labels'], value: number): Sample {
  return { suffix: '', labels, value };
}

function countOf(states: readonly MigrationState[], wanted: MigrationState): number {
  return states.filter((state) => state === wanted).length;
}

function commandsOf({ runs }: Measured): readonly string[] {
  return [...new Set([...ALWAYS, ...runs.map(({ command }) => command)])];
}

function runSamples(one: Measured): readonly Sample[] {
  if (!one.up) return [];
  return commandsOf(one).flatMap((command) =>
    ENDED.map((outcome): Sample => ({
      suffix: '_total',
      labels: { database: one.database, command, outcome },
      value: one.runs.filter((run) => run.command === command && run.outcome === outcome).length,
    })),
  );
}

function failureSamples({ database, runs }: Measured): readonly Sample[] {
  const counts = new Map<string, { readonly labels: Sample['labels']; count: number }>();
  for (const { command, outcome, error } of runs) {
    if (outcome !== 'failed') continue;
    const code = error?.code ?? 'unknown';
    const known = counts.get(`${command} ${code}`) ?? { labels: { database, command, code }, count: 0 };
    known.count += 1;
    counts.set(`${command} ${code}`, known);
  }
  return [...counts.values()].map(({ labels, count }) => ({ suffix: '_total', labels, value: count }));
}

function runDurations({ database, runs }: Measured): readonly Sample[] {
  return grouped(
    runs.flatMap(({ command, durationMs }) => (durationMs === null ? [] : [[command, durationMs] as const])),
  ).flatMap(([command, durations]) => histogram({ database, command }, durations));
}

function stepDurations({ database, runs }: Measured): readonly Sample[] {
  const steps = runs
    .flatMap(({ entries }) => entries)
    .flatMap(({ event, outcome, direction, durationMs }) =>
      event === 'step' && outcome === 'succeeded' && direction !== null && durationMs !== null
        ? [[direction, durationMs] as const]
        : [],
    );
  return grouped(steps).flatMap(([direction, durations]) => histogram({ database, direction }, durations));
}

function grouped(pairs: readonly (readonly [string, number])[]): readonly (readonly [string, readonly number[]])[] {
  return [...new Set(pairs.map(([key]) => key))].map((key) => [
    key,
    pairs.filter(([other]) => other === key).map(([, value]) => value),
  ]);
}

function lastSuccesses(one: Measured): readonly Sample[] {
  return commandsOf(one).flatMap((command) => {
    const last = one.runs.findLast((run) => run.command === command && run.outcome === 'succeeded');
    const at = last?.finishedAt ?? null;
    return at === null ? [] : [gauge({ database: one.database, command }, Date.parse(at) / 1000)];
  });
}

function checkSamples({ database, runs, up }: Measured): readonly Sample[] {
  if (!up) return [];
  const checks = runs.flatMap(({ entries }) => entries).flatMap((entry) => entry.checks);
  return (['passed', 'failed'] as const).map((outcome) => ({
    suffix: '_total',
    labels: { database, outcome },
    value: checks.filter((check) => check.outcome === outcome).length,
  }));
}

function lastChecks({ database, runs }: Measured): readonly Sample[] {
  const last = runs.findLast(({ entries }) => entries.some(({ checks }) => checks.length > 0));
  if (last === undefined) return [];
  const checks = last.entries.flatMap((entry) => entry.checks);
  const count = (outcome: CheckResult['outcome'], severity: CheckResult['severity']): number =>
    checks.filter((check) => check.outcome === outcome && check.severity === severity).length;
  return (['passed', 'failed'] as const).flatMap((outcome) =>
    (['error', 'warning'] as const).map((severity) => gauge({ database, outcome, severity }, count(outcome, severity))),
  );
}

function backups(all: readonly Measured[], now: Date): readonly Family[] {
  const times = all.flatMap(({ database, runs }) => {
    const made = runs
      .flatMap(({ entries }) => entries)
      .findLast(({ event, outcome }) => event === 'backed-up' && outcome === 'succeeded');
    return made === undefined ? [] : [{ database, at: Date.parse(made.at) / 1000 }];
  });
  const age = (at: number): number => Math.max(0, Math.round((now.getTime() / 1000 - at) * 1000) / 1000);
  return [
    family(
      'surefoot_last_backup_timestamp_seconds',
      'gauge',
      'When the last backup was made.',
      times.map(({ database, at }) => gauge({ database }, at)),
      'seconds',
    ),
    family(
      'surefoot_backup_age_seconds',
      'gauge',
      'How old the last backup was when this was written.',
      times.map(({ database, at }) => gauge({ database }, age(at))),
      'seconds',
    ),
  ];
}
