import { describe, expect, it } from 'vitest';
import { log, migrate, repair, status, type ProgressEvent } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';

const FAMILY =
  'CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);\n' +
  'CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents ON DELETE CASCADE);\n' +
  "INSERT INTO parents VALUES (1, 'Ana'), (2, 'Ben');\nINSERT INTO children VALUES (1, 1), (2, 2), (3, 2);";

const live = { lockTimeout: '150ms', lockQueueTime: '10s' };

async function applied(project: Project): Promise<readonly string[]> {
  const { databases } = await status(project.config, project.options);
  return (databases[0]?.migrations ?? []).filter(({ state }) => state === 'applied').map(({ version }) => version);
}

async function count(project: Project, table: string): Promise<unknown> {
  return (await project.query(`SELECT count(*) AS n FROM ${table}`))[0]?.['n'];
}

/** Somebody reads the parents until a try has failed for it. */
async function whileRead(
  project: Project,
  options: { readonly singleTransaction?: boolean; readonly dryRun?: boolean },
): Promise<{ readonly events: readonly ProgressEvent[]; readonly result: Awaited<ReturnType<typeof migrate>> }> {
  const sql = connectTo(project.url);
  const reader = await sql.reserve();
  const events: ProgressEvent[] = [];
  const ended = { done: null as Promise<unknown> | null };
  try {
    await reader.unsafe('BEGIN; SELECT count(*) FROM parents');
    const config = { ...project.config, environments: { live } };
    const result = await migrate(config, {
      ...project.options,
      ...options,
      environment: 'live',
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'step-retried' || event.type === 'step-waiting')
          ended.done ??= reader.unsafe('COMMIT').execute();
      },
    });
    return { events, result };
  } finally {
    await ended.done;
    reader.release();
    await sql.end();
  }
}

describe('several steps in one transaction', () => {
  it('are tried again as a whole where a lock is not to be had; a dry run too, and it leaves no trace', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_family', FAMILY, 'SELECT 1;');
      await migrate(project.config, project.options);
      project.migration('002_more', "INSERT INTO parents VALUES (3, 'Cleo');", 'SELECT 1;');
      // What it runs is not to be told from its text, so that nobody waits for the reader ahead of it.
      project.migration(
        '003_column',
        "DO $$ BEGIN EXECUTE 'ALTER TABLE par' || 'ents ADD COLUMN more text'; END $$;",
        'SELECT 1;',
      );
      const before = (await log(project.config, project.options)).databases[0]?.runs.length;
      const dry = await whileRead(project, { dryRun: true });
      expect(dry.events.filter(({ type }) => type === 'step-retried').length).toBeGreaterThan(0);
      expect(dry.result.databases[0]).toMatchObject({ dryRun: 'transaction', outcome: 'succeeded' });
      expect(await count(project, 'parents')).toBe(2);
      expect((await log(project.config, project.options)).databases[0]?.runs.length).toBe(before);

      const real = await whileRead(project, { singleTransaction: true });
      const steps = real.result.databases[0]?.steps ?? [];
      expect(steps.map(({ name }) => name)).toEqual(['002_more', '003_column']);
      expect(steps[0]?.locks.tries).toBeGreaterThan(1);
      expect(await count(project, 'parents')).toBe(3);
      expect(await applied(project)).toEqual(['001', '002', '003']);
      const run = (await log(project.config, { ...project.options, check: true })).databases[0]?.runs.at(-1);
      const tries = run?.entries.filter(({ event }) => event === 'retried') ?? [];
      expect(tries.length).toBeGreaterThan(0);
    });
  });

  it('says who is in the way when the tries are spent, and nothing is in place', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_family', FAMILY, 'SELECT 1;');
      await migrate(project.config, project.options);
      project.migration('002_more', "INSERT INTO parents VALUES (3, 'Cleo');", 'SELECT 1;');
      project.migration('003_column', 'ALTER TABLE parents ADD COLUMN more text;', 'SELECT 1;');
      const sql = connectTo(project.url);
      const reader = await sql.reserve();
      await reader.unsafe('BEGIN; SELECT count(*) FROM parents');
      const config = { ...project.config, environments: { live: { ...live, lockRetries: 1, lockRetryTime: '1s' } } };
      const error = await rejection(
        migrate(config, { ...project.options, environment: 'live', singleTransaction: true }),
      );
      expect([error.code, error.exitCode]).toEqual(['lock-unavailable', 3]);
      expect(error.message).toMatch(/in the way:\n {2}pid \d+/u);
      expect(error.message).toContain('Nothing was changed');
      reader.release();
      await sql.end();
      expect(await applied(project)).toEqual(['001']);
    });
  });
});

describe.each(ENGINES)('rows that go behind the words on %s', (engine) => {
  it('abort one transaction of several steps, and a dry run; what was rolled back in a block does not', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_family', FAMILY, 'SELECT 1;');
      await migrate(project.config, project.options);
      project.migration('002_more', "INSERT INTO parents VALUES (3, 'Cleo');", 'SELECT 1;');
      project.migration('003_less', 'DELETE FROM parents WHERE id = 2;', 'SELECT 1;');
      for (const how of [{ singleTransaction: true }, { dryRun: true }]) {
        const error = await rejection(migrate(project.config, { ...project.options, ...how }));
        expect([error.code, error.exitCode]).toEqual(['rows-lost', 4]);
        expect(error.message).toContain('children: 3 rows before, 1 after');
        expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([2, 3]);
      }
      project.write('migrations/003_less.sql', '-- @deletes children\nDELETE FROM parents WHERE id = 2;');
      if (engine === 'postgres')
        project.migration(
          '004_block',
          "DO $$ BEGIN BEGIN EXECUTE 'DELETE FROM ' || 'children'; RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN NULL; END; END $$;",
          'SELECT 1;',
        );
      await migrate(project.config, { ...project.options, dryRun: true });
      await migrate(project.config, { ...project.options, singleTransaction: true });
      expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([2, 1]);
    });
  });

  it('abort the statement of a TypeScript step outside a transaction that takes them', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_family', FAMILY, 'SELECT 1;');
      await migrate(project.config, project.options);
      const script = (deletes: string): string =>
        `import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', ${deletes}async run({ sql }) {\n  await sql\`UPDATE parents SET name = \${'x'}\`;\n  await sql.script('DELETE FROM parents WHERE id = 2; SELECT 1');\n} });\n`;
      project.write('migrations/002_second.ts', script(''));
      project.write('rollbacks/002_second.sql', 'SELECT 1;');
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['rows-lost', 4]);
      expect(error.message).toContain('children: 3 rows before, 1 after');
      expect(error.message).toContain('what it did before this statement is in place');
      expect(await project.query('SELECT DISTINCT name FROM parents')).toEqual([{ name: 'x' }]);
      expect(await count(project, 'children')).toBe(3);
      await repair(project.config, { ...project.options, version: '002', reason: 'tried', as: 'pending' });
      project.write('migrations/002_second.ts', script("deletes: ['children'], "));
      await migrate(project.config, project.options);
      expect([await count(project, 'parents'), await count(project, 'children')]).toEqual([1, 1]);
    });
  });
});

describe.each(ENGINES)('rows that refer to nothing at the end of a transaction on %s', (engine) => {
  it.each([false, true])('are named, and are laid to no other step (single transaction: %s)', async (single) => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_a',
        'CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (id INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (7);',
        'DROP TABLE c;\nDROP TABLE p;',
      );
      project.migration('002_b', 'CREATE TABLE b (id integer);', 'DROP TABLE b;');
      const { message } = await rejection(migrate(project.config, { ...project.options, singleTransaction: single }));
      expect(message).toContain(engine === 'sqlite' ? '1 row of c (rowid 1) without its row of p' : 'Key (id)=(7)');
      expect(message).toMatch(/nothing was changed/iu);
      expect(message).not.toContain('002_b');
      if (engine === 'sqlite') expect(message).toContain(single ? '2 steps together' : 'committing 001_a');
      expect(await applied(project)).toEqual([]);
    });
  });
});

describe('a TypeScript step outside a transaction', () => {
  it('tries a statement again that does not get its locks, and removes what a failed index leaves', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_family', FAMILY, 'SELECT 1;');
      await migrate(project.config, project.options);
      project.write('rollbacks/002_second.sql', 'SELECT 1;');
      project.write(
        'migrations/002_second.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', async run({ sql }) {\n  await sql`INSERT INTO parents VALUES (3, 'Cleo')`;\n  await sql.script(\"DO $$ BEGIN EXECUTE 'ALTER TABLE par' || 'ents ADD COLUMN more text'; END $$\");\n} });\n",
      );
      const { result } = await whileRead(project, {});
      expect(result.databases[0]?.steps[0]?.locks.tries).toBeGreaterThan(1);
      expect(await count(project, 'parents')).toBe(3);
      project.write('rollbacks/003_index.sql', 'SELECT 1;');
      project.write(
        'migrations/003_index.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', async run({ sql }) {\n  await sql`CREATE UNIQUE INDEX CONCURRENTLY children_parent ON children (parent)`;\n} });\n",
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.context['sqlState']).toBe('23505');
      expect(await project.query("SELECT 1 AS one FROM pg_class WHERE relname = 'children_parent'")).toEqual([]);
    });
  });

  it('rebuilds an SQLite table whole or not at all', async () => {
    await withProject('sqlite', async (project) => {
      project.migration(
        '001_items',
        "CREATE TABLE items (id integer PRIMARY KEY, a text);\nINSERT INTO items VALUES (1, 'x'), (2, NULL);",
        'SELECT 1;',
      );
      project.write('rollbacks/002_second.sql', 'SELECT 1;');
      const script = (copy: string): string =>
        `import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', async run({ rebuildTable }) {\n  await rebuildTable('items', { create: 'CREATE TABLE items (id integer PRIMARY KEY, a text NOT NULL)'${copy} });\n} });\n`;
      project.write('migrations/002_second.ts', script(''));
      await rejection(migrate(project.config, project.options));
      expect(await project.query("SELECT name FROM sqlite_schema WHERE name LIKE '%items%'")).toEqual([
        { name: 'items' },
      ]);
      expect(await count(project, 'items')).toBe(2);
      await repair(project.config, { ...project.options, version: '002', reason: 'tried', as: 'pending' });
      project.write('migrations/002_second.ts', script(', columns: { a: "coalesce(a, \'\')" }'));
      await migrate(project.config, project.options);
      expect(await count(project, 'items')).toBe(2);
    });
  });
});
