import { readEntries } from '../../domain/journal/index.ts';
import { withSession } from '../../domain/run/index.ts';
import { failures } from '../../domain/verification/index.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { ContributedFinding, Contribution, ItemContext, ItemResult } from '../../model/contribution.ts';
import type { CommandTarget } from '../target.ts';
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

/** What the timed checks of this release's steps measured. A failed one of severity error stopped its step already. */
async function timings(target: CommandTarget, { exists, runIds }: ItemContext): Promise<ItemResult> {
  if (!exists) return ABSENT;
  if (runIds.length === 0) return { state: 'absent', detail: 'nothing was applied in this release' };
  const { database } = target;
  const entries = await withSession(target, false, async (session) =>
    Promise.all(runIds.map(async (runId) => readEntries(database, session, { runId }))),
  );
  const timed = entries
    .flat()
    .flatMap(({ entry }) => entry.checks)
    .filter((check) => check.timing !== undefined && check.when !== 'before');
  if (timed.length === 0)
    return { state: 'absent', detail: 'no check of these migrations is timed: -- @expect within 10% of before' };
  const slow = timed.filter((check) => check.outcome === 'failed');
  const worst = Math.max(...timed.map((check) => changeOf(check) ?? Number.NEGATIVE_INFINITY));
  const most = Number.isFinite(worst) ? `, at most ${worst < 0 ? '' : '+'}${worst.toFixed(0)} % against before` : '';
  return {
    state: failures(timed).length === 0 ? 'passed' : 'failed',
    detail: `${counts(timed.length, 'timed check')}${most}${slow.length === 0 ? '' : `; ${counts(slow.length, 'check')} slower than allowed`}`,
    figures: timed.flatMap((check) =>
      check.timing === undefined ? [] : [{ name: check.name, value: shown(check.timing), unit: null }],
    ),
    findings: findingsOf(slow),
  };
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
