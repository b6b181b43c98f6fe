import { describe, expect, it } from 'vitest';
import { baseline, log, migrate, rollback, status } from '../../src/index.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';

function tables(project: Project, names: readonly string[]): void {
  for (const [index, name] of names.entries())
    project.migration(
      `00${String(index + 2)}_${name}`,
      `CREATE TABLE ${name} (id integer);`,
      `DROP TABLE ${name};`,
      `-- @check ${name} has no rows\n-- @expect value = 0\nSELECT count(*) FROM ${name};`,
    );
}

async function states(project: Project): Promise<readonly string[]> {
  const { databases } = await status(project.config, project.options);
  return databases[0]?.migrations.map(({ version, state }) => `${version} ${state}`) ?? [];
}

describe.each(ENGINES)('baseline on %s', (engine) => {
  it('makes the checks of what it records, and records nothing where one does not hold', async () => {
    await withProject(engine, async (project) => {
      tables(project, ['items', 'prices']);
      await migrate(project.config, { ...project.options, to: '002' });
      const error = await rejection(baseline(project.config, { ...project.options, to: '003' }));
      expect([error.code, error.exitCode]).toEqual(['check-failed', 1]);
      expect(error.message).toContain('prices has no rows');
      expect(error.message).toContain('nothing was recorded');
      expect(error.hint).toContain('surefoot baseline main --to 003 --unchecked');
      expect(await states(project)).toEqual(['002 applied', '003 pending']);

      await baseline(project.config, { ...project.options, to: '003', unchecked: true });
      expect(await states(project)).toEqual(['002 applied', '003 applied']);
    });
  });

  it('records versions that are there, with their checks, and they can be rolled back', async () => {
    await withProject(engine, async (project) => {
      const legacy = 'CREATE TABLE items (id integer);\nCREATE TABLE prices (id integer);';
      project.migration('001_legacy', legacy, 'DROP TABLE items;\nDROP TABLE prices;');
      await migrate(project.config, project.options);
      tables(project, ['items', 'prices']);
      const { databases } = await baseline(project.config, { ...project.options, to: '003', reason: 'adopted' });
      expect(databases[0]).toMatchObject({
        versions: ['002', '003'],
        checks: [{ outcome: 'passed' }, { outcome: 'passed' }],
      });
      const run = (await log(project.config, project.options)).databases[0]?.runs.at(-1);
      expect(run?.checksPassed).toBe(2);
      expect(run?.entries.flatMap((entry) => entry.notes)).toContain('adopted');
      await rollback(project.config, { ...project.options, to: '001' });
      expect(await states(project)).toEqual(['001 applied', '002 pending', '003 pending']);
      await expect(project.query('SELECT * FROM items')).rejects.toThrow('items');
    });
  });
});
