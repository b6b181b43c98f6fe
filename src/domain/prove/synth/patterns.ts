import type { Random } from '../../../model/user-script.ts';

/** A pattern that a check holds a text against. */
export interface Pattern {
  readonly kind: 'regex' | 'like' | 'glob';
  readonly text: string;
}

const OPERATORS = String.raw`(!?~~?\*?|\b(?:NOT\s+)?(?:I?LIKE|GLOB|REGEXP|SIMILAR\s+TO)\b)`;
const PATTERN = new RegExp(
  String.raw`${OPERATORS}\s*(?:ANY\s*)?[(\s]*(?:ARRAY\[|(similar_to_escape|similar_escape)\()?[(\s]*'((?:[^']|'')*)'`,
  'giu',
);

/** Patterns of the checks that mention a column, without those it must not match. */
export function patternsIn(checks: readonly string[], name: string): Pattern[] {
  return checks
    .filter((check) => check.includes(name))
    .flatMap((check) =>
      [...check.matchAll(PATTERN)].flatMap(([, operator = '', similar, quoted = '']): Pattern[] => {
        const text = quoted.replaceAll("''", "'");
        if (/^(?:!|NOT)/iu.test(operator)) return [];
        if (similar !== undefined || /^SIMILAR/iu.test(operator))
          return [{ kind: 'regex', text: text.replaceAll('%', '.*').replaceAll('_', '.') }];
        if (/^GLOB/iu.test(operator)) return [{ kind: 'glob', text }];
        return [{ kind: /~~|LIKE/iu.test(operator) ? 'like' : 'regex', text }];
      }),
    );
}

/** A text that matches, as far as the pattern is understood: look-around and references back are left out. */
export function matching({ kind, text }: Pattern, random: Random): string {
  if (kind === 'regex') return alternation(createReader(text), random);
  const reader = createReader(text);
  let made = '';
  while (!reader.done()) {
    const sign = reader.take();
    if (kind === 'like') {
      if (sign === '%') made += someLetters(random, 0, 4);
      else if (sign === '_') made += someLetters(random, 1, 1);
      else made += sign === '\\' ? reader.take() : sign;
    } else if (sign === '*') made += someLetters(random, 0, 4);
    else if (sign === '?') made += someLetters(random, 1, 1);
    else made += sign === '[' ? random.pick(members(reader)) : sign;
  }
  return made;
}

interface Reader {
  done(): boolean;
  peek(): string;
  take(): string;
  /** Takes the text where it comes next. */
  skip(text: string): boolean;
  rest(): string;
}

function createReader(text: string): Reader {
  let at = 0;
  return {
    done: () => at >= text.length,
    peek: () => text[at] ?? '',
    take: () => text[at++] ?? '',
    skip: (wanted) => {
      if (!text.startsWith(wanted, at)) return false;
      at += wanted.length;
      return true;
    },
    rest: () => text.slice(at),
  };
}

/** Reads alternatives up to a closing bracket or the end, and makes one of them. */
function alternation(reader: Reader, random: Random): string {
  const made = [sequence(reader, random)];
  while (reader.skip('|')) made.push(sequence(reader, random));
  return random.pick(made);
}

function sequence(reader: Reader, random: Random): string {
  let made = '';
  while (!reader.done() && reader.peek() !== '|' && reader.peek() !== ')') {
    const atom = readAtom(reader);
    const [least, most] = quantifier(reader);
    for (let count = random.int(least, most); count > 0; count -= 1) made += atom(random);
  }
  return made;
}

type Atom = (random: Random) => string;

function readAtom(reader: Reader): Atom {
  const sign = reader.take();
  if (sign === '^' || sign === '$') return () => '';
  if (sign === '.') return (random) => someLetters(random, 1, 1);
  if (sign === '[') {
    const signs = members(reader);
    return (random) => random.pick(signs);
  }
  if (sign === '\\') return escaped(reader.take());
  if (sign !== '(') return () => sign;
  const looks = /^\?<?[=!]/u.test(reader.rest());
  if (reader.skip('?')) while (!reader.done() && !':=!>'.includes(reader.take()));
  const inner = balanced(reader);
  return (random) => (looks ? '' : alternation(createReader(inner), random));
}

/** What is inside the bracket that was opened, which is closed by then. */
function balanced(reader: Reader): string {
  let text = '';
  for (let depth = 1; !reader.done();) {
    const sign = reader.take();
    if (sign === '\\') {
      text += sign + reader.take();
      continue;
    }
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) break;
    text += sign;
  }
  return text;
}

function quantifier(reader: Reader): readonly [number, number] {
  const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/u.exec(reader.rest());
  if (found === null) return [1, 1];
  reader.skip(found[0]);
  if (found[0].startsWith('*')) return [0, 6];
  if (found[0].startsWith('+')) return [1, 7];
  if (found[0].startsWith('?')) return [0, 1];
  const least = Number(found[1]);
  if (found[2] === undefined) return [least, least];
  return [least, found[3] === '' || found[3] === undefined ? least + 6 : Math.min(Number(found[3]), least + 40)];
}

const DIGITS = [...'0123456789'];
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const CAPITALS = LETTERS.map((letter) => letter.toUpperCase());
const PLAIN = [...LETTERS, ...DIGITS, ...CAPITALS, '_', '-', '.', ' ', '@'];
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  alnum: [...LETTERS, ...DIGITS],
  alpha: LETTERS,
  digit: DIGITS,
  lower: LETTERS,
  upper: CAPITALS,
  space: [' '],
  blank: [' '],
  punct: ['.', '-', ','],
  xdigit: [...DIGITS, ...'abcdef'],
  word: [...LETTERS, ...DIGITS, '_'],
};
const ESCAPES: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: [...LETTERS, ...DIGITS],
  s: [' '],
  D: LETTERS,
  W: ['-', '.'],
  S: LETTERS,
  n: ['\n'],
  t: ['\t'],
};

function escaped(sign: string): Atom {
  if (/[AZmMyYbB]/u.test(sign)) return () => '';
  const signs = ESCAPES[sign];
  return signs === undefined ? () => sign : (random) => random.pick(signs);
}

/** Signs of a bracket expression, which is read to its end. */
function members(reader: Reader): readonly string[] {
  const negated = reader.skip('^');
  const signs: string[] = [];
  const kinds: string[] = [];
  for (let first = true; !reader.done() && (first || reader.peek() !== ']'); first = false) {
    const named = /^\[:(\w+):\]/u.exec(reader.rest());
    if (named !== null) {
      reader.skip(named[0]);
      kinds.push(...(CLASSES[named[1] ?? ''] ?? []));
      continue;
    }
    const sign = reader.take();
    if (sign === '\\') {
      const next = reader.take();
      kinds.push(...(ESCAPES[next] ?? [next]));
      continue;
    }
    const to = /^-[^\]]/u.exec(reader.rest())?.[0][1];
    if (to === undefined) signs.push(sign);
    else {
      reader.skip(`-${to}`);
      for (let code = sign.charCodeAt(0); code <= to.charCodeAt(0); code += 1) signs.push(String.fromCharCode(code));
    }
  }
  reader.skip(']');
  const all = [...signs, ...kinds];
  const chosen = negated ? PLAIN.filter((sign) => !all.includes(sign)) : all;
  return chosen.length === 0 ? ['a'] : chosen;
}

function someLetters(random: Random, least: number, most: number): string {
  return Array.from({ length: random.int(least, most) }, () => random.pick(LETTERS)).join('');
}
