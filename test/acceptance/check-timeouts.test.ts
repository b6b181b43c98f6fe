import { describe, expect, it } from 'vitest';
import { baseline, migrate, verify, type Config } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { rejection, withProject, type Project } from '../support/project.ts';

const TABLE = 'CREATE TABLE items (id integer PRIMARY KEY);';
const READS = '-- @check there are no items\n-- @expect value = 0\nSELECT count(*) FROM items;\n';
const POLICY = { lockTimeout: '200ms', statementTimeout: '300ms' };

const live = (
  project: Project,
): { readonly config: Config; readonly options: { root: string; environment: string } } => ({
  config: { ...project.config, environments: { live: POLICY } },
  options: { ...project.options, environment: 'live' },
});

/** Another session stands on the table while `work` runs. */
async function withLockedTable(project: Project, work: () => Promise<void>): Promise<void> {
  const sql = connectTo(project.url, 1);
  try {
    await sql.begin(async (other) => {
      await other`LOCK TABLE items IN ACCESS EXCLUSIVE MODE`;
      await work();
    });
  } finally {
    await sql.end({ timeout: 2 });
  }
}

describe('checks outside a step, on PostgreSQL', () => {
  it('wait for locks no longer than a step may: verify, and baseline', async () => {
    await withProject('postgres', async (project) => {
      const { config, options } = live(project);
      project.migration('001_items', TABLE, 'DROP TABLE items;', READS);
      await migrate(config, options);
      project.migration('002_more', 'SELECT 1;', 'SELECT 1;', READS);
      await withLockedTable(project, async () => {
        const { databases } = await verify(config, options);
        expect(databases[0]?.checks[0]?.outcome).toBe('failed');
        expect(databases[0]?.checks[0]?.actual).toContain('error 55P03');
        const error = await rejection(baseline(config, { ...options, to: '002' }));
        expect(error.message).toContain('error 55P03');
      });
    });
  });

  it('take no longer than a statement of a step may: verify, and those after the commit', async () => {
    await withProject('postgres', async (project) => {
      const { config, options } = live(project);
      const slow = '-- @check slow\n-- @when committed\n-- @expect rows = 1\nSELECT pg_sleep(20);\n';
      project.migration('001_items', TABLE, 'DROP TABLE items;', slow);
      expect((await rejection(migrate(config, options))).message).toContain('error 57014');
      // The check that is owed now is under the same rule.
      expect((await rejection(migrate(config, options))).message).toContain('error 57014');
      project.write('verify/001_items.sql', slow.replace('-- @when committed\n', ''));
      expect((await verify(config, options)).databases[0]?.checks[0]?.actual).toContain('error 57014');
    });
  });
});
