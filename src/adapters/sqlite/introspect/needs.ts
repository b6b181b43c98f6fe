/** Who needs what: the keys of rows by the names that their objects depend on. */
export class Needs {
  readonly #names = new Map<string, ReadonlySet<string>>();
  readonly #keys = new Map<string, Set<string>>();

  set(key: string, names: ReadonlySet<string>): void {
    this.delete(key);
    if (names.size === 0) return;
    this.#names.set(key, names);
    for (const name of names) {
      const keys = this.#keys.get(name);
      if (keys === undefined) this.#keys.set(name, new Set([key]));
      else keys.add(key);
    }
  }

  delete(key: string): void {
    for (const name of this.#names.get(key) ?? []) {
      const keys = this.#keys.get(name);
      keys?.delete(key);
      if (keys?.size === 0) this.#keys.delete(name);
    }
    this.#names.delete(key);
  }

  of(name: string): Iterable<string> {
    return this.#keys.get(name) ?? [];
  }
}
