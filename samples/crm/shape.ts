import type { SampleTools } from 'surefoot';

type Random = SampleTools['random'];

/** Fixed people, whom the timed checks act as. The administrator is made by migration 001. */
export const ADMIN = '00000000-0000-4000-8000-000000000001';
export const MANAGER = '00000000-0000-4000-8000-0000000000b1';
export const FIRST_AGENT = '00000000-0000-4000-8000-0000000000a1';

export const KIND = { profile: 1, dispensary: 2, product: 3, communication: 4, task: 5, order: 6, item: 7 } as const;
type Kind = (typeof KIND)[keyof typeof KIND];

export type Counts = Readonly<Record<keyof typeof KIND, number>>;

export interface Shape {
  readonly tools: SampleTools;
  readonly random: Random;
  readonly counts: Counts;
  /** Lines of each order. */
  readonly lines: Uint8Array;
  /** Id of the n-th row of a kind, the same whenever it is asked for. */
  id(kind: Kind, index: number): string;
  /** Person `index`: the manager, then the agents, the busiest first, then further managers. */
  person(index: number): string;
  agent(rank: number): string;
  /** An agent; the first ones have most of the work. */
  anyAgent(): string;
  /** Whole number below `bound` that belongs to these two numbers. */
  fixed(a: number, b: number, bound: number): number;
}

/** How many rows each table gets: together exactly `rows`, and parents before children where there are few. */
export function countRows(rows: number): Counts {
  let left = Math.max(0, Math.floor(rows));
  const take = (share: number, atLeast: number, atMost = Infinity): number => {
    const count = Math.min(left, Math.max(atLeast, Math.min(atMost, Math.floor(rows * share))));
    left -= count;
    return count;
  };
  const profile = take(0.004, 2, 600);
  const dispensary = profile < 2 ? 0 : take(0.02, 1);
  const product = take(0.01, 1, 3_000);
  const order = dispensary === 0 ? 0 : take(0.16, 1);
  const task = take(0.13, 0);
  const communication = dispensary === 0 ? 0 : take(0.25, 0);
  const item = product === 0 ? 0 : Math.min(left, order * MOST_LINES);
  return { profile, dispensary, product, communication, task, order, item };
}

const MOST_LINES = 12;

export function shapeOf(tools: SampleTools): Shape {
  const { random } = tools;
  const counts = countRows(tools.rows);
  const seed = random.int(0, 0x7fffffff);
  const hash = (a: number, b: number): number =>
    mix(mix(seed ^ Math.imul(a, 0x9e3779b1)) ^ Math.imul(b + 1, 0x85ebca6b));
  const id = (kind: Kind, index: number): string => uuidOf([0, 1, 2, 3].map((part) => hash(kind * 4 + part, index)));
  const agents = Math.max(1, counts.profile - 1 - Math.floor(counts.profile / 12));
  const person = (index: number): string => {
    if (index === 0) return MANAGER;
    return index === 1 ? FIRST_AGENT : id(KIND.profile, index);
  };
  const agent = (rank: number): string => person(1 + rank);
  return {
    tools,
    random,
    counts,
    lines: linesOf(random, counts),
    id,
    person,
    agent,
    anyAgent: () => agent(random.zipf(agents)),
    fixed: (a, b, bound) => hash(a + 64, b) % bound,
  };
}

/** One line for each order where there are enough, the rest scattered; large orders are rarer. */
function linesOf(random: Random, counts: Counts): Uint8Array {
  const lines = new Uint8Array(counts.order);
  let left = counts.item;
  for (let index = 0; index < lines.length && left > 0; index += 1, left -= 1) lines[index] = 1;
  while (left > 0) {
    const index = random.int(0, lines.length - 1);
    const now = lines[index] ?? 0;
    if (now >= MOST_LINES) {
      // Near the limit a random search would take long: fill up in order.
      const free = lines.findIndex((count) => count < MOST_LINES);
      lines[free] = (lines[free] ?? 0) + 1;
      left -= 1;
      continue;
    }
    const more = Math.min(left, random.int(1, 3), MOST_LINES - now);
    lines[index] = now + more;
    left -= more;
  }
  return lines;
}

/** Final mixing of 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function uuidOf(parts: readonly number[]): string {
  const hex = parts.map((part) => part.toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
