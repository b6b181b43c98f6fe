import type { ObjectId, ObjectKind, SchemaObject } from '../../model/snapshot.ts';

/**
 * In which order kinds are made where nothing else decides. Partitions come before constraints and indexes, which the
 * parent hands down; foreign keys after the keys they point at; what belongs to others or runs by itself comes last.
 */
const KIND_ORDER: readonly ObjectKind[] = [
  'schema',
  'extension',
  'language',
  'collation',
  'text-search',
  'enum',
  'composite',
  'range',
  'domain',
  'foreign-data-wrapper',
  'server',
  'user-mapping',
  'table',
  'foreign-table',
  'sequence',
  'default',
  'partition',
  'constraint',
  'index',
  'index-partition',
  'function',
  'procedure',
  'aggregate',
  'operator',
  'cast',
  'view',
  'materialized-view',
  'statistics',
  'rule',
  'trigger',
  'policy',
  'row-security',
  'replica-identity',
  'cluster',
  'publication',
  'other',
  'comment',
  'owner',
  'grant',
  'default-privileges',
  'setting',
  'event-trigger',
];
const RANKS = new Map(KIND_ORDER.map((kind, rank) => [kind, rank]));
const AFTER_INDEXES = (RANKS.get('index-partition') ?? 0) + 0.5;

function rankOf(object: SchemaObject): number {
  if (object.detail?.type === 'constraint' && object.detail.constraint === 'foreign') return AFTER_INDEXES;
  return RANKS.get(object.kind) ?? RANKS.size;
}

/** One object in its turn; `stub`: only its outline, because what it needs needs it in turn. */
export interface OrderedObject {
  readonly object: SchemaObject;
  readonly stub: boolean;
}

/**
 * Objects so that each comes after what it depends on. Where objects need each other, a view among them comes twice: as
 * a stub, which is enough for who names its columns, and whole when the others are there.
 */
export function inDependencyOrder(objects: readonly SchemaObject[]): readonly OrderedObject[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const ranked = objects
    .map((object) => ({ object, rank: rankOf(object) }))
    .toSorted((a, b) => a.rank - b.rank || (a.object.id < b.object.id ? -1 : 1));
  const ordered: OrderedObject[] = [];
  const seen = new Set<ObjectId>();
  const open: Visit[] = [];
  const visit = (object: SchemaObject): void => {
    if (seen.has(object.id)) {
      const early = cutCircle(open, object.id);
      if (early !== null) {
        visitNeeds(early.object);
        ordered.push({ object: early.object, stub: true });
      }
      return;
    }
    seen.add(object.id);
    const own: Visit = { object, depth: open.length, stubbed: false, waitsFor: null, waiting: [] };
    open.push(own);
    visitNeeds(object);
    open.pop();
    if (own.waitsFor === null || !own.stubbed) ordered.push({ object, stub: own.waitsFor !== null });
    own.waitsFor?.waiting.push(object);
    for (const view of own.waiting) ordered.push({ object: view, stub: false });
  };
  const visitNeeds = (object: SchemaObject): void => {
    for (const id of object.dependencies) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
  };
  for (const { object } of ranked) visit(object);
  return ordered;
}

/** An object whose dependencies are being visited. */
interface Visit {
  readonly object: SchemaObject;
  readonly depth: number;
  /** Its stub was made before its turn. */
  stubbed: boolean;
  /** The outermost object that needs this view and that it needs. */
  waitsFor: Visit | null;
  /** Views that are made whole when this object is there. */
  readonly waiting: SchemaObject[];
}

/**
 * Where `id` is open, everything opened after it needs it and is needed by it: the last view of these is made as a stub
 * in its turn and waits. Returns the view at the start of the circle where it is the only one: its stub is made at once.
 */
function cutCircle(open: readonly Visit[], id: ObjectId): Visit | null {
  const start = open.findIndex(({ object }) => object.id === id);
  const target = open[start];
  const view = start === -1 ? undefined : open.slice(start).findLast(({ object }) => object.kind === 'view');
  if (view === undefined || target === undefined || view.stubbed) return null;
  if (view === target) {
    view.stubbed = true;
    return view;
  }
  if (view.waitsFor === null || target.depth < view.waitsFor.depth) view.waitsFor = target;
  return null;
}
