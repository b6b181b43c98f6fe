import { dayOf, EARLY, FROM, later, TO, type Shape } from './shape.ts';

/** As people typed them: what the change must make roles of. */
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

export async function fillMaster(shape: Shape): Promise<void> {
  await fillOrganizations(shape);
  await fillPeople(shape);
  await fillThings(shape);
}

async function fillOrganizations({ load, random, ownerOfPlant, sizes }: Shape): Promise<void> {
  await load('organizations', ['org_code', 'org_name', 'is_active'], (id) => [
    `ORG${String(id).padStart(3, '0')}`,
    random.company(),
    id <= sizes.organizations / 2 || !random.chance(0.05),
  ]);
  await load('plants', ['organization_id', 'plant_code', 'plant_name', 'timezone'], (id) => [
    ownerOfPlant(id) + 1,
    `P${String(id)}`,
    `${random.pick(['Werk', 'Usine', 'Plant', '工場'])} ${random.name()}`,
    random.pick(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Chicago']),
  ]);
}

async function fillPeople({ load, random, ownerOf, plantOf, sizes }: Shape): Promise<void> {
  const users = [
    'organization_id',
    'home_plant_id',
    'email',
    'full_name',
    'role',
    'is_active',
    'created_at',
    'updated_at',
  ];
  await load('users', users, (id) => {
    const created = random.date(EARLY, FROM);
    return [
      ownerOf(id) + 1,
      random.chance(0.9) ? plantOf(ownerOf(id)) : null,
      `user${String(id)}@example.com`,
      random.name(),
      id <= sizes.organizations ? 'Admin' : random.pick(ROLES),
      random.chance(0.93),
      created,
      random.chance(0.5) ? later(created, random.int(1, 200)) : null,
    ];
  });
  await load('customers', ['organization_id', 'customer_code', 'customer_name', 'country'], (id) => [
    ownerOf(id) + 1,
    `C-${String(id)}`,
    random.company(),
    random.chance(0.9) ? random.pick(['DE', 'US', 'IN', 'FR', 'CN', 'SE']) : null,
  ]);
}

async function fillThings({ load, random, ownerOf, plantOf, memberOf }: Shape): Promise<void> {
  const machines = ['organization_id', 'plant_id', 'machine_code', 'machine_name', 'ideal_cycle_seconds', 'status'];
  await load('machines', machines, (id) => [
    ownerOf(id) + 1,
    plantOf(ownerOf(id)),
    `M-${String(id)}`,
    random.pick(['Press 80"', 'Lathe', 'Mill «Ü»', "Welder's cell", 'Paint line']),
    random.int(5, 240),
    random.pick(['available', 'available', 'available', 'down', 'maintenance']),
  ]);
  const materials = ['organization_id', 'plant_id', 'material_number', 'material_name', 'description', 'category'];
  await load(
    'materials',
    [...materials, 'unit_of_measure', 'unit_cost', 'is_active', 'created_at', 'updated_at'],
    (id) => {
      const created = random.date(EARLY, FROM);
      return [
        ownerOf(id) + 1,
        random.chance(0.7) ? plantOf(ownerOf(id)) : null,
        `MAT-${String(id).padStart(7, '0')}`,
        random.sentence(3),
        random.chance(0.8) ? random.sentence(12) : null,
        random.chance(0.95) ? random.pick(['raw', 'purchased', 'semi-finished', 'finished', 'tooling']) : null,
        random.pick(['EA', 'KG', 'M']),
        random.chance(0.9) ? random.int(1, 900_000) / 100 : null,
        random.chance(0.95),
        created,
        random.chance(0.3) ? later(created, random.int(1, 300)) : null,
      ];
    },
  );
  const projects = [
    'organization_id',
    'plant_id',
    'customer_id',
    'project_code',
    'project_name',
    'description',
    'status',
  ];
  await load('projects', [...projects, 'start_date', 'due_date', 'budget'], (id) => {
    const start = random.date(FROM, TO);
    return [
      ownerOf(id) + 1,
      plantOf(ownerOf(id)),
      random.chance(0.8) ? memberOf(ownerOf(id), 'customers') : null,
      `PRJ-${String(id)}`,
      `${random.company()} / ${random.sentence(2)}`,
      random.chance(0.7) ? random.sentence(15) : null,
      random.pick(['planning', 'active', 'active', 'on_hold', 'completed']),
      dayOf(start),
      random.chance(0.9) ? dayOf(later(start, random.int(20, 300))) : null,
      random.chance(0.8) ? random.int(10_000, 90_000_000) / 100 : null,
    ];
  });
}
