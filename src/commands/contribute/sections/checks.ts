import { loadVerify } from '../../../domain/migrations/index.ts';
import type { CheckResult } from '../../../model/check-result.ts';
import type { Contribution, MigrationPart, ReportBlock, ReportSection, Tone } from '../../../model/contribution.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import type { Migration } from '../../../model/migration.ts';
import { loadSet, type CommandTarget } from '../../parts/target.ts';
import { counts } from '../counts.ts';
import { journalOf, type Told } from './journal-of.ts';

/** What the checks last said, and how long the timed ones took before and after. */
export async function checksSections(target: CommandTarget): Promise<Contribution> {
  const failed: ReportSection = {
    id: 'failed-checks',
    title: 'Failed checks',
    value: async () => {
      const told = await journalOf(target);
      const { migrations } = loadSet(target);
      const latest = latestChecks(told);
      const wrong = latest.filter(({ outcome }) => outcome === 'failed');
      const errors = wrong.filter(({ severity }) => severity === 'error').length;
      const bare = migrations.filter(({ verify }) => verify === null);
      return {
        headlines: [
          {
            label: 'Failed checks',
            text:
              latest.length === 0
                ? 'absent: no check has run'
                : wrong.length === 0
                  ? `none of ${counts(latest.length, 'check')}`
                  : `${String(wrong.length)} of ${counts(latest.length, 'check')}${errors === wrong.length ? '' : `, ${counts(wrong.length - errors, 'warning')} among them`}`,
            tone: errors > 0 ? 'bad' : wrong.length > 0 ? 'warning' : latest.length === 0 ? 'neutral' : 'good',
          },
          ...(bare.length === 0
            ? []
            : [
                {
                  label: 'Without checks',
                  text: `${counts(bare.length, 'migration')}: ${firstOf(bare)}`,
                  tone: 'warning',
                } as const,
              ]),
        ],
        blocks: wrong.length === 0 ? [] : [{ kind: 'checks', checks: wrong }],
        migrations: migrations.map((migration) => partOf(target, migration, latest)),
      };
    },
  };
  const invariants: ReportSection = {
    id: 'invariants',
    title: 'Invariants',
    value: async () => {
      const checks = latestChecks(await journalOf(target)).filter(({ version }) => version === null);
      return { headlines: [], blocks: checks.length === 0 ? [] : [{ kind: 'checks', checks }] };
    },
  };
  const timings: ReportSection = {
    id: 'timings',
    title: 'Query timings before and after',
    value: async () => {
      const block = timingsOf(latestChecks(await journalOf(target)));
      return { headlines: [], blocks: block === null ? [] : [block] };
    },
  };
  return Promise.resolve({ sections: [failed, invariants, timings] });
}

/** The last result of each check of what is applied; of what is not, those of its last rollback. */
function latestChecks({ entries, history }: Told): readonly CheckResult[] {
  const applied = new Set(history.applied.map(({ version }) => version.order));
  const isApplied = (version: string): boolean => applied.has(BigInt(version.replaceAll('_', '')));
  const latest = new Map<string, CheckResult>();
  for (const entry of entries) {
    if (entry.event === 'step' && entry.outcome === 'succeeded' && entry.version !== null)
      forget(latest, entry.version);
    for (const check of entry.checks) latest.set(keyOf(check), check);
  }
  return [...latest.values()].filter(
    ({ version, when }) =>
      version === null || when === 'rolled-back' || isApplied(version) || isFailed(entries, version),
  );
}

/** A step that went through has said anew what its checks say. */
function forget(latest: Map<string, CheckResult>, version: string): void {
  for (const [key, check] of latest) if (check.version === version && check.when !== 'rolled-back') latest.delete(key);
}

function isFailed(entries: readonly JournalEntry[], version: string): boolean {
  return entries.findLast((entry) => entry.event === 'step' && entry.version === version)?.outcome === 'failed';
}

function keyOf({ version, name, when }: CheckResult): string {
  return JSON.stringify([version, name, when]);
}

function partOf(target: CommandTarget, migration: Migration, latest: readonly CheckResult[]): MigrationPart {
  const version = migration.version.text;
  const checks = latest.filter((check) => check.version === version);
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const timings = timingsOf(checks);
  if (checks.length > 0)
    return {
      version,
      title: 'Checks',
      badges: [
        failed.length === 0
          ? {
              text: `${counts(checks.length, 'check')} passed${checks.every(({ when }) => when === 'rolled-back') ? ' at its rollback' : ''}`,
              tone: 'good',
            }
          : { text: `${String(failed.length)} of ${counts(checks.length, 'check')} failed`, tone: 'bad' },
      ],
      blocks: [{ kind: 'checks', checks }, ...(timings === null ? [] : [timings])],
    };
  const { capabilities } = target.database;
  const written =
    migration.verify === null
      ? 0
      : (loadVerify({ files: target.files, engine: capabilities.engine }, migration.verify).value?.checks.length ?? 0);
  return {
    version,
    title: 'Checks',
    badges: migration.verify === null ? [{ text: 'no checks', tone: 'warning' }] : [],
    blocks: [
      {
        kind: 'text',
        text:
          migration.verify === null
            ? 'Absent: there is no verify script.'
            : `Absent: of ${counts(written, 'check')} none has run.`,
      },
    ],
  };
}

function timingsOf(checks: readonly CheckResult[]): ReportBlock | null {
  const timings = checks.flatMap(({ name, version, timing, outcome, when }) =>
    timing === undefined || when === 'before'
      ? []
      : [
          {
            label: version === null ? name : `${version}: ${name}`,
            beforeMs: timing.beforeMs,
            afterMs: timing.ms,
            tone: toneOf(outcome),
          },
        ],
  );
  return timings.length === 0 ? null : { kind: 'timings', timings };
}

function firstOf(migrations: readonly Migration[]): string {
  const names = migrations.slice(0, 5).map(({ version }) => version.text);
  return `${names.join(', ')}${migrations.length > names.length ? ' …' : ''}`;
}

function toneOf(outcome: CheckResult['outcome']): Tone {
  return outcome === 'passed' ? 'good' : 'bad';
}
