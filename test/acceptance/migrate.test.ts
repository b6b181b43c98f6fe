import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { log, migrate, redo, rollback, status, verify } from '../../src/index.ts';
import { ENGINES, rejection, tableQuery, usersAndAddresses, withProject, type Project } from '../support/project.ts';

const states = async (project: Project): Promise<readonly string[]> =>
  (await status(project.config, project.options)).databases[0]?.migrations.map(
    (each) => `${each.version} ${each.state}`,
  ) ?? [];

describe.each(ENGINES)('migrate and rollback on %s', (engine) => {
  it('applies, verifies, rolls back and tells of it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      expect(await states(project)).toEqual(['001 pending', '002 pending']);

      const first = (await migrate(project.config, project.options)).databases[0];
      expect(first?.outcome).toBe('succeeded');
      expect(first?.steps.map((step) => [step.name, step.verification, step.checks.length])).toEqual([
        ['001_users', 'passed', 1],
        ['002_address', 'passed', 1],
      ]);
      expect(await project.query('SELECT * FROM users')).toEqual([]);
      expect(await states(project)).toEqual(['001 applied', '002 applied']);
      expect((await migrate(project.config, project.options)).databases[0]?.outcome).toBe('nothing to do');

      const checked = (await verify(project.config, project.options)).databases[0];
      expect([checked?.passed, checked?.failed]).toEqual([2, 0]);

      await rollback(project.config, { ...project.options, to: '0' });
      expect(await states(project)).toEqual(['001 pending', '002 pending']);
      expect(await project.query(tableQuery(engine, 'users'))).toEqual([]);

      const told = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(told?.chain).toMatchObject({ intact: true });
      expect(told?.runs.map((run) => [run.command, run.outcome, run.versions])).toEqual([
        ['migrate', 'succeeded', ['001', '002']],
        ['verify', 'succeeded', []],
        ['rollback', 'succeeded', ['002', '001']],
      ]);
      const lines = readFileSync(join(project.root, '.surefoot/log/main.jsonl'), 'utf8').trim().split('\n');
      expect(lines.map((line): unknown => (JSON.parse(line) as { event: string }).event)).toEqual([
        'run-started',
        'step',
        'step',
        'run-finished',
        'verified',
        'run-started',
        'step',
        'step',
        'run-finished',
      ]);
    });
  });

  it('rolls back to a version of zeros, and behind it to nothing', async () => {
    await withProject(engine, async (project) => {
      project.migration('000_users', 'CREATE TABLE users (id integer);', 'DROP TABLE users;');
      project.migration('001_items', 'CREATE TABLE items (id integer);', 'DROP TABLE items;');
      await migrate(project.config, project.options);
      await rollback(project.config, { ...project.options, to: '000' });
      expect(await states(project)).toEqual(['000 applied', '001 pending']);
      await rollback(project.config, { ...project.options, to: '0' });
      expect(await states(project)).toEqual(['000 pending', '001 pending']);
    });
  });

  it('aborts a step whose check fails, and leaves everything as it was', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write(
        'verify/002_address.sql',
        "-- @check nobody is called Ana\n-- @expect rows = 0\nSELECT name FROM (SELECT 'Ana' AS name) AS someone;\n",
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('check-failed');
      expect(error.exitCode).toBe(1);
      expect(error.message).toContain('expected  rows = 0');
      expect(error.message).toContain('actual    rows = 1');
      expect(error.message).toContain("SELECT name FROM (SELECT 'Ana' AS name) AS someone");
      expect(await states(project)).toEqual(['001 applied', '002 pending']);
      expect(Object.keys((await project.query('SELECT 1 AS one, count(*) AS users FROM users'))[0] ?? {})).toEqual([
        'one',
        'users',
      ]);
      await expect(project.query('SELECT address FROM users')).rejects.toThrow('address');
      const runs = (await log(project.config, project.options)).databases[0]?.runs ?? [];
      expect(runs[0]?.outcome).toBe('failed');
      expect(runs[0]?.error?.code).toBe('check-failed');
      expect(
        runs[0]?.entries.find((entry) => entry.outcome === 'failed' && entry.event === 'step')?.checks[0]?.outcome,
      ).toBe('failed');
    });
  });

  it('aborts a rollback whose rolled-back check fails', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('rollbacks/001_users.sql', 'DELETE FROM users;\n');
      await migrate(project.config, { ...project.options, to: '001' });
      const error = await rejection(rollback(project.config, project.options));
      expect(error.code).toBe('check-failed');
      expect(await states(project)).toEqual(['001 applied', '002 pending']);
    });
  });

  it('shows the line of a failing statement behind umlauts, and changes nothing', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_umlauts',
        "-- @description Größe, naïve, 日本\nCREATE TABLE größe (id integer);\nINSERT INTO größe VALUES (1); -- ä ö ü\nSELECT 'ü' , nonsense\n  FROM größe;\n",
        'DROP TABLE größe;\n',
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('sql-failed');
      expect(error.exitCode).toBe(3);
      expect(error.message).toMatch(
        engine === 'postgres' ? /migrations\/001_umlauts\.sql:4:14: / : /migrations\/001_umlauts\.sql:4:/u,
      );
      expect(error.message).toContain('^');
      expect(error.message).toContain('Nothing was changed');
      expect(await project.query(tableQuery(engine, 'größe'))).toEqual([]);
    });
  });

  it('refuses an edited migration, and repair accepts it with a reason', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      project.write(
        'migrations/001_users.sql',
        '-- edited\nCREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n',
      );
      expect(await states(project)).toEqual(['001 modified', '002 applied']);
      const refused = await project.run('migrate');
      expect(refused.code).toBe(4);
      expect(refused.err).toContain('error modified');
      expect(refused.err).toContain('+-- edited');
      const repaired = await project.run('repair', '--to', '001', '--reason', 'a comment');
      expect(repaired.code).toBe(0);
      expect((await project.run('migrate')).code).toBe(0);
      expect((await project.run('log', '--check')).code).toBe(0);
    });
  });

  it('refuses missing files, rolls them back from the history, and says so', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      for (const folder of ['migrations', 'rollbacks', 'verify']) project.remove(`${folder}/002_address.sql`);
      expect((await rejection(migrate(project.config, project.options))).code).toBe('missing');
      const undone = (await rollback(project.config, project.options)).databases[0];
      expect(undone?.plan.steps[0]?.source).toBe('history');
      expect(await states(project)).toEqual(['001 applied']);
      await expect(project.query('SELECT address FROM users')).rejects.toThrow('address');
    });
  });

  it('refuses out of order unless it is allowed', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      project.migration('003_c', 'CREATE TABLE c (id integer);', 'DROP TABLE c;');
      await migrate(project.config, project.options);
      project.migration('002_b', 'CREATE TABLE b (id integer);', 'DROP TABLE b;');
      expect(await states(project)).toEqual(['001 applied', '002 out of order', '003 applied']);
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['out-of-order', 4]);
      await migrate(project.config, { ...project.options, allowOutOfOrder: true });
      expect(await states(project)).toEqual(['001 applied', '002 applied', '003 applied']);
    });
  });

  it('refuses to roll back what is irreversible, and what has no rollback it refuses to apply', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', '-- @irreversible the data came from a tape\nCREATE TABLE a (id integer);', null);
      await migrate(project.config, project.options);
      const error = await rejection(rollback(project.config, project.options));
      expect(error.code).toBe('irreversible');
      expect(error.message).toContain('the data came from a tape');
      project.migration('002_b', 'CREATE TABLE b (id integer);', null);
      const missing = await rejection(migrate(project.config, project.options));
      expect([missing.code, missing.exitCode]).toEqual(['rollback-missing', 4]);
      expect(missing.message).toContain('migrations/002_b.sql');
    });
  });

  it('redoes the last migration under one lock', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const { down, up } = (await redo(project.config, project.options)).databases[0] ?? {};
      expect([down?.steps[0]?.name, up?.steps[0]?.name]).toEqual(['002_address', '002_address']);
      expect(await states(project)).toEqual(['001 applied', '002 applied']);
    });
  });

  it('executes a dry run for real and aborts it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, { ...project.options, to: '001' });
      const dry = (await migrate(project.config, { ...project.options, dryRun: true })).databases[0];
      expect([dry?.dryRun, dry?.steps[0]?.checks[0]?.outcome]).toEqual(['transaction', 'passed']);
      expect(await states(project)).toEqual(['001 applied', '002 pending']);
      project.migration('003_bad', 'CREATE TABLE users (id integer);', 'DROP TABLE users;');
      expect((await rejection(migrate(project.config, { ...project.options, dryRun: true }))).code).toBe('sql-failed');
      expect(await states(project)).toEqual(['001 applied', '002 pending', '003 pending']);
    });
  });

  it('puts a whole run into one transaction when asked', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.migration('003_bad', 'CREATE TABLE users (id integer);', 'DROP TABLE users;');
      expect((await rejection(migrate(project.config, { ...project.options, singleTransaction: true }))).code).toBe(
        'sql-failed',
      );
      expect(await states(project)).toEqual(['001 pending', '002 pending', '003 pending']);
      await migrate(project.config, { ...project.options, to: '002', singleTransaction: true });
      expect(await states(project)).toEqual(['001 applied', '002 applied', '003 pending']);
      expect((await log(project.config, { ...project.options, check: true })).databases[0]?.chain).toMatchObject({
        intact: true,
      });
    });
  });

  it('refuses transaction statements and those that need to be outside of one', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_commit',
        'CREATE TABLE a (id integer);\nCOMMIT;\nCREATE TABLE b (id integer);',
        'DROP TABLE a;',
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('transaction-statement');
      expect(error.message).toContain('migrations/001_commit.sql:2:1');
      project.migration('001_commit', 'VACUUM;', 'SELECT 1;');
      expect((await rejection(migrate(project.config, project.options))).code).toBe('not-transactional');
      expect(await states(project)).toEqual(['001 pending']);
    });
  });

  it('finds a changed and a removed journal entry', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const journal = engine === 'sqlite' ? 'surefoot_journal' : 'surefoot.journal';
      const tamper = async (statement: string): Promise<void> => {
        project.migration('900_tamper', statement, 'SELECT 1;');
        await migrate(project.config, project.options);
      };
      await tamper(`UPDATE ${journal} SET entry = replace(entry, '"operator"', '"operater"') WHERE seq = 2;`);
      const changed = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(changed?.chain).toMatchObject({ intact: false, seq: 2 });
      expect((await project.run('log', '--check')).code).toBe(1);
    });
  });
});
