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

const id = (last: string): string => `00000000-0000-4000-8000-0000000000${last}`;
const USER = id('01');
const MACHINE = id('02');
const WAREHOUSES = [id('11'), id('12'), id('13'), id('14')] as const;
/** Measured parts; the first is the one that everybody wants. */
const PARTS = [id('21'), id('22'), id('23')] as const;

const FURNITURE = `
  INSERT INTO organizations (id, name, organization_type) VALUES ('${id('00')}', 'Customer', 'customer');
  INSERT INTO users (id, organization_id, username, password_hash, email)
    VALUES ('${USER}', '${id('00')}', 'writer', '-', 'writer@example.invalid');
  INSERT INTO machines (id, customer_organization_id, model_type, name, serial_number)
    VALUES ('${MACHINE}', '${id('00')}', 'V4.0', 'Machine', 'AB-1');
  INSERT INTO warehouses (id, organization_id, name)
    SELECT w::uuid, '${id('00')}', w FROM unnest('{${WAREHOUSES.join(',')}}'::text[]) AS w;
  INSERT INTO parts (id, part_number, name, part_type, unit_of_measure)
    SELECT p::uuid, 'OIL-' || right(p, 1), 'Oil', 'bulk_material', 'litres' FROM unnest('{${PARTS.join(',')}}'::text[]) AS p;`;

interface Site {
  readonly config: Config;
  readonly options: { readonly root: string };
  /** One connection for each writer. */
  readonly sql: postgres.Sql;
}

/** Lends a migrated database with a customer, a machine, four warehouses and three parts. */
async function withSite(major: number, work: (site: Site) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'surefoot-abparts-'));
  const migrations = join(PROJECT, 'migrations/abparts');
  const rollbacks = join(PROJECT, 'rollbacks/abparts');
  try {
    await withTestDatabase(
      async (url) => {
        // Without the verify scripts, which other tests run: here every second counts.
        const config: Config = { databases: { abparts: { url, migrations, rollbacks } } };
        await migrate(config, { root });
        const sql = connectTo(url, WRITERS);
        try {
          await sql.unsafe(FURNITURE);
          await work({ config, options: { root }, sql });
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

type Column =
  | 'transaction_type'
  | 'part_id'
  | 'from_warehouse_id'
  | 'to_warehouse_id'
  | 'machine_id'
  | 'quantity'
  | 'performed_by_user_id';
type Movement = Readonly<Record<Column, string | null>>;

function movement(type: string, change: Partial<Movement>): Movement {
  const common = { transaction_type: type, part_id: PARTS[0], quantity: '1', performed_by_user_id: USER };
  return { ...common, from_warehouse_id: null, to_warehouse_id: null, machine_id: null, ...change };
}

const bring = (to: string, quantity: string, part: string = PARTS[0]): Movement =>
  movement('creation', { part_id: part, to_warehouse_id: to, quantity });
const useUp = (from: string, quantity: string, part: string = PARTS[0]): Movement =>
  movement('consumption', { part_id: part, from_warehouse_id: from, machine_id: MACHINE, quantity });

const add = async (sql: postgres.Sql, movements: readonly Movement[]): Promise<void> => {
  await sql`INSERT INTO transactions ${sql([...movements])}`;
};

/** Runs `work` once for each writer, all at the same time, and counts how the statements ended: 'done', or the SQLSTATE. */
async function allAtOnce(
  work: (writer: number, tell: (statement: Promise<void>) => Promise<void>) => Promise<void>,
): Promise<Readonly<Record<string, number>>> {
  const ends: Record<string, number> = {};
  const tell = async (statement: Promise<void>): Promise<void> => {
    const end = await statement.then(
      () => 'done',
      (error: unknown) =>
        typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error),
    );
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

function mixedMovement(next: (below: number) => number, part: string): Movement {
  const first = next(WAREHOUSES.length);
  const here = WAREHOUSES[first] ?? WAREHOUSES[0];
  const there = WAREHOUSES[(first + 1 + next(WAREHOUSES.length - 1)) % WAREHOUSES.length] ?? WAREHOUSES[1];
  const quantity = ((next(5000) + 1) / 1000).toFixed(3);
  switch (next(5)) {
    case 0:
      return bring(here, quantity, part);
    case 1:
      return useUp(here, quantity, part);
    case 2:
      return movement('adjustment', { part_id: part, from_warehouse_id: here, quantity });
    default:
      return movement('transfer', { part_id: part, from_warehouse_id: here, to_warehouse_id: there, quantity });
  }
}

describe.each(MAJORS)('ABParts stock on PostgreSQL %i', (major) => {
  it(`is the balance of what ${String(WRITERS)} writers moved at the same time, without a deadlock`, async () => {
    await withSite(major, async ({ sql }) => {
      await add(
        sql,
        WAREHOUSES.flatMap((to) => PARTS.map((part) => bring(to, '50', part))),
      );
      const ends = await allAtOnce(async (writer, tell) => {
        const next = sequence(writer);
        for (let statement = 0; statement < 30; statement++) {
          // Every third statement moves several parts in an order of its own: the way to a deadlock, if locks had no order.
          const moved =
            statement % 3 === 2 ? Array.from({ length: 6 }, () => PARTS[next(PARTS.length)] ?? PARTS[0]) : [PARTS[0]];
          await tell(
            add(
              sql,
              moved.map((part) => mixedMovement(next, part)),
            ),
          );
        }
      });
      expect(Object.keys(ends).filter((end) => end !== 'done' && end !== CHECK_VIOLATION)).toEqual([]);
      expect((ends['done'] ?? 0) + (ends[CHECK_VIOLATION] ?? 0)).toBe(WRITERS * 30);
      expect(ends['done']).toBeGreaterThan(WRITERS * 15);
      expect(await misfits(sql)).toEqual([]);
    });
  });

  it('gives out the last pieces exactly once', async () => {
    await withSite(major, async ({ sql }) => {
      await add(sql, [bring(WAREHOUSES[0], '100')]);
      const ends = await allAtOnce(async (_, tell) => {
        for (let attempt = 0; attempt < 5; attempt++) await tell(add(sql, [useUp(WAREHOUSES[0], '1')]));
      });
      expect(ends).toEqual({ done: 100, [CHECK_VIOLATION]: WRITERS * 5 - 100 });
      expect(await sql`SELECT current_stock FROM inventory`).toEqual([{ current_stock: '0.000' }]);
      expect(await misfits(sql)).toEqual([]);
    });
  });

  it('opens one stock row when all bring a part for the first time', async () => {
    await withSite(major, async ({ sql }) => {
      const ends = await allAtOnce(async (_, tell) => tell(add(sql, [bring(WAREHOUSES[0], '0.125')])));
      expect(ends).toEqual({ done: WRITERS });
      expect(await sql`SELECT current_stock FROM inventory`).toEqual([{ current_stock: '4.000' }]);
    });
  });

  it('costs little to keep', async ({ annotate }) => {
    await withSite(major, async ({ sql }) => {
      const one = await sql.reserve();
      const costs = { DISABLE: [] as number[], ENABLE: [] as number[] };
      try {
        // In turns, so that a busy moment of the machine meets both.
        for (let turn = 0; turn < 20; turn++) {
          const way = turn % 2 === 0 ? 'DISABLE' : 'ENABLE';
          await one.unsafe(`ALTER TABLE transactions ${way} TRIGGER transactions_apply_to_inventory`);
          for (let insert = 0; insert < 30; insert++) {
            const started = performance.now();
            await add(one, [bring(WAREHOUSES[0], '1')]);
            costs[way].push(performance.now() - started);
          }
        }
      } finally {
        one.release();
      }
      const without = median(costs.DISABLE);
      const withTrigger = median(costs.ENABLE);
      await annotate(`one insert: ${without.toFixed(3)} ms without the trigger, ${withTrigger.toFixed(3)} ms with it`);
      expect(withTrigger - without).toBeLessThan(3);
    });
  });
});

describe.each(MAJORS)('ABParts after use on PostgreSQL %i', (major) => {
  it('goes back with the stock of all warehouses added up, but not with half a litre', async () => {
    await withSite(major, async ({ sql, config, options }) => {
      const back = { ...options, to: '001', singleTransaction: true };
      await add(sql, [bring(WAREHOUSES[0], '10.5'), bring(WAREHOUSES[1], '2'), useUp(WAREHOUSES[0], '3')]);
      const refused = await rejection(rollback(config, back));
      expect(refused.message).toContain('9.500 of part OIL-1 at Customer');
      expect(refused.hint).toContain('stock_the_old_shape_cannot_hold');
      const { databases } = await status(config, options);
      expect(databases[0]?.migrations.filter(({ state }) => state !== 'applied')).toEqual([]);

      await add(sql, [movement('adjustment', { from_warehouse_id: WAREHOUSES[0], quantity: '0.5' })]);
      await rollback(config, back);
      expect(await sql`SELECT organization_id, part_id, current_stock FROM inventory`).toEqual([
        { organization_id: id('00'), part_id: PARTS[0], current_stock: 9 },
      ]);
      expect(await sql`SELECT machine_id, quantity_used FROM part_usage`).toEqual([
        { machine_id: MACHINE, quantity_used: 3 },
      ]);
    });
  });

  it('refuses to forget that a fraction was used up', async () => {
    await withSite(major, async ({ sql, config, options }) => {
      await add(sql, [bring(WAREHOUSES[0], '5.5'), useUp(WAREHOUSES[0], '0.5')]);
      const refused = await rejection(rollback(config, { ...options, to: '008', singleTransaction: true }));
      expect(refused.message).toContain('0.500 of part OIL-1');
      expect(await sql`SELECT count(*)::integer AS count FROM transactions`).toEqual([{ count: 2 }]);
    });
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
