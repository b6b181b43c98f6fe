import type { ObjectId } from '../../../model/snapshot.ts';
import type { SchemaTracker, SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import type { Footprint } from '../../../ports/write-watch.ts';
import { SqliteFootprint, type SchemaWrites } from '../footprint.ts';
import { readFacts } from './facts.ts';
import { namesNeeded, objectsOf, readSettings, readVersion, SETTING_IDS, snapshotOf } from './read.ts';
import { Needs } from './needs.ts';
import { ask, idOf, isRelation, rowsFrom, rowsQuery } from './rows.ts';
import { keyOf, SchemaImage, type RowChanges } from './schema-image.ts';
import { TrackedObjects } from './tracked-objects.ts';

const STAMP = 'PRAGMA main.schema_version';

/**
 * Reads the rows of sqlite_schema that a footprint leaves open, and makes anew the objects of those that changed and of
 * what depends on them. Without a footprint all rows are compared, unless not even `schema_version` moved. Each statement
 * moves it once at most: where it moved further than the footprint has statements, all rows are compared too.
 */
export async function trackSchema(session: Session, { signal }: SnapshotOptions = {}): Promise<SchemaTracker> {
  const server = await readVersion(session);
  const tracked = new TrackedObjects();
  const image = new SchemaImage();
  const needs = new Needs();
  const idsOf = new Map<string, readonly ObjectId[]>();
  const known = new Map<string, ObjectId>();
  let version = Number.NaN;

  const stampOf = (rows: readonly (readonly unknown[])[] | undefined): number => Number(rows?.[0]?.[0]);

  const lookAround = async (always: boolean): Promise<RowChanges> => {
    const [stamps] = await ask(session, [STAMP], signal);
    if (!always && stampOf(stamps) === version) return NO_CHANGES;
    version = stampOf(stamps);
    const [rows = []] = await ask(session, [rowsQuery()], signal);
    return image.replaceAll(await rowsFrom(session, rows, false, signal));
  };

  const follow = async (writes: SchemaWrites): Promise<RowChanges> => {
    if (writes.statements === 0 && !writes.any) return NO_CHANGES;
    const zone = image.zoneOf(writes);
    if (zone === null) return lookAround(true);
    const queries = [STAMP, rowsQuery(`WHERE rowid > ${String(zone.behind)}`)];
    if (zone.rowids.length > 0) queries.push(rowsQuery(`WHERE rowid IN (${zone.rowids.join(', ')})`));
    const [stamps, ...found] = await ask(session, queries, signal);
    const moved = stampOf(stamps) - version;
    if (!(moved >= 0 && moved <= writes.statements)) return lookAround(true);
    const changes = image.replace(zone, await rowsFrom(session, found.flat(), image.hasVirtual, signal));
    if (changes === null) return lookAround(true);
    version += moved;
    return changes;
  };

  const remake = async ({ gone, changed }: RowChanges): Promise<void> => {
    const names = new Set<string>();
    for (const row of [...gone, ...changed.filter(({ described }) => !described)]) {
      const key = keyOf(row);
      for (const id of idsOf.get(key) ?? []) tracked.set(id, null);
      idsOf.delete(key);
      needs.delete(key);
      if (isRelation(row)) {
        names.add(row.name.toLowerCase());
        known.delete(row.name.toLowerCase());
      }
    }
    for (const row of changed) {
      if (!row.described || !isRelation(row)) continue;
      names.add(row.name.toLowerCase());
      known.set(row.name.toLowerCase(), idOf(row));
    }
    const again = new Set(changed.map(keyOf));
    // Walks on over what it adds: a view of a view has other columns too.
    for (const name of names) {
      for (const key of image.named(name)) again.add(key);
      for (const key of needs.of(name)) {
        again.add(key);
        const row = image.get(key);
        if (row?.type === 'view') names.add(row.name.toLowerCase());
      }
    }
    const rows = [...again].flatMap((key) => image.get(key) ?? []).filter(({ described }) => described);
    if (rows.length === 0) return;
    const relations = rows.flatMap((row) => (isRelation(row) ? row : (image.get(`table ${row.table}`) ?? [])));
    const facts = await readFacts(session, [...new Set(relations)], signal);
    for (const row of rows) {
      const key = keyOf(row);
      const made = objectsOf(row, facts, known);
      const ids = made.map((object) => object.id);
      for (const old of idsOf.get(key) ?? []) if (!ids.includes(old)) tracked.set(old, null);
      for (const object of made) tracked.set(object.id, object);
      idsOf.set(key, ids);
      if (isRelation(row)) needs.set(key, namesNeeded(row, facts));
    }
  };

  const refreshSettings = async (): Promise<void> => {
    for (const id of SETTING_IDS) if (tracked.objects.has(id)) tracked.set(id, null);
    for (const setting of await readSettings(session, signal)) tracked.set(setting.id, setting);
  };

  const refresh: SchemaTracker['refresh'] = async (footprint) => {
    const writes = footprint instanceof SqliteFootprint ? footprint.schema : null;
    if (writes?.numbers !== false) await refreshSettings();
    await remake(writes === null ? await lookAround(false) : await follow(writes));
    return tracked.take();
  };

  /** Whether what happens to another table may change its rows. */
  const reacts = (key: string): boolean =>
    (idsOf.get(key) ?? []).some((id) => {
      const detail = tracked.objects.get(id)?.detail;
      if (detail?.type !== 'constraint' || detail.references === null) return false;
      const { onDelete, onUpdate } = detail.references;
      return [onDelete, onUpdate].some((action) => action !== 'no action' && action !== 'restrict');
    });

  const written = (footprint: Footprint): ReadonlySet<ObjectId> | null => {
    if (!(footprint instanceof SqliteFootprint) || footprint.tables === null) return null;
    const { names, dropped, renamed } = footprint.schema;
    const tables = new Set(footprint.tables);
    const add = (name: string): void => {
      for (const key of image.named(name)) {
        const row = image.get(key);
        if (row?.type === 'table') tables.add(row.name);
      }
    };
    renamed.forEach(add);
    // What was dropped may be there again, as it was but for its rows.
    names.forEach(add);
    const parents = new Set(dropped);
    for (const name of parents)
      for (const key of needs.of(name)) {
        const row = image.get(key);
        if (row?.type !== 'table' || !reacts(key)) continue;
        const child = row.name.toLowerCase();
        if ([...image.named(child)].some((each) => image.get(each)?.type === 'trigger')) return null;
        parents.add(child);
        tables.add(row.name);
      }
    const ids = [...tables].map((name) => idOf({ type: 'table', name }));
    return new Set(ids.filter((id) => tracked.objects.has(id)));
  };

  await refresh();
  return {
    objects: tracked.objects,
    refresh,
    written,
    snapshot: () => snapshotOf([...tracked.objects.values()], server),
  };
}

const NO_CHANGES: RowChanges = { gone: [], changed: [] };
