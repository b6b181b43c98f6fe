import type { ObjectChange, ObjectId, SchemaObject } from '../../../model/snapshot.ts';

/** Objects as they are now, who depends on them, and how they were before the look that is going on. */
export class TrackedObjects {
  readonly objects = new Map<ObjectId, SchemaObject>();
  readonly #dependents = new Map<ObjectId, Set<ObjectId>>();
  readonly #before = new Map<ObjectId, SchemaObject | null>();

  set(id: ObjectId, next: SchemaObject | null): void {
    const known = this.objects.get(id) ?? null;
    if (!this.#before.has(id)) this.#before.set(id, known);
    for (const other of known?.dependencies ?? []) this.#dependents.get(other)?.delete(id);
    if (next === null) {
      this.objects.delete(id);
      return;
    }
    this.objects.set(id, next);
    for (const other of next.dependencies) {
      const ids = this.#dependents.get(other);
      if (ids === undefined) this.#dependents.set(other, new Set([id]));
      else ids.add(id);
    }
  }

  dependentsOf(id: ObjectId): Iterable<ObjectId> {
    return this.#dependents.get(id) ?? [];
  }

  /** It is gone, or its columns have other names. */
  isRenamed(id: ObjectId): boolean {
    const now = this.objects.get(id);
    if (now === undefined) return true;
    return columnsOf(this.#before.get(id) ?? null) !== columnsOf(now);
  }

  /** What the look that ends here has changed, ascending by id. */
  take(): readonly ObjectChange[] {
    const changes = [...this.#before]
      .map(([id, before]) => ({ id, before, after: this.objects.get(id) ?? null }))
      .filter(
        ({ before, after }) =>
          before?.definition !== after?.definition || JSON.stringify(before) !== JSON.stringify(after),
      )
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.#before.clear();
    return changes;
  }
}

function columnsOf(object: SchemaObject | null): string {
  return object?.detail?.type === 'table' ? object.detail.columns.map(({ name }) => name).join('\0') : '';
}
