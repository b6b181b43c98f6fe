import {
  planRequest,
  executeLocked,
  refuseHazards,
  refuseUnproven,
  withLock,
  withSession,
} from '../domain/run/index.ts';
import { isSurefootError, SurefootError } from '../model/errors.ts';
import { refuse } from './migrate.ts';
import { resultOf, type RunResult } from './parts/run-result.ts';
import { stoppedRedo } from './parts/stopped-redo.ts';
import { loadSet, runParts, type CommandTarget, type Confirm } from './parts/target.ts';

export interface RedoInput {
  readonly step?: number | undefined;
  readonly confirm?: Confirm | undefined;
}

/** Rolls the last migrations back and applies the same ones again, under one lock. */
export async function redo(
  target: CommandTarget,
  input: RedoInput,
): Promise<{ readonly down: RunResult; readonly up: RunResult }> {
  const set = loadSet(target);
  const parts = runParts(target, set, 'redo');
  const request = { direction: 'down', step: input.step ?? 1 } as const;
  return withSession(parts, false, async (session) => {
    const planned = await planRequest(parts, session, request);
    refuseHazards(planned.plan, parts.settings);
    await refuseUnproven(parts, session, planned.steps);
    if (planned.steps.length > 0 && !(await (input.confirm ?? refuse)(planned.plan))) {
      throw new SurefootError({
        code: 'confirmation-absent',
        message: `nobody confirmed the redo on ${target.database.name}; nothing was changed`,
        hint: 'Answer yes on a terminal, or pass --yes.',
      });
    }
    return withLock(parts, session, { prepare: true }, async (run) => {
      const before = run.history.applied;
      const told = async (error: unknown): Promise<never> => {
        const lost = isSurefootError(error) && error.context['connectionLost'] === true;
        const after = lost ? null : (await run.reread()).applied;
        throw stoppedRedo(target.database.name, error, { before, after });
      };
      const down = await executeLocked(parts, run, request, planned, 'each', { measure: true }).catch(told);
      const orders = new Set(down.plan.steps.map((step) => BigInt(step.version.replaceAll('_', ''))));
      await run.reread();
      const applied = new Set(run.history.applied.map((each) => each.version.order));
      const again = set.migrations.filter(
        (migration) => applied.has(migration.version.order) || orders.has(migration.version.order),
      );
      const up = await executeLocked(
        { ...parts, set: { ...set, migrations: again } },
        run,
        { direction: 'up', allowOutOfOrder: true },
        null,
        'each',
        { measure: true },
      ).catch(told);
      return { down: resultOf(target, down), up: resultOf(target, up) };
    });
  });
}
