import { describe, expect, it } from 'vitest';
import { measure, renderMetrics, type Measured } from '../../../src/domain/metrics/index.ts';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';
import { journalEntry as entryOf, runsOf } from '../../support/journal-entry.ts';
import { readExposition } from '../../support/prometheus.ts';

const HOSTILE = 'a "b" \\ {c="d"}\n# EOF\n\ud800 é 漢 \\n';

const measured = (list: readonly JournalEntry[], change: Partial<Measured> = {}): Measured => ({
  database: 'crm',
  engine: 'postgres',
  up: true,
  states: ['applied', 'pending', 'out of order'],
  runs: runsOf(list),
  drift: null,
  ...change,
});

const run = (
  runId: string,
  durationMs: number,
  outcome: 'succeeded' | 'failed',
  command = 'migrate',
): JournalEntry[] => [
  entryOf({ runId, command }),
  entryOf({ runId, command, event: 'step', version: '1', name: '1_a', outcome, durationMs }),
  entryOf({
    runId,
    command,
    event: 'run-finished',
    outcome,
    durationMs,
    at: '2026-11-21T10:00:01.500Z',
    error: outcome === 'failed' ? { code: 'sql-failed', sqlState: null, message: '', file: null, line: null } : null,
  }),
];

const NOW = new Date('2026-11-21T11:00:00.000Z');

describe('metrics', () => {
  const journal = [...run('a', 40, 'succeeded'), ...run('b', 1500, 'succeeded'), ...run('c', 9, 'failed', HOSTILE)];
  const families = measure('0.1.0', [measured(journal), measured([], { database: HOSTILE, engine: 'sqlite' })], NOW);

  it.each(['openmetrics', 'prometheus'] as const)('are %s that a strict parser reads back', (format) => {
    const read = readExposition(renderMetrics(families, format), format);
    const shown = families.filter(({ samples }) => samples.length > 0);
    expect(read.map(({ name }) => name).toSorted()).toEqual(
      shown.map(({ name, type }) => (format === 'prometheus' && type === 'info' ? `${name}_info` : name)).toSorted(),
    );
    for (const { name, type, unit, help } of shown) {
      const found = read.find((each) => each.name === name || each.name === `${name}_info`);
      expect(found?.help).toBe(help);
      if (format === 'openmetrics') expect([name, found?.type, found?.unit]).toEqual([name, type, unit ?? '']);
      expect(name).toMatch(/^surefoot_/u);
    }
    const value = (name: string, labels: Record<string, string>): number | undefined =>
      read
        .flatMap(({ samples }) => samples)
        .find((each) => each.name === name && Object.entries(labels).every(([key, text]) => each.labels[key] === text))
        ?.value;
    const bare = HOSTILE.replace('\ud800', '\ufffd');
    expect(value('surefoot_up', { database: bare, engine: 'sqlite' })).toBe(1);
    expect(value('surefoot_runs_total', { database: 'crm', command: bare, outcome: 'failed' })).toBe(1);
    expect(value('surefoot_runs_total', { database: 'crm', command: 'migrate', outcome: 'succeeded' })).toBe(2);
    expect(value('surefoot_runs_total', { database: 'crm', command: 'rollback', outcome: 'failed' })).toBe(0);
    expect(value('surefoot_failures_total', { code: 'sql-failed' })).toBe(1);
    expect(value('surefoot_pending_migrations', { database: 'crm' })).toBe(2);
    const bucket = (le: string) =>
      value('surefoot_run_duration_seconds_bucket', {
        command: 'migrate',
        le: format === 'openmetrics' && /^\d+$/u.test(le) ? `${le}.0` : le,
      });
    expect([bucket('0.05'), bucket('1'), bucket('5'), bucket('+Inf')]).toEqual([1, 1, 2, 2]);
    expect(value('surefoot_run_duration_seconds_sum', { command: 'migrate' })).toBe(1.54);
    expect(value('surefoot_last_success_timestamp_seconds', { command: 'migrate' })).toBe(
      Date.parse('2026-11-21T10:00:01.500Z') / 1000,
    );
  });

  it('say nothing of what nobody knows', () => {
    const names = (one: Partial<Measured>, list: readonly JournalEntry[] = []): readonly string[] =>
      measure('0.1.0', [measured(list, one)], NOW).flatMap(({ name, samples }) => (samples.length > 0 ? [name] : []));
    expect(names({})).not.toContain('surefoot_drift_differences');
    expect(names({})).not.toContain('surefoot_backup_age_seconds');
    expect(names({})).not.toContain('surefoot_last_success_timestamp_seconds');
    expect(names({ drift: 0 })).toContain('surefoot_drift_differences');
    expect(names({ up: false, states: null })).toEqual(['surefoot_build', 'surefoot_up']);
    const backup = { ...entryOf({ outcome: 'succeeded' }), event: 'backed-up' as const };
    const aged = measure('0.1.0', [measured([backup])], NOW).find(({ name }) => name === 'surefoot_backup_age_seconds');
    expect(aged?.samples).toEqual([{ suffix: '', labels: { database: 'crm' }, value: 3600 }]);
  });
});
