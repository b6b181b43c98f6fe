/** A table that is about to be made anew, or was: what a rebuild should keep. */
export interface TableState {
  readonly name: string;
  readonly rows: number;
  /** Columns of the primary key. */
  readonly keys: readonly string[];
  /** By name, as the engine tells names apart. */
  readonly columns: ReadonlyMap<string, ColumnState>;
  /** Indexes, triggers and the like: name, and the definition apart from the names of itself and its table. */
  readonly objects: readonly TableObject[];
  readonly counters: readonly TableCounter[];
}

export interface ColumnState {
  readonly type: string;
  /** Hash of what it holds, whatever the order of the rows. */
  readonly values: string;
  /** Hash of which row holds which value, by the row's key. */
  readonly places: string;
}

export interface TableObject {
  readonly kind: string;
  readonly name: string;
  readonly definition: string;
}

/** What gives numbers. */
export interface TableCounter {
  /** For people: `the AUTOINCREMENT counter of items`. */
  readonly name: string;
  /** Null where it is the table's. */
  readonly column: string | null;
  /** The last number it gave. */
  readonly value: number;
}

/** What a rebuild lost, one line each. Objects that are named in `dropped` were dropped on purpose. */
export function lostObjects(was: TableState, is: TableState, dropped: (object: TableObject) => boolean): string[] {
  const kept = ({ kind, name, definition }: TableObject): boolean =>
    is.objects.some(
      (each) => each.kind === kind && (each.name === name || (kind === 'index' && each.definition === definition)),
    );
  return [
    ...was.objects
      .filter((object) => !dropped(object) && !kept(object))
      .map(({ kind, name }) => `the ${kind}${name === '' ? '' : ` ${name}`} of ${was.name}`),
    ...was.counters.flatMap(({ name, column, value }) => {
      if (column !== null && !is.columns.has(column)) return [];
      const now = is.counters.find((counter) => counter.name === name)?.value ?? null;
      if (now !== null && now >= value) return [];
      return [
        `${name}: ${String(value)} before, ${now === null ? 'none' : String(now)} after, so numbers that were given once are given again`,
      ];
    }),
  ];
}

/** Columns that a rebuild kept by name and type, and not what is in them. */
export function alteredColumns(was: TableState, is: TableState): readonly string[] {
  if (is.rows !== was.rows) return [];
  const hasOther = (name: string, what: 'values' | 'places'): boolean => {
    const before = was.columns.get(name);
    const after = is.columns.get(name);
    return before !== undefined && after !== undefined && after.type === before.type && after[what] !== before[what];
  };
  // Where the keys are other ones, no row can be told from the next.
  const sameKeys =
    was.keys.join() === is.keys.join() &&
    was.keys.every((key) => was.columns.get(key)?.values === is.columns.get(key)?.values);
  return [...was.columns.keys()]
    .filter((name) => hasOther(name, 'values') || (sameKeys && hasOther(name, 'places')))
    .map((name) => `${was.name}.${name}`);
}
