import { quoteLiteral } from '../../../sql/quote.ts';
import { CATALOG } from './catalog.ts';
import type { ObjectDetail, ObjectId, ObjectKind, SchemaObject } from '../../../model/snapshot.ts';

/** An object being read: what it depends on is known by catalog key until all are read. */
export interface DraftObject {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  readonly schema: string | null;
  readonly name: string;
  readonly parent: ObjectId | null;
  readonly definition: string;
  readonly systemNamed?: boolean;
  readonly detail?: ObjectDetail | null;
  /** Catalog keys of what it needs. */
  readonly needs?: readonly string[];
  /** Ids of what it needs. */
  readonly needsIds?: readonly ObjectId[];
  /** Its own catalog keys: dependencies of these are its dependencies. */
  readonly keys?: readonly string[];
}

/** An object with the root it is read with, and what `COMMENT ON` calls it. */
export interface PlacedObject {
  readonly object: DraftObject;
  readonly unit: string;
  readonly address: string | null;
}

/** What `COMMENT ON` and `ALTER … OWNER TO` call an object: `TABLE public.users`. */
export interface Address {
  readonly id: ObjectId;
  readonly sql: string;
  readonly schema: string | null;
}

export interface RelationEntry {
  readonly id: ObjectId;
  /** Qualified and quoted. */
  readonly sql: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  /** By attribute number. */
  readonly columns: (ColumnEntry | undefined)[];
}

export interface ColumnEntry {
  /** Quoted. */
  readonly sql: string;
  /** Oid of its type. */
  readonly type: string;
  /** Oid of its collation where it is another than that of its type. */
  readonly collation: string | null;
}

/**
 * Everything read so far: objects, and what a catalog key stands for. `unit` is the root an object is read with; an
 * incremental reading replaces whole units.
 */
export class Draft {
  readonly objects = new Map<ObjectId, PlacedObject>();
  #units: Map<string, Set<ObjectId>> | null = null;
  readonly idOf = new Map<string, ObjectId>();
  /** Of what is no object, or is called otherwise than its object. */
  readonly addresses = new Map<string, Address>();
  readonly relations = new Map<string, RelationEntry>();
  /** Qualified names of indexes by oid. */
  readonly indexNames = new Map<string, string>();
  readonly #sequenceOwners = new Map<string, string>();
  readonly #sequences = new Map<string, Set<string>>();
  readonly roles = new Map<string, string>();
  /** The role that owns what has no owner object, quoted. */
  owner = '';
  readonly namedRoles = new Set<string>();

  add(unit: string, object: DraftObject, address: string | null = null): void {
    this.objects.set(object.id, { object, unit, address });
    if (this.#units !== null) note(this.#units, unit, object.id);
    for (const key of object.keys ?? []) this.idOf.set(key, object.id);
  }

  /** Whether an oid is that of an enum that was read. */
  isEnum(type: string): boolean {
    return this.objects.get(this.idOf.get(`${String(CATALOG.type)}:${type}`) ?? '')?.object.kind === 'enum';
  }

  unitOf(id: ObjectId): string | undefined {
    return this.objects.get(id)?.unit;
  }

  addressOf(key: string): Address | undefined {
    const known = this.addresses.get(key);
    if (known !== undefined) return known;
    const placed = this.objects.get(this.idOf.get(key) ?? '');
    return placed === undefined || placed.address === null
      ? undefined
      : { id: placed.object.id, sql: placed.address, schema: placed.object.schema };
  }

  /** Oid of the table by that of a sequence of its columns. */
  get sequenceOwners(): ReadonlyMap<string, string> {
    return this.#sequenceOwners;
  }

  sequencesOf(table: string): Iterable<string> {
    return this.#sequences.get(table) ?? [];
  }

  ownSequence(sequence: string, table: string): void {
    const before = this.#sequenceOwners.get(sequence);
    if (before !== undefined) this.#sequences.get(before)?.delete(sequence);
    this.#sequenceOwners.set(sequence, table);
    note(this.#sequences, table, sequence);
  }

  /** Ids by unit; kept from the first call on, for only a tracker asks. */
  get units(): Map<string, Set<ObjectId>> {
    if (this.#units !== null) return this.#units;
    this.#units = new Map();
    for (const [id, { unit }] of this.objects) note(this.#units, unit, id);
    return this.#units;
  }

  /** Forgets a unit; returns the ids it had. */
  remove(unit: string): readonly ObjectId[] {
    const ids = [...(this.units.get(unit) ?? [])];
    this.units.delete(unit);
    for (const id of ids) {
      for (const key of this.objects.get(id)?.object.keys ?? []) {
        this.idOf.delete(key);
        this.addresses.delete(key);
      }
      this.objects.delete(id);
    }
    return ids;
  }

  role(oid: unknown): string {
    return this.roles.get(String(oid)) ?? `"${String(oid)}"`;
  }

  /** An owner object where another than the snapshot's owner has it. */
  own(unit: string, object: Pick<DraftObject, 'id' | 'schema'>, sql: string, ownerOid: unknown): void {
    const owner = this.role(ownerOid);
    if (owner === this.owner) return;
    this.namedRoles.add(owner);
    this.add(unit, {
      id: `owner of ${object.id}`,
      kind: 'owner',
      schema: object.schema,
      name: `of ${object.id}`,
      parent: object.id,
      definition: `ALTER ${sql} OWNER TO ${owner};`,
      detail: { type: 'owner', owner },
    });
  }

  comment(unit: string, target: Address, comment: string, parent: ObjectId = target.id): void {
    const on = target.id;
    this.add(unit, {
      id: `comment on ${on}`,
      kind: 'comment',
      schema: target.schema,
      name: `on ${on}`,
      parent: this.objects.has(parent) ? parent : null,
      definition: `COMMENT ON ${target.sql} IS ${quoteLiteral('postgres', comment)};`,
      detail: { type: 'comment', text: comment },
    });
  }
}

function note(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}

/** Makes objects of drafts; one may be used for many. */
export class Finisher {
  readonly #registry: Draft;
  readonly #found: ObjectId[] = [];
  #count = 0;

  constructor(registry: Draft) {
    this.#registry = registry;
  }

  /** Catalog keys become ids: of other objects only, each once, ascending. */
  finish(draft: DraftObject, needs: readonly string[] = NONE): SchemaObject {
    this.#count = 0;
    this.#take(draft.id, draft.parent);
    for (const id of draft.needsIds ?? NONE) this.#take(draft.id, id);
    for (const key of draft.needs ?? NONE) this.#take(draft.id, this.#registry.idOf.get(key));
    for (const key of needs) this.#take(draft.id, this.#registry.idOf.get(key));
    return {
      id: draft.id,
      kind: draft.kind,
      schema: draft.schema,
      name: draft.name,
      parent: draft.parent,
      definition: draft.definition,
      dependencies: this.#sorted(),
      systemNamed: draft.systemNamed ?? false,
      detail: draft.detail ?? null,
    };
  }

  #take(own: ObjectId, id: ObjectId | null | undefined): void {
    if (id === null || id === undefined || id === own || !this.#registry.objects.has(id)) return;
    for (let at = 0; at < this.#count && at < FEW; at++) if (this.#found[at] === id) return;
    this.#found[this.#count++] = id;
  }

  #sorted(): readonly ObjectId[] {
    const ids = this.#found.slice(0, this.#count);
    const [first = '', second = ''] = ids;
    if (ids.length < 2 || (ids.length === 2 && first < second)) return ids;
    if (ids.length === 2) return [second, first];
    ids.sort();
    return ids.length <= FEW ? ids : ids.filter((id, at) => id !== ids[at - 1]);
  }
}

const NONE: readonly never[] = [];
/** So many are compared one by one. */
const FEW = 8;
