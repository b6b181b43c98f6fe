import { prepareSteps, selectTargets, type PlanRequest } from '../domain/plan/index.ts';
import { isAbsentDatabase, planRequest, withSession } from '../domain/run/index.ts';
import type { MigrationSet, Version } from '../model/migration.ts';
import type { Plan } from '../model/plan.ts';
import { loadSet, runParts, type CommandTarget } from './parts/target.ts';
import { versionOf } from './parts/version-of.ts';

export interface PlanInput {
  readonly direction?: 'up' | 'down' | undefined;
  readonly to?: string | undefined;
  readonly step?: number | undefined;
  readonly allowOutOfOrder?: boolean | undefined;
}

/** The ordered steps a `migrate` or `rollback` would take, with their hazards. Writes nothing. */
export async function plan(target: CommandTarget, input: PlanInput): Promise<Plan> {
  const set = loadSet(target);
  const parts = runParts(target, set, 'plan');
  const request = requestOf(target.database.name, input, set);
  try {
    return await withSession(target, false, async (session) => (await planRequest(parts, session, request)).plan);
  } catch (error) {
    if (!isAbsentDatabase(error)) throw error;
    return planFromNothing(target, request);
  }
}

/** The plan for a database that does not exist yet. Connects to nothing. */
export async function planFromNothing(
  target: CommandTarget,
  request: PlanRequest = { direction: 'up' },
): Promise<Plan> {
  const set = loadSet(target);
  const { proofs } = runParts(target, set, 'plan');
  const history = { layout: null, applied: [], head: null };
  const prepared = await prepareSteps(
    {
      database: target.database,
      reading: { files: target.files, loader: target.loader, engine: target.database.capabilities.engine },
      history,
      defaults: target.settings,
      stored: async () => Promise.resolve(null),
      requireVerification: target.settings.requireVerification,
      proofOf: (migration) => proofs.of(migration),
    },
    selectTargets(target.database.name, set, history, request),
  );
  return prepared.plan;
}

/** What stays applied last: null, nothing, for zeros, unless a version is written so; `0` alone never is one. */
function lastOf(database: string, text: string, set: MigrationSet, known: readonly Version[]): Version | null {
  const named =
    text !== '0' &&
    [...set.migrations, ...known.map((version) => ({ version }))].some(({ version }) => version.text === text);
  return /^0+$/u.test(text) && !named ? null : versionOf(database, text, set, known);
}

/** What was asked for on the command line, with versions looked up among the files. */
export function requestOf(
  database: string,
  input: PlanInput,
  set: MigrationSet,
  known: readonly Version[] = [],
): PlanRequest {
  if (input.direction === 'down') {
    const to = input.to === undefined ? undefined : lastOf(database, input.to, set, known);
    return { direction: 'down', to, step: input.step };
  }
  return {
    direction: 'up',
    to: input.to === undefined ? undefined : versionOf(database, input.to, set, known),
    step: input.step,
    allowOutOfOrder: input.allowOutOfOrder,
  };
}
