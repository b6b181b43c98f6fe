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

export interface Site {
  readonly url: string;
  /** One connection for each worker. */
  readonly sql: postgres.Sql;
}

/** A whole seed set, and what stands in it before a test begins. */
export interface SiteOf {
  readonly set: string;
  readonly furniture: string;
  readonly major: number;
}

/** Lends a database with a whole seed set applied, furnished. */
export async function withSite({ set, furniture, major }: SiteOf, work: (site: Site) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), `surefoot-${set}-`));
  try {
    await withTestDatabase(
      async (url) => {
        // Without the verify scripts, which other tests run.
        const config: Config = {
          databases: {
            [set]: {
              url,
              migrations: join(PROJECT, 'migrations', set),
              rollbacks: join(PROJECT, 'rollbacks', set),
            },
          },
        };
        await migrate(config, { root });
        const sql = connectTo(url, WORKERS);
        try {
          await sql.unsafe(furniture);
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
