import { readHistory } from '../domain/journal/index.ts';
import { execute, withSession } from '../domain/run/index.ts';
import type { Version } from '../model/migration.ts';
import { refuse } from './migrate.ts';
import { requestOf } from './plan.ts';
import { resultOf, type RunResult } from './parts/run-result.ts';
import { loadSet, runParts, type CommandTarget, type Confirm } from './parts/target.ts';

export interface RollbackInput {
  /** The version that stays applied last; `0` for nothing. */
  readonly to?: string | undefined;
  readonly step?: number | undefined;
  readonly dryRun?: boolean | undefined;
  readonly singleTransaction?: boolean | undefined;
  readonly confirm?: Confirm | undefined;
}

/** Takes back applied migrations, the newest first; one step when nothing else is said. */
export async function rollback(target: CommandTarget, input: RollbackInput): Promise<RunResult> {
  const set = loadSet(target);
  const known = input.to === undefined ? [] : await appliedVersions(target);
  const report = await execute(
    runParts(target, set, 'rollback'),
    requestOf(target.database.name, { ...input, direction: 'down' }, set, known),
    {
      scope: input.dryRun === true ? 'abort' : input.singleTransaction === true ? 'single' : 'each',
      confirm: input.confirm ?? refuse,
      shadow: target.shadow,
      measure: true,
    },
  );
  return resultOf(target, report);
}

async function appliedVersions(target: CommandTarget): Promise<readonly Version[]> {
  return withSession(target, false, async (session) =>
    (await readHistory(target.database, session)).applied.map((each) => each.version),
  );
}
