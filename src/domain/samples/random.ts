import type { Random } from '../../model/user-script.ts';

const FIRST = [
  'Ana',
  'Björn',
  'Chloé',
  'Đặng',
  'Elif',
  'Farah',
  "D'Arcy",
  'Grace',
  'Hana',
  'Ivo',
  'Jürgen',
  'Kofi',
  'Łukasz',
  'María',
  'Ngozi',
  'Óscar',
  'Priya',
  'Quinn',
  'Renée',
  'Siobhán',
  'Tomáš',
  'Umar',
  'Wei',
  'Zoë',
  '美咲',
  'Олена',
] as const;
const LAST = [
  'Álvarez',
  'Brown',
  'Çelik',
  'Dubois',
  "O'Brien",
  'Fischer',
  'García',
  'Hansen',
  'Ito',
  'Jones',
  'Kowalski',
  'Lindström',
  'Müller',
  'Nguyễn',
  'Okafor',
  'Patel',
  'Rossi',
  'Smith',
  'van der Berg',
  'Weiß',
  'Yılmaz',
  'Zhang',
  'Şahin',
  'Иванов',
] as const;
const TRADE = [
  'Auto',
  'Garage',
  'Parts',
  'Supply',
  'Motors',
  'Trading',
  'Werke',
  'Logistics',
  'Tools',
  'Foods',
  'Textiles',
  'Systems',
] as const;
const FORM = ['Ltd.', 'GmbH', 'Inc.', '& Sons', 'S.A.', 'AB', '"Express"', 'Coop'] as const;
const WORDS = [
  'brake',
  'order',
  'late',
  'delivery',
  'customer',
  'called',
  'please',
  'check',
  'the',
  'invoice',
  'again',
  'naïve',
  'größer',
  "don't",
  '50%',
  'urgent',
  'new',
  'stock',
  'for',
  'and',
  'with',
  'half;',
  'back\\slash',
  '日本',
] as const;

/** A seeded generator (sfc32): the same seed gives the same values on every machine. */
export function createRandom(seed: number): Random {
  const next = sfc32(seed);
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[int(0, choices.length - 1)];
    if (choice === undefined && choices.length === 0) throw new RangeError('pick needs at least one choice');
    // An element of the array, whatever its type.
    return choice as T;
  };
  const hex = (digits: number): string => Array.from({ length: digits }, () => int(0, 15).toString(16)).join('');
  return {
    int,
    float: next,
    pick,
    chance: (probability) => next() < probability,
    zipf: (n) => Math.min(n - 1, Math.floor(n ** next()) - 1),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
    date: (from, to) => {
      const start = Date.parse(from);
      return new Date(start + Math.floor(next() * (Date.parse(to) - start))).toISOString();
    },
    name: () => `${pick(FIRST)} ${pick(LAST)}`,
    company: () => `${pick(LAST)} ${pick(TRADE)} ${pick(FORM)}`,
    sentence: (words) => Array.from({ length: words }, () => pick(WORDS)).join(' '),
  };
}

function sfc32(seed: number): () => number {
  let a = seed | 0;
  let b = 0x9e_37_79_b9;
  let c = 0x24_3f_6a_88;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next();
  return next;
}
