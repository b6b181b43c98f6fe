import { describe, expect, it } from 'vitest';
import { drift, migrate, prove, type Config } from '../../src/index.ts';
import { clusterWide } from '../../src/sql/index.ts';
import { usersAndAddresses, withProject } from '../support/project.ts';
import { runAt } from '../support/schema.ts';

const SHADOWS = "SELECT datname FROM pg_database WHERE datname LIKE 'surefoot\\_shadow\\_%' ORDER BY 1";

describe('shadows on the server of the target', () => {
  it('prove and compare there, try nothing that its databases share, and leave nothing behind', async () => {
    await withProject('postgres', async (project) => {
      usersAndAddresses(project);
      project.migration(
        '003_role',
        "DO $$ BEGIN EXECUTE 'CREATE ROLE surefoot_never_made'; END $$;\n",
        'DROP ROLE surefoot_never_made;\n',
      );
      project.migration('004_pets', 'CREATE TABLE pets (id integer PRIMARY KEY);\n', 'DROP TABLE pets;\n');
      const config: Config = { databases: { main: { url: project.url, shadow: 'target' } } };
      await runAt(project.url, ['CREATE DATABASE surefoot_shadow_0badcafe_1']);
      const [found] = (await prove(config, project.options)).databases;
      const results = Object.entries(found?.versions ?? {}).map(([version, { result }]) => [version, result]);
      expect(results).toEqual([
        ['001', 'proven'],
        ['002', 'proven'],
        ['003', 'failed'],
        ['004', 'proven'],
      ]);
      const difference = found?.versions['003']?.differences[0];
      expect(difference?.detail).toContain('CREATE ROLE changes what all databases of a server share');
      expect(await project.query("SELECT 1 FROM pg_roles WHERE rolname = 'surefoot_never_made'")).toEqual([]);
      expect(await project.query(SHADOWS)).toEqual([]);
      await migrate(config, { ...project.options, to: '002' });
      const [drifted] = (await drift(config, project.options)).databases;
      expect([drifted?.source, drifted?.differences]).toEqual(['shadow', []]);
      expect(await project.query(SHADOWS)).toEqual([]);
    });
  });

  it('know what a statement changes for the whole server', () => {
    for (const text of [
      'CREATE ROLE a',
      '/* new */ create user a',
      'DROP TABLESPACE t',
      'ALTER SYSTEM SET work_mem = 1',
      'ALTER DATABASE d SET x = 1',
      'GRANT a TO b',
      'REVOKE a, b FROM c',
      'REASSIGN OWNED BY a TO b',
      "DO $$ BEGIN IF true THEN EXECUTE format('CREATE ROLE %I', 'x'); END IF; END $$",
      "COMMENT ON ROLE a IS 'x'",
    ])
      expect([text, clusterWide(text) !== null]).toEqual([text, true]);
    for (const text of [
      'GRANT SELECT ON t TO a',
      'REVOKE ALL ON SCHEMA s FROM PUBLIC',
      'CREATE USER MAPPING FOR a SERVER s',
      'CREATE TABLE role (user_group text)',
      "INSERT INTO t VALUES ('the role of a database')",
      'SET LOCAL ROLE a',
      '-- CREATE ROLE a\nSELECT 1',
      'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO a',
    ])
      expect([text, clusterWide(text)]).toEqual([text, null]);
  });
});
