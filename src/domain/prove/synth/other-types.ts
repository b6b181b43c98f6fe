import type { Random } from '../../../model/user-script.ts';
import { isJson } from './learn.ts';
import { daysIn, literalsIn } from './literals.ts';
import { dateOf, dayAfter, uuidOf } from './plain.ts';

const FAR = 12;

interface Wish {
  readonly name: string;
  readonly serial: number;
  readonly attempt: number;
  readonly random: Random;
  readonly checks: readonly string[];
  readonly words: readonly string[];
}

/** A value of what is neither text nor number; null where the type is not known. */
export function otherType(type: string, wish: Wish): string | null {
  const base = type.replace(/\s*\(.*\)/u, '');
  const { serial, attempt, random } = wish;
  const day = attempt === 0 ? dateOf(serial) : someDay(wish);
  if (base.startsWith('timestamp')) return `${day} ${hour(wish)}:15:00+00`;
  if (base.startsWith('time')) return `${hour(wish)}:15:00`;
  if (base.endsWith('multirange')) {
    const range = rangeOf(base.replace('multirange', 'range'), wish);
    return range === null ? null : `{${range}}`;
  }
  if (base.endsWith('range')) return rangeOf(base, wish);
  switch (base) {
    case 'boolean':
      return attempt > 3 ? String(random.chance(0.5)) : String((serial + attempt) % 2 === 0);
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
      return jsonOf(wish);
    case 'jsonpath':
      return '$.a';
    case 'xml':
      return `<n>${String(serial)}</n>`;
    case 'interval':
      return `${String((serial % 20) + 1)} days 02:03:04`;
    case 'inet':
    case 'cidr':
      return `10.${String(Math.floor(serial / 62_500) % 250)}.${String(Math.floor(serial / 250) % 250)}.${String(serial % 250)}`;
    case 'macaddr':
      return `08:00:2b:01:${byte(serial >> 8)}:${byte(serial)}`;
    case 'macaddr8':
      return `08:00:2b:ff:fe:01:${byte(serial >> 8)}:${byte(serial)}`;
    case 'tsvector':
      return `'lexeme':${String((serial % 100) + 1)}`;
    case 'tsquery':
      return `'lexeme'`;
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
    case 'vector':
      return `[${Array.from({ length: Number(/\((\d+)\)/u.exec(type)?.[1] ?? 3) }, () => '1').join(',')}]`;
    default:
      return null;
  }
}

function rangeOf(base: string, { serial, attempt, random }: Wish): string | null {
  const at = attempt === 0 ? serial : serial + random.int(0, 3);
  if (/^(?:date|ts|tstz)range$/u.test(base)) return `[${dayAfter(at * 2)},${dayAfter(at * 2 + 1)})`;
  return /^(?:int4|int8|num)range$/u.test(base) ? `[${String(at * 10)},${String(at * 10 + 5)})` : null;
}

/** Days of the checks and near them, or in the past; ahead of today only where nothing else helps. */
function someDay({ serial, attempt, random, checks }: Wish): string {
  const days = daysIn(checks);
  if (days.length > 0 && random.chance(0.5)) {
    const near = Date.parse(`${random.pick(days)}T00:00:00Z`) + random.int(-1, 1) * 86_400_000;
    return new Date(near).toISOString().slice(0, 10);
  }
  return attempt > FAR && random.chance(0.2) ? dayAfter(20_000 + serial) : dateOf(serial + random.int(-400, 0));
}

function hour({ serial, attempt, random }: Wish): string {
  return String(attempt === 0 ? serial % 24 : random.int(0, 23)).padStart(2, '0');
}

function byte(n: number): string {
  return (n & 255).toString(16).padStart(2, '0');
}

/** An object at first; later what else may stand in a document, with the keys that the checks speak of. */
function jsonOf({ name, serial, attempt, random, checks, words }: Wish): string {
  if (attempt === 0) return `{"n": ${String(serial)}}`;
  if (attempt === 1) return '[]';
  if (attempt === 2) return '{}';
  const keys = literalsIn(checks, name).filter((text) =>
    /^(?!(?:object|array|string|number|boolean|null)$)\w+$/u.test(text),
  );
  const documents = words.filter(isJson);
  const object = checks.some((check) => /'object'/u.test(check));
  const value = (): string =>
    random.pick([String(random.int(1, 5)), '"a"', 'true', 'false', '[]', '{}', '["a"]', `"${dateOf(serial)}"`]);
  if (keys.length > 0 && random.chance(0.6)) return `{${keys.map((key) => `"${key}": ${value()}`).join(', ')}}`;
  if (object && random.chance(0.7)) return '{}';
  if (documents.length > 0 && random.chance(0.5)) return random.pick(documents);
  return value();
}
