import { describe, expect, it } from 'vitest';
import type { PreflightFinding, PreflightInput } from '../../../src/domain/preflight/check.ts';
import { CHECKS } from '../../../src/domain/preflight/checks/index.ts';
import { known, none, unknown, type SessionFact, type TargetFacts } from '../../../src/model/target-facts.ts';

const FACTS: TargetFacts = {
  server: {
    product: 'PostgreSQL 18.4',
    version: [18, 4],
    role: 'ana',
    readOnly: false,
    connections: { used: 3, most: 97 },
    journalMode: null,
  },
  missing: known([]),
  extensions: known([]),
  disk: known({ freeBytes: 1_000_000, place: '/data' }),
  sizes: known([]),
  sessions: known([]),
  exclusive: none('shared'),
  prepared: known([]),
  replicas: known([]),
  slots: known([]),
  wraparound: known({ workers: [], age: 10, limit: 200_000_000 }),
  invalidIndexes: known([]),
};

function examine(name: string, change: Partial<PreflightInput>, facts: Partial<TargetFacts> = {}): PreflightFinding {
  const check = CHECKS.find((each) => each.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  return check.examine({
    database: 'main',
    facts: { ...FACTS, ...facts },
    needs: { needs: [], extensions: [], rewrites: [], indexed: [] },
    policy: { connections: 'report', refuseDrift: false, backupBefore: false, backupMaxAgeMs: null },
    now: new Date('2026-01-10T00:00:00Z'),
    clockSkewMs: known(0),
    clockErrorMs: 4,
    backup: null,
    planProblem: null,
    drift: known({ differences: [], applied: 1 }),
    applied: 1,
    baseline: null,
    pending: 1,
    beforeChecks: [],
    ...change,
  });
}

const session = (change: Partial<SessionFact>): SessionFact => ({
  pid: 7,
  user: 'shop',
  application: 'web',
  client: '10.0.0.1',
  state: 'active',
  transactionMs: 1,
  query: 'SELECT 1',
  ...change,
});

/** States that a test can't bring a real server into: disks, clocks, hours. */
describe('preflight checks', () => {
  it('say ok where nothing is wrong, each with a figure and no remedy', () => {
    for (const { name } of CHECKS.filter((check) => check.name !== 'backup')) {
      const finding = examine(name, {});
      expect(['ok', 'not applicable'], name).toContain(finding.outcome);
      expect(finding.figure, name).not.toBe('');
      expect(finding.remedy, name).toBeNull();
    }
  });

  it('hold free disk against tables that are written anew and indexes that are built', () => {
    const needs = { needs: [], extensions: [], rewrites: ['a'], indexed: ['a', 'b'] };
    const sizes = (tableBytes: number) =>
      known([
        { table: 'a', tableBytes, indexBytes: 10_000 },
        { table: 'b', tableBytes: 20_000, indexBytes: 0 },
      ]);
    expect(examine('disk-space', { needs }, { sizes: sizes(50_000) })).toMatchObject({
      outcome: 'ok',
      figure: 'the plan may need up to 160.0 kB; 1.0 MB free at /data',
    });
    expect(examine('disk-space', { needs }, { sizes: sizes(300_000) }).outcome).toBe('warn');
    expect(examine('disk-space', { needs }, { sizes: sizes(900_000) }).outcome).toBe('block');
    expect(examine('disk-space', { needs }, { sizes: sizes(900_000), disk: unknown('another machine') })).toMatchObject(
      {
        outcome: 'unknown',
        figure: expect.stringContaining('free disk: another machine'),
      },
    );
  });

  it('tell a clock that is wrong from an answer that took long', () => {
    expect(examine('clock', { clockSkewMs: known(-9_000), clockErrorMs: 4 })).toMatchObject({
      outcome: 'warn',
      figure: 'the server is 9s behind',
    });
    expect(examine('clock', { clockSkewMs: known(4_000), clockErrorMs: 9_000 }).outcome).toBe('ok');
    expect(examine('clock', { clockSkewMs: none('the same') }).outcome).toBe('not applicable');
  });

  it('let a transaction of minutes block, and one of seconds warn', () => {
    const of = (change: Partial<SessionFact>): PreflightFinding =>
      examine('long-transactions', {}, { sessions: known([session(change)]) });
    expect(of({ transactionMs: 9_000 }).outcome).toBe('ok');
    expect(of({ transactionMs: 11_000 }).outcome).toBe('warn');
    expect(of({ transactionMs: 10, state: 'idle in transaction (aborted)' }).outcome).toBe('warn');
    expect(of({ transactionMs: 301_000 })).toMatchObject({
      outcome: 'block',
      remedy: expect.stringContaining('pg_terminate_backend(7)'),
    });
  });

  it('grade the lag of replicas and what slots keep', () => {
    const replica = { name: 'r', state: 'streaming', lagBytes: 0, lagMs: 0 };
    const slot = { name: 's', active: true, retainedBytes: 0, state: 'reserved' };
    const of = (r: Partial<typeof replica>, s: Partial<typeof slot>): string =>
      examine('replication', {}, { replicas: known([{ ...replica, ...r }]), slots: known([{ ...slot, ...s }]) })
        .outcome;
    expect(of({}, {})).toBe('ok');
    expect(of({ lagBytes: 2e8 }, {})).toBe('warn');
    expect(of({ lagMs: 60_000 }, {})).toBe('warn');
    expect(of({ lagBytes: 3e9 }, {})).toBe('block');
    expect(of({}, { active: false })).toBe('warn');
    expect(of({}, { active: false, retainedBytes: 3e9 })).toBe('block');
    expect(of({}, { state: 'unreserved' })).toBe('block');
    expect(examine('replication', {}, { replicas: unknown('hidden') }).outcome).toBe('unknown');
  });

  it('let an autovacuum that does not give way block only a plan that wants its table', () => {
    const facts = { wraparound: known({ workers: ['VACUUM public.goods (to prevent wraparound)'], age: 1, limit: 2 }) };
    expect(examine('wraparound', {}, facts).outcome).toBe('warn');
    const needs = { needs: [], extensions: [], rewrites: ['goods'], indexed: [] };
    expect(examine('wraparound', { needs }, facts).outcome).toBe('block');
  });

  it('know which versions of SQLite have the WAL-reset bug', () => {
    const of = (version: readonly number[], journalMode: string): string =>
      examine('library-version', {}, { server: { ...FACTS.server, product: 'SQLite', version, journalMode } }).outcome;
    expect(
      [
        [3, 40, 1],
        [3, 51, 2],
        [3, 52, 0],
      ].map((version) => of(version, 'wal')),
    ).toEqual(['warn', 'warn', 'warn']);
    expect(
      [
        [3, 51, 3],
        [3, 53, 0],
        [3, 53, 2],
        [3, 60, 0],
        [4, 0, 0],
      ].map((version) => of(version, 'wal')),
    ).toEqual(Array.from({ length: 5 }, () => 'ok'));
    expect(of([3, 40, 1], 'delete')).toBe('ok');
  });

  it('say that a server is crowded, old, or takes no writes', () => {
    const of = (change: Partial<TargetFacts['server']>): string =>
      examine('server', {}, { server: { ...FACTS.server, ...change } }).outcome;
    expect(of({ connections: { used: 95, most: 97 } })).toBe('warn');
    expect(of({ version: [12, 0] })).toBe('warn');
    expect(of({ readOnly: true })).toBe('block');
  });
});
