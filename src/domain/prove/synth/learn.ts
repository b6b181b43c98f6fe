import type { SchemaObject } from '../../../model/snapshot.ts';
import type { SchemaIndex, TableShape } from './shape.ts';

/** How far calls of functions are followed. */
const DEPTH = 3;
const MOST_WORDS = 300;
const MOST_TEXTS = 60;
/** Signs after the name of a column that are near it. */
const NEAR = 300;

/** Words to try in a column, by its name; those that stand near it are in the list more often. */
export type Words = (column: string) => readonly string[];

/** Single words between quotes in what decides on the rows of a table: its triggers and checks, and what they call. */
export function wordsFor(index: SchemaIndex, shape: TableShape): Words {
  const texts = deciding(index, shape).map(withoutNoise);
  const all = [...new Set(texts.flatMap(wordsIn))].slice(0, MOST_WORDS);
  const known = new Map<string, readonly string[]>();
  return (column) => {
    const found = known.get(column) ?? weighted(all, nearWords(texts, column));
    known.set(column, found);
    return found;
  };
}

function deciding(index: SchemaIndex, { id }: TableShape): readonly string[] {
  const texts = new Map<string, string>();
  const read = (object: SchemaObject, depth: number): void => {
    if (texts.has(object.id) || texts.size >= MOST_TEXTS) return;
    texts.set(object.id, object.definition);
    if (depth === 0) return;
    for (const needed of object.dependencies) {
      const found = index.get(needed);
      if (found?.detail?.type === 'routine') read(found, depth - 1);
    }
    for (const [, name = ''] of object.definition.matchAll(/([a-z_]\w*)\s*\(/giu))
      for (const called of index.routines(name)) read(called, depth - 1);
  };
  for (const child of index.children(id))
    if (child.kind === 'trigger' || (child.detail?.type === 'constraint' && child.detail.constraint === 'check'))
      read(child, DEPTH);
  return [...texts.values()];
}

function weighted(all: readonly string[], near: readonly string[]): readonly string[] {
  if (near.length === 0) return all;
  return [...all, ...Array.from({ length: Math.ceil(all.length / near.length) }, () => near).flat()];
}

/** Words that stand shortly after the name of the column. */
function nearWords(texts: readonly string[], column: string): readonly string[] {
  const name = new RegExp(String.raw`\b${column.replaceAll(/[^\w ]/gu, String.raw`\$&`)}\b`, 'giu');
  return [
    ...new Set(
      texts.flatMap((text) =>
        [...text.matchAll(name)].flatMap((match) => wordsIn(text.slice(match.index, match.index + NEAR))),
      ),
    ),
  ];
}

function withoutNoise(definition: string): string {
  return definition
    .replaceAll(/\bERRCODE\s*=\s*'[^']*'/giu, '')
    .replaceAll(/\bSET\s+\w+\s+(?:TO|=)\s+[^\n]*/giu, '')
    .replaceAll(/--[^\n]*/gu, '');
}

function wordsIn(text: string): string[] {
  return [...text.matchAll(/'((?:[^']|'')*)'/gu)]
    .map((match) => (match[1] ?? '').replaceAll("''", "'"))
    .filter((word) => /^[^\s%]{1,60}$/u.test(word) || isJson(word));
}

export function isJson(text: string): boolean {
  if (!/^[[{"\d]|^(?:true|false)$/u.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
