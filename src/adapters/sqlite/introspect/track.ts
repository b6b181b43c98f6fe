import type { ObjectChange, ObjectId, SchemaObject } from '../../../model/snapshot.ts';
import type { SchemaTracker, SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import type { Footprint } from '../../../ports/write-watch.ts';
import { SqliteFootprint } from '../footprint.ts';
import { objectsOf, readSettings, readVersion, snapshotOf } from './read.ts';
import { ask, idOf, knownNames, readFacts, readRows, type SchemaRow } from './rows.ts';

interface Unit {
  readonly sql: string;
  readonly ids: readonly ObjectId[];
}

/**
 * Compares the rows of sqlite_schema, and reads anew what has another text and what belongs to the same table. Where
 * not even `schema_version` moved, nothing is read.
 */
export async function trackSchema(session: Session, { signal }: SnapshotOptions = {}): Promise<SchemaTracker> {
  const server = await readVersion(session);
  const objects = new Map<ObjectId, SchemaObject>();
  let units: ReadonlyMap<ObjectId, Unit> = new Map();
  let version = '';

  const replace = (id: ObjectId, next: SchemaObject | null, changes: Map<ObjectId, ObjectChange>): void => {
    const before = objects.get(id) ?? null;
    if (next === null) objects.delete(id);
    else objects.set(id, next);
    changes.set(id, { id, before: changes.get(id)?.before ?? before, after: next });
  };

  const refresh = async (): Promise<readonly ObjectChange[]> => {
    const [stamps = []] = await ask(session, ['SELECT schema_version FROM pragma_schema_version'], signal);
    const changes = new Map<ObjectId, ObjectChange>();
    const settings = await readSettings(session, signal);
    for (const [id, object] of objects)
      if (object.kind === 'setting' && !settings.some((setting) => setting.id === id)) replace(id, null, changes);
    for (const setting of settings)
      if (objects.get(setting.id)?.definition !== setting.definition) replace(setting.id, setting, changes);
    const stamp = String(stamps[0]?.[0]);
    if (stamp !== version) {
      version = stamp;
      await reread(changes);
    }
    return [...changes.values()]
      .filter(({ before, after }) => !sameObject(before, after))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };

  const reread = async (changes: Map<ObjectId, ObjectChange>): Promise<void> => {
    const rows = await readRows(session, signal);
    const next = new Map<ObjectId, Unit>();
    const touched = new Set<string>();
    for (const row of rows) {
      const id = idOf(row);
      const unit = units.get(id);
      if (unit === undefined || unit.sql !== row.sql) touched.add(row.table).add(row.name);
      else next.set(id, unit);
    }
    for (const [id, unit] of units) if (!next.has(id)) for (const each of unit.ids) replace(each, null, changes);
    addViews(rows, objects, touched);
    const again = rows.filter((row) => touched.has(row.name) || touched.has(row.table));
    if (again.length > 0) {
      const facts = await readFacts(session, [...new Set(again.flatMap(relationsOf))], signal);
      const known = knownNames(rows);
      for (const row of again) {
        const id = idOf(row);
        const made = objectsOf(row, facts, known);
        const ids = made.map((object) => object.id);
        for (const old of next.get(id)?.ids ?? []) if (!ids.includes(old)) replace(old, null, changes);
        for (const object of made) replace(object.id, object, changes);
        next.set(id, { sql: row.sql, ids });
      }
    }
    units = next;
  };

  const written = (footprint: Footprint): ReadonlySet<ObjectId> | null =>
    footprint instanceof SqliteFootprint
      ? new Set([...footprint.tables].map((name) => idOf({ type: 'table', name })).filter((id) => objects.has(id)))
      : null;

  await refresh();
  return { objects, refresh, written, snapshot: () => snapshotOf([...objects.values()], server) };
}

/** Views that select everything from what was touched have other columns now. */
function addViews(
  rows: readonly SchemaRow[],
  objects: ReadonlyMap<ObjectId, SchemaObject>,
  touched: Set<string>,
): void {
  const views = rows.filter(({ type, name }) => type === 'view' && !touched.has(name));
  if (views.length === 0) return;
  const names = new Map(rows.map((row) => [idOf(row), row.name]));
  for (let found = true; found;) {
    found = false;
    for (const view of views) {
      const needs = objects.get(idOf(view))?.dependencies ?? [];
      if (touched.has(view.name) || !needs.some((id) => touched.has(names.get(id) ?? ''))) continue;
      touched.add(view.name);
      found = true;
    }
  }
}

/** The table of a row, and a view itself. */
function relationsOf(row: SchemaRow): readonly string[] {
  return row.type === 'view' || row.type === 'table' ? [row.name] : [row.table];
}

function sameObject(a: SchemaObject | null, b: SchemaObject | null): boolean {
  return a?.definition === b?.definition && JSON.stringify(a) === JSON.stringify(b);
}
