import { later, numbered, CARS } from './shape.ts';
import type { Shape } from './shape.ts';

const CITIES = ['Springfield', 'São Paulo', 'Łódź', "Coeur d'Alene", 'Zürich', 'Köln', 'O’Fallon'] as const;

/** Gives out line after line, order by order: one to some lines each, `total` of them over `orders` orders. */
function lines(total: number, orders: number, random: Shape['random']): () => readonly [order: number, line: number] {
  let order = 0;
  let line = 0;
  let most = 0;
  let left = total;
  return () => {
    if (line === most && order < orders) {
      order += 1;
      line = 0;
      most = order === orders ? left : random.int(1, Math.max(1, Math.ceil((2 * left) / (orders - order + 1)) - 1));
    }
    line += 1;
    left -= 1;
    return [order, line];
  };
}

/** Customers and their vehicles, and the orders on those vehicles. */
export async function fillCustomers({ random, size, fill, maybe, date, skewed, user }: Shape): Promise<void> {
  await fill('customers', (n) => {
    const [first = null, ...last] = random.name().split(' ');
    const trade = random.chance(0.15);
    const created = date();
    return {
      id: n,
      customer_number: numbered('C', n),
      first_name: trade ? null : first,
      last_name: trade ? null : last.join(' ') || 'Unknown',
      company: trade ? random.company() : null,
      email: maybe(0.6, () => `Customer${n}@Example.com`),
      phone: maybe(0.9, () => `+1-555-${String(n % 500_000).padStart(7, '0')}`),
      address: maybe(0.7, () => `${random.int(1, 9999)} ${random.sentence(2)}`),
      city: maybe(0.8, () => random.pick(CITIES)),
      postal_code: maybe(0.7, () => String(random.int(10_000, 99_999))),
      notes: maybe(0.1, () => random.sentence(8)),
      price_level_id: maybe(0.5, () => random.int(1, size('price_levels'))),
      tax_exempt: trade && random.chance(0.4) ? 1 : 0,
      created_at: created,
      deleted_at: maybe(0.02, () => later(created, random.int(1, 300))),
    };
  });
  const owners = new Int32Array(size('customer_vehicles') + 1);
  await fill('customer_vehicles', (n) => {
    const owner = random.chance(0.7) ? ((n - 1) % size('customers')) + 1 : skewed('customers');
    owners[n] = owner;
    const [make, model] = random.pick(CARS);
    return {
      id: n,
      customer_id: owner,
      vin: maybe(0.95, () => `1CAPS${n.toString(36).toUpperCase().padStart(12, '0')}`),
      model_year: maybe(0.97, () => random.int(1965, 2026)),
      make,
      model,
      license_plate: maybe(0.8, () => `${random.pick(['ABC', 'XYZ', 'ÄÖÜ'])} ${random.int(1, 99_999)}`),
      mileage: maybe(0.8, () => random.int(0, 320_000)),
      color: maybe(0.5, () => random.pick(['red', 'black', 'silver', 'Nuit d’étoile'])),
    };
  });

  await fill('work_orders', (n) => {
    const vehicle = random.chance(0.85) ? skewed('customer_vehicles') : null;
    const opened = date();
    const status = random.pick([
      'open',
      'in_progress',
      'waiting_parts',
      'completed',
      'invoiced',
      'invoiced',
      'invoiced',
      'invoiced',
      'cancelled',
    ]);
    const closed =
      status === 'invoiced' || status === 'cancelled' ? later(opened, random.int(0, 20) + random.float()) : null;
    return {
      id: n,
      order_number: numbered('WO', n),
      customer_id: vehicle === null ? skewed('customers') : (owners[vehicle] ?? 1),
      vehicle_id: vehicle,
      technician_id: maybe(0.9, user),
      status,
      complaint: maybe(0.8, () => random.sentence(random.int(3, 14))),
      opened_at: opened,
      promised_at: maybe(0.6, () => later(opened, random.int(1, 5))),
      closed_at: closed,
      tax_rate: random.pick([0, 0.0825, 0.0825, 0.0825, 0.19]),
    };
  });
  const order = lines(size('work_order_lines'), size('work_orders'), random);
  await fill('work_order_lines', () => {
    const [id, line] = order();
    const type = random.pick(['labor', 'part', 'part', 'fee']);
    const text = random.chance(0.05)
      ? `${random.sentence(2)} 5/16" (driver's side)`
      : random.sentence(random.int(2, 6));
    return {
      work_order_id: id,
      line_no: line,
      line_type: type,
      product_sku: type === 'part' ? numbered('SKU', skewed('products')) : null,
      description: text,
      quantity: type === 'labor' ? random.int(1, 32) / 4 : random.int(1, 8),
      unit_price_cents: random.int(500, 60_000),
    };
  });
}

/** Layaways and what was paid on them. */
export async function fillLayaways({ random, size, fill, maybe, date, skewed, user }: Shape): Promise<void> {
  const owed = new Int32Array(size('layaways') + 1);
  await fill('layaways', (n) => {
    const total = random.int(2_000, 400_000);
    const created = date();
    owed[n] = total;
    return {
      id: n,
      layaway_number: numbered('LAY', n),
      customer_id: skewed('customers'),
      created_by: maybe(0.95, user),
      total_cents: total,
      status: random.chance(0.05) ? 'cancelled' : 'open',
      due_date: maybe(0.9, () => later(created, 90).slice(0, 10)),
      created_at: created,
    };
  });
  await fill('layaway_payments', (n) => {
    const layaway = ((n - 1) % size('layaways')) + 1;
    const due = owed[layaway] ?? 0;
    const last = n + size('layaways') > size('layaway_payments');
    const amount = last && random.chance(0.4) ? due : Math.max(1, Math.floor(due / random.int(2, 9)));
    owed[layaway] = due - amount;
    return {
      layaway_id: layaway,
      amount_cents: amount,
      method: random.pick(['cash', 'card', 'check', 'gift_card']),
      paid_at: date(),
      received_by: maybe(0.9, user),
    };
  });
}

/** Commissions and the rules for them. */
export async function fillCommissions({ random, fill, maybe, date, skewed, user }: Shape): Promise<void> {
  await fill('commission_rules', (n) => ({
    id: n,
    name: `Rule ${n}`,
    applies_to: random.pick(['labor', 'part', 'all']),
    rate: n / 100,
    min_sale_cents: n * 1_000,
    starts_on: '2023-01-01',
    ends_on: n % 3 === 0 ? '2024-12-31' : null,
  }));
  await fill('commissions', (n) => {
    const base = random.int(1_000, 90_000);
    const status = random.pick(['pending', 'approved', 'paid', 'paid']);
    const earned = date();
    return {
      id: n,
      user_id: user(),
      rule_id: maybe(0.9, () => skewed('commission_rules')),
      work_order_id: maybe(0.95, () => skewed('work_orders')),
      base_cents: base,
      amount_cents: Math.round(base * 0.07),
      status,
      earned_at: earned,
      paid_at: status === 'paid' ? later(earned, 14) : null,
    };
  });
}

/** Loyalty points, credit and gift cards: every balance is the sum of its movements. */
export async function fillAccounts({ random, size, fill, maybe, date, skewed }: Shape): Promise<void> {
  const points = new Int32Array(size('loyalty_accounts') + 1);
  await fill('loyalty_accounts', (n) => ({ id: n, customer_id: n, enrolled_at: date() }));
  await fill('loyalty_transactions', () => {
    const account = skewed('loyalty_accounts');
    const held = points[account] ?? 0;
    const redeem = held > 200 && random.chance(0.2);
    const change = redeem ? -random.int(1, held) : random.int(1, 900);
    points[account] = held + change;
    return {
      account_id: account,
      kind: redeem ? 'redeem' : random.chance(0.97) ? 'earn' : 'adjust',
      points: change,
      reason: maybe(0.6, () => numbered('WO', skewed('work_orders'))),
      created_at: date(),
    };
  });

  const credit = new Int32Array(size('credit_accounts') + 1);
  await fill('credit_accounts', (n) => ({
    id: n,
    customer_id: n,
    limit_cents: 50_000_000,
    terms_days: random.pick([14, 30, 30, 60]),
    opened_at: date(),
  }));
  await fill('credit_transactions', () => {
    const account = skewed('credit_accounts');
    const balance = credit[account] ?? 0;
    const pays = balance > 20_000_000 || random.chance(0.4);
    const amount = pays ? Math.max(100, Math.floor(balance * random.float())) : random.int(1_000, 250_000);
    credit[account] = pays ? balance - amount : balance + amount;
    return {
      account_id: account,
      kind: pays ? 'payment' : 'charge',
      amount_cents: amount,
      work_order_id: pays ? null : skewed('work_orders'),
      due_date: pays ? null : date().slice(0, 10),
      created_at: date(),
    };
  });

  const loaded = new Int32Array(size('gift_cards') + 1);
  await fill('gift_cards', (n) => ({
    id: n,
    card_number: numbered('6006', n),
    customer_id: maybe(0.6, () => skewed('customers')),
    issued_at: date(),
    expires_on: maybe(0.3, () => '2027-12-31'),
  }));
  await fill('gift_card_transactions', (n) => {
    const card = ((n - 1) % size('gift_cards')) + 1;
    const held = loaded[card] ?? 0;
    const redeem = held > 0 && random.chance(0.7);
    const amount = redeem ? random.int(1, held) : random.pick([2_500, 5_000, 10_000]);
    loaded[card] = redeem ? held - amount : held + amount;
    return {
      gift_card_id: card,
      kind: redeem ? 'redeem' : 'load',
      amount_cents: amount,
      work_order_id: redeem ? maybe(0.8, () => skewed('work_orders')) : null,
      created_at: date(),
    };
  });
}

/** Promotions and their use. */
export async function fillPromotions({ random, size, fill, maybe, date, skewed }: Shape): Promise<void> {
  await fill('promotions', (n) => ({
    id: n,
    code: `PROMO${n}`,
    name: random.sentence(3),
    kind: n % 2 === 0 ? 'percent' : 'amount',
    value: random.int(1, 50),
    starts_on: date().slice(0, 10),
    ends_on: maybe(0.5, () => '2026-12-31'),
    is_active: random.chance(0.4) ? 1 : 0,
    conditions: maybe(0.4, () => JSON.stringify({ minCents: random.int(1, 50) * 1_000, note: 'één per klant' })),
  }));
  await fill('promotion_usage', (n) => ({
    id: n,
    promotion_id: skewed('promotions'),
    customer_id: maybe(0.8, () => skewed('customers')),
    work_order_id: ((n - 1) % size('work_orders')) + 1,
    discount_cents: random.int(0, 5_000),
    used_at: date(),
  }));
}
