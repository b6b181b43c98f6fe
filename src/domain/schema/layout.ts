import type { Engine } from '../../model/engine.ts';
import { LAYOUT_KINDS, type LayoutKind, type SchemaObject } from '../../model/snapshot.ts';
import { tokenTexts } from '../../sql/index.ts';

/** Renames what the system named on the left as it named it on the right. */
export type Rename = (text: string) => string;

/**
 * The kinds of layout that two definitions of the same object differ in and in nothing else: the fewest that make them
 * equal, or none where no layout explains the difference.
 */
export function layoutBetween(
  engine: Engine,
  left: SchemaObject,
  right: SchemaObject,
  rename: Rename,
): readonly LayoutKind[] {
  const equalUnder = (kinds: readonly LayoutKind[]): boolean => {
    const renames = kinds.includes('system-names');
    const a = withoutLayout(engine, left, renames ? rename(left.definition) : left.definition, kinds);
    const b = withoutLayout(engine, right, right.definition, kinds);
    return a === b;
  };
  return SUBSETS.find(equalUnder) ?? [];
}

const SUBSETS: readonly (readonly LayoutKind[])[] = [
  ...LAYOUT_KINDS.map((kind) => [kind]),
  ['column-order', 'system-names'],
  ['column-order', 'whitespace'],
  ['system-names', 'whitespace'],
  LAYOUT_KINDS,
];

function withoutLayout(engine: Engine, object: SchemaObject, definition: string, kinds: readonly LayoutKind[]): string {
  let text = definition;
  if (kinds.includes('system-names') && object.detail?.type === 'table') text = withoutNotNullNames(object, text);
  if (kinds.includes('column-order') && object.detail?.type === 'table') text = sortedLines(text);
  if (kinds.includes('whitespace')) text = withoutSpace(engine, object, text);
  return text;
}

/** Lines of a table without their order; the last of them has no comma. */
function sortedLines(definition: string): string {
  return definition
    .split('\n')
    .map((line) => line.replace(/,$/u, ''))
    .toSorted()
    .join('\n');
}

const NOT_NULL_NAME = / CONSTRAINT (?:"(?:[^"]|"")*"|\S+)_not_null\d*"? NOT NULL/gu;

function withoutNotNullNames(object: SchemaObject, definition: string): string {
  const named =
    object.detail?.type === 'table' && object.detail.columns.some(({ notNullName }) => notNullName !== null);
  return named ? definition.replaceAll(NOT_NULL_NAME, ' NOT NULL') : definition;
}

const READABLE_BODIES = new Set(['sql', 'plpgsql']);

/** Tokens with one space between them. The body of a routine is read as text of its own; no other literal is. */
function withoutSpace(engine: Engine, object: SchemaObject, definition: string): string {
  const body =
    object.detail?.type === 'routine' && READABLE_BODIES.has(object.detail.language) ? object.detail.body : null;
  return tokenTexts(engine, definition)
    .map(({ text }) => (body !== null && text.startsWith('$') && text.includes(body) ? squeeze(engine, body) : text))
    .join(' ');
}

function squeeze(engine: Engine, body: string): string {
  return tokenTexts(engine, body)
    .map(({ text }) => text)
    .join(' ');
}
