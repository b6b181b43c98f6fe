import type { ObjectId, SchemaObject } from '../../model/snapshot.ts';
import type { Rename } from './layout.ts';

/** Objects of the left side and those of the right that are the same but for a name the system gave. */
export type Pairs = ReadonlyMap<ObjectId, SchemaObject>;

/** Pairs what only one side has, by kind, parent and definition without the name, in order of their ids. */
export function pairSystemNamed(removed: readonly SchemaObject[], added: readonly SchemaObject[]): Pairs {
  const free = new Map<string, SchemaObject[]>();
  for (const object of added) {
    if (!object.systemNamed) continue;
    const key = nameless(object);
    free.set(key, [...(free.get(key) ?? []), object]);
  }
  const pairs = new Map<ObjectId, SchemaObject>();
  for (const object of removed) {
    const match = object.systemNamed ? free.get(nameless(object))?.shift() : undefined;
    if (match !== undefined) pairs.set(object.id, match);
  }
  return pairs;
}

function nameless(object: SchemaObject): string {
  const whole = new RegExp(`(?<![\\w$])"?${escape(object.name)}"?(?![\\w$])`, 'gu');
  return [object.kind, object.parent ?? '', object.definition.replaceAll(whole, '?')].join('\0');
}

/** Writes the names of the right side where a text of the left has those that were paired. */
export function renameBy(pairs: Pairs, left: ReadonlyMap<ObjectId, SchemaObject>): Rename {
  const names = [...pairs].flatMap(([id, right]) => {
    const before = left.get(id);
    return before === undefined || before.name === right.name ? [] : [[before.name, right.name] as const];
  });
  if (names.length === 0) return (text) => text;
  const to = new Map(names);
  const any = new RegExp(`(?<![\\w$])(?:${names.map(([name]) => escape(name)).join('|')})(?![\\w$])`, 'gu');
  return (text) => text.replaceAll(any, (name) => to.get(name) ?? name);
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
