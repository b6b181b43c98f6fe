import { describe, expect, it } from 'vitest';
import { migrate, rollback } from '../../src/index.ts';
import { ENGINES, withProject, type Project } from '../support/project.ts';

const TABLES = ['one', 'two', 'three'] as const;

/** Each migration has a temporary table of the same name, as one written after the pattern of the other has. */
function write(project: Project, head: string): void {
  for (const [index, table] of TABLES.entries())
    project.migration(
      `00${String(index + 1)}_${table}`,
      `${head}CREATE TEMPORARY TABLE picked (id integer);\nINSERT INTO picked VALUES (${String(index)});\nCREATE TABLE ${table} (id integer);\nINSERT INTO ${table} SELECT id FROM picked;\n`,
      `${head}CREATE TEMPORARY TABLE picked (id integer);\nDROP TABLE ${table};\n`,
      `-- @check ${table} has its row\n-- @expect value = ${String(index)}\nSELECT id FROM ${table};\n`,
    );
}

const rows = async (project: Project): Promise<unknown> =>
  project.query(`${TABLES.map((table) => `SELECT id FROM ${table}`).join(' UNION ALL ')} ORDER BY id`);

describe.each(ENGINES)('temporary tables on %s', (engine) => {
  it.each([
    ['a transaction each', '', {}],
    ['no transaction', '-- @transaction none\n', {}],
    ['one transaction', '', { singleTransaction: true }],
  ])('of one step are gone in the next, in %s', async (_, head, options) => {
    await withProject(engine, async (project) => {
      write(project, head);
      await migrate(project.config, { ...project.options, ...options });
      expect(await rows(project)).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }]);
      await rollback(project.config, { ...project.options, to: '0' });
      await migrate(project.config, project.options);
    });
  });

  it('can not be what a later step lives on: it would fail when applied alone', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_pick', 'CREATE TEMPORARY TABLE picked (id integer);', 'SELECT 1;');
      project.migration(
        '002_use',
        'CREATE TABLE used (id integer);\nINSERT INTO used SELECT id FROM picked;',
        'DROP TABLE used;',
      );
      await expect(migrate(project.config, project.options)).rejects.toThrow(/picked/u);
      await expect(migrate(project.config, project.options)).rejects.toThrow(/picked/u);
    });
  });
});
