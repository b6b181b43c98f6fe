import { KIND, type Shape } from './shape.ts';

const FROM = '2025-01-01T00:00:00Z';
const CITIES = [
  'Tulsa',
  'Oklahoma City',
  'Norman',
  'Lawton',
  'Stillwater',
  'Miami',
  'McAlester',
  "Coeur d'Alene",
] as const;
const CATEGORIES = ['flower', 'edible', 'concentrate', 'vape', 'topical', 'pre-roll'] as const;
const STRAINS = [
  'Blue Dream',
  'Girl Scout Cookies',
  "Durban's Pride",
  'Häagen Haze',
  'OG Kush',
  '北京 Kush',
  'Sour Diesel',
] as const;

/** Profiles, dispensaries and products. */
export async function fillPeople(shape: Shape): Promise<void> {
  const { copyRows } = shape.tools;
  await copyRows(
    'profiles',
    ['id', 'email', 'full_name', 'phone', 'role', 'created_at', 'updated_at'],
    profiles(shape),
  );
  await copyRows(
    'dispensary_profiles',
    [
      'id',
      'name',
      'license_number',
      'contact_email',
      'phone',
      'street',
      'city',
      'postal_code',
      'assigned_agent_id',
      'notes',
      'created_at',
      'updated_at',
    ],
    dispensaries(shape),
  );
  await copyRows(
    'products',
    [
      'id',
      'sku',
      'name',
      'category',
      'strain',
      'thc_percentage',
      'cbd_percentage',
      'unit_price',
      'stock_quantity',
      'is_available',
      'created_at',
      'updated_at',
    ],
    products(shape),
  );
}

/** Price of a product in cents; an order line asks for it again. */
export function priceOf(shape: Shape, product: number): number {
  return 199 + shape.fixed(KIND.product, product, 12_000);
}

function* profiles(shape: Shape): Generator<readonly (string | null)[]> {
  const { random, counts } = shape;
  const firstOtherManager = counts.profile - Math.floor(counts.profile / 12);
  for (let index = 0; index < counts.profile; index += 1) {
    const name = random.name();
    const role = index === 0 || (index > 1 && index >= firstOtherManager) ? 'manager' : 'agent';
    const created = random.date(FROM, '2025-03-01T00:00:00Z');
    const mail = `${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '.')}.${String(index)}@cake.example`;
    yield [shape.person(index), mail, name, random.chance(0.7) ? phone(shape) : null, role, created, created];
  }
}

function* dispensaries(shape: Shape): Generator<readonly (string | null)[]> {
  const { random, counts } = shape;
  for (let index = 0; index < counts.dispensary; index += 1) {
    const created = random.date(FROM, '2025-06-01T00:00:00Z');
    yield [
      shape.id(KIND.dispensary, index),
      random.company(),
      `DAAA-${String(index).padStart(6, '0')}`,
      random.chance(0.8) ? `orders.${String(index)}@dispensary.example` : null,
      random.chance(0.6) ? phone(shape) : null,
      random.chance(0.9) ? `${String(random.int(1, 9999))} ${random.name()} St.` : null,
      random.pick(CITIES),
      random.chance(0.9) ? String(random.int(73_001, 74_966)) : null,
      // A few have no agent; the first one belongs to the first agent.
      index === 0 ? shape.agent(0) : random.chance(0.95) ? shape.anyAgent() : null,
      random.chance(0.3) ? random.sentence(random.int(3, 20)) : null,
      created,
      random.date(created, '2025-07-01T00:00:00Z'),
    ];
  }
}

function* products(shape: Shape): Generator<readonly (string | number | boolean | null)[]> {
  const { random, counts } = shape;
  for (let index = 0; index < counts.product; index += 1) {
    const category = random.pick(CATEGORIES);
    const strain = category === 'topical' ? null : random.pick(STRAINS);
    const created = random.date(FROM, '2025-06-01T00:00:00Z');
    yield [
      shape.id(KIND.product, index),
      `SKU-${String(index).padStart(5, '0')}`,
      `${strain ?? random.company()} ${category} no. ${String(index)}`,
      category,
      strain,
      random.chance(0.9) ? (random.int(0, 9_500) / 100).toFixed(2) : null,
      random.chance(0.5) ? (random.int(0, 2_000) / 100).toFixed(2) : null,
      (priceOf(shape, index) / 100).toFixed(2),
      random.chance(0.1) ? 0 : random.int(1, 5_000),
      random.chance(0.9),
      created,
      created,
    ];
  }
}

function phone(shape: Shape): string {
  return `+1 (918) 555-${String(shape.random.int(0, 9999)).padStart(4, '0')}`;
}
