import { dayOf, FROM, later, TO, type Shape } from './shape.ts';

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

/** An order that something hangs on. */
interface Owner {
  readonly order: number;
  readonly organization: number;
  readonly plant: number;
}

export async function fillWork(shape: Shape): Promise<void> {
  await fillOrders(shape);
  const orderAt = await readOrders(shape);
  const anyOrder = (): Owner => orderAt(shape.random.int(0, shape.sizes.work_orders - 1));
  await fillOperations(shape, orderAt);
  await fillLogs(shape, anyOrder);
  await fillQuality(shape, anyOrder);
}

async function fillOrders({ load, random, sizes, ownerOf, busyOwner, plantOf, memberOf }: Shape): Promise<void> {
  const columns = ['organization_id', 'plant_id', 'project_id', 'material_id', 'work_order_number', 'description'];
  const figures = ['quantity_ordered', 'quantity_completed', 'quantity_scrapped', 'status', 'priority', 'due_date'];
  const times = ['planned_start', 'actual_start', 'actual_end', 'created_by', 'created_at', 'updated_at'];
  await load('work_orders', [...columns, ...figures, ...times], (id) => {
    // the first rows give every organisation some orders, the others go mostly to the busy ones
    const organization = id <= sizes.organizations ? ownerOf(id) : busyOwner();
    const start = random.date(FROM, TO);
    const state = random.pick(ORDER_STATES);
    const ordered = random.int(1, 5000);
    const ended = state === 'completed' || state === 'closed';
    return [
      organization + 1,
      plantOf(organization),
      random.chance(0.4) ? memberOf(organization, 'projects') : null,
      memberOf(organization, 'materials'),
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
      random.chance(0.9) ? memberOf(organization, 'users') : null,
      start,
      random.chance(0.6) ? later(start, random.int(1, 30)) : null,
    ];
  });
}

/** Two small numbers for each order: all that is kept in memory. */
async function readOrders({ sql }: Shape): Promise<(index: number) => Owner> {
  const rows = await sql`SELECT organization_id, plant_id FROM work_orders ORDER BY id`;
  const organizations = Int32Array.from(rows, (row) => Number(row['organization_id']));
  const plants = Int32Array.from(rows, (row) => Number(row['plant_id']));
  return (index) => ({ order: index + 1, organization: (organizations[index] ?? 1) - 1, plant: plants[index] ?? 1 });
}

async function fillOperations(
  { load, random, sizes, memberOf }: Shape,
  orderAt: (index: number) => Owner,
): Promise<void> {
  const columns = [
    'organization_id',
    'work_order_id',
    'machine_id',
    'operation_no',
    'operation_name',
    'standard_minutes',
    'status',
  ];
  await load('work_order_operations', columns, (id) => {
    const { order, organization } = orderAt((id - 1) % sizes.work_orders);
    return [
      organization + 1,
      order,
      random.chance(0.9) ? memberOf(organization, 'machines') : null,
      (Math.floor((id - 1) / sizes.work_orders) + 1) * 10,
      random.pick(['cut', 'turn', 'mill', 'deburr & wash', 'weld', 'paint', 'pack']),
      random.chance(0.9) ? random.int(5, 600) / 10 : null,
      random.pick(['pending', 'running', 'done', 'done']),
    ];
  });
}

async function fillLogs(
  { load, random, sizes, ownerOf, busyOwner, plantOf, memberOf }: Shape,
  anyOrder: () => Owner,
): Promise<void> {
  const produced = ['organization_id', 'plant_id', 'work_order_id', 'machine_id', 'operator_id', 'recorded_at'];
  await load(
    'production_logs',
    [...produced, 'quantity_produced', 'quantity_scrapped', 'quantity_reworked', 'notes'],
    () => {
      const { order, organization, plant } = anyOrder();
      const pieces = random.int(0, 400);
      const scrapped = random.chance(0.3) ? random.int(0, Math.floor(pieces / 10)) : 0;
      return [
        organization + 1,
        plant,
        order,
        memberOf(organization, 'machines'),
        random.chance(0.95) ? memberOf(organization, 'users') : null,
        random.date(FROM, TO),
        pieces,
        scrapped,
        random.chance(0.2) ? random.int(0, Math.floor((pieces - scrapped) / 10)) : 0,
        random.chance(0.05) ? random.sentence(6) : null,
      ];
    },
  );
  const states = ['organization_id', 'plant_id', 'machine_id', 'status', 'recorded_at', 'duration_minutes', 'reason'];
  await load('machine_status_logs', states, (id) => {
    const organization = id <= sizes.organizations ? ownerOf(id) : busyOwner();
    const state = random.pick(['running', 'running', 'running', 'idle', 'setup', 'breakdown', 'maintenance']);
    return [
      organization + 1,
      plantOf(organization),
      memberOf(organization, 'machines'),
      state,
      random.date(FROM, TO),
      random.int(10, 4800) / 10,
      state === 'breakdown' && random.chance(0.7) ? random.sentence(4) : null,
    ];
  });
}

async function fillQuality({ load, random, memberOf }: Shape, anyOrder: () => Owner): Promise<void> {
  const ncrs = ['organization_id', 'plant_id', 'ncr_number', 'title', 'description', 'work_order_id', 'material_id'];
  await load(
    'ncrs',
    [...ncrs, 'severity', 'status', 'quantity_affected', 'reported_by', 'created_at', 'updated_at'],
    (id) => {
      const { order, organization, plant } = anyOrder();
      const created = random.date(FROM, TO);
      const state = random.pick(['open', 'open', 'in_review', 'rework', 'closed', 'closed', 'closed']);
      return [
        organization + 1,
        plant,
        `NCR-${String(id)}`,
        random.sentence(4),
        random.chance(0.8) ? random.sentence(20) : null,
        random.chance(0.8) ? order : null,
        random.chance(0.6) ? memberOf(organization, 'materials') : null,
        random.pick(['minor', 'minor', 'major', 'critical']),
        state,
        random.chance(0.7) ? random.int(1, 100) : null,
        random.chance(0.9) ? memberOf(organization, 'users') : null,
        created,
        state === 'open' ? null : later(created, random.int(1, 40)),
      ];
    },
  );
  const inspections = ['organization_id', 'plant_id', 'work_order_id', 'material_id', 'inspector_id', 'inspected_at'];
  await load('inspections', [...inspections, 'result', 'quantity_inspected', 'quantity_rejected', 'notes'], () => {
    const { order, organization, plant } = anyOrder();
    const inspected = random.int(1, 200);
    const result = random.pick(['pass', 'pass', 'pass', 'pass', 'fail', 'rework']);
    return [
      organization + 1,
      plant,
      order,
      random.chance(0.7) ? memberOf(organization, 'materials') : null,
      random.chance(0.9) ? memberOf(organization, 'users') : null,
      random.date(FROM, TO),
      result,
      inspected,
      result === 'pass' ? 0 : random.int(1, inspected),
      random.chance(0.2) ? random.sentence(8) : null,
    ];
  });
}
