import { join } from 'node:path';
import { isSurefootError } from '../../model/errors.ts';
import type { MigrationSet } from '../../model/migration.ts';
import type { ObjectChange, ObjectId, SchemaObject } from '../../model/snapshot.ts';
import type { Database } from '../../ports/database.ts';
import type { SchemaTracker } from '../../ports/introspector.ts';
import type { Session } from '../../ports/session.ts';
import { execute, withSession } from '../run/index.ts';
import { diffObjects } from './diff.ts';
import { erModel, type ErModel } from './er-model.ts';
import { onShadow, type ImpliedParts } from './implied.ts';
import { chainsOf, keepWalk, readWalk } from './walk-cache.ts';
import type { SchemaStep } from './schema-step.ts';

export interface WalkParts extends Pick<ImpliedParts, 'run' | 'shadow' | 'options'> {
  /** Version of the server the shadow is like; null where it is not known, and then nothing is kept. */
  readonly server: string | null;
  /** Told how many of the migrations were run. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface SchemaWalk {
  readonly steps: readonly SchemaStep[];
  /** The whole schema after each version that was asked for. */
  readonly models: ReadonlyMap<string, ErModel>;
  /** Why it ended before the last migration; null where it did not. */
  readonly stopped: string | null;
}

/**
 * Runs the migrations on a shadow one by one, without their checks, and looks at the schema after each. What an earlier
 * walk saw of the same migrations is read from `.surefoot/walked`: those are run again without looking, and nothing is
 * run where nothing is new.
 */
export async function walkSchema(
  parts: WalkParts,
  set: MigrationSet,
  modelsAt: ReadonlySet<string>,
): Promise<SchemaWalk> {
  const { run, server, options } = parts;
  const file = join(run.stateFolder, 'walked', `${run.database.name}.json`);
  const chains = chainsOf(set, server ?? '', options.ignoreSchemas ?? []);
  const known = server === null ? { steps: [], models: new Map() } : readWalk(run.files, file, chains);
  const models = new Map(known.models);
  const wanted = set.migrations.flatMap(({ version }, index) => (modelsAt.has(version.text) ? [index] : []));
  const missing = new Set(wanted.filter((index) => !models.has(chains[index] ?? '')));
  const walked =
    known.steps.length === set.migrations.length && missing.size === 0
      ? { steps: known.steps, stopped: null }
      : await parts.shadow.withShadow(async (database) =>
          walkOn(parts, database, {
            set,
            known: known.steps,
            missing,
            onModel: (index, model) => void models.set(chains[index] ?? '', model),
          }),
        );
  if (server !== null) keepWalk(run.files, file, chains, { steps: walked.steps, models });
  return {
    ...walked,
    models: new Map(
      wanted.flatMap((index) => {
        const model = models.get(chains[index] ?? '');
        return model === undefined ? [] : [[set.migrations[index]?.version.text ?? '', model] as const];
      }),
    ),
  };
}

interface WalkRequest {
  readonly set: MigrationSet;
  readonly known: readonly SchemaStep[];
  /** Places of the migrations after which the whole schema is wanted. */
  readonly missing: ReadonlySet<number>;
  readonly onModel: (index: number, model: ErModel) => void;
}

async function walkOn(
  { run, options, onProgress }: WalkParts,
  database: Database,
  { set, known, missing, onModel }: WalkRequest,
): Promise<Pick<SchemaWalk, 'steps' | 'stopped'>> {
  const there = onShadow(run, database, set);
  const { migrations } = set;
  // Behind the last that is not known, and the last whose schema is wanted, there is nothing to see.
  const end = known.length < migrations.length ? migrations.length : Math.max(-1, ...missing) + 1;
  return withSession(there, true, async (session) => {
    const steps = [...known];
    let tracker: SchemaTracker | null = null;
    let counted = new Map<string, number>();
    for (let index = 0; index < end; index += 1) {
      const quick = index < known.length;
      if (quick) index = nextStop(index, known.length, missing);
      const version = migrations[index]?.version;
      if (version === undefined) break;
      if (!quick && tracker === null) {
        tracker = await database.introspector.track(session, options);
        counted = await countRows(session, tracker.objects);
      }
      try {
        await execute(there, { direction: 'up', to: version }, { scope: 'each' });
      } catch (error) {
        if (!isSurefootError(error) || error.code === 'interrupted') throw error;
        return { steps, stopped: error.message };
      }
      if (tracker !== null) {
        const changes = await tracker.refresh();
        const rows = await countRows(session, tracker.objects);
        steps.push(await stepOf(database, version.text, changes, tracker.objects, changedRows(counted, rows)));
        counted = rows;
      }
      if (missing.has(index))
        onModel(
          index,
          erModel(
            tracker === null
              ? await database.introspector.snapshot(session, options)
              : { objects: [...tracker.objects.values()] },
          ),
        );
      onProgress?.(index + 1);
    }
    return { steps, stopped: null };
  });
}

/** The next place at which to look: whose schema is wanted, or the last one that is known. */
function nextStop(from: number, known: number, missing: ReadonlySet<number>): number {
  for (let index = from; index < known - 1; index += 1) if (missing.has(index)) return index;
  return known - 1;
}

async function stepOf(
  { capabilities }: Database,
  version: string,
  changes: readonly ObjectChange[],
  now: ReadonlyMap<ObjectId, SchemaObject>,
  rows: SchemaStep['rows'],
): Promise<SchemaStep> {
  const { differences } = await diffObjects(
    capabilities.engine,
    changes.flatMap(({ before }) => before ?? []),
    changes.flatMap(({ after }) => after ?? []),
    { names: ['before', version] },
  );
  return { version, differences, ...touched(changes, now), rows };
}

/** Links of tables that are not in the drawing are left out; tables that nothing happened to are there for their links. */
function touched(
  changes: readonly ObjectChange[],
  now: ReadonlyMap<ObjectId, SchemaObject>,
): Pick<SchemaStep, 'before' | 'after'> {
  const own = new Set<ObjectId>();
  for (const { before, after } of changes)
    for (const object of [before, after])
      if (object?.detail?.type === 'table') own.add(object.id);
      else if (object?.detail?.type === 'constraint' && object.parent !== null) own.add(object.parent);
  const old = new Map(now);
  for (const { id, before, after } of changes) {
    if (after !== null) old.delete(after.id);
    if (before !== null) old.set(before.id, before);
    else old.delete(id);
  }
  const all = new Set(own);
  for (const object of [...now.values(), ...old.values()])
    if (object.detail?.type === 'constraint' && object.parent !== null && own.has(object.parent))
      if (object.detail.references !== null) all.add(object.detail.references.table);
  const part = (objects: ReadonlyMap<ObjectId, SchemaObject>): ErModel =>
    erModel({
      objects: [...objects.values()].filter(
        ({ id, parent, detail }) =>
          all.has(id) || (detail?.type === 'constraint' && parent !== null && all.has(parent)),
      ),
    });
  return { before: part(old), after: part(now) };
}

async function countRows(session: Session, objects: ReadonlyMap<ObjectId, SchemaObject>): Promise<Map<string, number>> {
  // Of a partitioned table the partitions are counted with it.
  const tables = [...objects.values()].flatMap(({ id, kind, detail }) =>
    kind === 'table' && detail?.type === 'table' && detail.partitionOf === null ? [id.slice('table '.length)] : [],
  );
  const answers = await session.batch(
    tables.map((table) => ({ text: `SELECT count(*) FROM ${table}`, tolerate: true })),
  );
  return new Map(
    answers.flatMap((answer, at): readonly [string, number][] =>
      answer.status === 'done' ? [[tables[at] ?? '', Number(answer.rows[0]?.[0])]] : [],
    ),
  );
}

function changedRows(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): SchemaStep['rows'] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((table) => ({ table, before: before.get(table) ?? 0, after: after.get(table) ?? 0 }))
    .filter((each) => each.before !== each.after);
}
