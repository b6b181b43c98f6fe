import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { migrate, type Config, type JournalEntry, type ProgressEvent } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { rejection, withProject, type Project } from '../support/project.ts';

/** A project with a table, a policy for locks, and a second session beside the run. */
async function withTraffic(
  policy: NonNullable<Config['environments']>[string],
  work: (scene: Scene) => Promise<void>,
): Promise<void> {
  await withProject('postgres', async (project) => {
    project.migration('001_items', 'CREATE TABLE items (id integer, note text);', 'DROP TABLE items;');
    await migrate(project.config, project.options);
    const config = { ...project.config, environments: { live: policy } };
    const other = connectTo(project.url, 4);
    const events: ProgressEvent[] = [];
    try {
      await work({
        project,
        other,
        events,
        migrate: async () =>
          migrate(config, {
            ...project.options,
            environment: 'live',
            onEvent: (event) => {
              events.push(event);
            },
          }),
      });
    } finally {
      await other.end({ timeout: 5 });
    }
  });
}

interface Scene {
  readonly project: Project;
  readonly other: postgres.Sql;
  readonly events: readonly ProgressEvent[];
  migrate(): ReturnType<typeof migrate>;
}

const COLUMN = 'ALTER TABLE items ADD COLUMN more text;';

async function journal(project: Project): Promise<readonly JournalEntry[]> {
  const rows = await project.query('SELECT entry FROM surefoot.journal ORDER BY seq');
  return rows.map((row) => JSON.parse(String(row['entry'])) as JournalEntry);
}

/** Holds a transaction that has read the table; gives it back when called. */
async function readFor(other: postgres.Sql, text = 'SELECT count(*) FROM items'): Promise<() => Promise<void>> {
  const session = await other.reserve();
  await session.unsafe('BEGIN');
  await session.unsafe(text);
  return async () => {
    await session.unsafe('COMMIT');
    session.release();
  };
}

/** Reads the table again and again; tells how long the longest read took, ms, and how many there were. */
function keepReading(other: postgres.Sql): { count(): number; stop(): Promise<number> } {
  let stopped = false;
  let count = 0;
  let longest = 0;
  const reading = (async () => {
    while (!stopped) {
      const start = performance.now();
      await other.unsafe('SELECT count(*) FROM items');
      longest = Math.max(longest, performance.now() - start);
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    count: () => count,
    stop: async () => {
      stopped = true;
      await reading;
      return longest;
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('a long transaction in the way of a lock', () => {
  it('is waited for outside the queue: other readers go on all the while', async () => {
    await withTraffic({ lockTimeout: '300ms' }, async ({ project, other, events, migrate: run }) => {
      project.migration('002_more', COLUMN, 'ALTER TABLE items DROP COLUMN more;');
      const end = await readFor(other);
      await other.unsafe('SELECT pg_sleep(0.4)');
      const running = run();
      await until(() => events.some((event) => event.type === 'step-waiting'));
      const readers = keepReading(other);
      await until(() => readers.count() >= 50);
      const longestRead = await readers.stop();
      const waited = performance.now();
      await end();
      const [result] = (await running).databases;
      const [step] = result?.steps ?? [];
      expect(performance.now()).toBeGreaterThan(waited);
      expect(step?.locks.tries).toBe(1);
      // Nobody ever stood behind a lock request of ours.
      expect(longestRead).toBeLessThan(step?.locks.waitedMs ?? 0);
      const waiting = events.find((event) => event.type === 'step-waiting');
      expect(waiting?.type === 'step-waiting' ? waiting.blockers[0] : null).toMatchObject({
        application: 'surefoot-test',
        state: 'idle in transaction',
        query: 'SELECT count(*) FROM items',
      });
      const entry = (await journal(project)).find((each) => each.version === '002' && each.outcome === 'succeeded');
      expect(entry?.locks?.waitedMs).toBe(step?.locks.waitedMs);
    });
  });

  it('is named when it does not end in time, with the next command; nothing was changed', async () => {
    await withTraffic({ lockTimeout: '100ms', lockRetryTime: '400ms' }, async ({ project, other, migrate: run }) => {
      project.migration('002_more', COLUMN, 'ALTER TABLE items DROP COLUMN more;');
      const end = await readFor(other, "SELECT count(*) FROM items WHERE note = 'top secret'");
      await other.unsafe('SELECT pg_sleep(0.2)');
      const error = await rejection(run());
      expect([error.code, error.exitCode]).toEqual(['lock-unavailable', 3]);
      expect(error.message).toMatch(/pid \d+ \(user \w+, surefoot-test\), idle in transaction/u);
      expect(error.message).toContain('Nothing was changed');
      expect(error.message).not.toContain('secret');
      expect(error.hint).toMatch(/pg_terminate_backend\(\d+\).*surefoot migrate main again/u);
      await end();
      await run();
      expect(
        await project.query(
          "SELECT 1 AS one FROM pg_attribute WHERE attrelid = 'items'::regclass AND attname = 'more'",
        ),
      ).toHaveLength(1);
    });
  });
});

describe('a lock that is not to be had', () => {
  it('aborts the whole step, which is tried again with its checks; each try is in the journal with who blocked it', async () => {
    await withTraffic(
      { lockTimeout: '400ms', lockQueueTime: '10s' },
      async ({ project, other, events, migrate: run }) => {
        project.migration(
          '002_more',
          `INSERT INTO items VALUES (1, 'once');\nSELECT pg_sleep(0.01);\n${COLUMN}`,
          'DELETE FROM items; ALTER TABLE items DROP COLUMN more;',
          '-- @check one row\n-- @expect value = 1\nSELECT count(*) FROM items;',
        );
        const end = await readFor(other);
        const running = run();
        await until(() => events.some((event) => event.type === 'step-retried'));
        await end();
        const [result] = (await running).databases;
        const [step] = result?.steps ?? [];
        expect(step?.locks.tries).toBeGreaterThan(1);
        expect(step?.checks.map((check) => check.outcome)).toEqual(['passed']);
        const tries = (await journal(project)).filter((entry) => entry.event === 'retried');
        expect(tries).toHaveLength((step?.locks.tries ?? 0) - 1);
        expect(tries[0]?.error).toMatchObject({ code: 'lock-timeout', sqlState: '55P03' });
        expect(tries[0]?.locks?.blockers[0]).toMatchObject({
          application: 'surefoot-test',
          query: 'SELECT count(*) FROM items',
        });
        expect(tries[0]?.notes.join('\n')).toMatch(/blocked by pid \d+/u);
        expect(await project.query('SELECT count(*) AS n FROM items')).toEqual([{ n: 1 }]);
      },
    );
  });

  it('is given up after the limit of tries, never with a last try that waits for ever', async () => {
    await withTraffic({ lockTimeout: '50ms', lockRetries: 2 }, async ({ project, other, events, migrate: run }) => {
      project.migration(
        '002_more',
        "-- @lock-timeout 60ms\nDO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN more text', 'items'); END $$;",
        'ALTER TABLE items DROP COLUMN more;',
      );
      const end = await readFor(other);
      const error = await rejection(run());
      await end();
      expect([error.code, error.context['tries'], error.context['sqlState']]).toEqual(['lock-unavailable', 3, '55P03']);
      expect(events.filter((event) => event.type === 'step-retried')).toHaveLength(2);
      expect((await journal(project)).filter((entry) => entry.event === 'retried')).toHaveLength(3);
    });
  });

  it('makes way for those behind it before they have waited as long as it would itself', async () => {
    const lockTimeoutMs = 4_000;
    await withTraffic(
      { lockTimeout: `${String(lockTimeoutMs)}ms`, lockQueueTime: '300ms' },
      async ({ project, other, events, migrate: run }) => {
        project.migration('002_more', COLUMN, 'ALTER TABLE items DROP COLUMN more;');
        const end = await readFor(other);
        const readers = keepReading(other);
        const running = run();
        await until(() => events.some((event) => event.type === 'step-retried'));
        const [retried] = events.filter((event) => event.type === 'step-retried');
        expect(retried?.type === 'step-retried' ? retried.reason : '').toContain('stepped aside');
        await end();
        const [result] = (await running).databases;
        const longestRead = await readers.stop();
        // Behind a request that stands in line until its time-out, a reader would wait as long as that.
        expect(longestRead).toBeLessThan(lockTimeoutMs / 2);
        expect(result?.steps[0]?.locks.tries).toBe(2);
        expect(result?.othersWaitedMs).toBeGreaterThan(0);
        expect(result?.othersWaitedMs).toBeLessThan(lockTimeoutMs / 2);
      },
    );
  });

  it('is retried in a TypeScript step too, and after a deadlock', async () => {
    await withTraffic({ lockTimeout: '500ms', lockQueueTime: '10s' }, async ({ project, other, migrate: run }) => {
      await other.unsafe('CREATE TABLE others (id integer)');
      project.write(
        'migrations/002_two.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ sql }) {\n  await sql`SET LOCAL deadlock_timeout = '100ms'`;\n  await sql`LOCK TABLE items`;\n  for (let look = 0; look < 30; look += 1) {\n    const waiting = await sql`SELECT 1 AS one FROM pg_locks WHERE relation = 'items'::regclass AND NOT granted`;\n    if (waiting.length > 0) break;\n    await sql`SELECT pg_sleep(0.02)`;\n  }\n  await sql`LOCK TABLE others`;\n} });\n",
      );
      project.write('rollbacks/002_two.sql', 'SELECT 1;');
      const session = await other.reserve();
      await session.unsafe("SET deadlock_timeout = '10s'");
      await session.unsafe('BEGIN; LOCK TABLE others');
      const running = run();
      for (let held = 0; held === 0;) {
        const rows = await other.unsafe(
          "SELECT 1 FROM pg_locks WHERE relation = 'items'::regclass AND mode = 'AccessExclusiveLock' AND granted",
        );
        held = rows.length;
      }
      // Waits for items, which the step has, while the step comes to wait for others.
      await session.unsafe('LOCK TABLE items');
      await session.unsafe('COMMIT');
      session.release();
      const [result] = (await running).databases;
      expect(result?.steps[0]?.locks.tries).toBe(2);
      const [tried] = (await journal(project)).filter((entry) => entry.event === 'retried');
      expect(tried?.error?.sqlState).toBe('40P01');
    });
  });
});

describe('where nobody asked for a lock time-out', () => {
  it('nobody looks on: no second session, nothing in the journal', async () => {
    await withTraffic({}, async ({ project, other, migrate: run }) => {
      project.migration('002_more', `SELECT pg_sleep(0.3);\n${COLUMN}`, 'ALTER TABLE items DROP COLUMN more;');
      const running = run();
      await other.unsafe('SELECT pg_sleep(0.25)');
      const sessions = await other.unsafe(
        "SELECT count(*)::integer AS n FROM pg_stat_activity WHERE application_name = 'surefoot looking on' AND datname = current_database()",
      );
      expect(sessions[0]?.['n']).toBe(0);
      const [result] = (await running).databases;
      expect(result?.steps[0]?.locks).toEqual({ tries: 1, waitedMs: 0, othersWaitedMs: null });
      const entry = (await journal(project)).find((each) => each.version === '002');
      expect(entry).not.toHaveProperty('locks');
    });
  });
});
