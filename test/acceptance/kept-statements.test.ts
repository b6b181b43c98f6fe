import { describe, expect, it } from 'vitest';
import { migrate, rollback } from '../../src/index.ts';
import { withProject, type Project } from '../support/project.ts';

const STEPS = 6;

function manySteps(project: Project, change: (step: number) => string): void {
  for (let step = 1; step <= STEPS; step += 1) {
    const table = `t${String(step)}`;
    project.migration(
      `00${String(step)}_${table}`,
      `CREATE TABLE ${table} (id integer);\n${change(step)}`,
      `DROP TABLE ${table};\n${change(step)}`,
      `-- @check ${table} is there\n-- @expect value = 0\nSELECT count(*) FROM ${table};`,
    );
  }
}

async function upAndDown(project: Project): Promise<void> {
  const up = await migrate(project.config, project.options);
  expect(up.databases[0]?.steps).toHaveLength(STEPS);
  const down = await rollback(project.config, { ...project.options, to: '0' });
  expect(down.databases[0]?.steps).toHaveLength(STEPS);
  const log = await project.run('log', '--check');
  expect(log.out).toContain('holds');
}

describe('a run of many steps on PostgreSQL', () => {
  it('has its own statements kept by the server', async () => {
    await withProject('postgres', async (project) => {
      manySteps(project, () => '');
      project.migration(
        '007_seen',
        "CREATE TABLE seen AS SELECT name FROM pg_prepared_statements WHERE name LIKE 'surefoot%';",
        'DROP TABLE seen;',
        "-- @check they are kept\n-- @expect rows >= 4\nSELECT name FROM seen WHERE name <> '';",
      );
      await migrate(project.config, project.options);
    });
  });

  it.each(['DEALLOCATE ALL;', "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$;"])(
    'goes through where a step makes the server forget them: %s',
    async (text) => {
      await withProject('postgres', async (project) => {
        manySteps(project, (step) => (step === 2 ? text : ''));
        await upAndDown(project);
      });
    },
  );

  it('goes through where one step discards all there is', async () => {
    await withProject('postgres', async (project) => {
      manySteps(project, () => '');
      project.migration(
        '007_discard',
        '-- @transaction none\nDISCARD PLANS;',
        'SELECT 1;',
        '-- @check one\n-- @expect value = 1\nSELECT 1;',
      );
      await migrate(project.config, project.options);
      await rollback(project.config, { ...project.options, to: '0' });
    });
  });
});
