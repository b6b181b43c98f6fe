import type { SampleTools, Value } from 'surefoot';

export type Cells = Readonly<Record<string, Value>>;

/** Part of all rows each table gets, and the most it gets; what is left over goes to the stock movements. */
const SHARES: Readonly<Record<string, readonly [share: number, most?: number]>> = {
  departments: [0.004, 25],
  employees: [0.012],
  users: [0.006, 4_000],
  audit_logs: [0.05],
  attendances: [0.11],
  payrolls: [0.03],
  accounts: [0.01, 180],
  transactions: [0.1],
  categories: [0.01, 150],
  products: [0.06],
  product_attachments: [0.02],
  inventory: [0.055],
  suppliers: [0.008, 3_000],
  purchase_orders: [0.05],
  purchase_order_items: [0.15],
  customers: [0.04],
  leads: [0.025],
  deals: [0.012],
  activities: [0.04],
  campaigns: [0.003, 60],
  campaign_leads: [0.012],
};

const START = '2023-01-01T00:00:00.000Z';
const END = '2026-01-01T00:00:00.000Z';
const DAY = 86_400_000;

/** What the parts of the sample share: how many rows a table gets, and values with the usual skew and gaps. */
export interface Shape {
  readonly random: SampleTools['random'];
  size(table: string): number;
  /** Fills a table with `size(table)` rows; `row` is called with 1, 2, 3 and so on, and `id` is that number. */
  fill(table: string, row: (n: number) => Cells): Promise<void>;
  /** The value with this probability, else null. */
  maybe(chance: number, make: () => Value): Value;
  /** The id of a row of the table, small ones far more often. */
  one(table: string): number;
  /** A day, as `YYYY-MM-DD`. */
  day(): string;
  /** A time, as `YYYY-MM-DD HH:MM:SS`. */
  time(): string;
}

/** How a row is written down: as it is, or with what SQLite lets pass. */
export type Writing = (table: string, n: number, cells: Cells) => Cells;

/** Spreads the wanted rows over the tables. */
export function shapeOf({ copyRows, random, rows, progress }: SampleTools, write: Writing): Shape {
  const counts = new Map<string, number>();
  for (const [table, [share, most]] of Object.entries(SHARES)) {
    counts.set(table, Math.max(2, Math.min(Math.floor(rows * share), most ?? rows)));
  }
  const size = (table: string): number => counts.get(table) ?? 0;
  counts.set('users', Math.min(size('users'), size('employees')));
  counts.set('inventory', Math.min(size('inventory'), size('products')));
  counts.set('deals', Math.min(size('deals'), size('leads')));
  counts.set('campaign_leads', Math.min(size('campaign_leads'), size('campaigns') * size('leads')));
  counts.set('stock_movements', Math.max(2, rows - [...counts.values()].reduce((sum, n) => sum + n, 0)));
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  let done = 0;

  const fill = async (table: string, row: (n: number) => Cells): Promise<void> => {
    const cellsOf = (n: number): Cells => write(table, n, { id: n, ...row(n) });
    const first = cellsOf(1);
    const columns = Object.keys(first);
    function* lines(): Generator<readonly Value[]> {
      for (let n = 1; n <= size(table); n += 1) {
        const cells = n === 1 ? first : cellsOf(n);
        done += 1;
        if (done % 10_000 === 0) progress({ done, total, unit: 'rows' });
        yield columns.map((column) => cells[column] ?? null);
      }
    }
    await copyRows(table, columns, lines());
    progress({ done, total, unit: 'rows' });
  };

  return {
    random,
    size,
    fill,
    maybe: (chance, make) => (random.chance(chance) ? make() : null),
    one: (table) => random.zipf(size(table)) + 1,
    day: () => random.date(START, END).slice(0, 10),
    time: () => random.date(START, END).slice(0, 19).replace('T', ' '),
  };
}

/** The day so many days after the first one covered. */
export function dayAfter(days: number): string {
  return new Date(Date.parse(START) + days * DAY).toISOString().slice(0, 10);
}

/** `PO-000042`. */
export function numbered(prefix: string, n: number): string {
  return `${prefix}-${String(n).padStart(6, '0')}`;
}

/** A number from 0 up to 1 that depends on nothing but `n` and `salt`, for values that two tables must agree on. */
export function fixed(n: number, salt: number): number {
  let h = Math.imul(n ^ Math.imul(salt, 0x85ebca6b), 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return ((h ^ (h >>> 13)) >>> 0) / 4_294_967_296;
}
