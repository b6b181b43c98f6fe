import { defineSample } from 'surefoot';

const startOfRecords = '2021-01-04T00:00:00Z';
const endOfRecords = '2025-06-30T00:00:00Z';

/** Free texts of the old application, as people wrote them; every one has a meaning in the new types. */
const customerTypes = ['Customer', 'Customer', 'Customer', 'customer', 'CUSTOMER ', 'Client', 'End Customer'] as const;
const supplierTypes = ['Supplier', 'supplier', 'Vendor', 'Third-party supplier'] as const;
const adminRoles = ['Customer Admin', 'Admin', 'administrator', 'Manager'] as const;
const userRoles = ['Customer User', 'User', 'user', 'Technician', 'customer  user'] as const;

const partNames = [
  'Net brush',
  'Thruster seal',
  'Umbilical',
  'Filter cartridge',
  'Drive belt',
  'O-ring set',
  'Jet nozzle 3/8"',
  "Pilot's panel",
  'Hydraulic hose',
  'Float',
] as const;
const machineModels = ['V3.1B', 'V4.0'] as const;

interface Organization {
  readonly id: string;
  readonly kind: 'oraseas' | 'bossaqua' | 'customer' | 'supplier';
  /** Number of parts of which the organisation keeps stock. */
  readonly stocked: number;
}

/** Splits `total` over `customers` places so that few have much and most have little. */
function skewedShares(total: number, customers: number, most: number): readonly number[] {
  const weights = Array.from({ length: customers }, (_, index) => 1 / Math.sqrt(index + 1));
  const sum = weights.reduce((left, right) => left + right, 0);
  return weights.map((weight) => Math.min(most, Math.round((total * weight) / sum)));
}

export default defineSample({
  description: 'Oraseas EE, BossAqua, customers with machines and stock, suppliers; as the old application kept them',
  at: '001',
  async fill({ copyRows, random, rows, progress }) {
    const organizationCount = Math.max(8, Math.round(Math.sqrt(rows)));
    const userCount = Math.max(organizationCount + 4, Math.round(rows / 60));
    const partCount = Math.max(10, Math.round(5 * Math.sqrt(rows)));
    const machineCount = Math.max(6, Math.round(rows / 60));
    const remaining = Math.max(40, rows - organizationCount - userCount - partCount - machineCount);
    const stockCount = Math.round(remaining * 0.62);

    const supplierCount = Math.max(2, Math.floor(organizationCount / 5));
    const customerCount = organizationCount - supplierCount - 2;
    const partIds = Array.from({ length: partCount }, () => random.uuid());
    const proprietary = partIds.map(() => random.chance(0.3));
    const distributorStock = Math.min(partCount, stockCount);
    const shares = skewedShares(stockCount - distributorStock, customerCount, partCount);

    const organizations: Organization[] = [
      { id: random.uuid(), kind: 'oraseas', stocked: distributorStock },
      { id: random.uuid(), kind: 'bossaqua', stocked: 0 },
    ];
    for (const stocked of shares) organizations.push({ id: random.uuid(), kind: 'customer', stocked });
    for (let index = 0; index < supplierCount; index += 1) {
      organizations.push({ id: random.uuid(), kind: 'supplier', stocked: 0 });
    }
    const customers = organizations.filter(({ kind }) => kind === 'customer');

    let done = 0;
    const counted = async function* <Row>(source: Iterable<Row>): AsyncGenerator<Row> {
      for (const row of source) {
        yield row;
        done += 1;
        if (done % 10_000 === 0) progress({ done, total: rows, unit: 'rows' });
      }
    };

    await copyRows(
      'organizations',
      ['id', 'name', 'type', 'address', 'contact_info', 'created_at', 'updated_at'],
      counted(organizationRows()),
    );
    await copyRows(
      'users',
      ['id', 'organization_id', 'username', 'password_hash', 'email', 'name', 'role', 'created_at', 'updated_at'],
      counted(userRows()),
    );
    await copyRows(
      'parts',
      [
        'id',
        'part_number',
        'name',
        'description',
        'is_proprietary',
        'manufacturer_delivery_time_days',
        'local_supplier_delivery_time_days',
        'image_urls',
        'created_at',
        'updated_at',
      ],
      counted(partRows()),
    );
    const { machineIds, ownerOf } = planMachines();
    await copyRows(
      'machines',
      ['id', 'organization_id', 'model_type', 'name', 'serial_number', 'created_at', 'updated_at'],
      counted(machineRows()),
    );
    await copyRows(
      'inventory',
      [
        'id',
        'organization_id',
        'part_id',
        'current_stock',
        'minimum_stock_recommendation',
        'reorder_threshold_set_by',
        'last_recommendation_update',
        'created_at',
      ],
      counted(stockRows()),
    );
    const usageCount = Math.max(0, rows - done);
    await copyRows(
      'part_usage',
      [
        'id',
        'customer_organization_id',
        'part_id',
        'machine_id',
        'recorded_by_user_id',
        'usage_date',
        'quantity_used',
        'notes',
        'created_at',
      ],
      counted(usageRows(usageCount)),
    );

    function* organizationRows(): Generator<readonly unknown[]> {
      for (const { id, kind } of organizations) {
        const created = random.date(startOfRecords, '2022-01-01T00:00:00Z');
        const { name, type } = describeOrganization(kind);
        yield [
          id,
          name,
          type,
          random.chance(0.8) ? random.sentence(6) : null,
          random.chance(0.6) ? random.name() : null,
          created,
          created,
        ];
      }
    }

    function describeOrganization(kind: Organization['kind']): { readonly name: string; readonly type: string } {
      switch (kind) {
        case 'oraseas':
          return { name: 'Oraseas EE', type: 'Warehouse' };
        case 'bossaqua':
          return { name: 'BossAqua', type: 'Manufacturer' };
        case 'customer':
          return { name: random.company(), type: random.pick(customerTypes) };
        case 'supplier':
          return { name: random.company(), type: random.pick(supplierTypes) };
      }
    }

    function* userRows(): Generator<readonly unknown[]> {
      for (let index = 0; index < userCount; index += 1) {
        // Everybody has an admin first; whoever is left belongs to few large organisations.
        const home = organizations[index] ?? organizations[random.zipf(organizations.length)];
        if (home === undefined) continue;
        const role = roleIn(home.kind, index < organizations.length);
        const created = random.date(startOfRecords, endOfRecords);
        yield [
          random.uuid(),
          home.id,
          `user${index}`,
          `scrypt$${random.uuid()}`,
          `user${index}@example.com`,
          random.chance(0.9) ? random.name() : null,
          role,
          created,
          created,
        ];
      }
    }

    function roleIn(kind: Organization['kind'], first: boolean): string {
      if (kind === 'oraseas') return first || random.chance(0.2) ? 'Oraseas Admin' : 'Oraseas User';
      if (kind === 'supplier') return first ? 'Supplier Admin' : 'Supplier User';
      return first || random.chance(0.1) ? random.pick(adminRoles) : random.pick(userRoles);
    }

    function* partRows(): Generator<readonly unknown[]> {
      for (const [index, id] of partIds.entries()) {
        const ours = proprietary[index] === true;
        const created = random.date(startOfRecords, '2023-01-01T00:00:00Z');
        yield [
          id,
          `AB-${String(index).padStart(6, '0')}`,
          `${random.pick(partNames)} ${index}`,
          random.chance(0.5) ? random.sentence(8) : null,
          ours,
          ours ? random.int(10, 60) : null,
          ours ? null : random.int(1, 14),
          random.chance(0.1) ? `{"/img/${index}.jpg"}` : '{}',
          created,
          created,
        ];
      }
    }

    function planMachines(): { readonly machineIds: readonly string[]; readonly ownerOf: readonly (string | null)[] } {
      return {
        machineIds: Array.from({ length: machineCount }, () => random.uuid()),
        // One in twenty still waits to be sold.
        ownerOf: Array.from({ length: machineCount }, () =>
          random.chance(0.05) ? null : (customers[random.zipf(customers.length)]?.id ?? null),
        ),
      };
    }

    function* machineRows(): Generator<readonly unknown[]> {
      for (const [index, id] of machineIds.entries()) {
        const created = random.date(startOfRecords, endOfRecords);
        yield [
          id,
          ownerOf[index] ?? null,
          random.pick(machineModels),
          `AutoBoss ${index}`,
          `AB${String(index).padStart(7, '0')}`,
          created,
          created,
        ];
      }
    }

    function* stockRows(): Generator<readonly unknown[]> {
      for (const { id, kind, stocked } of organizations) {
        // A walk with a step that shares no factor with the number of parts meets each part once.
        const step = coprimeStep(partCount, random.int(1, partCount));
        let place = random.int(0, partCount - 1);
        for (let count = 0; count < stocked; count += 1) {
          place = (place + step) % partCount;
          const scale = kind === 'oraseas' ? 50 : 1;
          const stock = random.chance(0.08)
            ? 0
            : random.chance(0.002)
              ? -random.int(1, 3)
              : scale * (1 + random.zipf(40));
          const advised = random.chance(0.7);
          yield [
            random.uuid(),
            id,
            partIds[place],
            stock,
            advised ? scale * random.int(1, 8) : 0,
            advised ? random.pick(['system', 'user'] as const) : null,
            advised ? random.date('2024-01-01T00:00:00Z', endOfRecords) : null,
            random.date('2022-01-01T00:00:00Z', endOfRecords),
          ];
        }
      }
    }

    function* usageRows(count: number): Generator<readonly unknown[]> {
      for (let index = 0; index < count; index += 1) {
        const machine = random.zipf(machineCount);
        const owner = ownerOf[machine] ?? customers[random.zipf(customers.length)]?.id;
        const used = random.date('2022-01-01T00:00:00Z', endOfRecords);
        yield [
          random.uuid(),
          owner,
          partIds[random.zipf(partCount)],
          ownerOf[machine] == null ? null : machineIds[machine],
          null,
          used,
          1 + random.zipf(6),
          random.chance(0.2) ? random.sentence(5) : null,
          used,
        ];
      }
    }
  },
});

/** The first number from `from` on that has no factor in common with `size`. */
function coprimeStep(size: number, from: number): number {
  const divisor = (left: number, right: number): number => (right === 0 ? left : divisor(right, left % right));
  let step = from;
  while (divisor(step, size) !== 1) step += 1;
  return step;
}
