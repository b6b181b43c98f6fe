import { readEntries } from '../../domain/journal/index.ts';
import { timeAgain } from '../../domain/release/index.ts';
import { withSession } from '../../domain/run/index.ts';
import { failures } from '../../domain/verification/index.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { ContributedFinding, Contribution, ItemContext, ItemResult } from '../../model/contribution.ts';
import type { Session } from '../../ports/session.ts';
import { loadSet, type CommandTarget } from '../parts/target.ts';
import { verify, type VerifyResult } from '../verify.ts';
import { counts } from './counts.ts';

/** The checks of everything applied, the invariants, and what the timed checks say of before and after. */
export async function verificationCapability(target: CommandTarget): Promise<Contribution> {
  // One run of the checks answers both items, unless one of them is tried again.
  const asked: { result: VerifyResult | null } = { result: null };
  const take = async (): Promise<VerifyResult> => {
    const result = asked.result ?? (await verify(target, {}));
    asked.result = null;
    return result;
  };
  const automatic = { owner: null, stops: ['failed', 'blocked'] } as const;
  return Promise.resolve({
    items: [
      {
        ...automatic,
        id: 'checks',
        title: 'The checks of everything applied',
        stage: 'checks',
        run: async ({ exists }) => {
          if (!exists) return ABSENT;
          asked.result = await verify(target, {});
          return checksOf(target, asked.result);
        },
      },
      {
        ...automatic,
        id: 'invariants',
        title: 'The invariants',
        stage: 'invariants',
        run: async ({ exists }) => (exists ? invariantsOf(await take()) : ABSENT),
      },
      {
        ...automatic,
        id: 'timings',
        title: 'Query timings against before',
        stage: 'timings',
        run: async (context) => timings(target, context),
      },
    ],
  });
}

const ABSENT: ItemResult = { state: 'absent', detail: 'the database does not exist yet' };

function checksOf(target: CommandTarget, result: VerifyResult): ItemResult {
  const checks = result.checks.filter((check) => check.version !== null);
  const bare = result.absent.length === 0 ? '' : `; without verification: ${result.absent.join(', ')}`;
  if (checks.length === 0)
    return {
      state: 'absent',
      detail: `nothing that is applied has a check${bare === '' ? '' : `: surefoot verify ${target.database.name}`}`,
    };
  return judged(checks, bare);
}

function invariantsOf(result: VerifyResult): ItemResult {
  const checks = result.checks.filter((check) => check.version === null);
  return checks.length === 0 ? { state: 'absent', detail: 'there is no verify/…/invariants.sql' } : judged(checks, '');
}

function judged(checks: readonly CheckResult[], more: string): ItemResult {
  const failed = failures(checks).length;
  const warnings = failures(checks, 'warning').length;
  const passed = checks.length - failed - warnings;
  return {
    state: failed === 0 ? 'passed' : 'failed',
    detail: `${String(passed)} of ${counts(checks.length, 'check')} passed${warnings === 0 ? '' : `, ${counts(warnings, 'warning')}`}${more}`,
    findings: findingsOf(checks),
  };
}

function findingsOf(checks: readonly CheckResult[]): readonly ContributedFinding[] {
  return checks
    .filter((check) => check.outcome === 'failed')
    .map((check) => ({
      severity: check.severity,
      rule: check.name,
      message: `expected ${check.expected}, actual ${check.actual}`,
      file: check.file,
      line: check.line,
    }));
}

/**
 * The timed checks of this release's steps, taken again on what is committed: in its step a query sees tables without
 * statistics and an index that nobody else uses. The times from before are those the steps noted.
 */
async function timings(target: CommandTarget, { exists, runIds }: ItemContext): Promise<ItemResult> {
  if (!exists) return ABSENT;
  if (runIds.length === 0) return { state: 'absent', detail: 'nothing was applied in this release' };
  const { database, files } = target;
  const set = loadSet(target);
  const timed = await withSession(target, false, async (session) => {
    const taken: { readonly check: CheckResult; readonly again: boolean }[] = [];
    for (const noted of await timedChecks(target, session, runIds)) {
      const again = await timeAgain({ database, files, set, session }, noted);
      taken.push({ check: again ?? noted, again: again !== null });
    }
    return taken;
  });
  if (timed.length === 0)
    return { state: 'absent', detail: 'no check of these migrations is timed: -- @expect within 10% of before' };
  const checks = timed.map(({ check }) => check);
  const slow = checks.filter((check) => check.outcome === 'failed');
  const inStep = timed.filter(({ again }) => !again).length;
  const worst = Math.max(...checks.map((check) => changeOf(check) ?? Number.NEGATIVE_INFINITY));
  const parts = [
    `${counts(checks.length, 'timed check')} taken after the commit`,
    ...(inStep === 0 ? [] : [`${String(inStep)} of them in its step only`]),
    ...(Number.isFinite(worst) ? [`at most ${showChange(worst)}`] : []),
  ];
  return {
    state: failures(checks).length === 0 ? 'passed' : 'failed',
    detail: `${parts.join(', ')}${slow.length === 0 ? '' : `; ${counts(slow.length, 'check')} slower than allowed`}`,
    figures: checks.flatMap((check) =>
      check.timing === undefined ? [] : [{ name: check.name, value: shown(check.timing), unit: null }],
    ),
    findings: findingsOf(slow),
    checks: timed.flatMap(({ check, again }) => (again ? [check] : [])),
  };
}

/** As the steps noted them; of one that was applied more than once, the last time. */
async function timedChecks(
  { database }: CommandTarget,
  session: Session,
  runIds: readonly string[],
): Promise<readonly CheckResult[]> {
  const noted = new Map<string, CheckResult>();
  for (const runId of runIds)
    for (const { entry } of await readEntries(database, session, { runId }))
      for (const check of entry.checks)
        if (check.timing !== undefined && check.when !== 'before' && check.when !== 'rolled-back')
          noted.set(JSON.stringify([check.version, check.name, check.when]), check);
  return [...noted.values()];
}

/** In percent; of what takes a multiple of the time, how often. */
function showChange(percent: number): string {
  if (percent >= 1000) return `${(percent / 100 + 1).toFixed(0)} times as long as before`;
  return `${percent < 0 ? '' : '+'}${percent.toFixed(0)} % against before`;
}

function shown({ ms, beforeMs }: NonNullable<CheckResult['timing']>): string {
  return beforeMs === null ? `${ms.toFixed(2)} ms` : `${beforeMs.toFixed(2)} ms before, ${ms.toFixed(2)} ms after`;
}

/** In percent; null where there is no time from before. */
function changeOf({ timing }: CheckResult): number | null {
  return timing?.beforeMs == null || timing.beforeMs === 0
    ? null
    : ((timing.ms - timing.beforeMs) / timing.beforeMs) * 100;
}
