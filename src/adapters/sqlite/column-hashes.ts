import type BetterSqlite3 from 'better-sqlite3';
import { quoteIdentifier } from '../../sql/quote.ts';

/** A function of SQLite takes at most this many arguments in old builds. */
const MOST_ARGUMENTS = 100;
/** Of 32 bits each: two of the values, two of the values with the key of their row. */
const LANES = 4;

/** What a column holds, whatever the order of its rows: equal for equal values. */
export interface ColumnHash {
  readonly values: string;
  /** Also which row holds which value, by the key of the row. */
  readonly places: string;
}

/**
 * Adds the sums of 64-bit hashes of each column's values: `surefoot_columns(keys, key.., column..)`. One call a row
 * costs as much as five of the engine's own sums a column do, and they hash nothing.
 */
export function addColumnFunctions(connection: BetterSqlite3.Database): void {
  connection.aggregate('surefoot_columns', {
    varargs: true,
    safeIntegers: true,
    start: () => new Uint32Array(0),
    step: (sums: Uint32Array, ...values: unknown[]) => {
      const first = Number(values[0]) + 1;
      const lanes = sums.length > 0 ? sums : new Uint32Array((values.length - first) * LANES);
      const key: Pair = [0, 0];
      const own: Pair = [0, 0];
      for (let index = 1; index < first; index += 1) mix(key, values[index], key[0]);
      for (let index = first; index < values.length; index += 1) {
        const lane = (index - first) * LANES;
        mix(own, values[index], 0);
        // Each lane wraps by itself; the rows of a table may number billions.
        lanes[lane] = (lanes[lane] ?? 0) + own[0];
        lanes[lane + 1] = (lanes[lane + 1] ?? 0) + own[1];
        finish(own, own[0] ^ key[0], own[1] ^ key[1]);
        lanes[lane + 2] = (lanes[lane + 2] ?? 0) + own[0];
        lanes[lane + 3] = (lanes[lane + 3] ?? 0) + own[1];
      }
      return lanes;
    },
    result: (sums) => Array.from(sums, (sum) => sum.toString(16).padStart(8, '0')).join(''),
  });
}

/** One query: the number of rows, then for each chunk of columns what `readHashes` reads. */
export function columnHashQuery(table: string, columns: readonly string[], keys: readonly string[]): string {
  const key = [String(keys.length), ...keys.map(quoteIdentifier)];
  const chunks = chunksOf(columns, MOST_ARGUMENTS - key.length);
  const calls = chunks.map((chunk) => `surefoot_columns(${[...key, ...chunk.map(quoteIdentifier)].join(', ')})`);
  return `SELECT ${['count(*)', ...calls].join(', ')} FROM ${quoteIdentifier(table)}`;
}

/** The hashes of the columns in their order, from the query's row without its first figure. */
export function readHashes(figures: readonly unknown[]): readonly ColumnHash[] {
  const text = figures.map(String).join('');
  const size = LANES * 8;
  return Array.from({ length: text.length / size }, (_, index) => {
    const at = index * size;
    return { values: text.slice(at, at + size / 2), places: text.slice(at + size / 2, at + size) };
  });
}

function chunksOf(names: readonly string[], most: number): readonly (readonly string[])[] {
  const count = Math.ceil(names.length / most);
  return Array.from({ length: count }, (_, index) => names.slice(index * most, (index + 1) * most));
}

/** Two halves of 32 bits. */
type Pair = [number, number];

const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);

/** The hash of a value into `into`. Its type counts: 1, 1.0, '1' and x'31' are not the same. */
function mix(into: Pair, value: unknown, seed: number): void {
  if (typeof value === 'number') {
    DOUBLE[0] = value;
    finish(into, Math.imul((WORDS[0] ?? 0) ^ seed, PRIMES[0]), Math.imul((WORDS[1] ?? 0) ^ seed, PRIMES[1]));
  } else if (typeof value === 'string') mixUnits(into, value.length, (at) => value.charCodeAt(at), seed ^ 1);
  else if (typeof value === 'bigint') {
    const digits = String(value);
    mixUnits(into, digits.length, (at) => digits.charCodeAt(at), seed ^ 2);
  } else if (value === null) finish(into, seed ^ 3, seed ^ 4);
  else {
    const bytes = value as Uint8Array;
    mixUnits(into, bytes.length, (at) => bytes[at] ?? 0, seed ^ 5);
  }
}

const PRIMES = [2_654_435_761, 1_597_334_677, 2_246_822_507, 3_266_489_909] as const;

function mixUnits(into: Pair, length: number, unit: (at: number) => number, seed: number): void {
  let one = 0xde_ad_be_ef ^ seed;
  let two = 0x41_c6_ce_57 ^ seed;
  for (let at = 0; at < length; at += 1) {
    const code = unit(at);
    one = Math.imul(one ^ code, PRIMES[0]);
    two = Math.imul(two ^ code, PRIMES[1]);
  }
  finish(into, one, two);
}

function finish(into: Pair, one: number, two: number): void {
  const left = Math.imul(one ^ (one >>> 16), PRIMES[2]) ^ Math.imul(two ^ (two >>> 13), PRIMES[3]);
  const right = Math.imul(two ^ (two >>> 16), PRIMES[2]) ^ Math.imul(left ^ (left >>> 13), PRIMES[3]);
  into[0] = left >>> 0;
  into[1] = right >>> 0;
}
