import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { migrate, rollback, status, type Config } from '../../src/index.ts';
import { connectTo, withTestDatabase } from '../support/postgres.ts';
import { rejection } from '../support/project.ts';
import { MAJORS } from '../support/servers.ts';

const WRITERS = 32;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CHECK_VIOLATION = '23514';

interface Site {
  readonly config: Config;
  readonly options: { readonly root: string };
  /** One connection for each writer. */
  readonly sql: postgres.Sql;
  readonly user: string;
  readonly machine: string;
  readonly warehouses: readonly [string, string, string, string];
  /** Measured parts; the first is the one that everybody wants. */
  readonly parts: readonly [string, string, string];
}

interface Movement {
  readonly transaction_type: string;
  readonly part_id: string;
  readonly from_warehouse_id: string | null;
  readonly to_warehouse_id: string | null;
  readonly machine_id: string | null;
  readonly quantity: string;
  readonly performed_by_user_id: string;
}

/** Lends a migrated database with a customer, four warehouses, three parts, and a connection for each writer. */
async function withSite(major: number, work: (site: Site) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'surefoot-abparts-'));
  try {
    await withTestDatabase(
      async (url) => {
        // Without the verify scripts, which other tests run: here every second counts.
        const config: Config = {
          databases: {
            abparts: { url, migrations: '/tmp/abparts/mut/abparts', rollbacks: join(PROJECT, 'rollbacks/abparts') },
          },
        };
        await migrate(config, { root });
        const sql = connectTo(url, WRITERS);
        try {
          await work({ config, options: { root }, sql, ...(await furnish(sql)) });
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

async function furnish(sql: postgres.Sql): Promise<Pick<Site, 'user' | 'machine' | 'warehouses' | 'parts'>> {
  const idOf = async (query: postgres.PendingQuery<postgres.Row[]>): Promise<string> => String((await query)[0]?.['id']);
  const customer = await idOf(sql`INSERT INTO organizations (name, organization_type) VALUES ('Customer', 'customer') RETURNING id`);
  const warehouse = async (name: string): Promise<string> => idOf(sql`INSERT INTO warehouses (organization_id, name) VALUES (${customer}, ${name}) RETURNING id`);
  const part = async (number: string): Promise<string> => idOf(sql`INSERT INTO parts (part_number, name, part_type, unit_of_measure) VALUES (${number}, 'Oil', 'bulk_material', 'litres') RETURNING id`);
  return {
    user: await idOf(sql`INSERT INTO users (organization_id, username, password_hash, email) VALUES (${customer}, 'writer', '-', 'writer@example.invalid') RETURNING id`),
    machine: await idOf(sql`INSERT INTO machines (customer_organization_id, model_type, name, serial_number) VALUES (${customer}, 'V4.0', 'Machine', 'AB-1') RETURNING id`),
    warehouses: [await warehouse('north'), await warehouse('south'), await warehouse('east'), await warehouse('west')],
    parts: [await part('OIL-1'), await part('OIL-2'), await part('OIL-3')],
  };
}

function movement({ user, parts }: Site, change: Partial<Movement> & Pick<Movement, 'transaction_type'>): Movement {
  return { part_id: parts[0], from_warehouse_id: null, to_warehouse_id: null, machine_id: null, quantity: '1', performed_by_user_id: user, ...change };
}

const add = async (sql: postgres.Sql, movements: readonly Movement[]): Promise<void> => {
  await sql`INSERT INTO transactions ${sql([...movements])}`;
};

/** Runs `work` once for each writer, all at the same time, and counts how the statements ended: 'done', or the SQLSTATE. */
async function allAtOnce(work: (writer: number, tell: (statement: Promise<void>) => Promise<void>) => Promise<void>): Promise<Readonly<Record<string, number>>> {
  const ends: Record<string, number> = {};
  const tell = async (statement: Promise<void>): Promise<void> => {
    const end = await statement.then(() => 'done', (error: unknown) => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)));
    ends[end] = (ends[end] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => work(writer, tell)));
  return ends;
}

const misfits = async (sql: postgres.Sql): Promise<readonly postgres.Row[]> =>
  sql`SELECT warehouse_id, part_id, balance, current_stock FROM inventory_balance WHERE difference <> 0 OR current_stock < 0`;

/** Numbers that look like chance and are the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

function mixedMovement(site: Site, next: (below: number) => number, part: string): Movement {
  const { warehouses, machine } = site;
  const first = next(warehouses.length);
  // An index below the length of the tuple.
  const here = warehouses[first] ?? warehouses[0];
  const there = warehouses[(first + 1 + next(warehouses.length - 1)) % warehouses.length] ?? warehouses[1];
  const common = { part_id: part, quantity: ((next(5000) + 1) / 1000).toFixed(3) };
  switch (next(5)) {
    case 0:
      return movement(site, { ...common, transaction_type: 'creation', to_warehouse_id: here });
    case 1:
      return movement(site, { ...common, transaction_type: 'consumption', from_warehouse_id: here, machine_id: machine });
    case 2:
      return movement(site, { ...common, transaction_type: 'adjustment', from_warehouse_id: here });
    default:
      return movement(site, { ...common, transaction_type: 'transfer', from_warehouse_id: here, to_warehouse_id: there });
  }
}

describe.each(MAJORS)('ABParts stock on PostgreSQL %i', (major) => {
  it(`is the balance of what ${String(WRITERS)} writers moved at the same time, without a deadlock`, async () => {
    await withSite(major, async (site) => {
      const { sql, warehouses, parts } = site;
      await add(sql, warehouses.flatMap((to) => parts.map((part) => movement(site, { transaction_type: 'creation', part_id: part, to_warehouse_id: to, quantity: '50' }))));
      const ends = await allAtOnce(async (writer, tell) => {
        const next = sequence(writer);
        for (let statement = 0; statement < 30; statement++) {
          // Every third statement moves several parts in an order of its own: the way to a deadlock, if locks had no order.
          const several = statement % 3 === 2 ? Array.from({ length: 6 }, () => parts[next(parts.length)] ?? parts[0]) : [parts[0]];
          await tell(add(sql, several.map((part) => mixedMovement(site, next, part))));
        }
      });
      expect(Object.keys(ends).filter((end) => end !== 'done' && end !== CHECK_VIOLATION)).toEqual([]);
      expect((ends['done'] ?? 0) + (ends[CHECK_VIOLATION] ?? 0)).toBe(WRITERS * 30);
      expect(ends['done']).toBeGreaterThan(WRITERS * 15);
      expect(await misfits(sql)).toEqual([]);
    });
  });

  it('gives out the last pieces exactly once', async () => {
    await withSite(major, async (site) => {
      const { sql, warehouses, machine } = site;
      await add(sql, [movement(site, { transaction_type: 'creation', to_warehouse_id: warehouses[0], quantity: '100' })]);
      const ends = await allAtOnce(async (_, tell) => {
        for (let attempt = 0; attempt < 5; attempt++) await tell(add(sql, [movement(site, { transaction_type: 'consumption', from_warehouse_id: warehouses[0], machine_id: machine })]));
      });
      expect(ends).toEqual({ done: 100, [CHECK_VIOLATION]: WRITERS * 5 - 100 });
      expect(await sql`SELECT current_stock FROM inventory`).toEqual([{ current_stock: '0.000' }]);
      expect(await misfits(sql)).toEqual([]);
    });
  });

  it('opens one stock row when all bring a part for the first time', async () => {
    await withSite(major, async (site) => {
      const { sql, warehouses } = site;
      const ends = await allAtOnce(async (_, tell) => tell(add(sql, [movement(site, { transaction_type: 'creation', to_warehouse_id: warehouses[0], quantity: '0.125' })])));
      expect(ends).toEqual({ done: WRITERS });
      expect(await sql`SELECT current_stock FROM inventory`).toEqual([{ current_stock: '4.000' }]);
    });
  });

  it('costs little to keep', async ({ annotate }) => {
    await withSite(major, async (site) => {
      const { sql, warehouses } = site;
      const one = await sql.reserve();
      try {
        const costs: Record<string, number[]> = { DISABLE: [], ENABLE: [] };
        // In turns, so that a busy moment of the machine meets both.
        for (let round = 0; round < 10; round++) {
          for (const way of ['DISABLE', 'ENABLE'] as const) {
            await one.unsafe(`ALTER TABLE transactions ${way} TRIGGER transactions_apply_to_inventory`);
            for (let insert = 0; insert < 30; insert++) {
              const started = performance.now();
              await one`INSERT INTO transactions ${one([movement(site, { transaction_type: 'creation', to_warehouse_id: warehouses[0] })])}`;
              costs[way]?.push(performance.now() - started);
            }
          }
        }
        const [without = 0, withTrigger = 0] = ['DISABLE', 'ENABLE'].map((way) => (costs[way] ?? []).toSorted((a, b) => a - b)[150] ?? 0);
        await annotate(`one insert: ${without.toFixed(3)} ms without the trigger, ${withTrigger.toFixed(3)} ms with it`);
        expect(withTrigger - without).toBeLessThan(3);
      } finally {
        one.release();
      }
    });
  });
});

describe.each(MAJORS)('ABParts after use on PostgreSQL %i', (major) => {
  it('goes back with the stock of all warehouses added up, but not with half a litre', async () => {
    await withSite(major, async (site) => {
      const { sql, config, options, warehouses, parts, machine } = site;
      await add(sql, [
        movement(site, { transaction_type: 'creation', to_warehouse_id: warehouses[0], quantity: '10.5' }),
        movement(site, { transaction_type: 'creation', to_warehouse_id: warehouses[1], quantity: '2' }),
        movement(site, { transaction_type: 'consumption', from_warehouse_id: warehouses[0], machine_id: machine, quantity: '3' }),
      ]);
      const refused = await rejection(rollback(config, { ...options, to: '001', singleTransaction: true }));
      expect(refused.message).toContain('9.500 of part OIL-1 at Customer');
      expect(refused.hint).toContain('stock_the_old_shape_cannot_hold');
      const applied = (await status(config, options)).databases[0]?.migrations.filter((each) => each.state === 'applied');
      expect(applied?.at(-1)?.version).toBe('012');

      await add(sql, [movement(site, { transaction_type: 'adjustment', from_warehouse_id: warehouses[0], quantity: '0.5' })]);
      await rollback(config, { ...options, to: '001', singleTransaction: true });
      expect(await sql`SELECT o.name, i.part_id, i.current_stock FROM inventory i JOIN organizations o ON o.id = i.organization_id`).toEqual([{ name: 'Customer', part_id: parts[0], current_stock: 9 }]);
      expect(await sql`SELECT machine_id, quantity_used FROM part_usage`).toEqual([{ machine_id: machine, quantity_used: 3 }]);
    });
  });

  it('refuses to forget that a fraction was used up', async () => {
    await withSite(major, async (site) => {
      const { sql, config, options, warehouses, machine } = site;
      await add(sql, [
        movement(site, { transaction_type: 'creation', to_warehouse_id: warehouses[0], quantity: '5.5' }),
        movement(site, { transaction_type: 'consumption', from_warehouse_id: warehouses[0], machine_id: machine, quantity: '0.5' }),
      ]);
      const refused = await rejection(rollback(config, { ...options, to: '008', singleTransaction: true }));
      expect(refused.message).toContain('0.500 of part OIL-1');
      expect(await sql`SELECT count(*)::integer AS count FROM transactions`).toEqual([{ count: 2 }]);
    });
  });
});
