import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, status } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { PGBOUNCER, startPgBouncer, type Pooler, type PoolerOptions } from '../support/pgbouncer.ts';
import { projectIn, rejection, usersAndAddresses, type Project } from '../support/project.ts';
import { startTcpServer, type TcpServer } from '../support/tcp-server.ts';
import { withRoot } from '../support/fault-scene.ts';

describe.skipIf(PGBOUNCER === null)('through PgBouncer (left out where pgbouncer is not installed)', () => {
  let server: TcpServer;
  let count = 0;
  beforeAll(async () => {
    server = await startTcpServer(18);
  });
  afterAll(async () => {
    await server.close();
  });

  async function behind(
    options: Omit<PoolerOptions, 'server'>,
    work: (scene: {
      readonly project: Project;
      readonly direct: string;
      readonly pooler: Pooler;
      readonly name: string;
    }) => Promise<void>,
  ): Promise<void> {
    count += 1;
    const name = `pooled_${String(count)}`;
    await server.sql.unsafe(`CREATE DATABASE ${name}`);
    const pooler = await startPgBouncer({ ...options, server });
    try {
      await withRoot(async (root) => {
        const project = projectIn(root, 'postgres', pooler.url(name));
        usersAndAddresses(project);
        const direct = `postgres://${server.user}:${server.password}@127.0.0.1:${String(server.port)}/${name}?sslmode=disable`;
        await work({ project, direct, pooler, name });
      });
    } finally {
      await pooler.close();
    }
  }

  it.each([
    ['the connection used last first', { mode: 'transaction', size: 20 }],
    ['connections in turn', { mode: 'transaction', size: 20, roundRobin: true }],
    ['a single connection', { mode: 'transaction', size: 1 }],
    ['statements apart', { mode: 'statement', size: 20 }],
  ] as const)(
    'in transaction or statement mode (%s) a run is refused, leaves no lock, and names the way out',
    async (_, options) => {
      await behind(options, async ({ project, direct }) => {
        for (let again = 0; again < 3; again += 1) {
          const error = await rejection(migrate(project.config, project.options));
          expect(error).toMatchObject({ code: 'pooled-connection', exitCode: 4 });
          expect(error.hint).toContain('--direct-url');
        }
        const locks = await server.sql`SELECT count(*)::integer AS n FROM pg_locks WHERE locktype = 'advisory'`;
        expect(locks[0]?.['n']).toBe(0);
        const before = await project.run('migrate');
        expect(before.code).toBe(4);
        expect(before.err).toContain('error pooled-connection');
        const past = await project.run('migrate', '--direct-url', direct);
        expect(past.err).not.toContain('error');
        expect(past.code).toBe(0);
      });
    },
  );

  it('directUrl of the configuration goes past it, and reading goes through', async () => {
    await behind({ mode: 'transaction', size: 5 }, async ({ project, direct, pooler, name }) => {
      const config = { databases: { main: { url: pooler.url(name), directUrl: direct } } };
      expect((await migrate(config, project.options)).databases[0]?.steps.length).toBe(2);
      const seen = await status(project.config, project.options);
      expect(seen.databases[0]?.migrations.map((each) => each.state)).toEqual(['applied', 'applied']);
    });
  });

  it('in session mode it works as ever, and one runner at a time', async () => {
    await behind({ mode: 'session', size: 40 }, async ({ project }) => {
      const results = await Promise.all(
        Array.from({ length: 10 }, async () => migrate(project.config, project.options)),
      );
      expect(results.map(({ databases }) => databases[0]?.steps.length ?? 0).toSorted()).toEqual([
        0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
      ]);
    });
  });

  it('in session mode it sees who waits behind it, and makes way', async () => {
    await behind({ mode: 'session', size: 20 }, async ({ project, direct }) => {
      await migrate(project.config, project.options);
      project.migration('003_more', 'ALTER TABLE users ADD COLUMN more integer;', 'SELECT 1;');
      const sql = connectTo(direct, 3);
      const holder = await sql.reserve();
      const reader = await sql.reserve();
      try {
        await holder.unsafe('BEGIN; SELECT count(*) FROM users');
        const environments = { live: { lockTimeout: '20s', lockQueueTime: '400ms' } };
        const running = migrate({ ...project.config, environments }, { ...project.options, environment: 'live' });
        for (let seen = 0; seen === 0;) {
          const rows = await sql`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'users'::regclass`;
          seen = rows.length;
        }
        // While the first one still reads.
        await reader.unsafe('SELECT count(*) FROM users');
        await holder.unsafe('COMMIT');
        const step = (await running).databases[0]?.steps[0];
        expect(step?.locks.tries).toBeGreaterThan(1);
        expect(step?.locks.othersWaitedMs).toBeGreaterThan(0);
      } finally {
        holder.release();
        reader.release();
        await sql.end();
      }
    });
  });

  it('in session mode with a single connection says that nobody can look on, and runs', async () => {
    await behind({ mode: 'session', size: 1 }, async ({ project }) => {
      project.migration('003_more', 'ALTER TABLE users ADD COLUMN more integer;\nSELECT pg_sleep(0.4);', 'SELECT 1;');
      const config = { ...project.config, environments: { live: { lockTimeout: '2s' } } };
      const told: string[] = [];
      const { databases } = await migrate(config, {
        ...project.options,
        environment: 'live',
        onEvent: (event) => void (event.type === 'message' ? told.push(event.text) : null),
      });
      expect(databases[0]?.steps).toHaveLength(3);
      expect(told.filter((text) => text.includes('nobody can see who waits behind this run'))).toHaveLength(1);
    });
  });

  it('in session mode with a single connection', async () => {
    await behind({ mode: 'session', size: 1 }, async ({ project }) => {
      expect((await migrate(project.config, project.options)).databases[0]?.steps.length).toBe(2);
    });
  });
});
