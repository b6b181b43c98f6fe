import { SurefootError } from '../../model/errors.ts';
import type { LayoutKind } from '../../model/snapshot.ts';
import type { SchemaScope } from '../../model/schema-scope.ts';
import type { Session } from '../../ports/session.ts';
import type { Shadow } from '../../ports/shadow.ts';
import { readHistory } from '../journal/index.ts';
import { storedReader, withSession, type RunParts } from '../run/index.ts';
import { diffSnapshots, type SchemaDiff } from './diff.ts';
import { impliedSnapshot } from './implied.ts';
import { withoutPartitionsOf } from './scope.ts';

/** The live schema against what its history implies. */
export interface Drift extends SchemaDiff {
  /** Versions the history holds. */
  readonly applied: number;
  /** Where the implied schema came from. */
  readonly source: 'shadow' | 'cache';
}

export interface DriftOptions {
  readonly shadow: Shadow;
  readonly scope: SchemaScope;
  readonly ignore?: readonly LayoutKind[] | undefined;
}

/** Reads only. Throws `failed-step` where a step stopped midway: nobody can say what is right then. */
export async function findDrift(run: RunParts, options: DriftOptions): Promise<Drift> {
  return withSession(run, false, async (session) => findDriftOn(run, session, options));
}

/** As {@link findDrift}, on a session that is open already and in no transaction. */
export async function findDriftOn(
  run: RunParts,
  session: Session,
  { shadow, scope, ignore }: DriftOptions,
): Promise<Drift> {
  const options = { ignoreSchemas: scope.schemas, signal: run.signal };
  const { database } = run;
  const { applied } = await readHistory(database, session);
  const stopped = applied.find(({ state }) => state === 'failed');
  if (stopped !== undefined)
    throw new SurefootError({
      code: 'failed-step',
      message: `version ${stopped.version.text} of ${database.name} stopped midway, so its history does not say what its schema is; nothing was changed`,
      hint: `Run surefoot ${stopped.direction === 'up' ? 'migrate' : 'rollback'} ${database.name} to go on, then look again.`,
    });
  const live = await database.introspector.snapshot(session, options);
  const stored = storedReader(database, session);
  const implied = await impliedSnapshot({ run, shadow, options, server: live.server, stored }, applied);
  const diff = await diffSnapshots(
    withoutPartitionsOf(implied.snapshot, scope.partitionsOf),
    withoutPartitionsOf(live, scope.partitionsOf),
    { ignore, names: ['history', database.name] },
  );
  return { ...diff, applied: applied.length, source: implied.source };
}
