import type { SampleTools, Value } from 'surefoot';

type Random = SampleTools['random'];
type Cells = Readonly<Record<string, Value>>;

/** Part of all rows each table gets, and the most it gets; what is left over goes to the audit trail. */
const SHARES: Readonly<Record<string, readonly [share: number, most?: number]>> = {
  users: [0.006, 1_500],
  sessions: [0.03],
  price_levels: [0.002, 6],
  customers: [0.08],
  customer_vehicles: [0.08],
  layaways: [0.015],
  layaway_payments: [0.04],
  work_orders: [0.1],
  work_order_lines: [0.17],
  commission_rules: [0.004, 12],
  commissions: [0.03],
  loyalty_accounts: [0.04],
  loyalty_transactions: [0.06],
  credit_accounts: [0.01],
  credit_transactions: [0.03],
  gift_cards: [0.015],
  gift_card_transactions: [0.03],
  promotions: [0.01, 80],
  promotion_usage: [0.015],
  sync_log: [0.015],
  sync_conflicts: [0.003],
  pending_operations: [0.005],
  product_categories: [0.01, 120],
  products: [0.02],
  fitment_data: [0.05],
  inventory: [0.025],
  inventory_transactions: [0.06],
  backup_destinations: [0.001, 4],
  backups: [0.002, 2_000],
  backup_settings: [0.004, 20],
  restore_jobs: [0.001, 300],
};

/** Make and model. */
export const CARS = [
  ['Toyota', 'Corolla'],
  ['Ford', 'F-150'],
  ['Citroën', 'C3'],
  ['Škoda', 'Octavia'],
  ['Honda', 'Civic'],
  ['Kia', "cee'd"],
] as const;

const START = '2023-01-01T00:00:00.000Z';
const END = '2026-01-01T00:00:00.000Z';
const DAY = 86_400_000;

/** What the parts of the sample share: how many rows a table gets, and values with the usual skew and gaps. */
export interface Shape {
  readonly random: Random;
  size(table: string): number;
  /** Fills a table with `size(table)` rows; `row` is called with 1, 2, 3 and so on. */
  fill(table: string, row: (n: number) => Cells): Promise<void>;
  /** The value with this probability, else null. */
  maybe(chance: number, make: () => Value): Value;
  /** A time in the years covered. */
  date(): string;
  /** A number from 1 to the size of the table, small ones far more often. */
  skewed(table: string): number;
  addUser(id: string): void;
  /** The id of a user made before, the first ones far more often. */
  user(): string;
}

/** How the wanted rows are spread over the tables, and the means to write them. */
export function shapeOf({ copyRows, random, rows, progress }: SampleTools): Shape {
  const counts = new Map<string, number>();
  for (const [table, [share, most]] of Object.entries(SHARES)) {
    counts.set(table, Math.max(1, Math.min(Math.floor(rows * share), most ?? rows)));
  }
  const size = (table: string): number => counts.get(table) ?? 0;
  counts.set('inventory', Math.min(size('inventory'), size('products') * 4));
  counts.set('audit_log', Math.max(1, rows - [...counts.values()].reduce((sum, n) => sum + n, 0)));

  const users: string[] = [];
  let done = 0;
  return {
    random,
    size,
    async fill(table, row) {
      const rest = function* (): Iterable<readonly Value[]> {
        for (let n = 2; n <= size(table); n += 1) yield Object.values(row(n));
      };
      const first = row(1);
      const all = function* (): Iterable<readonly Value[]> {
        yield Object.values(first);
        yield* rest();
      };
      done += await copyRows(table, Object.keys(first), all());
      progress({ done, total: rows, unit: 'rows' });
    },
    maybe: (chance, make) => (random.chance(chance) ? make() : null),
    date: () => random.date(START, END),
    skewed: (table) => random.zipf(size(table)) + 1,
    addUser: (id) => users.push(id),
    user: () => users[random.zipf(users.length)] ?? '',
  };
}

/** ISO text of a time some days after another. */
export const later = (iso: string, days: number): string => new Date(Date.parse(iso) + days * DAY).toISOString();

/** `WO-0000042` */
export const numbered = (prefix: string, n: number): string => `${prefix}-${String(n).padStart(7, '0')}`;

/** 32 bytes, another value for each `n`. */
export function bytes(random: Random, n: number): Uint8Array {
  const value = new Uint8Array(32);
  new DataView(value.buffer).setUint32(0, n);
  for (let i = 4; i < 32; i += 1) value[i] = random.int(0, 255);
  return value;
}
