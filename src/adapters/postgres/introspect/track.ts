import { SurefootError } from '../../../model/errors.ts';
import type { ObjectChange, ObjectId, SchemaObject } from '../../../model/snapshot.ts';
import { errorOfFailure } from '../../../model/sql-failure.ts';
import type { SchemaTracker, SnapshotOptions } from '../../../ports/introspector.ts';
import type { Session } from '../../../ports/session.ts';
import type { Footprint } from '../../../ports/write-watch.ts';
import { PostgresFootprint, type Writes } from '../footprint.ts';
import { CATALOG, oidArray, text } from './catalog.ts';
import { allRows, changedRows, fingerprints, KnownRows, MARK, STAMPS, TRACKED } from './changes.ts';
import { Draft } from './draft.ts';
import type { CatalogRow } from './family.ts';
import { ask, readFacts, readInto, scopeOf, snapshotOf, type ServerFacts } from './read.ts';
import { finished, reread, rootOf, type Rereading, type Touched } from './reread.ts';
import { RootReader } from './root-reader.ts';
import { touchedRows } from './touched.ts';
import { TrackedObjects } from './tracked-objects.ts';

/** The state of a tracker between two looks. */
interface State extends Rereading {
  mark: string;
  stamps: ReadonlyMap<string, string>;
  fingerprints: readonly string[];
  readonly known: ReadonlyMap<string, KnownRows>;
}

/** From here on the server passes on what it counted when it is asked to, so that no transaction counts for another. */
const COUNTS_SINCE = 15;

/**
 * Finds what changed from a footprint; without one by the transaction that wrote each catalog row, and what is gone by
 * the sums of their oids. Reads those roots anew, and what is named after them. A new schema or extension, or another
 * role's name, makes it read everything again.
 */
export async function trackSchema(session: Session, options: SnapshotOptions = {}): Promise<SchemaTracker> {
  const tracked = new TrackedObjects();
  let facts = await readFacts(session);
  let state = await begin(session, facts, options);
  for (const object of everything(state)) tracked.set(object.id, object);
  tracked.take();
  const reader = new RootReader(session, options);
  const [counting] = facts.major < COUNTS_SINCE ? [] : await session.batch([{ text: 'SHOW track_counts' }]);
  const counts = counting?.status === 'done' && counting.rows[0]?.[0] === 'on' && !facts.inTransaction;

  const rereadTouched = async (touched: Touched): Promise<readonly ObjectChange[]> => {
    await reread(state, touched, tracked, async (roots, whole) => {
      if (whole || facts.inTransaction)
        return readInto(state.draft, session, facts, scopeOf(facts, options, oidArray(roots), whole), options.signal);
      const alive = roots.filter((oid) => ROOTS.some((name) => state.known.get(name)?.roots.has(oid) === true));
      return alive.length === 0 ? new Map() : reader.read(state.draft, facts, alive);
    });
    return tracked.take();
  };

  const follow = async (writes: Writes): Promise<readonly ObjectChange[] | null> => {
    const rows = await touchedRows(writes, state.known, async (query) => askOne(session, query, options));
    if (rows === null) return null;
    if (rows.length === 0) return [];
    const touched: Touched = { roots: new Set(), globals: false };
    for (const { catalog, root } of rows)
      note(state, touched, catalog === null ? undefined : state.draft.idOf.get(`${catalog}:${root}`), root);
    Object.assign(state, { mark: writes.transactions?.[1] ?? state.mark, stamps: new Map() });
    return rereadTouched(touched);
  };

  const lookAround = async (): Promise<readonly ObjectChange[]> => {
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
      const next = everything(state);
      const ids = new Set(next.map(({ id }) => id));
      for (const id of tracked.objects.keys()) if (!ids.has(id)) tracked.set(id, null);
      for (const object of next) tracked.set(object.id, object);
      return tracked.take();
    }
    const stamps = new Map(stampRows.map((row) => [text(row[0]), `${text(row[1])} ${text(row[2])}`]));
    const touched: Touched = { roots: new Set(), globals: prints[0] !== state.fingerprints[0] };
    for (const [catalog, oid, root] of rows) noteChange(state, touched, catalog, oid, root);
    await noteGone(session, facts, state, stamps, touched, options);
    Object.assign(state, { mark: text(marks[0]?.[0]), stamps, fingerprints: prints });
    return rereadTouched(touched);
  };

  return {
    objects: tracked.objects,
    refresh: async (footprint) => {
      const writes = counts ? writesOf(footprint) : null;
      return (writes === null ? null : await follow(writes)) ?? (await lookAround());
    },
    written: (footprint) => {
      const writes = writesOf(footprint);
      if (writes === null) return null;
      return new Set(
        [...writes.relations].flatMap((oid) => {
          const relation = state.draft.relations.get(oid);
          return relation?.kind === 'r' ? [relation.id] : [];
        }),
      );
    },
    snapshot: () => snapshotOf([...tracked.objects.values()], state.draft, facts),
  };
}

/** One query outside a transaction; has the server pass on what it has counted so far. */
async function askOne(session: Session, query: string, { signal }: SnapshotOptions): Promise<readonly CatalogRow[]> {
  const text = `SELECT pg_catalog.set_config('search_path', '', true), pg_catalog.pg_stat_force_next_flush();\n${query}`;
  const [answer] = await session.batch([{ text }], { signal });
  if (answer?.status === 'failed') throw errorOfFailure(answer.failure, 'reading the schema');
  if (answer?.status !== 'done')
    throw new SurefootError({ code: 'interrupted', message: 'interrupted while reading the schema' });
  return answer.rows;
}

const ROOTS = ['class', 'type', 'proc'] as const;

function everything({ draft, needs }: State): readonly SchemaObject[] {
  return finished(draft, needs, draft.objects.keys());
}

function writesOf(footprint: Footprint | undefined): Writes | null {
  return footprint instanceof PostgresFootprint ? footprint.writes : null;
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

function noteChange(state: State, touched: Touched, catalog: unknown, oid: unknown, root: unknown): void {
  const own = text(oid);
  const name = BY_NUMBER.get(text(catalog)) ?? '';
  if (own !== '0') state.known.get(name)?.add(own, text(root));
  if (root === null) return;
  // A comment names what it is on, which may be a part of a root.
  const id = own === '0' && name !== '' ? state.draft.idOf.get(`${text(catalog)}:${text(root)}`) : undefined;
  note(state, touched, id, text(root));
}

/** Takes the root of an object, `root` where the object is not known. */
function note(state: State, touched: Touched, id: ObjectId | undefined, root: string): void {
  const unit = id === undefined ? undefined : state.draft.unitOf(id);
  const known = unit === undefined ? null : rootOf(unit);
  if (unit !== undefined && known === null) touched.globals = true;
  else touched.roots.add(known ?? root);
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
      if (root !== '') note(state, touched, name === 'description' ? partOf(state.draft, root) : undefined, root);
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
