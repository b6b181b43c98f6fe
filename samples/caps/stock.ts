import { numbered, CARS } from './shape.ts';
import type { Shape } from './shape.ts';

const LOCATIONS = ['main', 'bay 2', 'warehouse', 'van'] as const;

/** Categories, products, the vehicles they fit, and stock. */
export async function fillStock({ random, size, fill, maybe, date, skewed, user }: Shape): Promise<void> {
  const roots = Math.ceil(size('product_categories') / 8);
  await fill('product_categories', (n) => ({
    id: n,
    parent_id: n > roots ? random.int(1, roots) : null,
    name: random.sentence(2),
    slug: `category-${n}`,
    sort_order: n % 10,
  }));
  await fill('products', (n) => {
    const cost = random.int(100, 40_000);
    return {
      id: n,
      sku: numbered('SKU', n),
      barcode: maybe(0.8, () => String(4_000_000_000_000 + n)),
      name: `${random.sentence(2)} ${random.pick(['3/8"', '5W-30', 'größe M', "driver's"])}`,
      description: maybe(0.5, () => random.sentence(12)),
      brand: maybe(0.8, () => random.company()),
      category_id: maybe(0.97, () => skewed('product_categories')),
      cost_cents: cost,
      price_cents: Math.round(cost * 1.6),
      weight_kg: maybe(0.7, () => random.int(1, 30_000) / 1_000),
      reorder_point: random.int(0, 12),
      attributes: maybe(0.3, () => JSON.stringify({ color: 'blå', pack: random.int(1, 12) })),
      is_active: random.chance(0.93) ? 1 : 0,
      created_at: date(),
    };
  });
  await fill('fitment_data', (n) => {
    const [make, model] = random.pick(CARS);
    const from = random.int(1965, 2024);
    return {
      id: n,
      product_id: skewed('products'),
      make,
      model,
      year_from: from,
      year_to: from + random.int(0, 12),
      engine: maybe(0.6, () => random.pick(['1.6 TDI', '2.0 L', 'V8 5.0'])),
      notes: maybe(0.1, () => random.sentence(5)),
    };
  });

  const place = (n: number) => ({
    product_id: ((n - 1) % size('products')) + 1,
    location: LOCATIONS[Math.floor((n - 1) / size('products'))] ?? 'main',
  });
  const stock = new Int32Array(size('inventory') + 1);
  await fill('inventory', (n) => ({
    ...place(n),
    reserved: random.zipf(4),
    bin: maybe(0.6, () => `A${n % 40}-${n % 7}`),
    counted_at: maybe(0.3, date),
  }));
  await fill('inventory_transactions', () => {
    const item = skewed('inventory');
    const held = stock[item] ?? 0;
    const sale = held > 0 && random.chance(0.6);
    const change = sale ? -random.int(1, Math.min(held, 4)) : random.int(1, 60);
    stock[item] = held + change;
    return {
      ...place(item),
      kind: sale ? 'sale' : random.pick(['receipt', 'receipt', 'adjustment', 'return']),
      quantity: change,
      work_order_id: sale ? maybe(0.8, () => skewed('work_orders')) : null,
      user_id: maybe(0.9, user),
      note: maybe(0.05, () => random.sentence(4)),
      created_at: date(),
    };
  });
}
