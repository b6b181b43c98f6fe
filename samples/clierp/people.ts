import { dayAfter, numbered } from './shape.ts';
import type { Shape } from './shape.ts';

const ROLES = ['employee', 'employee', 'employee', 'employee', 'supervisor', 'manager', 'auditor'] as const;
const POSITIONS = [
  'Buyer',
  'Clerk',
  'Storekeeper',
  'Accountant',
  'Sales',
  "Directeur de l'entrepôt",
  '倉庫管理者',
] as const;

/** Departments, employees, their accounts, days at work and pay. */
export async function fillPeople(shape: Shape): Promise<void> {
  const { random, size, fill, maybe, day, time } = shape;
  await fill('departments', (n) => ({
    name: `${random.pick(['Purchasing', 'Warehouse', 'Sales', 'Finance', 'Größere Projekte'])} ${n}`,
    description: maybe(0.6, () => random.sentence(6)),
    created_at: time(),
  }));
  await fill('employees', (n) => ({
    employee_code: numbered('EMP', n),
    name: random.name(),
    email: maybe(0.9, () => `employee${n}@example.org`),
    phone: maybe(0.7, () => `+49 30 ${random.int(100_000, 999_999)}`),
    department_id: ((n - 1) % size('departments')) + 1,
    position: random.pick(POSITIONS),
    hire_date: day(),
    salary: random.int(24, 120) * 1_000,
    status: random.chance(0.9) ? 'active' : random.pick(['inactive', 'terminated']),
    created_at: time(),
  }));
  await fill('users', (n) => ({
    username: `user${n}`,
    email: `user${n}@example.org`,
    password_hash: `$argon2id$v=19$${random.uuid()}`,
    employee_id: n,
    role: n === 1 ? 'admin' : random.pick(ROLES),
    is_active: n === 1 || random.chance(0.93),
    last_login: maybe(0.8, time),
    created_at: time(),
  }));
  await fill('attendances', (n) => {
    const status = random.chance(0.9) ? 'present' : random.pick(['absent', 'late', 'early_leave', 'holiday']);
    const there = status !== 'absent' && status !== 'holiday';
    return {
      employee_id: ((n - 1) % size('employees')) + 1,
      date: dayAfter(Math.floor((n - 1) / size('employees'))),
      check_in: there ? `0${random.int(6, 9)}:${random.int(10, 59)}:00` : null,
      check_out: there ? `1${random.int(4, 9)}:${random.int(10, 59)}:00` : null,
      break_minutes: there ? random.pick([0, 30, 30, 45, 60]) : 0,
      overtime_minutes: there && random.chance(0.1) ? random.int(15, 180) : 0,
      status,
      notes: maybe(0.03, () => random.sentence(4)),
    };
  });
  await fill('payrolls', (n) => {
    const month = Math.floor((n - 1) / size('employees'));
    const base = random.int(20, 90) * 100;
    const deductions = Math.round(base * 0.3);
    return {
      employee_id: ((n - 1) % size('employees')) + 1,
      period: `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
      base_salary: base,
      deductions,
      net_salary: base - deductions,
      payment_date: maybe(0.8, day),
      status: random.pick(['pending', 'processed', 'paid', 'paid', 'paid']),
    };
  });
}

/** The chart of accounts, bookings, and the CLI's own audit log. */
export async function fillBooks({ random, size, fill, maybe, one, day, time }: Shape): Promise<void> {
  const roots = Math.ceil(size('accounts') / 10);
  await fill('accounts', (n) => ({
    account_code: String(1_000 + n),
    account_name: `${random.sentence(2)} ${n}`,
    account_type: random.pick(['asset', 'liability', 'equity', 'revenue', 'expense']),
    parent_id: n > roots ? random.int(1, roots) : null,
    balance: random.int(-500_000, 900_000),
    is_active: random.chance(0.97),
    created_at: time(),
  }));
  await fill('transactions', () => ({
    account_id: one('accounts'),
    transaction_date: day(),
    amount: random.int(1, 90_000),
    debit_credit: random.pick(['debit', 'credit']),
    description: random.sentence(5),
    reference: maybe(0.5, () => `INV-${random.int(1, 99_999)}`),
    created_by: maybe(0.95, () => one('users')),
    created_at: time(),
  }));
  await fill('audit_logs', () => ({
    user_id: maybe(0.9, () => one('users')),
    table_name: random.pick(['products', 'inventory', 'purchase_orders', 'customers', 'employees']),
    record_id: random.int(1, 50_000),
    action: random.pick(['INSERT', 'UPDATE', 'UPDATE', 'UPDATE', 'DELETE']),
    old_values: maybe(0.6, () => JSON.stringify({ name: random.company(), quantity: random.int(0, 99) })),
    new_values: maybe(0.8, () => JSON.stringify({ name: random.company(), quantity: random.int(0, 99) })),
    changed_at: time(),
  }));
}
