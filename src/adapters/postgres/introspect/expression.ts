import { tokenTexts } from '../../../sql/index.ts';

/**
 * An expression as the server writes it, brought into the form that it keeps when it is run again. The server reads
 * `(ARRAY['a'::character varying])::text[]`, which it writes for a cast array, as `ARRAY[('a'::character varying)::text]`,
 * and `((a AND b) AND c)`, which it writes for a BETWEEN, as `(a AND b AND c)`.
 */
export function settleExpression(text: string): string {
  return NESTED.test(text) ? flattenLists(settleArrays(text)) : settleArrays(text);
}

/** Whether anything in a text may need {@link settleExpression}; cheap. */
export function mayUnsettle(text: string): boolean {
  // Of the many texts most have not one bracket.
  return text.includes(')') && (text.includes(MARK) || NESTED.test(text));
}

const MARK = '(ARRAY[';
const NESTED = /\)\) (?:AND|OR) /u;

function flattenLists(text: string): string {
  const tokens = positions(text);
  const dropped = new Set<number>();
  for (let at = 0; at + 1 < tokens.length; at++) {
    if (tokens[at]?.text !== '(' || tokens[at + 1]?.text !== '(') continue;
    const close = closing(tokens, at + 1);
    const joint = tokens[close + 1]?.text ?? '';
    if ((joint !== 'AND' && joint !== 'OR') || !isListOf(tokens, at + 1, close, joint)) continue;
    dropped.add(tokens[at + 1]?.start ?? -1).add(tokens[close]?.start ?? -1);
  }
  return dropped.size === 0
    ? text
    : flattenLists(
        text
          .split('')
          .filter((_, index) => !dropped.has(index))
          .join(''),
      );
}

/** Whether brackets hold nothing but operands with this word between them. */
function isListOf(tokens: readonly Placed[], open: number, close: number, joint: string): boolean {
  let found = false;
  for (let at = open + 1; at < close; at++) {
    const { text = '' } = tokens[at] ?? {};
    if (text === ',' || text === 'SELECT' || text === 'WITH' || text === 'VALUES') return false;
    if (text === 'AND' || text === 'OR') {
      if (text !== joint) return false;
      found = true;
    }
    if ((PAIRS[text] ?? 0) === 1) at = closing(tokens, at);
  }
  return found;
}

function settleArrays(text: string): string {
  if (!text.includes(MARK)) return text;
  const tokens = positions(text);
  for (let at = 0; at + 2 < tokens.length; at++) {
    if (tokens[at]?.text !== '(' || tokens[at + 1]?.text !== 'ARRAY' || tokens[at + 2]?.text !== '[') continue;
    const list = closing(tokens, at + 2);
    const cast = list + 2;
    if (tokens[list + 1]?.text !== ')' || tokens[cast]?.text !== '::') continue;
    const type = typeAfter(tokens, cast + 1);
    if (type === null) continue;
    const from = tokens[at]?.start ?? 0;
    const to = tokens[type.end]?.end ?? from;
    const name = text.slice(tokens[cast + 1]?.start ?? to, tokens[type.last]?.end ?? to);
    const elements = elementsOf(tokens, at + 2, list).map(
      ([first, last]) => `(${text.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0)})::${name}`,
    );
    return settleArrays(`${text.slice(0, from)}ARRAY[${elements.join(', ')}]${text.slice(to)}`);
  }
  return text;
}

interface Placed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function positions(text: string): readonly Placed[] {
  let from = 0;
  return tokenTexts('postgres', text).map((token) => {
    const start = text.indexOf(token.text, from);
    from = start + token.text.length;
    return { text: token.text, start, end: from };
  });
}

const PAIRS: Readonly<Record<string, number>> = { '(': 1, '[': 1, ')': -1, ']': -1 };

function closing(tokens: readonly Placed[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    depth += PAIRS[tokens[at]?.text ?? ''] ?? 0;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** A type name that ends with `[]`: its last token before that, and the closing bracket. */
function typeAfter(tokens: readonly Placed[], from: number): { readonly last: number; readonly end: number } | null {
  for (let at = from; at < tokens.length; at++) {
    const { text = '' } = tokens[at] ?? {};
    if (text === '[') return tokens[at + 1]?.text === ']' && at > from ? { last: at - 1, end: at + 1 } : null;
    if (text === '(') at = closing(tokens, at);
    else if (!/^["\w.]/u.test(text)) return null;
  }
  return null;
}

function elementsOf(tokens: readonly Placed[], open: number, close: number): readonly (readonly [number, number])[] {
  const elements: (readonly [number, number])[] = [];
  let first = open + 1;
  for (let at = open + 1; at <= close; at++) {
    const { text = '' } = tokens[at] ?? {};
    if (at < close && (PAIRS[text] ?? 0) === 1) at = closing(tokens, at);
    else if (at === close || text === ',') {
      if (at > first) elements.push([first, at - 1]);
      first = at + 1;
    }
  }
  return elements;
}
