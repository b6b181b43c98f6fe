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

/** Objects so that each comes after what it depends on. A view in a circle comes twice: as a stub, then whole. */
export function inDependencyOrder(objects: readonly SchemaObject[]): readonly OrderedObject[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const ranked = objects
    .map((object) => ({ object, rank: rankOf(object) }))
    .toSorted((a, b) => a.rank - b.rank || (a.object.id < b.object.id ? -1 : 1));
  const ordered: OrderedObject[] = [];
  const state = new Map<ObjectId, 'open' | 'stub' | 'done'>();
  const visit = (object: SchemaObject): void => {
    const seen = state.get(object.id);
    if (seen === 'open' && object.kind === 'view') {
      state.set(object.id, 'stub');
      ordered.push({ object, stub: true });
    }
    if (seen !== undefined) return;
    state.set(object.id, 'open');
    for (const id of object.dependencies) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed);
    }
    state.set(object.id, 'done');
    ordered.push({ object, stub: false });
  };
  for (const { object } of ranked) visit(object);
  return ordered;
}
