import { describe, expect, it } from 'vitest';
import { drift, log, migrate, rollback, verify } from '../../src/index.ts';
import type { ProgressEvent } from '../../src/index.ts';
import { ENGINES, usersAndAddresses, withProject, type Project } from '../support/project.ts';

/** As in a container whose file system is read-only; a file in the folder's place stops root as well. */
const withoutFolder = (project: Project): void => {
  project.write('.surefoot', 'in the way\n');
};

describe.each(ENGINES)('a project folder that can not be written, on %s', (engine) => {
  it('does not stand in the way of the database: it is warned of once', async () => {
    await withProject(engine, async (project) => {
      withoutFolder(project);
      usersAndAddresses(project);
      const warnings: string[] = [];
      const onEvent = (event: ProgressEvent): void => {
        if (event.type === 'message' && event.level === 'warn') warnings.push(event.text);
      };
      const { databases } = await migrate(project.config, { ...project.options, onEvent });
      expect(databases[0]?.steps.length).toBeGreaterThan(1);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(/\.surefoot.*a part of the path is a file: the log file is left out/u);
      await rollback(project.config, project.options);
      await migrate(project.config, project.options);
      await verify(project.config, project.options);
      const told = await log(project.config, { ...project.options, check: true });
      expect(told.databases[0]?.chain?.intact).toBe(true);
      expect(told.databases[0]?.runs.map(({ outcome }) => outcome)).toEqual(
        Array.from({ length: 4 }, () => 'succeeded'),
      );
    });
  });

  it('lets drift be told, and a failed run say why it failed', async () => {
    await withProject(engine, async (project) => {
      withoutFolder(project);
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      expect((await drift(project.config, project.options)).databases[0]?.differences).toEqual([]);
      project.migration(
        '009_broken',
        'CREATE TABLE twice (id integer);\nCREATE TABLE twice (id integer);',
        'DROP TABLE twice;',
      );
      await expect(migrate(project.config, project.options)).rejects.toThrow(/009_broken\.sql:2:1: /u);
    });
  });
});

describe('a release of a database that is not there, in a folder that can not be written', () => {
  it('is not begun: its notes would be lost', async () => {
    await withProject('sqlite', async (project) => {
      withoutFolder(project);
      project.migration('001_first', 'CREATE TABLE first (id integer);', 'DROP TABLE first;');
      const { code, err } = await project.run('release', '--yes', '--sign', 'me');
      expect(code).toBe(2);
      expect(err).toContain('what is noted of the release would be lost');
      expect(err).toContain('Make the folder writable');
    });
  });
});
