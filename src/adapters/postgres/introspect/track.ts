import type { ObjectChange, ObjectId, SchemaObject } from '../../../model/snapshot.ts';
import type { SchemaTracker, SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import { CATALOG, text } from './catalog.ts';
import { allRows, changedRows, fingerprints, KnownRows, MARK, STAMPS, TRACKED } from './changes.ts';
import { Draft, finish } from './draft.ts';
import { ask, readFacts, readInto, scopeOf, snapshotOf, type ServerFacts } from './read.ts';

/** What has to be read again. */
interface Touched {
  readonly roots: Set<string>;
  /** Something without a root: a schema, a publication, or a comment on it. */
  globals: boolean;
}

/** The state of a tracker between two looks. */
interface State {
  draft: Draft;
  needs: Map<ObjectId, readonly string[]>;
  mark: string;
  stamps: ReadonlyMap<string, string>;
  fingerprints: readonly string[];
  readonly known: ReadonlyMap<string, KnownRows>;
}

/**
 * Finds what changed by the transaction that wrote each catalog row, and what is gone by the sums of their oids; reads
 * those roots anew, and what is named after them. A new schema or extension, or another role's name, makes it read everything again.
 */
export async function trackSchema(session: Session, options: SnapshotOptions = {}): Promise<SchemaTracker> {
  const objects = new Map<ObjectId, SchemaObject>();
  let facts = await readFacts(session);
  let state = await begin(session, facts, options);
  for (const object of finished(state, state.draft.objects.keys())) objects.set(object.id, object);

  const refresh = async (): Promise<readonly ObjectChange[]> => {
    const changes = new Changes(objects);
    facts = await readFacts(session);
    const [marks = [], rows = [], stampRows = [], printRows = []] = await ask(
      session,
      facts,
      [MARK, changedRows(state.mark), STAMPS, fingerprints(facts.major)],
      options.signal,
    );
    const prints = printRows.map((row) => text(row[1]));
    if (prints[1] !== state.fingerprints[1] || facts.owner !== state.draft.owner) {
      state = await begin(session, facts, options);
      const next = finished(state, state.draft.objects.keys());
      const ids = new Set(next.map(({ id }) => id));
      for (const id of objects.keys()) if (!ids.has(id)) changes.set(id, null);
      for (const object of next) changes.set(object.id, object);
      return changes.list();
    }
    const stamps = new Map(stampRows.map((row) => [text(row[0]), `${text(row[1])} ${text(row[2])}`]));
    const touched: Touched = { roots: new Set(), globals: prints[0] !== state.fingerprints[0] };
    for (const [catalog, oid, root] of rows) noteChange(state, touched, catalog, oid, root);
    await noteGone(session, facts, state, stamps, touched, options);
    Object.assign(state, { mark: text(marks[0]?.[0]), stamps, fingerprints: prints });
    await reread(session, facts, state, touched, changes, options);
    return changes.list();
  };

  return {
    objects,
    refresh,
    snapshot: () => snapshotOf([...objects.values()], state.draft, facts),
  };
}

async function begin(session: Session, facts: ServerFacts, options: SnapshotOptions): Promise<State> {
  const [marks = [], stampRows = [], printRows = [], ...lists] = await ask(
    session,
    facts,
    [MARK, STAMPS, fingerprints(facts.major), ...TRACKED.map(allRows)],
    options.signal,
  );
  const draft = new Draft();
  const needs = new Map(await readInto(draft, session, facts, scopeOf(facts, options, null), options.signal));
  const known = new Map(
    TRACKED.map((name, at) => {
      const rows = new KnownRows();
      for (const [key, root] of lists[at] ?? []) rows.add(text(key), text(root));
      return [name, rows];
    }),
  );
  return {
    draft,
    needs,
    mark: text(marks[0]?.[0]),
    stamps: new Map(stampRows.map((row) => [text(row[0]), `${text(row[1])} ${text(row[2])}`])),
    fingerprints: printRows.map((row) => text(row[1])),
    known,
  };
}

const BY_NUMBER = new Map(Object.entries(CATALOG).map(([name, number]) => [String(number), name]));
const UNIT = /^(?:class|type|proc):(\d+)$/u;

function noteChange(state: State, touched: Touched, catalog: unknown, oid: unknown, root: unknown): void {
  if (root === null) return;
  const own = text(oid);
  const name = BY_NUMBER.get(text(catalog)) ?? '';
  if (own !== '0') state.known.get(name)?.add(own, text(root));
  // A comment names what it is on, which may be a part of a root.
  const id = own === '0' && name !== '' ? state.draft.idOf.get(`${text(catalog)}:${text(root)}`) : undefined;
  note(state, touched, id, text(root));
}

/** Takes the root of an object, `root` where the object is not known. */
function note(state: State, touched: Touched, id: ObjectId | undefined, root: string): void {
  const unit = id === undefined ? undefined : state.draft.unitOf.get(id);
  const known = unit === undefined ? null : UNIT.exec(unit);
  if (unit !== undefined && known === null) touched.globals = true;
  else touched.roots.add(known?.[1] ?? root);
}

/** Rows are gone where the known ones do not add up to what is there. */
async function noteGone(
  session: Session,
  facts: ServerFacts,
  state: State,
  stamps: ReadonlyMap<string, string>,
  touched: Touched,
  options: SnapshotOptions,
): Promise<void> {
  const suspects = TRACKED.filter((name) => {
    const stamp = stamps.get(name);
    if (stamp === state.stamps.get(name)) return false;
    if (name === 'description' || name === 'inherits') return true;
    let sum = 0;
    const known = state.known.get(name)?.roots ?? new Map<string, string>();
    for (const oid of known.keys()) sum += Number(oid);
    return stamp !== `${String(known.size)} ${String(sum)}`;
  });
  if (suspects.length === 0) return;
  const lists = await ask(session, facts, suspects.map(allRows), options.signal);
  for (const [at, name] of suspects.entries()) {
    for (const root of state.known.get(name)?.keepOnly(lists[at] ?? []) ?? []) {
      note(state, touched, name === 'description' ? partOf(state.draft, root) : undefined, root);
    }
  }
}

/** What an oid without its catalog is: the part of a root that had a comment. */
function partOf(draft: Draft, oid: string): ObjectId | undefined {
  for (const number of Object.values(CATALOG)) {
    const id = draft.idOf.get(`${String(number)}:${oid}`);
    if (id !== undefined) return id;
  }
  return undefined;
}

async function reread(
  session: Session,
  facts: ServerFacts,
  state: State,
  touched: Touched,
  changes: Changes,
  options: SnapshotOptions,
): Promise<void> {
  const done = new Set<string>();
  let roots: ReadonlySet<string> = withSequences(state.draft, touched.roots);
  for (let whole = touched.globals; roots.size > 0 || whole; whole = false) {
    const units = [...roots].flatMap((oid) => [`class:${oid}`, `type:${oid}`, `proc:${oid}`]);
    if (whole) units.push(...withoutRoot(state.draft));
    const before = new Set<ObjectId>();
    for (const unit of units) for (const id of state.draft.remove(unit)) before.add(id);
    for (const id of before) state.needs.delete(id);
    for (const oid of roots) {
      state.draft.relations.delete(oid);
      done.add(oid);
    }
    const needs = await readInto(
      state.draft,
      session,
      facts,
      scopeOf(facts, options, [...roots], whole),
      options.signal,
    );
    for (const [id, keys] of needs) state.needs.set(id, keys);
    if (whole) units.push(...withoutRoot(state.draft));
    const read = new Set(units.flatMap((unit) => [...(state.draft.units.get(unit) ?? [])]));
    for (const id of before) if (!read.has(id) && !state.draft.objects.has(id)) changes.set(id, null);
    for (const object of finished(state, read)) changes.set(object.id, object);
    roots = withSequences(state.draft, dependents(state.draft, changes, before, done));
  }
}

function withoutRoot(draft: Draft): readonly string[] {
  return [...draft.units.keys()].filter((unit) => !UNIT.test(unit));
}

/** Roots of objects that spell the name of something that has another now, or is gone. */
function dependents(
  draft: Draft,
  changes: Changes,
  ids: ReadonlySet<ObjectId>,
  done: ReadonlySet<string>,
): ReadonlySet<string> {
  const renamed = new Set([...ids].filter((id) => changes.isRenamed(id)));
  const roots = new Set<string>();
  if (renamed.size === 0) return roots;
  for (const object of changes.objects.values()) {
    if (!object.dependencies.some((id) => renamed.has(id))) continue;
    const [, root] = UNIT.exec(draft.unitOf.get(object.id) ?? '') ?? [];
    if (root !== undefined && !done.has(root)) roots.add(root);
  }
  return roots;
}

/** A table goes with the sequences of its columns, and they with it. */
function withSequences(draft: Draft, roots: ReadonlySet<string>): ReadonlySet<string> {
  if (roots.size === 0) return roots;
  const all = new Set(roots);
  for (const [sequence, table] of draft.sequenceOwners) {
    if (roots.has(table)) all.add(sequence);
    if (roots.has(sequence)) all.add(table);
  }
  return all;
}

function finished(state: State, ids: Iterable<ObjectId>): readonly SchemaObject[] {
  return [...ids].flatMap((id) => {
    const object = state.draft.objects.get(id);
    return object === undefined ? [] : [finish(object, state.needs.get(id) ?? [], state.draft)];
  });
}

/** What one look changes, against what was there before it. */
class Changes {
  readonly objects: Map<ObjectId, SchemaObject>;
  readonly #before = new Map<ObjectId, SchemaObject | null>();

  constructor(objects: Map<ObjectId, SchemaObject>) {
    this.objects = objects;
  }

  set(id: ObjectId, next: SchemaObject | null): void {
    if (!this.#before.has(id)) this.#before.set(id, this.objects.get(id) ?? null);
    if (next === null) this.objects.delete(id);
    else this.objects.set(id, next);
  }

  /** It is gone, or its columns have other names. */
  isRenamed(id: ObjectId): boolean {
    const now = this.objects.get(id);
    if (now === undefined) return true;
    return columnsOf(this.#before.get(id) ?? null) !== columnsOf(now);
  }

  list(): readonly ObjectChange[] {
    return [...this.#before]
      .map(([id, before]) => ({ id, before, after: this.objects.get(id) ?? null }))
      .filter(
        ({ before, after }) =>
          before?.definition !== after?.definition || JSON.stringify(before) !== JSON.stringify(after),
      )
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
}

function columnsOf(object: SchemaObject | null): string {
  return object?.detail?.type === 'table' ? object.detail.columns.map(({ name }) => name).join('\0') : '';
}
