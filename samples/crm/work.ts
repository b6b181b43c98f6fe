import { priceOf } from './people.ts';
import { ADMIN, KIND, type Shape } from './shape.ts';

const FROM = '2025-07-01T00:00:00Z';
const UNTIL = '2026-06-30T00:00:00Z';
const CHANNELS = ['email', 'email', 'email', 'phone', 'phone', 'visit', 'sms'] as const;
const PRIORITIES = ['normal', 'normal', 'normal', 'low', 'high', 'urgent'] as const;
const TASK_STATES = ['done', 'done', 'done', 'done', 'open', 'open', 'in_progress', 'cancelled'] as const;
const ORDER_STATES = [
  'delivered',
  'delivered',
  'delivered',
  'delivered',
  'approved',
  'submitted',
  'draft',
  'cancelled',
] as const;
const DAY_MS = 86_400_000;

/** Communications, tasks, orders and their lines. */
export async function fillWork(shape: Shape): Promise<void> {
  const { copyRows } = shape.tools;
  const times = ['created_at', 'updated_at'] as const;
  await copyRows(
    'communications',
    ['id', 'dispensary_id', 'agent_id', 'channel', 'subject', 'body', 'occurred_at', 'follow_up_at', ...times],
    communications(shape),
  );
  await copyRows(
    'tasks',
    [
      'id',
      'title',
      'description',
      'dispensary_id',
      'assigned_to',
      'created_by',
      'status',
      'priority',
      'due_date',
      'completed_at',
      ...times,
    ],
    tasks(shape),
  );
  await copyRows(
    'orders',
    [
      'id',
      'order_number',
      'dispensary_id',
      'agent_id',
      'status',
      'total_amount',
      'ordered_at',
      'delivered_at',
      'notes',
      ...times,
    ],
    orders(shape),
  );
  await copyRows(
    'order_items',
    ['id', 'order_id', 'product_id', 'quantity', 'unit_price', 'line_total', ...times],
    items(shape),
  );
}

function* communications(shape: Shape): Generator<readonly (string | null)[]> {
  const { random, counts } = shape;
  for (let index = 0; index < counts.communication; index += 1) {
    const at = random.date(FROM, UNTIL);
    yield [
      shape.id(KIND.communication, index),
      anyDispensary(shape),
      shape.anyAgent(),
      random.pick(CHANNELS),
      random.chance(0.8) ? random.sentence(random.int(2, 6)) : null,
      random.chance(0.6) ? random.sentence(random.int(5, 30)) : null,
      at,
      random.chance(0.2) ? later(at, random.int(1, 30)) : null,
      at,
      at,
    ];
  }
}

function* tasks(shape: Shape): Generator<readonly (string | null)[]> {
  const { random, counts } = shape;
  for (let index = 0; index < counts.task; index += 1) {
    const created = random.date(FROM, UNTIL);
    const status = random.pick(TASK_STATES);
    const completed = status === 'done' ? later(created, random.int(0, 40)) : null;
    const agent = shape.anyAgent();
    yield [
      shape.id(KIND.task, index),
      random.sentence(random.int(2, 7)),
      random.chance(0.4) ? random.sentence(random.int(5, 25)) : null,
      counts.dispensary > 0 && random.chance(0.8) ? anyDispensary(shape) : null,
      random.chance(0.9) ? agent : null,
      random.chance(0.7) ? agent : random.chance(0.2) ? ADMIN : shape.person(0),
      status,
      random.pick(PRIORITIES),
      random.chance(0.8) ? later(created, random.int(1, 60)).slice(0, 10) : null,
      completed,
      created,
      completed ?? created,
    ];
  }
}

function* orders(shape: Shape): Generator<readonly (string | null)[]> {
  const { random, counts } = shape;
  for (let index = 0; index < counts.order; index += 1) {
    const at = random.date(FROM, UNTIL);
    const status = random.pick(ORDER_STATES);
    const delivered = status === 'delivered' ? later(at, random.int(1, 14)) : null;
    let total = 0;
    for (let line = 0; line < (shape.lines[index] ?? 0); line += 1) {
      const { quantity, price } = lineOf(shape, index, line);
      total += quantity * price;
    }
    yield [
      shape.id(KIND.order, index),
      `SO-${String(index + 1).padStart(7, '0')}`,
      anyDispensary(shape),
      random.chance(0.97) ? shape.anyAgent() : null,
      status,
      cents(total),
      at,
      delivered,
      random.chance(0.1) ? random.sentence(random.int(2, 12)) : null,
      at,
      delivered ?? at,
    ];
  }
}

function* items(shape: Shape): Generator<readonly (string | number)[]> {
  let index = 0;
  for (let order = 0; order < shape.counts.order; order += 1) {
    const created = shape.random.date(FROM, UNTIL);
    for (let line = 0; line < (shape.lines[order] ?? 0); line += 1, index += 1) {
      const { product, quantity, price } = lineOf(shape, order, line);
      yield [
        shape.id(KIND.item, index),
        shape.id(KIND.order, order),
        shape.id(KIND.product, product),
        quantity,
        cents(price),
        cents(quantity * price),
        created,
        created,
      ];
      if (index % 50_000 === 49_999)
        shape.tools.progress({ done: index + 1, total: shape.counts.item, unit: 'order lines' });
    }
  }
}

/** A line of an order, the same for the order's total and for the line itself. */
function lineOf(
  shape: Shape,
  order: number,
  line: number,
): { readonly product: number; readonly quantity: number; readonly price: number } {
  const at = order * 16 + line;
  // The smaller of two draws: early products sell more.
  const product = Math.min(shape.fixed(1, at, shape.counts.product), shape.fixed(2, at, shape.counts.product));
  return { product, quantity: 1 + shape.fixed(3, at, 24), price: priceOf(shape, product) };
}

function anyDispensary(shape: Shape): string {
  return shape.id(KIND.dispensary, shape.random.zipf(shape.counts.dispensary));
}

function later(from: string, days: number): string {
  return new Date(Date.parse(from) + days * DAY_MS).toISOString();
}

function cents(amount: number): string {
  return (amount / 100).toFixed(2);
}
