import { execute } from '../domain/run/index.ts';
import type { JournalBackup } from '../model/backup.ts';
import type { Session } from '../ports/session.ts';
import { refuseDrift } from './parts/refuse-drift.ts';
import { requestOf } from './plan.ts';
import { resultOf, type RunResult } from './parts/run-result.ts';
import { backupParts, loadSet, runParts, type CommandTarget, type Confirm } from './parts/target.ts';

export interface MigrateInput {
  readonly to?: string | undefined;
  readonly step?: number | undefined;
  readonly allowOutOfOrder?: boolean | undefined;
  readonly singleTransaction?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Asked with the plan where the environment wants a confirmation. */
  readonly confirm?: Confirm | undefined;
  /** A backup that was just made: where the environment wants one, no other is made. */
  readonly backup?: JournalBackup | undefined;
}

/** Applies pending migrations, each verified before it commits. */
export async function migrate(target: CommandTarget, input: MigrateInput): Promise<RunResult> {
  const set = loadSet(target);
  // Before anybody is asked, and so that under the lock no shadow has to be made.
  if (target.refuseDrift && input.dryRun !== true) await refuseDrift(target, set, null);
  const report = await execute(
    runParts(target, set, 'migrate'),
    requestOf(target.database.name, { ...input, direction: 'up' }, set),
    {
      scope: input.dryRun === true ? 'abort' : input.singleTransaction === true ? 'single' : 'each',
      confirm: target.confirmRuns ? (input.confirm ?? refuse) : undefined,
      shadow: target.shadow,
      measure: true,
      examine: target.preflightFirst ? async (session) => examineFirst(target, session, input) : undefined,
      examineLocked: target.refuseDrift ? async (session) => refuseDrift(target, set, session) : undefined,
      backup: target.backupBefore
        ? async (session) => input.backup ?? (await backupBefore(target, session))
        : undefined,
    },
  );
  return resultOf(target, report);
}

async function examineFirst(target: CommandTarget, session: Session, input: MigrateInput): Promise<void> {
  const [{ examineWith }, { refuseBlocked }] = await Promise.all([
    import('./preflight.ts'),
    import('../domain/preflight/index.ts'),
  ]);
  const found = await examineWith(target, session, input);
  refuseBlocked(target.database.name, found);
  for (const { outcome, title, figure } of found.results)
    if (outcome === 'warn')
      target.progress.report({
        type: 'message',
        database: target.database.name,
        level: 'warn',
        text: `${title}: ${figure}`,
      });
}

async function backupBefore(target: CommandTarget, session: Session): Promise<JournalBackup> {
  const { makeBackup } = await import('../domain/backup/index.ts');
  const { entry } = await makeBackup(await backupParts(target), session, null);
  return entry;
}

/** The answer where nobody can be asked. */
export async function refuse(): Promise<boolean> {
  return Promise.resolve(false);
}
