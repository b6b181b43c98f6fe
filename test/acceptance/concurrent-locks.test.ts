import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { migrate, type ProgressEvent } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { withProject, type Project } from '../support/project.ts';

const FIRST =
  'CREATE TABLE items (id integer PRIMARY KEY, code text);\nCREATE INDEX items_id ON items (id);\nINSERT INTO items SELECT n, n::text FROM generate_series(1, 100) AS n;\n' +
  'CREATE TABLE events (at integer) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10);\n' +
  "CREATE TYPE mood AS ENUM ('sad');";

/** Runs `text` outside a transaction under a short lock time-out, while another session holds one open for some tries. */
async function whileHeld(
  text: string,
  hold: string,
  work: (project: Project, tries: number) => Promise<void>,
): Promise<void> {
  await withProject('postgres', async (project) => {
    project.migration('001_first', FIRST, 'SELECT 1;');
    await migrate(project.config, project.options);
    project.migration('002_second', `-- @transaction none\n${text}`, 'SELECT 1;');
    const other: postgres.Sql = connectTo(project.url, 1);
    const events: ProgressEvent[] = [];
    const seen = (type: ProgressEvent['type']): boolean => events.some((event) => event.type === type);
    try {
      // Younger than the time-out when the run looks, so that it does not wait for it outside.
      const config = { ...project.config, environments: { live: { lockTimeout: '1500ms', lockQueueTime: '100ms' } } };
      const running = migrate(config, {
        ...project.options,
        environment: 'live',
        onEvent: (event) => void events.push(event),
      });
      await other.unsafe(`BEGIN; ${hold}`);
      while (!seen('step-retried') && !seen('step-waiting') && !seen('run-finished'))
        await new Promise((resolve) => setTimeout(resolve, 20));
      await other.unsafe('COMMIT');
      const [result] = (await running).databases;
      await work(project, result?.steps[0]?.locks.tries ?? 0);
    } finally {
      await other.end({ timeout: 5 });
    }
  });
}

describe('a statement outside a transaction that does not get its locks', () => {
  it('CREATE INDEX CONCURRENTLY: the invalid index is dropped, and built again', async () => {
    await whileHeld(
      'CREATE UNIQUE INDEX CONCURRENTLY items_code ON items (code);',
      "UPDATE items SET code = 'x' WHERE id = 1",
      async (project) => {
        expect(
          await project.query(
            "SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index WHERE indrelid = 'items'::regclass ORDER BY 1",
          ),
        ).toEqual([
          { name: 'items_code', valid: true },
          { name: 'items_id', valid: true },
          { name: 'items_pkey', valid: true },
        ]);
      },
    );
  });

  it('REINDEX CONCURRENTLY: what the broken try left is dropped, and it runs again', async () => {
    await whileHeld(
      'REINDEX INDEX CONCURRENTLY items_id;',
      "UPDATE items SET code = 'x' WHERE id = 1",
      async (project) => {
        expect(await project.query("SELECT relname FROM pg_class WHERE relname ~ '_cc(new|old)'")).toEqual([]);
      },
    );
  });

  it('DETACH PARTITION CONCURRENTLY: what is pending is brought to its end', async () => {
    await whileHeld(
      'ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;',
      'SELECT count(*) FROM events',
      async (project) => {
        expect(await project.query("SELECT 1 FROM pg_inherits WHERE inhparent = 'events'::regclass")).toEqual([]);
      },
    );
  });

  it('ADD VALUE: commits together with its progress', async () => {
    await whileHeld(
      "ALTER TYPE mood ADD VALUE 'happy';\nINSERT INTO items VALUES (101, 'happy');",
      'LOCK TABLE items IN EXCLUSIVE MODE',
      async (project) => {
        expect(await project.query('SELECT enum_range(NULL::mood)::text AS moods')).toEqual([{ moods: '{sad,happy}' }]);
        expect(await project.query('SELECT count(*) AS n FROM items')).toEqual([{ n: 101 }]);
      },
    );
  });
});
