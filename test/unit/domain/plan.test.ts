import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldStates, selectTargets, stateHash, type PlanRequest } from '../../../src/domain/plan/index.ts';
import { parseVersion } from '../../../src/domain/migrations/index.ts';
import { isSurefootError } from '../../../src/model/errors.ts';
import type { AppliedMigration, History } from '../../../src/model/history.ts';
import type { Migration, MigrationSet, Version } from '../../../src/model/migration.ts';

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (parsed === null) throw new Error(`${text} is no version`);
  return parsed;
};

const file = (text: string, change: Partial<Migration> = {}): Migration => {
  const ref = (kind: string) => ({
    path: `/p/${kind}/${text}_x.sql`,
    shown: `${kind}/${text}_x.sql`,
    kind: 'sql' as const,
  });
  return {
    version: version(text),
    name: `${text}_x`,
    slug: 'x',
    up: ref('migrations'),
    rollback: ref('rollbacks'),
    verify: null,
    checksum: `sum of ${text}`,
    ...change,
  };
};

const applied = (text: string, change: Partial<AppliedMigration> = {}): AppliedMigration => ({
  version: version(text),
  name: `${text}_x`,
  kind: 'migration',
  state: 'applied',
  direction: 'up',
  checksum: `sum of ${text}`,
  statementsDone: null,
  statementsTotal: null,
  statementBegun: null,
  statementsHash: null,
  appliedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  operator: 'ana',
  runId: 'r',
  toolVersion: '0',
  irreversible: null,
  needsFile: false,
  scriptsHash: null,
  ...change,
});

const set = (...migrations: Migration[]): MigrationSet => ({ migrations, invariants: null });
const history = (...rows: AppliedMigration[]): History => ({ layout: 1, applied: rows, head: null });
const select = (files: MigrationSet, past: History, request: PlanRequest): string =>
  selectTargets('db', files, past, request)
    .map((target) => `${target.direction} ${target.version.text}`)
    .join(', ');
const refusal = (files: MigrationSet, past: History, request: PlanRequest): string => {
  try {
    return `not refused: ${select(files, past, request)}`;
  } catch (error) {
    return isSurefootError(error) ? error.code : String(error);
  }
};

const three = set(file('001'), file('002'), file('003'));
const up: PlanRequest = { direction: 'up' };
const down: PlanRequest = { direction: 'down' };

describe('which versions are taken', () => {
  it.each<[string, MigrationSet, History, PlanRequest, string]>([
    ['everything on an empty database', three, history(), up, 'up 001, up 002, up 003'],
    ['what is pending', three, history(applied('001')), up, 'up 002, up 003'],
    ['up to a version', three, history(), { direction: 'up', to: version('2') }, 'up 001, up 002'],
    ['so many steps', three, history(), { direction: 'up', step: 1 }, 'up 001'],
    ['nothing when all is applied', three, history(applied('001'), applied('002'), applied('003')), up, ''],
    [
      'out of order when allowed',
      three,
      history(applied('001'), applied('003')),
      { direction: 'up', allowOutOfOrder: true },
      'up 002',
    ],
    [
      'what is below the target only',
      three,
      history(applied('003')),
      { direction: 'up', to: version('001'), allowOutOfOrder: true },
      'up 001',
    ],
    ['a stopped step first', three, history(applied('001'), applied('002', { state: 'failed' })), up, 'up 002, up 003'],
    [
      'a baseline whatever its checksum',
      three,
      history(applied('001', { kind: 'baseline', checksum: 'other' })),
      up,
      'up 002, up 003',
    ],
    ['one step down', three, history(applied('001'), applied('002')), down, 'down 002'],
    [
      'down to a version',
      three,
      history(applied('001'), applied('002'), applied('003')),
      { direction: 'down', to: version('1') },
      'down 003, down 002',
    ],
    [
      'down to nothing',
      three,
      history(applied('001'), applied('002')),
      { direction: 'down', to: null },
      'down 002, down 001',
    ],
    [
      'a version without its files, from the history',
      set(file('001')),
      history(applied('001'), applied('002')),
      down,
      'down 002',
    ],
    [
      'a stopped rollback first',
      three,
      history(applied('001', { state: 'failed', direction: 'down' }), applied('002')),
      down,
      'down 001',
    ],
    ['nothing on an empty database', three, history(), down, ''],
  ])('%s', (_, files, past, request, expected) => {
    expect(select(files, past, request)).toBe(expected);
  });

  it.each<[string, MigrationSet, History, PlanRequest, string]>([
    ['an edited file', set(file('001', { checksum: 'edited' }), file('002')), history(applied('001')), up, 'modified'],
    ['a missing file', set(file('002')), history(applied('001')), up, 'missing'],
    ['a version out of order', three, history(applied('002')), up, 'out-of-order'],
    [
      'a stopped step whose file is missing',
      set(file('002')),
      history(applied('001', { state: 'failed' })),
      up,
      'failed-step',
    ],
    [
      'going up while a rollback is stopped midway',
      three,
      history(applied('001', { state: 'failed', direction: 'down' })),
      up,
      'failed-step',
    ],
    [
      'a rollback of an edited file',
      set(file('001', { checksum: 'edited' })),
      history(applied('001')),
      down,
      'modified',
    ],
    [
      'a rollback of something irreversible',
      three,
      history(applied('001', { irreversible: 'a tape' })),
      down,
      'irreversible',
    ],
    [
      'a rollback below something irreversible',
      three,
      history(applied('001'), applied('002', { irreversible: 'a tape' })),
      { direction: 'down', to: null },
      'irreversible',
    ],
    [
      'a rollback that needs its file',
      set(),
      history(applied('001', { needsFile: true })),
      down,
      'rollback-needs-file',
    ],
    [
      'a rollback to a version that is not applied',
      three,
      history(applied('001')),
      { direction: 'down', to: version('2') },
      'unknown-version',
    ],
  ])('refuses %s', (_, files, past, request, code) => {
    expect(refusal(files, past, request)).toBe(code);
  });

  it('is the way to all versions and back again, whatever was applied before', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
        fc.nat(20),
        (numbers, cut) => {
          const sorted = [...numbers].sort((a, b) => a - b).map(String);
          const files = set(...sorted.map((text) => file(text)));
          const past = history(...sorted.slice(0, cut).map((text) => applied(text)));
          expect(selectTargets('db', files, past, up).map((target) => target.version.text)).toEqual(sorted.slice(cut));
          expect(
            selectTargets('db', files, past, { direction: 'down', to: null }).map((target) => target.version.text),
          ).toEqual(sorted.slice(0, cut).reverse());
        },
      ),
    );
  });
});

describe('the fold of files and history', () => {
  it('tells every state', () => {
    const files = set(file('001'), file('002', { checksum: 'edited' }), file('003'), file('005'), file('006'));
    const past = history(applied('001'), applied('002'), applied('004'), applied('005', { state: 'failed' }));
    expect(foldStates(files, past).map((each) => `${each.order.toString()} ${each.state}`)).toEqual([
      '1 applied',
      '2 modified',
      '3 out of order',
      '4 missing',
      '5 failed',
      '6 pending',
    ]);
  });

  it('is hashed, so that a plan knows the history it was made from', () => {
    expect(stateHash(history(applied('001')))).toBe(stateHash(history(applied('001', { durationMs: 99 }))));
    expect(stateHash(history(applied('001')))).not.toBe(stateHash(history(applied('001', { checksum: 'x' }))));
    expect(stateHash(history(applied('001')))).not.toBe(stateHash(history()));
  });
});
