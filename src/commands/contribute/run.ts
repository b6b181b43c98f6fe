import { readEntries } from '../../domain/journal/index.ts';
import { checkNow, MIGRATE } from '../../domain/release/index.ts';
import { refuseHazards, withSession } from '../../domain/run/index.ts';
import { failures } from '../../domain/verification/index.ts';
import type { ChecklistItem, Contribution, ItemContext, ItemResult } from '../../model/contribution.ts';
import { journalBackup } from '../../model/backup.ts';
import { HAZARDS, type Plan } from '../../model/plan.ts';
import { log } from '../log.ts';
import { migrate } from '../migrate.ts';
import { loadSet, type CommandTarget } from '../parts/target.ts';
import { freshBackup } from './backup.ts';
import { counts } from './counts.ts';
import { rollBack } from './roll-back.ts';
import { connections, window } from './window.ts';

/** Plan, window, migration, log, and the way back by rollbacks. */
export async function runCapability(target: CommandTarget): Promise<Contribution> {
  const { twoPersons } = target.releases;
  const automatic = (
    item: Pick<ChecklistItem, 'id' | 'title' | 'stage' | 'run'>,
    stops: ChecklistItem['stops'] = ['failed', 'blocked'],
  ): ChecklistItem => ({ owner: null, stops, ...item });
  return Promise.resolve({
    items: [
      automatic({
        id: 'plan',
        title: 'The plan and its hazards',
        stage: 'plan',
        run: async (context) => planned(target, await context.plan()),
      }),
      ...(twoPersons
        ? [
            {
              id: 'approval',
              title: 'A second person has read the plan and approves it',
              stage: 'plan',
              owner: null,
              stops: ['failed', 'blocked', 'open', 'absent'],
              run: null,
            } as const,
          ]
        : []),
      automatic({
        id: 'window',
        title: 'The maintenance window is open',
        stage: 'window',
        run: async () => window(target),
      }),
      automatic({
        id: 'connections',
        title: 'Connections of others',
        stage: 'window',
        run: async (context) => connections(target, context),
      }),
      automatic(
        {
          id: MIGRATE,
          title: 'Migrate, verified before each commit',
          stage: 'migrate',
          run: async (context) => apply(target, context),
        },
        ['failed', 'blocked', 'open'],
      ),
      automatic({
        id: 'log',
        title: 'The migration log is complete and unchanged',
        stage: 'log',
        run: async (context) => logged(target, context),
      }),
    ],
    waysBack: [rollBack(target)],
  });
}

async function planned(target: CommandTarget, made: Plan): Promise<ItemResult> {
  refuseHazards(made, target.settings);
  const [first] = made.steps;
  const last = made.steps.at(-1);
  if (first === undefined || last === undefined)
    return Promise.resolve({ state: 'passed', detail: 'nothing is pending' });
  const hazards = made.steps.flatMap((step) => step.hazards).filter(({ hazard }) => hazard !== 'unproven');
  const counted = HAZARDS.map((name) => ({ name, count: hazards.filter(({ hazard }) => hazard === name).length }));
  const named = counted.filter(({ count }) => count > 0).map(({ name, count }) => `${String(count)} ${name}`);
  const range = made.steps.length === 1 ? first.version : `${first.version} to ${last.version}`;
  return Promise.resolve({
    state: 'passed',
    detail: `${counts(made.steps.length, 'migration')} (${range}); ${named.length === 0 ? 'no hazards' : `hazards: ${named.join(', ')}`}`,
    figures: [
      { name: 'migrations', value: made.steps.length, unit: null },
      { name: 'checks', value: made.steps.reduce((sum, step) => sum + step.checks, 0), unit: null },
      { name: 'hazards', value: hazards.length, unit: null },
    ],
    findings: hazards.map((each) => ({
      severity: 'warning',
      rule: each.hazard,
      message: `${each.message}${each.allowed === null ? '' : ` (allowed: ${each.allowed})`}`,
      file: each.file,
      line: each.line,
    })),
  });
}

async function apply(target: CommandTarget, context: ItemContext): Promise<ItemResult> {
  const broken = await stillBroken(target, context);
  if (broken !== null) return broken;
  const made = target.backupBefore ? await freshBackup(target, context) : null;
  const result = await migrate(target, {
    to: context.to ?? undefined,
    confirm: async () => Promise.resolve(true),
    backup: made === null ? undefined : journalBackup(made),
  });
  if (result.outcome === 'nothing to do') return { state: 'passed', detail: 'nothing was pending' };
  const checks = result.steps.reduce((sum, step) => sum + step.checks.length, 0);
  const bare = result.steps.filter((step) => step.verification === 'absent');
  return {
    state: 'passed',
    detail: `${counts(result.steps.length, 'migration')} applied, ${counts(checks, 'check')} passed${bare.length === 0 ? '' : `; without verification: ${bare.map((step) => step.version).join(', ')}`}`,
    figures: [
      { name: 'run', value: result.runId ?? '', unit: null },
      { name: 'duration', value: Math.round(result.durationMs), unit: 'ms' },
    ],
  };
}

/** A check that failed after its step had committed is asked again: going on does not make it right. */
async function stillBroken(target: CommandTarget, { runIds }: ItemContext): Promise<ItemResult | null> {
  if (runIds.length === 0) return null;
  const { database, files } = target;
  return withSession(target, false, async (session) => {
    for (const runId of runIds) {
      for (const { entry } of await readEntries(database, session, { runId })) {
        for (const check of failures(entry.checks).filter(({ when }) => when === 'committed')) {
          const now = await checkNow({ database, files, set: loadSet(target), session }, check.version, check.name);
          if (now.state !== 'passed' && now.state !== 'absent')
            return {
              ...now,
              detail: `${entry.name ?? ''} is committed, and its check still fails: ${check.name}: ${now.detail}`,
            };
        }
      }
    }
    return null;
  });
}

async function logged(target: CommandTarget, { runIds }: ItemContext): Promise<ItemResult> {
  const { chain } = await log(target, { check: true });
  if (chain === null) return { state: 'absent', detail: 'there is no journal yet' };
  if (!chain.intact)
    return { state: 'failed', detail: `the chain is broken at entry ${String(chain.seq)}: ${chain.reason}` };
  const last = runIds.at(-1);
  const form =
    last === undefined
      ? ''
      : `; the form: surefoot log ${target.database.name} --run ${last.slice(0, 8)} --format template`;
  return {
    state: 'passed',
    detail: `the chain of ${String(chain.entries)} entries holds${form}`,
    figures: [{ name: 'entries', value: chain.entries, unit: null }],
  };
}
