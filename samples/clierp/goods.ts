import { fixed, numbered } from './shape.ts';
import type { Shape } from './shape.ts';

/** Categories, products, their files, stock and its movements. */
export async function fillGoods({ random, size, fill, maybe, one, time }: Shape): Promise<void> {
  const roots = Math.ceil(size('categories') / 8);
  await fill('categories', (n) => ({
    name: `${random.sentence(2)} ${n}`,
    description: maybe(0.4, () => random.sentence(8)),
    parent_id: n > roots ? random.int(1, roots) : null,
    is_active: random.chance(0.97),
    created_at: time(),
  }));
  await fill('products', (n) => {
    const cost = random.int(1, 4_000);
    return {
      sku: numbered('SKU', n),
      name: `${random.sentence(2)} ${random.pick(['3/8"', '5W-30', 'größe M', "driver's", '100% cotton'])}`,
      description: maybe(0.5, () => random.sentence(12)),
      category_id: one('categories'),
      barcode: maybe(0.8, () => String(4_000_000_000_000 + n)),
      unit_price: Math.round(cost * 1.6),
      cost_price: cost,
      unit: random.pick(['EA', 'EA', 'EA', 'KG', 'M', 'BOX']),
      is_active: random.chance(0.93),
      created_at: time(),
    };
  });
  await fill('product_attachments', (n) => ({
    product_id: one('products'),
    file_name: `${random.pick(['data sheet', 'photo', 'Prüfbericht', "maker's note"])} ${n}.pdf`,
    file_path: `/var/lib/clierp/files/${random.uuid()}`,
    mime_type: maybe(0.9, () => 'application/pdf'),
    file_size: random.int(1_000, 5_000_000),
    is_primary: random.chance(0.2),
    uploaded_by: maybe(0.9, () => one('users')),
    uploaded_at: time(),
  }));
  await fill('inventory', (n) => {
    const least = random.pick([0, 5, 10, 20, 50]);
    return {
      product_id: n,
      quantity: random.chance(0.08) ? random.int(0, least) : random.int(least, 500),
      reserved_quantity: random.zipf(6),
      min_stock_level: least,
      max_stock_level: least + random.int(50, 900),
      location: maybe(0.8, () => `${random.pick(['A', 'B', 'Höhe'])}-${random.int(1, 40)}-${random.int(1, 9)}`),
      last_updated: time(),
    };
  });
  await fill('stock_movements', () => {
    const type = random.pick(['in', 'in', 'out', 'out', 'out', 'adjustment']);
    return {
      product_id: one('products'),
      movement_type: type,
      quantity: type === 'adjustment' ? random.int(-20, 20) : random.int(1, 120),
      unit_cost: type === 'in' ? random.int(1, 4_000) : null,
      reference_type: type === 'in' ? 'purchase_order' : null,
      reference_id: type === 'in' ? random.int(1, size('purchase_orders')) : null,
      notes: maybe(0.1, () => random.sentence(4)),
      moved_by: maybe(0.95, () => one('users')),
      movement_date: time(),
    };
  });
}

const STATUSES = ['received', 'received', 'received', 'received', 'sent', 'sent', 'approved', 'pending', 'cancelled'];

const statusOf = (order: number): string => STATUSES[Math.floor(fixed(order, 1) * STATUSES.length)] ?? 'pending';
const quantityOf = (item: number): number => 1 + Math.floor(fixed(item, 2) * 80);
const costOf = (item: number): number => 1 + Math.floor(fixed(item, 3) * 900);

/** Suppliers, purchase orders and their items; an order's total is that of its items. */
export async function fillPurchasing({ random, size, fill, maybe, one, day, time }: Shape): Promise<void> {
  await fill('suppliers', (n) => ({
    supplier_code: numbered('SUP', n),
    name: random.company(),
    contact_person: maybe(0.7, () => random.name()),
    email: maybe(0.8, () => `orders${n}@example.com`),
    phone: maybe(0.8, () => `+33 1 ${random.int(10_000_000, 99_999_999)}`),
    address: maybe(0.9, () => `${random.int(1, 200)}, rue de l'Église`),
    payment_terms: maybe(0.9, () => random.pick(['30 days', '60 days net', '2 % in 10 days'])),
    status: random.chance(0.92) ? 'active' : random.pick(['inactive', 'blacklisted']),
    created_at: time(),
  }));
  const orders = size('purchase_orders');
  await fill('purchase_orders', (n) => {
    let total = 0;
    for (let item = n; item <= size('purchase_order_items'); item += orders) total += quantityOf(item) * costOf(item);
    const approved = !['pending', 'cancelled'].includes(statusOf(n));
    const ordered = day();
    return {
      po_number: `PO-${ordered.replaceAll('-', '')}-${String(n).padStart(7, '0')}`,
      supplier_id: one('suppliers'),
      order_date: ordered,
      expected_date: maybe(0.8, day),
      status: statusOf(n),
      total_amount: total,
      notes: maybe(0.2, () => random.sentence(6)),
      created_by: maybe(0.97, () => one('users')),
      approved_by: approved ? 1 : null,
      approved_at: approved ? time() : null,
      created_at: time(),
    };
  });
  await fill('purchase_order_items', (n) => {
    const quantity = quantityOf(n);
    const order = ((n - 1) % orders) + 1;
    const status = statusOf(order);
    const received = status === 'received' ? quantity : status === 'sent' && n % 5 === 0 ? Math.floor(quantity / 2) : 0;
    return {
      po_id: order,
      product_id: one('products'),
      quantity,
      unit_cost: costOf(n),
      total_cost: quantity * costOf(n),
      received_quantity: received,
      status: received === quantity ? 'received' : received > 0 ? 'partial' : 'pending',
    };
  });
}

/** Customers, what may become of them, and what was done for it. */
export async function fillCustomers({ random, size, fill, maybe, one, day, time }: Shape): Promise<void> {
  await fill('customers', (n) => ({
    customer_code: numbered('CUS', n),
    name: random.chance(0.5) ? random.company() : random.name(),
    email: maybe(0.8, () => `customer${n}@example.net`),
    phone: maybe(0.6, () => `+1 555 ${random.int(1_000_000, 9_999_999)}`),
    address: maybe(0.7, () => `${random.int(1, 999)} "Old Mill" Road`),
    customer_type: random.pick(['individual', 'business']),
    credit_limit: random.pick([0, 0, 1_000, 5_000, 20_000]),
    created_at: time(),
  }));
  await fill('leads', () => ({
    customer_id: one('customers'),
    source: random.pick(['web', 'fair', 'referral', 'call']),
    status: random.pick(['new', 'contacted', 'qualified', 'proposal', 'converted', 'lost']),
    estimated_value: random.int(0, 50_000),
    probability: random.int(0, 20) * 5,
    expected_close_date: maybe(0.7, day),
    assigned_to: maybe(0.9, () => one('employees')),
    notes: maybe(0.3, () => random.sentence(7)),
    created_at: time(),
  }));
  await fill('deals', (n) => ({
    lead_id: n,
    deal_name: random.sentence(3),
    stage: random.pick(['prospect', 'proposal', 'negotiation', 'won', 'lost']),
    deal_value: random.int(100, 80_000),
    close_date: maybe(0.5, day),
    assigned_to: maybe(0.9, () => one('employees')),
    created_at: time(),
  }));
  await fill('activities', () => ({
    activity_type: random.pick(['call', 'email', 'meeting', 'note', 'task']),
    subject: random.sentence(3),
    description: maybe(0.4, () => random.sentence(10)),
    activity_date: time(),
    duration_minutes: maybe(0.6, () => random.int(5, 120)),
    customer_id: maybe(0.8, () => one('customers')),
    lead_id: maybe(0.4, () => one('leads')),
    deal_id: maybe(0.2, () => one('deals')),
    assigned_to: maybe(0.9, () => one('employees')),
    completed: random.chance(0.6),
  }));
  await fill('campaigns', (n) => ({
    name: `${random.sentence(2)} ${n}`,
    campaign_type: random.pick(['mail', 'fair', 'web']),
    start_date: maybe(0.9, day),
    end_date: maybe(0.5, day),
    budget: random.int(0, 40_000),
    spent: random.int(0, 20_000),
    status: random.pick(['planned', 'active', 'paused', 'completed', 'cancelled']),
  }));
  await fill('campaign_leads', (n) => ({
    campaign_id: ((n - 1) % size('campaigns')) + 1,
    lead_id: Math.floor((n - 1) / size('campaigns')) + 1,
  }));
}
