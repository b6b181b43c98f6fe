import { hashSnapshot } from '../../domain/schema/index.ts';
import { withSession, type StepResult } from '../../domain/run/index.ts';
import type { CheckResult } from '../../model/check-result.ts';
import type { CiResult, ContributedFinding, Contribution } from '../../model/contribution.ts';
import type { Database } from '../../ports/database.ts';
import { migrate } from '../migrate.ts';
import { planFromNothing } from '../plan.ts';
import { rollback } from '../rollback.ts';
import { loadSet, onShadow, type CommandTarget } from '../parts/target.ts';
import { verify } from '../verify.ts';
import { counts } from './counts.ts';

/** The plan of all migrations, and all of them up, verified, down and compared on a throw-away database. */
export async function rehearsalCapability(target: CommandTarget): Promise<Contribution> {
  return Promise.resolve({
    checks: [
      { id: 'plan', title: 'Every file is read and planned', group: 'files', run: async () => planAll(target) },
      {
        id: 'rehearsal',
        title: 'Migrate, verify, roll back and compare on a throw-away database',
        group: 'rehearsal',
        run: async () => target.shadow.withShadow(async (database) => rehearse(target, database)),
      },
    ],
  });
}

/** All migrations as for a database that does not exist yet: CI need have no other. */
async function planAll(target: CommandTarget): Promise<CiResult> {
  const { steps } = await planFromNothing(target);
  if (steps.length === 0) return { outcome: 'absent', detail: 'there are no migrations' };
  const hazards = steps.flatMap((step) => step.hazards).filter(({ hazard }) => hazard !== 'unproven');
  const open = hazards.filter(({ allowed }) => allowed === null);
  const findings = open.map(({ hazard, message, file, line }): ContributedFinding => {
    const refused = target.settings.refuseHazards.includes(hazard) && !target.settings.allowHazards.includes(hazard);
    return { severity: refused ? 'error' : 'warning', rule: hazard, message, file, line };
  });
  const refused = findings.filter(({ severity }) => severity === 'error').length;
  const allowed = hazards.length - open.length;
  return {
    outcome: refused === 0 ? 'passed' : 'failed',
    detail: `${counts(steps.length, 'migration')}, ${counts(hazards.length, 'hazard')}${allowed === 0 ? '' : `, ${String(allowed)} allowed in the files`}${refused === 0 ? '' : `, ${String(refused)} refused by the environment`}`,
    findings,
  };
}

async function rehearse(target: CommandTarget, database: Database): Promise<CiResult> {
  const there = onShadow(target, database);
  const set = loadSet(there);
  if (set.migrations.length === 0) return { outcome: 'absent', detail: 'there are no migrations' };
  const before = await schemaHash(there, true);
  const up = await migrate(there, {});
  const verified = await verify(there, {});
  const lasting = up.plan.steps.findLast((step) => step.hazards.some(({ hazard }) => hazard === 'irreversible'));
  const down =
    lasting === up.plan.steps.at(-1) && lasting !== undefined
      ? null
      : await rollback(there, { to: lasting?.version ?? '0', confirm: async () => Promise.resolve(true) });
  const after = lasting === undefined ? await schemaHash(there, false) : before;
  const findings = [
    ...verified.checks.filter(({ outcome }) => outcome === 'failed').map(ofCheck),
    ...(after === before ? [] : [LEFT_OVER]),
  ];
  const checks = [...up.steps, ...(down?.steps ?? [])].flatMap((step) => step.checks).length + verified.checks.length;
  const failed = findings.some(({ severity }) => severity === 'error');
  return {
    outcome: failed ? 'failed' : 'passed',
    detail: `${counts(up.steps.length, 'migration')} up, ${String(down?.steps.length ?? 0)} down, ${counts(checks, 'check')}${lasting === undefined ? '' : `; ${lasting.name} is irreversible, so nothing below it was rolled back`}${after === before ? '' : '; the way down leaves something behind'}`,
    findings,
    cases: [...caseOfSteps(up.steps, 'up'), ...caseOfSteps(down?.steps ?? [], 'down')],
  };
}

const LEFT_OVER: ContributedFinding = {
  severity: 'error',
  rule: 'left-over',
  message: 'after all rollbacks the schema is not empty as it was; surefoot prove names the migration and the object',
  file: null,
  line: null,
};

async function schemaHash(target: CommandTarget, create: boolean): Promise<string> {
  return withSession(target, create, async (session) =>
    hashSnapshot(
      await target.database.introspector.snapshot(session, {
        ignoreSchemas: target.schemaScope.schemas,
        signal: target.signal,
      }),
    ),
  );
}

function ofCheck({ name, severity, file, line, expected, actual }: CheckResult): ContributedFinding {
  return { severity, rule: 'check-failed', message: `${name}: expected ${expected}, got ${actual}`, file, line };
}

function caseOfSteps(steps: readonly StepResult[], direction: 'up' | 'down'): NonNullable<CiResult['cases']> {
  return steps.map((step) => ({
    name: `${step.name} ${direction}`,
    outcome: 'passed',
    detail: counts(step.checks.length, 'check'),
    durationMs: step.durationMs,
    file: null,
    line: null,
  }));
}
