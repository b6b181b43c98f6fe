import { bytes, later } from './shape.ts';
import type { Shape } from './shape.ts';

/** Users and their sessions, price levels. */
export async function fillCore({ random, fill, maybe, date, addUser, user }: Shape): Promise<void> {
  await fill('users', (n) => {
    const id = random.uuid();
    const manager = n > 3 ? user() : null;
    const created = date();
    addUser(id);
    const role = n === 1 ? 'admin' : random.pick(['manager', 'cashier', 'cashier', 'technician', 'technician']);
    return {
      id,
      username: `user-${n}`,
      email: maybe(0.8, () => `user-${n}@example.com`),
      full_name: random.name(),
      password_hash: `argon2id$${random.uuid()}`,
      role,
      commission_rate: role === 'technician' ? random.int(1, 20) / 100 : 0,
      manager_id: manager,
      is_active: random.chance(0.9) ? 1 : 0,
      created_at: created,
      updated_at: created,
    };
  });
  await fill('sessions', (n) => {
    const created = date();
    return {
      id: random.uuid(),
      user_id: user(),
      token_hash: bytes(random, n),
      ip_address: maybe(0.9, () => `10.${random.int(0, 3)}.${random.int(0, 255)}.${random.int(1, 254)}`),
      user_agent: maybe(0.7, () => random.pick(['pos-terminal/4.2', 'Mozilla/5.0 (iPad)', 'Mozilla/5.0'])),
      created_at: created,
      expires_at: later(created, random.int(1, 30)),
      revoked_at: maybe(0.3, () => later(created, random.float())),
    };
  });
  await fill('price_levels', (n) => ({
    id: n,
    code: `L${n}`,
    name: n === 1 ? 'Retail' : `Trade ${n}`,
    discount_percent: (n - 1) * 2.5,
    is_default: n === 1 ? 1 : 0,
  }));
}

/** Synchronisation: history, conflicts, the offline queue. */
export async function fillSync({ random, fill, maybe, date, skewed, user }: Shape): Promise<void> {
  await fill('sync_log', (n) => {
    const started = date();
    const status = random.pick(['succeeded', 'succeeded', 'succeeded', 'failed', 'running']);
    return {
      id: n,
      device_id: `till-${random.zipf(12) + 1}`,
      direction: random.pick(['push', 'pull']),
      status,
      record_count: random.zipf(500),
      started_at: started,
      finished_at: status === 'running' ? null : later(started, 0.001),
      error: status === 'failed' ? `timeout: "peer didn't answer"` : null,
    };
  });
  await fill('sync_conflicts', (n) => {
    const resolution = maybe(0.7, () => random.pick(['local', 'remote', 'merged']));
    return {
      id: n,
      sync_log_id: skewed('sync_log'),
      table_name: random.pick(['customers', 'inventory']),
      record_id: String(random.int(1, 9_999)),
      local_data: JSON.stringify({ name: random.name() }),
      remote_data: JSON.stringify({ name: random.name() }),
      resolution,
      resolved_by: resolution === null ? null : user(),
      resolved_at: resolution === null ? null : date(),
    };
  });
  let operation: string | null = null;
  await fill('pending_operations', (n) => {
    const before: string | null = operation;
    operation = random.uuid();
    const kind = random.pick(['insert', 'update', 'delete']);
    const payload = kind === 'delete' ? null : new TextEncoder().encode(JSON.stringify({ note: random.sentence(5) }));
    return {
      id: operation,
      device_id: `till-${(n % 12) + 1}`,
      sequence: n,
      operation: kind,
      table_name: 'customers',
      record_id: String(skewed('customers')),
      payload,
      attempts: random.zipf(6),
      next_attempt_at: maybe(0.6, date),
      depends_on: random.chance(0.2) ? before : null,
      created_at: date(),
    };
  });
}

/** Backups and what belongs to them. */
export async function fillBackups({ random, size, fill, maybe, date, user }: Shape): Promise<void> {
  await fill('backup_destinations', (n) => ({
    id: n,
    name: `Destination ${n}`,
    kind: random.pick(['local', 's3', 'sftp']),
    location: `backups/${n}`,
    settings: '{"keep": 30}',
  }));
  const complete: string[] = [];
  await fill('backups', (n) => {
    const id = random.uuid();
    const ok = n === 1 || random.chance(0.9);
    if (ok) complete.push(id);
    const started = date();
    return {
      id,
      destination_id: random.int(1, size('backup_destinations')),
      file_name: `pos-${n}.db.gz`,
      size_bytes: ok ? 9_000_000_000 + n : null,
      checksum: ok ? bytes(random, n) : null,
      status: ok ? 'completed' : 'failed',
      created_by: maybe(0.5, user),
      started_at: started,
      finished_at: later(started, 0.01),
    };
  });
  await fill('backup_settings', (n) => ({
    key: `setting.${n}`,
    value: maybe(0.8, () => random.sentence(2)),
    updated_at: date(),
  }));
  await fill('restore_jobs', () => ({
    backup_id: random.pick(complete),
    requested_by: maybe(0.9, user),
    status: 'succeeded',
    requested_at: date(),
    finished_at: date(),
    message: maybe(0.2, () => random.sentence(6)),
  }));
}

/** The audit trail. */
export async function fillAudit({ random, fill, maybe, date, skewed, user }: Shape): Promise<void> {
  await fill('audit_log', () => {
    const entity = random.pick(['customers', 'work_orders', 'products', 'layaways']);
    return {
      timestamp: date(),
      user_id: maybe(0.85, user),
      action: random.pick(['create', 'update', 'update', 'view']),
      entity,
      entity_id: String(skewed(entity)),
      details: maybe(0.5, () => JSON.stringify({ reason: random.sentence(4) })),
      ip_address: maybe(0.6, () => `10.0.0.${random.int(1, 254)}`),
    };
  });
}
