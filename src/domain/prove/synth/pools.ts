import type { Random } from '../../../model/user-script.ts';
import { literalsIn, numbersIn } from './literals.ts';
import { otherType } from './other-types.ts';
import { matching, patternsIn } from './patterns.ts';
import { bitsOf, dateOf, uuidOf } from './plain.ts';

/** What a value is wanted for. */
export interface ValueWish {
  /** Base type, as the engine writes it, in lower case. */
  readonly type: string;
  readonly name: string;
  /** Check expressions that speak of the column. */
  readonly checks: readonly string[];
  readonly labels: readonly string[] | null;
  readonly affinity: boolean;
  /** Unlike that of any other row. */
  readonly serial: number;
  /** 0 for the first try; later ones are bolder. */
  readonly attempt: number;
  readonly random: Random;
  /** Words in what decides on the rows of the table; none on the first tries. */
  readonly words: readonly string[];
}

const TIMES = [
  (n: number) => dateOf(n),
  (n: number) => `${dateOf(n)} 08:15:00`,
  (n: number) => `${dateOf(n)}T08:15:00Z`,
  (n: number) => `${String(n % 24).padStart(2, '0')}:15:00`,
] as const;

const SHAPES = [
  (n: number) => `user${String(n)}@example.com`,
  (n: number) => `AB-${String(1000 + n)}`,
  (n: number) => `+1555010${String(1000 + (n % 9000))}`,
  (n: number) => `abc-${String(n)}`,
  (n: number) => `abc_${String(n)}`,
  (n: number) => String(1_000_000 + n),
  () => 'USD',
  () => 'en',
  () => 'AB',
  (n: number) => `#${(0xa0_00_00 + n).toString(16)}`,
  (n: number) => `https://example.com/${String(n)}`,
  (n: number) => uuidOf(n),
  ...TIMES,
  () => '{}',
  () => '[]',
  (n: number) => `10.0.0.${String(n % 250)}`,
  (n: number) => `Ábc "${String(n)}"`,
  (n: number) => `A${String(n)}`,
  (n: number) => `a${String(n)}`,
  (n: number) => `${String(n % 24).padStart(2, '0')}:30`,
] as const;

/** Text of a value that goes between quotes, or null where the type is not known. */
export function valueText(wish: ValueWish): string | null {
  const { labels, random, attempt, serial } = wish;
  if (labels !== null)
    return attempt > 3 && labels.length > 0
      ? random.pick(labels)
      : (labels[(serial + attempt) % labels.length] ?? null);
  const numbers = numbersIn(wish.checks);
  const type = wish.type.toLowerCase();
  if (isText(type, wish.affinity)) return textOf(wish, numbers);
  if (isNumber(type, wish.affinity)) return fitNumber(type, numberOf(wish, numbers));
  const length = attempt % 2 === 0 ? undefined : numbers.find((n) => n > 0 && n <= 300);
  if (length !== undefined && /^(?:blob|bytea)/u.test(type))
    return String.raw`\x${serial
      .toString(16)
      .padStart(length * 2, '0')
      .slice(-length * 2)}`;
  if (/^bit\b/u.test(type)) return bitsOf(type, attempt === 0 ? serial : random.int(0, 255));
  const other = otherType(type, wish);
  if (other !== null || !wish.affinity) return other;
  // Of a column of any type on SQLite.
  const kind = /'(integer|real|blob|text)'/iu.exec(wish.checks.join(' '))?.[1]?.toLowerCase();
  if (kind === 'blob') return String.raw`\x00ff${serial.toString(16).padStart(8, '0')}`;
  if (kind === 'real') return `${String(serial)}.5`;
  return attempt % 2 === 0 && kind !== 'text' ? String(serial) : textOf(wish, numbers);
}

function numberOf({ serial, attempt, random }: ValueWish, numbers: readonly number[]): number {
  const near = numbers.flatMap((n) => [n, n + 1, n - 1]);
  if (attempt === 0) return serial;
  if (near.length > 0 && random.chance(0.7)) return random.pick(near);
  if (attempt % 2 === 0) return serial;
  return random.chance(0.5) ? random.int(0, 5) : random.int(0, 100);
}

function isOf(checks: readonly string[], what: RegExp): boolean {
  return checks.some((check) => what.test(check));
}

type Source = readonly [weight: number, make: () => string];

function textOf(wish: ValueWish, numbers: readonly number[]): string {
  const { name, type, serial, attempt, random, checks, words } = wish;
  const limit = /\((\d+)\)/u.exec(type)?.[1];
  const most = limit === undefined ? 200 : Number(limit);
  const fit = (text: string): string => (text.length <= most ? text : shortened(text, serial, most));
  const patterns = patternsIn(checks, name);
  const literals = literalsIn(checks, name);
  if (attempt < 3 && isOf(checks, /json/iu)) return attempt === 1 ? '[]' : '{}';
  if (literals.length > 0 && patterns.length === 0 && attempt < 3)
    return fit(literals[(serial + attempt) % literals.length] ?? '');
  if (patterns.length > 0 && attempt < 3) return matching(random.pick(patterns), random);
  if (attempt === 0) return fit(natural(name, serial));
  const lengths = numbers.filter((n) => n > 0 && n <= 300);
  const known = patterns.length + literals.length > 0;
  const sources: Source[] = [
    [literals.length === 0 ? 0 : 8, () => fit(random.pick(literals))],
    [patterns.length === 0 ? 0 : 12, () => matching(random.pick(patterns), random)],
    [words.length === 0 ? 0 : 8, () => fit(random.pick(words))],
    [lengths.length === 0 ? 0 : 4, () => ofLength(random.pick(lengths), serial)],
    [isOf(checks, /json/iu) ? 8 : 0, () => random.pick(['{}', '[]', '{"a": 1}', '["a"]'])],
    [isOf(checks, /date|time/iu) ? 8 : 0, () => random.pick(TIMES)(serial)],
    [known ? 1 : 4, () => fit(random.pick(SHAPES)(serial))],
    [known ? 0.5 : 1, () => fit(natural(name, serial))],
  ];
  return weighted(sources, random)();
}

function weighted(sources: readonly Source[], random: Random): () => string {
  let at = random.float() * sources.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of sources) {
    at -= weight;
    if (at < 0) return make;
  }
  return () => '';
}

function ofLength(length: number, serial: number): string {
  return String(serial).padStart(length, 'A').slice(-length);
}

/** A text that fits the name of its column. */
function natural(name: string, serial: number): string {
  if (/e?mail/iu.test(name)) return SHAPES[0](serial);
  if (/phone|mobile/iu.test(name)) return SHAPES[2](serial);
  if (/url|website|link/iu.test(name)) return SHAPES[10](serial);
  if (/json|payload|meta|settings|config/iu.test(name)) return '{}';
  if (/(?:^|_)(?:uuid|guid)$/iu.test(name)) return uuidOf(serial);
  if (/_(?:at|on)$|date/iu.test(name)) return dateOf(serial);
  if (/currency/iu.test(name)) return 'USD';
  return `${name.replaceAll(/\W/gu, '').slice(0, 20)} ${String(serial)} é"`;
}

function shortened(text: string, serial: number, most: number): string {
  const digits = serial.toString(36).toUpperCase();
  return most <= digits.length ? digits.slice(-most) : text.slice(0, most - digits.length).trimEnd() + digits;
}

function isText(type: string, affinity: boolean): boolean {
  if (affinity) return /char|clob|text/u.test(type) || type === 'json';
  return /^(?:text|citext|name|character|varchar|char|bpchar|"char")/u.test(type);
}

function isNumber(type: string, affinity: boolean): boolean {
  if (affinity) return /int|real|floa|doub|num|dec|bool|money/u.test(type);
  return /^(?:smallint|integer|bigint|numeric|decimal|real|double|oid|money)/u.test(type);
}

function fitNumber(type: string, value: number): string {
  if (/bool/u.test(type)) return String(Math.abs(value) % 2);
  if (type === 'smallint') return String(value % 32_768);
  const [, precision, scale] = /\((\d+)(?:,\s*(\d+))?\)/u.exec(type) ?? [];
  if (precision === undefined)
    return String(
      /real|floa|doub|num|dec|money/u.test(type) && Number.isInteger(value) ? value + 0.5 : whole(type, value),
    );
  const digits = Number(precision) - Number(scale ?? 0);
  const most = digits <= 0 ? 0 : 10 ** Math.min(digits, 9) - 1;
  const fitting = Math.trunc(Math.min(value, most));
  return Number(scale ?? 0) > 0 ? `${String(fitting)}.${'5'.padEnd(Math.min(2, Number(scale)), '0')}` : String(fitting);
}

function whole(type: string, value: number): number {
  return /int|oid/u.test(type) ? Math.trunc(value) : value;
}
