import type { Random } from '../../../model/user-script.ts';

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
}

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
  () => '2024-02-29',
  () => '{}',
  () => '[]',
  (n: number) => `10.0.0.${String(n % 250)}`,
  (n: number) => `Ábc "${String(n)}"`,
  (n: number) => `A${String(n)}`,
  (n: number) => `${String(n % 24).padStart(2, '0')}:30`,
] as const;

/** Text of a value that goes between quotes, or null where the type is not known. */
export function valueText(wish: ValueWish): string | null {
  const { labels, random, attempt, serial } = wish;
  if (labels !== null) return labels.length === 0 ? null : (labels[(serial + attempt) % labels.length] ?? null);
  const literals = literalsIn(wish.checks, wish.name);
  const numbers = numbersIn(wish.checks);
  const type = wish.type.toLowerCase();
  if (isText(type, wish.affinity)) return textOf(wish, literals, numbers);
  if (isNumber(type, wish.affinity)) {
    const near = numbers.flatMap((n) => [n, n + 1, n - 1]);
    const value =
      attempt === 0 || near.length === 0 ? (attempt % 2 === 0 ? serial : random.int(0, 100)) : random.pick(near);
    return fitNumber(type, value);
  }
  const length = attempt % 2 === 0 ? undefined : numbers.find((n) => n > 0 && n <= 300);
  if (length !== undefined && /^(?:blob|bytea)/u.test(type))
    return String.raw`\x${serial
      .toString(16)
      .padStart(length * 2, '0')
      .slice(-length * 2)}`;
  return otherType(type, serial, attempt);
}

function textOf(
  { name, type, serial, attempt, random, checks }: ValueWish,
  literals: string[],
  numbers: number[],
): string {
  const limit = /\((\d+)\)/u.exec(type)?.[1];
  const most = limit === undefined ? 200 : Number(limit);
  const fit = (text: string): string => (text.length <= most ? text : shortened(text, serial, most));
  if (attempt < 3 && checks.some((check) => /json/iu.test(check))) return attempt === 1 ? '[]' : '{}';
  if (literals.length > 0 && (attempt < 3 || random.chance(0.6))) return fit(random.pick(literals));
  const lengths = numbers.filter((n) => n > 0 && n <= 300);
  if (attempt > 0 && lengths.length > 0 && random.chance(0.4)) {
    const length = random.pick(lengths);
    return fit(String(serial).padStart(length, 'A').slice(-length));
  }
  if (attempt === 0) return fit(natural(name, serial));
  return fit(random.pick(SHAPES)(serial));
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
  if (affinity) return /char|clob|text/u.test(type) || (type === 'json' && affinity);
  return /^(?:text|citext|name|character|varchar|char|bpchar|"char")/u.test(type);
}

function isNumber(type: string, affinity: boolean): boolean {
  if (affinity) return /int|real|floa|doub|num|dec|bool|money/u.test(type);
  return /^(?:smallint|integer|bigint|numeric|decimal|real|double|oid|money)/u.test(type);
}

function fitNumber(type: string, value: number): string {
  if (/bool/u.test(type)) return String(Math.abs(value) % 2);
  const [, precision, scale] = /\((\d+)(?:,\s*(\d+))?\)/u.exec(type) ?? [];
  if (precision === undefined) return String(/real|floa|doub|num|dec|money/u.test(type) ? value + 0.5 : value);
  const digits = Number(precision) - Number(scale ?? 0);
  const most = digits <= 0 ? 0 : 10 ** Math.min(digits, 9) - 1;
  const whole = Math.min(value, most);
  return Number(scale ?? 0) > 0 ? `${String(whole)}.${'5'.padEnd(Math.min(2, Number(scale)), '0')}` : String(whole);
}

function otherType(type: string, serial: number, attempt: number): string | null {
  const base = type.replace(/\s*\(.*\)/u, '');
  const day = dateOf(serial + attempt * 37);
  switch (base) {
    case 'boolean':
      return (serial + attempt) % 2 === 0 ? 'true' : 'false';
    case 'uuid':
      return uuidOf(serial);
    case 'date':
      return day;
    case 'datetime':
      return `${day} 08:15:00`;
    case 'blob':
    case 'bytea':
      return String.raw`\x00ff${serial.toString(16).padStart(8, '0')}`;
    case 'json':
    case 'jsonb':
      return attempt % 2 === 0 ? `{"n": ${String(serial)}}` : '[]';
    case 'xml':
      return `<n>${String(serial)}</n>`;
    case 'interval':
      return `${String((serial % 20) + 1)} days 02:03:04`;
    case 'inet':
    case 'cidr':
      return `10.0.${String(Math.floor(serial / 250) % 250)}.${String(serial % 250)}`;
    case 'macaddr':
      return `08:00:2b:01:02:${(serial % 256).toString(16).padStart(2, '0')}`;
    case 'macaddr8':
      return `08:00:2b:ff:fe:01:02:${(serial % 256).toString(16).padStart(2, '0')}`;
    case 'tsvector':
      return `'lexeme':${String((serial % 100) + 1)}`;
    case 'tsquery':
      return `'lexeme'`;
    case 'bit':
    case 'bit varying':
      return bitsOf(type, serial);
    case 'point':
      return `(${String(serial)},1)`;
    case 'box':
      return `(${String(serial)},1),(0,0)`;
    case 'circle':
      return `<(0,0),${String(serial)}>`;
    case 'line':
      return '{1,2,3}';
    case 'lseg':
    case 'path':
      return `[(0,0),(${String(serial)},1)]`;
    case 'polygon':
      return `((0,0),(1,${String(serial)}),(2,2))`;
    case 'ltree':
      return `a.b${String(serial)}`;
    case 'hstore':
      return `n=>${String(serial)}`;
    case 'pg_lsn':
      return `0/${serial.toString(16).toUpperCase()}`;
    case 'int4range':
    case 'int8range':
    case 'numrange':
      return `[${String(serial * 10)},${String(serial * 10 + 5)})`;
    case 'daterange':
    case 'tsrange':
    case 'tstzrange':
      return `[${dateOf(serial * 2)},${dateOf(serial * 2 + 1)})`;
    default:
      break;
  }
  if (base.startsWith('timestamp')) return `${day} 08:15:00+00`;
  if (base.startsWith('time')) return `${String(serial % 24).padStart(2, '0')}:15:00`;
  if (base === 'vector')
    return `[${Array.from({ length: Number(/\((\d+)\)/u.exec(type)?.[1] ?? 3) }, () => '1').join(',')}]`;
  return null;
}

function bitsOf(type: string, serial: number): string {
  const length = Number(/\((\d+)\)/u.exec(type)?.[1] ?? 1);
  return serial.toString(2).padStart(length, '0').slice(-length);
}

function dateOf(serial: number): string {
  return new Date(Date.UTC(2024, 0, 1) + serial * 86_400_000).toISOString().slice(0, 10);
}

function uuidOf(serial: number): string {
  return `5f00f007-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`;
}

/** Texts in quotes of those checks, apart from patterns and casts of names. */
function literalsIn(checks: readonly string[], name: string): string[] {
  return checks
    .filter((check) => check.includes(name) && !/[~]|\bLIKE\b|\bGLOB\b/iu.test(check))
    .flatMap((check) =>
      [...check.matchAll(/'((?:[^']|'')*)'/gu)].map((match) => (match[1] ?? '').replaceAll("''", "'")),
    )
    .filter((text) => text !== '');
}

function numbersIn(checks: readonly string[]): number[] {
  return checks.flatMap((check) =>
    [...check.replaceAll(/'(?:[^']|'')*'/gu, '').matchAll(/(?<![\w.])\(?(-?\d+(?:\.\d+)?)/gu)].map((match) =>
      Number(match[1]),
    ),
  );
}
