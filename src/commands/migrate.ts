import { execute } from '../domain/run/index.ts';
import { requestOf } from './plan.ts';
import { resultOf, type RunResult } from './run-result.ts';
import { loadSet, runParts, type CommandTarget, type Confirm } from './target.ts';

export interface MigrateInput {
  readonly to?: string | undefined;
  readonly step?: number | undefined;
  readonly allowOutOfOrder?: boolean | undefined;
  readonly singleTransaction?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Asked with the plan where the environment wants a confirmation. */
  readonly confirm?: Confirm | undefined;
}

/** Applies pending migrations, each verified before it commits. */
export async function migrate(target: CommandTarget, input: MigrateInput): Promise<RunResult> {
  const set = loadSet(target);
  const report = await execute(runParts(target, set, 'migrate'), requestOf({ ...input, direction: 'up' }, set), {
    scope: input.dryRun === true ? 'abort' : input.singleTransaction === true ? 'single' : 'each',
    confirm: target.confirmRuns ? (input.confirm ?? refuse) : undefined,
    shadow: target.shadow,
  });
  return resultOf(target, report);
}

/** The answer where nobody can be asked. */
export async function refuse(): Promise<boolean> {
  return Promise.resolve(false);
}
