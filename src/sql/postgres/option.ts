import { nameParts } from '../name.ts';
import type { DefElem, Node } from '../parser.ts';

/** The option of a name in a list such as `WITH (create_slot = false)`. */
export function option(options: readonly Node[] | undefined, name: string): DefElem | undefined {
  for (const node of options ?? []) {
    if ('DefElem' in node && node.DefElem.defname?.toLowerCase() === name) return node.DefElem;
  }
  return undefined;
}

/** A boolean option as PostgreSQL reads it: absent gives `otherwise`, without a value it is on. */
export function isOn(options: readonly Node[] | undefined, name: string, otherwise = false): boolean {
  const found = option(options, name);
  if (found === undefined) return otherwise;
  const { arg } = found;
  if (arg === undefined) return true;
  if ('Integer' in arg) return (arg.Integer.ival ?? 0) !== 0;
  // `false` is a string to the parser, and `off` the name of a type.
  const word = nameParts(arg).join('.').toLowerCase();
  return word !== 'false' && word !== 'off';
}
