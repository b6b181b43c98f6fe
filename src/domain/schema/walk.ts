import { isSurefootError } from '../../model/errors.ts';
import type { MigrationSet } from '../../model/migration.ts';
import type { ObjectChange, ObjectId, SchemaDifference, SchemaObject } from '../../model/snapshot.ts';
import type { Session } from '../../ports/session.ts';
import { execute, withSession } from '../run/index.ts';
import { diffObjects } from './diff.ts';
import { erModel, type ErModel } from './er-model.ts';
import { onShadow, type ImpliedParts } from './implied.ts';

export type WalkParts = Pick<ImpliedParts, 'run' | 'shadow' | 'options'>;

/** What one migration makes of the schema the earlier ones made, without any data but what migrations write. */
export interface SchemaStep {
  readonly version: string;
  readonly differences: readonly SchemaDifference[];
  /** The tables it touched and those they point at, before and after. */
  readonly before: ErModel;
  readonly after: ErModel;
  /** Tables whose number of rows it changed. */
  readonly rows: readonly { readonly table: string; readonly before: number; readonly after: number }[];
}

export interface SchemaWalk {
  readonly steps: readonly SchemaStep[];
  /** The whole schema after each version that was asked for. */
  readonly models: ReadonlyMap<string, ErModel>;
  /** Why it ended before the last migration; null where it did not. */
  readonly stopped: string | null;
}

/** Runs the migrations on a shadow one by one, without their checks, and looks at the schema after each. */
export async function walkSchema(
  parts: WalkParts,
  set: MigrationSet,
  modelsAt: ReadonlySet<string>,
): Promise<SchemaWalk> {
  return parts.shadow.withShadow(async (database) => {
    const there = onShadow(parts.run, database, set);
    return withSession(there, true, async (session) => {
      const tracker = await database.introspector.track(session, parts.options);
      const steps: SchemaStep[] = [];
      const models = new Map<string, ErModel>();
      let counted = new Map<string, number>();
      for (const { version } of set.migrations) {
        try {
          await execute(there, { direction: 'up', to: version }, { scope: 'each' });
        } catch (error) {
          if (!isSurefootError(error) || error.code === 'interrupted') throw error;
          return { steps, models, stopped: error.message };
        }
        const changes = await tracker.refresh();
        const rows = await countRows(session, tracker.objects);
        const { differences } = await diffObjects(
          database.capabilities.engine,
          changes.flatMap(({ before }) => before ?? []),
          changes.flatMap(({ after }) => after ?? []),
          { names: ['before', version.text] },
        );
        steps.push({
          version: version.text,
          differences,
          ...touched(changes, tracker.objects),
          rows: changedRows(counted, rows),
        });
        counted = rows;
        if (modelsAt.has(version.text)) models.set(version.text, erModel({ objects: [...tracker.objects.values()] }));
      }
      return { steps, models, stopped: null };
    });
  });
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
