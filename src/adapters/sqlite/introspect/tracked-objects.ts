import type { ObjectChange, ObjectId, SchemaObject } from '../../../model/snapshot.ts';

/** Objects as they are now, and how they were before the look that is going on. */
export class TrackedObjects {
  readonly objects = new Map<ObjectId, SchemaObject>();
  readonly #before = new Map<ObjectId, SchemaObject | null>();

  set(id: ObjectId, next: SchemaObject | null): void {
    if (!this.#before.has(id)) this.#before.set(id, this.objects.get(id) ?? null);
    if (next === null) this.objects.delete(id);
    else this.objects.set(id, next);
  }

  /** What the look that ends here has changed, ascending by id. */
  take(): readonly ObjectChange[] {
    const changes = [...this.#before]
      .map(([id, before]) => ({ id, before, after: this.objects.get(id) ?? null }))
      .filter(({ before, after }) => !sameObject(before, after))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.#before.clear();
    return changes;
  }
}

function sameObject(a: SchemaObject | null, b: SchemaObject | null): boolean {
  return a?.definition === b?.definition && JSON.stringify(a) === JSON.stringify(b);
}
