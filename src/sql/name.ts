import type { Node, RangeVar } from './parser.ts';
import { quoteIdentifier } from './quote.ts';

/** A relation by its catalog name, not quoted; `schema` null when the statement leaves it to the search path. */
export interface QualifiedName {
  readonly schema: string | null;
  readonly name: string;
}

/** Names as they are written most plainly: quoted only where they would be read otherwise. */
export function displayName(...parts: readonly (string | null | undefined)[]): string {
  return parts.flatMap((part) => present(part === '' ? null : part).map(quotedIfNeeded)).join('.');
}

const PLAIN = /^[a-z_\u0080-\uffff][\w$\u0080-\uffff]*$/;

function quotedIfNeeded(name: string): string {
  return PLAIN.test(name) && name === name.toLowerCase() ? name : quoteIdentifier(name);
}

export function relationName(relation: RangeVar | undefined): string | null {
  if (relation?.relname === undefined) return null;
  return displayName(relation.catalogname, relation.schemaname, relation.relname);
}

export function qualifiedName(relation: RangeVar | undefined): QualifiedName | null {
  if (relation?.relname === undefined) return null;
  return { schema: relation.schemaname ?? null, name: relation.relname };
}

/** The parts of a dotted name that the tree holds as a list of strings, a type name or a single string. */
export function nameParts(node: Node | undefined): readonly string[] {
  if (node === undefined) return [];
  if ('String' in node) return node.String.sval === undefined ? [] : [node.String.sval];
  if ('List' in node) return (node.List.items ?? []).flatMap(nameParts);
  if ('TypeName' in node) return (node.TypeName.names ?? []).flatMap(nameParts);
  return [];
}

/** The relations among nodes that are range variables. */
export function rangeVars(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('RangeVar' in node ? present(relationName(node.RangeVar)) : []));
}

/** A list of the value, empty for null. */
export function present<T>(value: T | null | undefined): readonly T[] {
  return value === null || value === undefined ? [] : [value];
}
