import type { SampleTools } from 'surefoot';

type Cell = string | number | boolean | null;

/** Share of all rows; organisations and plants are few, what is left over goes to production_logs. */
const SHARES = {
  customers: 0.005,
  users: 0.01,
  machines: 0.005,
  materials: 0.06,
  projects: 0.01,
  work_orders: 0.1,
  work_order_operations: 0.16,
  machine_status_logs: 0.2,
  ncrs: 0.03,
  inspections: 0.06,
} as const;

const PLANTS_EACH = 3;
const DAY_MS = 86_400_000;

/** The year that the orders and logs are of. */
export const FROM = '2024-11-01T00:00:00Z';
export const TO = '2025-11-01T00:00:00Z';
/** When master data begins. */
export const EARLY = '2023-01-01T00:00:00Z';

export type Sizes = Readonly<Record<keyof typeof SHARES | 'organizations' | 'plants' | 'production_logs', number>>;

/** The data as a whole: how many rows of what, and who owns them. Organisations count from 0, ids from 1. */
export interface Shape {
  readonly random: SampleTools['random'];
  readonly sql: SampleTools['sql'];
  readonly sizes: Sizes;
  /** Organisation of row `id` of a table whose rows are dealt out one by one. */
  ownerOf(id: number): number;
  /** An organisation; the first ones have most of the work. */
  busyOwner(): number;
  /** Id of some row of the organisation in a table that is dealt out one by one. */
  memberOf(organization: number, table: keyof typeof SHARES): number;
  plantOf(organization: number): number;
  /** Organisation that plant `id` belongs to. */
  ownerOfPlant(id: number): number;
  load(table: keyof Sizes, columns: readonly string[], make: (id: number) => readonly Cell[]): Promise<void>;
}

export const later = (iso: string, days: number): string => new Date(Date.parse(iso) + days * DAY_MS).toISOString();

export const dayOf = (iso: string): string => iso.slice(0, 10);

export function shapeOf({ sql, copyRows, random, rows, progress }: SampleTools): Shape {
  const sizes = sizesFor(rows);
  const { organizations } = sizes;
  let done = 0;
  return {
    random,
    sql,
    sizes,
    ownerOf: (id) => (id - 1) % organizations,
    busyOwner: () => random.zipf(organizations),
    memberOf: (organization, table) => {
      const members = Math.floor((sizes[table] - organization - 1) / organizations) + 1;
      return organization + 1 + organizations * random.int(0, Math.max(0, members - 1));
    },
    plantOf: (organization) => organization * PLANTS_EACH + random.int(1, PLANTS_EACH),
    ownerOfPlant: (id) => Math.ceil(id / PLANTS_EACH) - 1,
    load: async (table, columns, make) => {
      const size = sizes[table];
      function* generate(): Generator<readonly Cell[]> {
        for (let id = 1; id <= size; id += 1) yield [id, ...make(id)];
      }
      await copyRows(table, ['id', ...columns], generate());
      await sql`SELECT setval(pg_get_serial_sequence(${table}, 'id'), ${Math.max(1, size)}, ${size > 0})`;
      done += size;
      progress({ done, total: rows, unit: 'rows' });
    },
  };
}

function sizesFor(rows: number): Sizes {
  const organizations = Math.max(2, Math.min(40, Math.round(rows / 25_000)));
  const plants = organizations * PLANTS_EACH;
  // every organisation has at least two of everything
  const size = (table: keyof typeof SHARES): number => Math.max(organizations * 2, Math.round(rows * SHARES[table]));
  const shared = {
    customers: size('customers'),
    users: size('users'),
    machines: size('machines'),
    materials: size('materials'),
    projects: size('projects'),
    work_orders: size('work_orders'),
    work_order_operations: size('work_order_operations'),
    machine_status_logs: size('machine_status_logs'),
    ncrs: size('ncrs'),
    inspections: size('inspections'),
  };
  const spent = Object.values(shared).reduce((sum, each) => sum + each, organizations + plants);
  return { ...shared, organizations, plants, production_logs: Math.max(0, rows - spent) };
}
