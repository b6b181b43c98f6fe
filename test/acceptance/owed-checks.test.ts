import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { log, migrate } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { startCli } from '../support/kill-cli.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';

const ITEMS = 'CREATE TABLE items (id integer);';

/** A table that is to have a row after the commit, and has none. */
function itemsThatOwe(project: Project): void {
  project.migration(
    '001_items',
    ITEMS,
    'DROP TABLE items;',
    '-- @check filled\n-- @when committed\n-- @expect rows = 1\nSELECT id FROM items;\n',
  );
}

async function verified(project: Project): Promise<unknown> {
  const runs = (await log(project.config, { ...project.options, check: true })).databases[0]?.runs ?? [];
  return runs
    .flatMap((run) => run.entries)
    .filter(({ event }) => event === 'verified')
    .map(({ version, outcome }) => [version, outcome]);
}

describe.each(ENGINES)('checks that a run owes on %s', (engine) => {
  it.each(['', '-- @transaction none\n'])(
    'after a commit that failed are made again by the next migrate, which says so until they pass (%j)',
    async (head) => {
      await withProject(engine, async (project) => {
        project.migration(
          '001_items',
          `${head}${ITEMS}`,
          'DROP TABLE items;',
          '-- @check filled by the application\n-- @when committed\n-- @expect rows = 1\nSELECT id FROM items;\n',
        );
        const first = await project.run('migrate');
        expect(first.code).toBe(1);
        expect(first.err).toContain('the step is committed');
        for (const times of [2, 3]) {
          const again = await project.run('migrate');
          expect(again.code).toBe(1);
          expect(again.out).not.toContain('nothing to do');
          expect(again.err).toContain('error check-failed');
          expect(again.err).toContain('verify/001_items.sql:1: filled by the application');
          expect(again.err).toMatch(/nothing was changed: an earlier run committed the step of these checks/u);
          expect(again.err).toMatch(/surefoot migrate main again.*surefoot rollback main/u);
          expect(await verified(project)).toEqual(Array.from({ length: times }, () => ['001', 'failed']));
        }
        await fill(project);
        const fixed = await project.run('migrate');
        expect(fixed.code).toBe(0);
        expect(fixed.err).toContain('the checks after the commit of 001, which an earlier run owed, pass now');
        expect(fixed.out).toContain('nothing to do');
        const calm = await project.run('migrate');
        expect([calm.code, calm.err]).toEqual([0, '']);
        expect(await verified(project)).toHaveLength(4);
      });
    },
  );

  it('do not keep a later migration from being applied, which may be the correction', async () => {
    await withProject(engine, async (project) => {
      itemsThatOwe(project);
      expect((await project.run('migrate')).code).toBe(1);
      project.migration('002_other', 'CREATE TABLE others (id integer);', 'DROP TABLE others;');
      const other = await project.run('migrate');
      expect(other.code).toBe(1);
      expect(other.err).toContain('the steps of this run are committed');
      expect(await project.query('SELECT id FROM others')).toEqual([]);
      project.migration('003_fill', 'INSERT INTO items VALUES (1);', 'DELETE FROM items;');
      const filled = await project.run('migrate');
      expect([filled.code, filled.err]).toEqual([0, expect.stringContaining('which an earlier run owed, pass now')]);
    });
  });

  it('are forgotten with a rollback, and made anew with the step', async () => {
    await withProject(engine, async (project) => {
      itemsThatOwe(project);
      expect((await rejection(migrate(project.config, project.options))).exitCode).toBe(1);
      expect((await project.run('rollback', '--yes')).code).toBe(0);
      project.write('verify/001_items.sql', '-- @check there\n-- @expect rows = 0\nSELECT id FROM items;\n');
      await migrate(project.config, project.options);
      expect((await project.run('migrate')).code).toBe(0);
    });
  });

  it('in a step outside a transaction are made again without its statements', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_items',
        `-- @transaction none\n${ITEMS}`,
        'DROP TABLE items;',
        '-- @check filled\n-- @expect rows = 1\nSELECT id FROM items;\n',
      );
      for (let times = 0; times < 2; times += 1) {
        const stopped = await project.run('migrate');
        expect(stopped.code).toBe(1);
        expect(stopped.err).toContain('all its statements are in place');
        expect(stopped.err).toMatch(/surefoot migrate main again.*surefoot rollback main/u);
      }
      await fill(project);
      const fixed = await project.run('migrate');
      expect([fixed.code, fixed.err]).toEqual([0, '']);
    });
  });
});

describe('checks that a run never came to', () => {
  it('are made by the next migrate', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_items',
        ITEMS,
        'DROP TABLE items;',
        '-- @check slow\n-- @when committed\n-- @expect value = true\nSELECT pg_sleep(2) IS NOT NULL AND count(*) = 1 FROM items;\n',
      );
      const cli = startCli(project.root, ['migrate']);
      await seen(
        project,
        "SELECT 1 AS one FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep' AND state = 'active'",
      );
      cli.child.kill('SIGKILL');
      await cli.ended;
      const next = await project.run('migrate');
      expect(next.err).toContain('verify/001_items.sql:1: slow');
      expect(next.code).toBe(1);
      await fill(project);
      expect((await project.run('migrate')).code).toBe(0);
      expect(await verified(project)).toEqual([
        ['001', 'failed'],
        ['001', 'succeeded'],
      ]);
    });
  });
});

describe('checks of steps that were committed together', () => {
  it('are made by the next migrate, those of all steps that a killed run never came to', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_items',
        ITEMS,
        'DROP TABLE items;',
        '-- @check slow\n-- @when committed\n-- @expect value = true\nSELECT pg_sleep(2) IS NOT NULL AND count(*) = 1 FROM items;\n',
      );
      project.migration('002_more', 'CREATE TABLE more (id integer);', 'DROP TABLE more;');
      const cli = startCli(project.root, ['migrate', '--single-transaction']);
      await seen(
        project,
        "SELECT 1 AS one FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep' AND state = 'active'",
      );
      cli.child.kill('SIGKILL');
      await cli.ended;
      const next = await project.run('migrate');
      expect(next.err).toContain('verify/001_items.sql:1: slow');
      expect(next.code).toBe(1);
      await fill(project);
      expect((await project.run('migrate')).code).toBe(0);
    });
  });
});

/** As the application would. */
async function fill(project: Project): Promise<void> {
  const text = 'INSERT INTO items VALUES (1)';
  if (project.engine === 'sqlite') {
    const connection = new Database(join(project.root, 'main.db'));
    connection.exec(text);
    connection.close();
    return;
  }
  const sql = connectTo(project.url);
  await sql.unsafe(text);
  await sql.end();
}

async function seen(project: Project, text: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await project.query(text)).length > 0) return;
    await pause(50);
  }
  throw new Error(`never seen: ${text}`);
}
