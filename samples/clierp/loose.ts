import type { Value } from 'surefoot';

import type { Cells, Writing } from './shape.ts';

type Slip = (cells: Cells) => Cells;

/** Once in so many rows, and always in the second one, so that a small sample has every slip too. */
const EVERY = 409;

const epoch = (day: Value | undefined): number =>
  Date.parse(`${String(day ?? '2024-03-01').slice(0, 10)}T00:00:00Z`) / 1_000;
const slashed = (day: Value | undefined): string => String(day).replaceAll('-', '/');
const reversed = (day: Value | undefined): string => String(day).split('-').toReversed().join('.');

/** What got into the CLI's database because SQLite takes any value in any column. */
const SLIPS: Readonly<Record<string, Slip>> = {
  employees: (cells) => ({ ...cells, hire_date: reversed(cells['hire_date']), salary: Number(cells['salary']) + 0.5 }),
  users: (cells) => ({ ...cells, is_active: 'true' }),
  attendances: (cells) => ({ ...cells, date: slashed(cells['date']), check_in: '8:05' }),
  transactions: (cells) => ({ ...cells, amount: '1,250', transaction_date: epoch(cells['transaction_date']) }),
  products: (cells) => ({ ...cells, unit_price: Number(cells['unit_price']) + 0.99, is_active: 'Y' }),
  inventory: (cells) => ({ ...cells, quantity: `${String(cells['quantity'])} pcs` }),
  purchase_orders: (cells) => ({ ...cells, expected_date: epoch(cells['order_date']) }),
  customers: (cells) => ({ ...cells, credit_limit: '' }),
  activities: (cells) => ({ ...cells, activity_date: epoch(cells['activity_date']) / 86_400 + 2_440_587.5 }),
  leads: (cells) => ({ ...cells, expected_close_date: '' }),
};

/** Truth values as 0 and 1, and now and then a value that is not of the column's type. */
export const loosely: Writing = (table, n, cells) => {
  const plain: Record<string, Value> = {};
  for (const [column, value] of Object.entries(cells))
    plain[column] = typeof value === 'boolean' ? Number(value) : value;
  const slip = SLIPS[table];
  return slip !== undefined && (n === 2 || n % EVERY === 0) ? slip(plain) : plain;
};
