import type { ErLink, ErModel, ErTable } from './er-model.ts';

type Column = ErTable['columns'][number];

/** Two diagrams as one: everything of either, and what became of it. */
export function erChanges(before: ErModel, after: ErModel): ErModel {
  return {
    tables: merged(before.tables, after.tables, ({ name }) => name, tableOf),
    links: merged(before.links, after.links, linkKey, (_, link) => link),
  };
}

function tableOf(before: ErTable, after: ErTable): ErTable {
  const columns = merged(before.columns, after.columns, ({ name }) => name, columnOf);
  const same = columns.every(({ change }) => change === undefined);
  return same ? after : { ...after, columns, change: 'changed' };
}

function columnOf(before: Column, after: Column): Column {
  const same =
    before.type === after.type && before.nullable === after.nullable && before.marks.join() === after.marks.join();
  if (same) return after;
  return { ...after, change: 'changed', ...(typeOf(before) === typeOf(after) ? {} : { was: typeOf(before) }) };
}

function typeOf({ type, nullable }: Column): string {
  return `${type}${nullable ? '?' : ''}`;
}

function linkKey({ from, to, columns, required, single }: ErLink): string {
  return JSON.stringify([from, to, columns, required, single]);
}

/** Those of `after` in their order, each one that is gone behind the one it followed. */
function merged<T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (each: T) => string,
  both: (before: T, after: T) => T,
): readonly T[] {
  const old = new Map(before.map((each) => [keyOf(each), each]));
  const now = new Set(after.map(keyOf));
  const gone = new Map<string | null, T[]>();
  let last: string | null = null;
  for (const each of before) {
    if (now.has(keyOf(each))) last = keyOf(each);
    else gone.set(last, [...(gone.get(last) ?? []), each]);
  }
  const removedAfter = (key: string | null): readonly T[] =>
    (gone.get(key) ?? []).map((each) => ({ ...each, change: 'removed' }));
  return [
    ...removedAfter(null),
    ...after.flatMap((each) => {
      const known = old.get(keyOf(each));
      const own: T = known === undefined ? { ...each, change: 'added' } : both(known, each);
      return [own, ...removedAfter(keyOf(each))];
    }),
  ];
}
