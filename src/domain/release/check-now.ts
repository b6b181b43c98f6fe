import type { ItemResult } from '../../model/contribution.ts';
import type { Check } from '../../model/directives.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { MigrationSet } from '../../model/migration.ts';
import type { Files } from '../../ports/files.ts';
import type { Session } from '../../ports/session.ts';
import type { Database } from '../../ports/database.ts';
import { errorOfFailure } from '../../model/sql-failure.ts';
import { maskCheck, readEntries, readHistory } from '../journal/index.ts';
import { loadVerify, parseVersion } from '../migrations/index.ts';
import { foldStates } from '../plan/index.ts';
import { runChecks, type Baselines, type BoundCheck } from '../verification/index.ts';

export interface CheckNowParts {
  readonly database: Database;
  readonly files: Files;
  readonly set: MigrationSet;
  readonly session: Session;
}

/**
 * What one named check says: asked now where it can be (`after`, `always`, `committed` and invariants while applied; `before` ahead of
 * the next step), else as it was noted when its step ran. `absent` where its time has not come.
 */
export async function checkNow(parts: CheckNowParts, version: string | null, name: string): Promise<ItemResult> {
  const { database, session, set, files } = parts;
  const history = await readHistory(database, session);
  const order = version === null ? null : (parseVersion(version)?.order ?? null);
  const states = foldStates(set, history);
  const applied = order === null || states.some((each) => each.order === order && each.applied?.state === 'applied');
  const source =
    order === null
      ? set.invariants
      : (set.migrations.find((migration) => migration.version.order === order)?.verify ?? null);
  const script = source === null ? null : loadVerify({ files, engine: database.capabilities.engine }, source).value;
  const named = (script?.checks ?? []).filter((each) => each.name === name);
  const inStep = named.find(({ when }) => when !== 'before' && when !== 'rolled-back');
  const check = applied
    ? (inStep ?? named[0])
    : (named.find(({ when }) => when === 'before') ?? named.find(({ when }) => when === 'rolled-back') ?? inStep);
  if (check === undefined) return { state: 'absent', detail: 'the verify script has no check of this name any more' };
  const standing =
    check.when !== 'before' &&
    check.when !== 'step' &&
    check.when !== 'rolled-back' &&
    check.expectation.kind !== 'within';
  const next = states.find((each) => each.state === 'pending')?.order;
  if (applied ? standing || order === null : check.when === 'before' && next === order)
    return resultOf(database, await ask(parts, { version, check, timed: false }));
  // Of a later step it may not hold yet; where it does, that is worth knowing.
  const early = !applied && check.when === 'before' ? await ask(parts, { version, check, timed: false }) : null;
  if (early?.outcome === 'passed') return resultOf(database, early);
  const noted = applied || check.when === 'rolled-back' ? await lastNoted(parts, version, check) : null;
  if (noted !== null) return resultOf(database, noted);
  return {
    state: 'absent',
    detail: applied
      ? 'it is made in its step only, and the journal has no run of that'
      : `not yet: it is made ${check.when === 'rolled-back' ? 'in the rollback' : 'in the step'} of ${version ?? ''}`,
  };
}

/**
 * Takes a timed check again on what is committed, against the same time from before its change. Null where it is a check
 * of its step only, or the verify script has it no more.
 */
export async function timeAgain(parts: CheckNowParts, noted: CheckResult): Promise<CheckResult | null> {
  const { database, files, set } = parts;
  const { version, name, when, timing } = noted;
  if (when === 'step') return null;
  const source =
    version === null
      ? set.invariants
      : (set.migrations.find((migration) => migration.version.text === version)?.verify ?? null);
  const script = source === null ? null : loadVerify({ files, engine: database.capabilities.engine }, source).value;
  const check = script?.checks.find((each) => each.name === name && each.when === when);
  if (check === undefined) return null;
  const before = timing?.beforeMs == null ? [] : [[name, { ms: timing.beforeMs, reference: null }] as const];
  return ask(parts, { version, check, timed: false }, new Map(before));
}

async function ask(
  { database, session }: CheckNowParts,
  bound: BoundCheck,
  baselines: Baselines = new Map(),
): Promise<CheckResult | null> {
  const { dialect } = database;
  const [opened] = await session.batch([
    { text: dialect.beginProbe },
    ...(dialect.immediateConstraints === null ? [] : [{ text: dialect.immediateConstraints }]),
  ]);
  if (opened?.status === 'failed') throw errorOfFailure(opened.failure, 'opening a transaction');
  const [result] = await runChecks(dialect, session, [bound], baselines);
  await session.batch([{ text: dialect.abort, tolerate: true }]);
  return result ?? null;
}

async function lastNoted(
  { database, session }: CheckNowParts,
  version: string | null,
  { name, when }: Check,
): Promise<CheckResult | null> {
  const entries = await readEntries(database, session, version === null ? {} : { version });
  const found = entries
    .toReversed()
    .flatMap(({ entry }) => entry.checks)
    .find((check) => check.name === name && check.when === when && check.version === version);
  return found ?? null;
}

/** The sentence goes into the journal, the finding only to the terminal. */
function resultOf({ capabilities }: Database, check: CheckResult | null): ItemResult {
  if (check === null) return { state: 'absent', detail: 'the check gave no answer' };
  const passed = check.outcome === 'passed';
  const { actual } = maskCheck(capabilities.engine, check);
  return {
    state: passed ? 'passed' : 'failed',
    detail: passed ? actual : `expected ${check.expected}, actual ${actual}`,
    findings: passed
      ? []
      : [
          {
            severity: check.severity,
            rule: check.name,
            message: `expected ${check.expected}, actual ${check.actual}`,
            file: check.file,
            line: check.line,
          },
        ],
  };
}
