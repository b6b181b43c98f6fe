import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { expect } from 'vitest';
import { migrate, type Config } from '../../src/index.ts';
import { connectTo, withTestDatabase } from './postgres.ts';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** Connections of a site, and so how many may work at once. */
export const WORKERS = 12;

const FURNITURE = `
  INSERT INTO organizations (id, code, name) VALUES (101, 'north', 'North'), (102, 'south', 'South');
  INSERT INTO users (id, organization_id, username, email, password_hash, role)
    VALUES (101, 101, 'north', 'north@example.org', '-', 'admin'), (102, 102, 'south', 'south@example.org', '-', 'admin');
  INSERT INTO categories (id, organization_id, name) VALUES (101, 101, 'Tools');
  INSERT INTO products (id, organization_id, sku, name, category_id)
    SELECT i, 101, 'P-' || i, 'Product ' || i, 101 FROM generate_series(101, 104) AS i;
  SELECT setval('products_id_seq', 104);
  INSERT INTO inventory (organization_id, product_id, min_stock_level) SELECT 101, i, 5 FROM generate_series(101, 104) AS i;
  INSERT INTO suppliers (id, organization_id, supplier_code, name) VALUES (101, 101, 'S-1', 'Supplier');
  INSERT INTO job_types (name, description, max_attempts, backoff_seconds) VALUES ('count', 'counted by the test', 3, 1);`;

export interface Site {
  readonly url: string;
  /** One connection for each worker. */
  readonly sql: postgres.Sql;
}

/** Lends a database with the whole set applied, two organizations and some goods. */
export async function withSite(major: number, work: (site: Site) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'surefoot-clierp-'));
  try {
    await withTestDatabase(
      async (url) => {
        // Without the verify scripts, which other tests run.
        const config: Config = {
          databases: {
            clierp: {
              url,
              migrations: join(PROJECT, 'migrations/clierp'),
              rollbacks: join(PROJECT, 'rollbacks/clierp'),
            },
          },
        };
        await migrate(config, { root });
        const sql = connectTo(url, WORKERS);
        try {
          await sql.unsafe(FURNITURE);
          await work({ url, sql });
        } finally {
          await sql.end({ timeout: 5 });
        }
      },
      { major },
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A transaction as one of the accounts that row security binds. */
export async function as<T>(
  sql: postgres.Sql,
  role: string,
  organization: number | null,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let result: { readonly value: T } | null = null;
  await sql.begin(async (tx) => {
    await tx.unsafe(`SET LOCAL ROLE ${role}`);
    await tx`SELECT set_config('app.organization_id', ${organization === null ? '' : String(organization)}, true)`;
    result = { value: await work(tx) };
  });
  if (result === null) throw new Error('the transaction ended without a result');
  return (result as { readonly value: T }).value;
}

/** The SQLSTATE of what failed. */
export async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String(Reflect.get(error as object, 'code'));
  }
  return 'no error';
}

/** Until somebody waits for a lock. */
export async function waiting(sql: postgres.Sql): Promise<void> {
  await expect
    .poll(async () => (await sql`SELECT 1 FROM pg_locks WHERE NOT granted`).length, { timeout: 20_000 })
    .toBeGreaterThan(0);
}
