import { defineSample } from 'surefoot';

type Cell = string | number | boolean | null;
type Row = readonly Cell[];

/** Share of all rows; what is left over goes to production_logs. */
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

const ROLES = [
  'operator',
  'Operator',
  'operator ',
  'supervisor',
  'Shift Lead',
  'Plant Manager',
  'manager',
  'Inspector',
  'quality',
  'admin',
  'temp',
  '',
];
const CATEGORIES = ['raw', 'purchased', 'semi-finished', 'finished', 'tooling'];
const ORDER_STATES = [
  'planned',
  'released',
  'in_progress',
  'completed',
  'completed',
  'completed',
  'closed',
  'cancelled',
];
const FROM = '2024-11-01T00:00:00Z';
const TO = '2025-11-01T00:00:00Z';
const DAY_MS = 86_400_000;

const later = (iso: string, days: number): string => new Date(Date.parse(iso) + days * DAY_MS).toISOString();
const dayOf = (iso: string): string => iso.slice(0, 10);

export default defineSample({
  description: 'Organisations of very different size, each with its plants, a year of orders, logs and inspections',
  at: '2025_11_08_090000',
  async fill({ sql, copyRows, random, rows, progress }) {
    const organizations = Math.max(2, Math.min(40, Math.round(rows / 25_000)));
    const plantsEach = 3;
    const plants = organizations * plantsEach;
    const count = (share: number): number => Math.max(organizations * 2, Math.round(rows * share));
    const sizes = Object.fromEntries(Object.entries(SHARES).map(([table, share]) => [table, count(share)])) as Record<
      keyof typeof SHARES,
      number
    >;
    const spent = Object.values(sizes).reduce((sum, size) => sum + size, organizations + plants);
    const logs = Math.max(0, rows - spent);

    // Row n of a table belongs to organisation n % organizations at first, later to the skewed owner of what it refers to:
    // so every reference stays within one organisation without keeping any rows in memory.
    const skewed = (): number => random.zipf(organizations);
    const memberOf = (organization: number, size: number): number => {
      const members = Math.floor((size - organization - 1) / organizations) + 1;
      return organization + 1 + organizations * random.int(0, Math.max(0, members - 1));
    };
    const ownerOf = (id: number): number => (id - 1) % organizations;
    const plantOf = (organization: number): number => organization * plantsEach + random.int(1, plantsEach);

    let done = 0;
    async function load(
      table: string,
      columns: readonly string[],
      size: number,
      make: (id: number) => Row,
    ): Promise<void> {
      function* generate(): Generator<Row> {
        for (let id = 1; id <= size; id += 1) yield make(id);
      }
      await copyRows(table, columns, generate());
      await sql`SELECT setval(pg_get_serial_sequence(${table}, 'id'), ${Math.max(1, size)}, ${size > 0})`;
      done += size;
      progress({ done, total: rows, unit: 'rows' });
    }

    await load('organizations', ['id', 'org_code', 'org_name', 'is_active'], organizations, (id) => [
      id,
      `ORG${String(id).padStart(3, '0')}`,
      random.company(),
      id < 3 || !random.chance(0.05),
    ]);
    await load('plants', ['id', 'organization_id', 'plant_code', 'plant_name', 'timezone'], plants, (id) => [
      id,
      Math.ceil(id / plantsEach),
      `P${String(((id - 1) % plantsEach) + 1)}`,
      `${random.pick(['Werk', 'Usine', 'Plant', '工場'])} ${random.name()}`,
      random.pick(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Chicago']),
    ]);
    await load(
      'users',
      ['id', 'organization_id', 'home_plant_id', 'email', 'full_name', 'role', 'is_active', 'created_at', 'updated_at'],
      sizes.users,
      (id) => {
        const organization = ownerOf(id);
        const created = random.date('2023-01-01T00:00:00Z', FROM);
        return [
          id,
          organization + 1,
          random.chance(0.9) ? plantOf(organization) : null,
          `user${String(id)}@example.com`,
          random.name(),
          id <= organizations ? 'Admin' : random.pick(ROLES),
          random.chance(0.93),
          created,
          random.chance(0.5) ? later(created, random.int(1, 200)) : null,
        ];
      },
    );
    await load(
      'customers',
      ['id', 'organization_id', 'customer_code', 'customer_name', 'country'],
      sizes.customers,
      (id) => [
        id,
        ownerOf(id) + 1,
        `C-${String(id)}`,
        random.company(),
        random.chance(0.9) ? random.pick(['DE', 'US', 'IN', 'FR', 'CN', 'SE']) : null,
      ],
    );
    await load(
      'machines',
      ['id', 'organization_id', 'plant_id', 'machine_code', 'machine_name', 'ideal_cycle_seconds', 'status'],
      sizes.machines,
      (id) => [
        id,
        ownerOf(id) + 1,
        plantOf(ownerOf(id)),
        `M-${String(id)}`,
        random.pick(['Press 80"', 'Lathe', 'Mill «Ü»', "Welder's cell", 'Paint line']),
        random.int(5, 240),
        random.pick(['available', 'available', 'available', 'down', 'maintenance']),
      ],
    );
    const materialColumns = [
      'id',
      'organization_id',
      'plant_id',
      'material_number',
      'material_name',
      'description',
      'category',
      'unit_of_measure',
      'unit_cost',
      'is_active',
      'created_at',
      'updated_at',
    ];
    await load('materials', materialColumns, sizes.materials, (id) => {
      const created = random.date('2023-01-01T00:00:00Z', FROM);
      return [
        id,
        ownerOf(id) + 1,
        random.chance(0.7) ? plantOf(ownerOf(id)) : null,
        `MAT-${String(id).padStart(7, '0')}`,
        random.sentence(3),
        random.chance(0.8) ? random.sentence(12) : null,
        random.chance(0.95) ? random.pick(CATEGORIES) : null,
        random.pick(['EA', 'KG', 'M']),
        random.chance(0.9) ? random.int(1, 900_000) / 100 : null,
        random.chance(0.95),
        created,
        random.chance(0.3) ? later(created, random.int(1, 300)) : null,
      ];
    });
    await load(
      'projects',
      [
        'id',
        'organization_id',
        'plant_id',
        'customer_id',
        'project_code',
        'project_name',
        'description',
        'status',
        'start_date',
        'due_date',
        'budget',
      ],
      sizes.projects,
      (id) => {
        const organization = ownerOf(id);
        const start = random.date(FROM, TO);
        return [
          id,
          organization + 1,
          plantOf(organization),
          random.chance(0.8) ? memberOf(organization, sizes.customers) : null,
          `PRJ-${String(id)}`,
          `${random.company()} / ${random.sentence(2)}`,
          random.chance(0.7) ? random.sentence(15) : null,
          random.pick(['planning', 'active', 'active', 'on_hold', 'completed']),
          dayOf(start),
          random.chance(0.9) ? dayOf(later(start, random.int(20, 300))) : null,
          random.chance(0.8) ? random.int(10_000, 90_000_000) / 100 : null,
        ];
      },
    );
    const orderColumns = [
      'id',
      'organization_id',
      'plant_id',
      'project_id',
      'material_id',
      'work_order_number',
      'description',
      'quantity_ordered',
      'quantity_completed',
      'quantity_scrapped',
      'status',
      'priority',
      'due_date',
      'planned_start',
      'actual_start',
      'actual_end',
      'created_by',
      'created_at',
      'updated_at',
    ];
    await load('work_orders', orderColumns, sizes.work_orders, (id) => {
      // the first rows give every organisation some orders, the others go mostly to the large ones
      const organization = id <= organizations ? ownerOf(id) : skewed();
      const start = random.date(FROM, TO);
      const state = random.pick(ORDER_STATES);
      const ordered = random.int(1, 5000);
      const ended = state === 'completed' || state === 'closed';
      return [
        id,
        organization + 1,
        plantOf(organization),
        random.chance(0.4) ? memberOf(organization, sizes.projects) : null,
        memberOf(organization, sizes.materials),
        `WO-${String(id).padStart(8, '0')}`,
        random.chance(0.6) ? random.sentence(8) : null,
        ordered,
        ended ? ordered : random.int(0, ordered),
        random.chance(0.3) ? random.int(0, 20) : 0,
        state,
        random.int(1, 9),
        random.chance(0.95) ? dayOf(later(start, random.int(5, 60))) : null,
        random.chance(0.9) ? start : null,
        state === 'planned' ? null : start,
        ended ? later(start, random.int(1, 70)) : null,
        random.chance(0.9) ? memberOf(organization, sizes.users) : null,
        start,
        random.chance(0.6) ? later(start, random.int(1, 30)) : null,
      ];
    });
    await fillDependents();

    async function fillDependents(): Promise<void> {
      // what hangs on an order needs its organisation and plant: two small numbers per order are kept
      const orders = await sql`SELECT id, organization_id, plant_id FROM work_orders ORDER BY id`;
      const organizationOf = Int32Array.from(orders, (order) => Number(order['organization_id']));
      const plantOfOrder = Int32Array.from(orders, (order) => Number(order['plant_id']));
      const someOrder = (): { order: number; organization: number; plant: number } => {
        const index = random.int(0, orders.length - 1);
        return { order: index + 1, organization: (organizationOf[index] ?? 1) - 1, plant: plantOfOrder[index] ?? 1 };
      };

      await load(
        'work_order_operations',
        [
          'id',
          'organization_id',
          'work_order_id',
          'machine_id',
          'operation_no',
          'operation_name',
          'standard_minutes',
          'status',
        ],
        sizes.work_order_operations,
        (id) => {
          const index = (id - 1) % orders.length;
          const organization = (organizationOf[index] ?? 1) - 1;
          return [
            id,
            organization + 1,
            index + 1,
            random.chance(0.9) ? memberOf(organization, sizes.machines) : null,
            (Math.floor((id - 1) / orders.length) + 1) * 10,
            random.pick(['cut', 'turn', 'mill', 'deburr & wash', 'weld', 'paint', 'pack']),
            random.chance(0.9) ? random.int(5, 600) / 10 : null,
            random.pick(['pending', 'running', 'done', 'done']),
          ];
        },
      );
      await load(
        'production_logs',
        [
          'id',
          'organization_id',
          'plant_id',
          'work_order_id',
          'machine_id',
          'operator_id',
          'recorded_at',
          'quantity_produced',
          'quantity_scrapped',
          'quantity_reworked',
          'notes',
        ],
        logs,
        (id) => {
          const { order, organization, plant } = someOrder();
          const produced = random.int(0, 400);
          const scrapped = random.chance(0.3) ? random.int(0, Math.floor(produced / 10)) : 0;
          const reworked = random.chance(0.2) ? random.int(0, Math.floor((produced - scrapped) / 10)) : 0;
          return [
            id,
            organization + 1,
            plant,
            order,
            memberOf(organization, sizes.machines),
            random.chance(0.95) ? memberOf(organization, sizes.users) : null,
            random.date(FROM, TO),
            produced,
            scrapped,
            reworked,
            random.chance(0.05) ? random.sentence(6) : null,
          ];
        },
      );
      await load(
        'machine_status_logs',
        ['id', 'organization_id', 'plant_id', 'machine_id', 'status', 'recorded_at', 'duration_minutes', 'reason'],
        sizes.machine_status_logs,
        (id) => {
          const organization = id <= organizations ? ownerOf(id) : skewed();
          const state = random.pick(['running', 'running', 'running', 'idle', 'setup', 'breakdown', 'maintenance']);
          return [
            id,
            organization + 1,
            plantOf(organization),
            memberOf(organization, sizes.machines),
            state,
            random.date(FROM, TO),
            random.int(10, 4800) / 10,
            state === 'breakdown' && random.chance(0.7) ? random.sentence(4) : null,
          ];
        },
      );
      await load(
        'ncrs',
        [
          'id',
          'organization_id',
          'plant_id',
          'ncr_number',
          'title',
          'description',
          'work_order_id',
          'material_id',
          'severity',
          'status',
          'quantity_affected',
          'reported_by',
          'created_at',
          'updated_at',
        ],
        sizes.ncrs,
        (id) => {
          const { order, organization, plant } = someOrder();
          const created = random.date(FROM, TO);
          const state = random.pick(['open', 'open', 'in_review', 'rework', 'closed', 'closed', 'closed']);
          return [
            id,
            organization + 1,
            plant,
            `NCR-${String(id)}`,
            random.sentence(4),
            random.chance(0.8) ? random.sentence(20) : null,
            random.chance(0.8) ? order : null,
            random.chance(0.6) ? memberOf(organization, sizes.materials) : null,
            random.pick(['minor', 'minor', 'major', 'critical']),
            state,
            random.chance(0.7) ? random.int(1, 100) : null,
            random.chance(0.9) ? memberOf(organization, sizes.users) : null,
            created,
            state === 'open' ? null : later(created, random.int(1, 40)),
          ];
        },
      );
      await load(
        'inspections',
        [
          'id',
          'organization_id',
          'plant_id',
          'work_order_id',
          'material_id',
          'inspector_id',
          'inspected_at',
          'result',
          'quantity_inspected',
          'quantity_rejected',
          'notes',
        ],
        sizes.inspections,
        (id) => {
          const { order, organization, plant } = someOrder();
          const inspected = random.int(1, 200);
          const result = random.pick(['pass', 'pass', 'pass', 'pass', 'fail', 'rework']);
          return [
            id,
            organization + 1,
            plant,
            order,
            random.chance(0.7) ? memberOf(organization, sizes.materials) : null,
            random.chance(0.9) ? memberOf(organization, sizes.users) : null,
            random.date(FROM, TO),
            result,
            inspected,
            result === 'pass' ? 0 : random.int(1, inspected),
            random.chance(0.2) ? random.sentence(8) : null,
          ];
        },
      );
    }
  },
});
