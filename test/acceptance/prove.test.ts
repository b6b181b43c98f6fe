import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProofs, migrate, plan, type Config } from '../../src/index.ts';
import { SCHEMAS } from '../../scripts/schemas.mjs';
import { ENGINES, rejection, usersAndAddresses, withProject } from '../support/project.ts';
import { proofsOf, results } from '../support/proofs.ts';

describe.each(ENGINES)('prove on %s', (engine) => {
  it('records proofs that hold until a file changes, and that production can demand', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const strict: Config = { ...project.config, environments: { production: { requireProof: true } } };
      const production = { ...project.options, environment: 'production' };
      const refused = await rejection(migrate(strict, production));
      expect([refused.code, refused.exitCode]).toEqual(['proof-missing', 4]);
      expect(refused.message).toContain('001_users: there is no proof of it');
      const unproven = async (): Promise<readonly string[]> =>
        (await plan(project.config, project.options)).databases.flatMap(({ steps }) =>
          steps.flatMap(({ hazards }) =>
            hazards.filter(({ hazard }) => hazard === 'unproven').map((each) => each.message),
          ),
        );
      expect(await unproven()).toHaveLength(2);

      const proven = await proofsOf(project);
      expect(results(proven)).toEqual({ '001': 'proven', '002': 'proven' });
      expect(proven.unfilled).toEqual([]);
      const file: unknown = JSON.parse(readFileSync(join(project.root, 'verify', 'proofs.json'), 'utf8'));
      expect(SCHEMAS['proofs']?.safeParse(file).error).toBeUndefined();
      expect(await unproven()).toEqual([]);
      expect((await proofsOf(project)).versions).toEqual({});

      project.write(
        'rollbacks/002_address.sql',
        'DROP INDEX users_address;\nALTER TABLE users DROP COLUMN address; -- edited\n',
      );
      const [stale] = (await checkProofs(project.config, project.options)).databases;
      expect(stale?.versions['002']?.reason).toBe('its rollback changed since it was proven');
      expect(stale?.versions['001']?.reason).toBeNull();
      const again = await rejection(migrate(strict, production));
      expect(again.message).toContain('002_address: its rollback changed since it was proven');
      expect(again.message).not.toContain('001_users');

      project.write(
        'migrations/001_users.sql',
        'CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL); -- edited\n',
      );
      const [both] = (await checkProofs(project.config, project.options)).databases;
      expect(both?.versions['002']?.reason).toContain('an earlier migration changed');
      await proofsOf(project);
      const [run] = (await migrate(strict, production)).databases;
      expect(run?.steps.map(({ version }) => version)).toEqual(['001', '002']);
    });
  });

  it('ends with 1 for a finding, names the object, and --check sees it without a server', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('rollbacks/002_address.sql', 'DROP INDEX users_address;\n');
      const found = await project.run('prove', '--json');
      expect(found.code).toBe(1);
      const document: unknown = JSON.parse(found.out);
      expect(SCHEMAS['prove']?.safeParse(document).error).toBeUndefined();
      expect(found.out).toContain('"changed"');
      const checked = await project.run('prove', '--check', '--json');
      expect([checked.code, SCHEMAS['prove-check']?.safeParse(JSON.parse(checked.out)).error]).toEqual([1, undefined]);
      expect((await project.run('prove')).out).toContain(
        `different: table ${engine === 'sqlite' ? '' : 'public.'}users`,
      );
    });
  });

  it('judges each migration alone: later drops hide nothing, and one that fails does not stop the rest', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer PRIMARY KEY, x text);', 'DROP TABLE a;');
      project.migration('002_index', 'CREATE INDEX a_x ON a (x);', 'SELECT 1;');
      project.migration('003_broken', 'CREATE TABLE b (id integer PRIMARY KEY);', 'DROP TABLE nowhere;');
      project.migration(
        '004_c',
        'CREATE TABLE c (id integer PRIMARY KEY, b integer REFERENCES b (id));',
        'DROP TABLE c;',
      );
      project.migration(
        '005_no_way',
        '-- @irreversible b is of no use\nCREATE TABLE d (id integer PRIMARY KEY);',
        null,
      );
      project.migration(
        '006_never',
        'CREATE TABLE e (id integer PRIMARY KEY); INSERT INTO nowhere VALUES (1);',
        'DROP TABLE e;',
      );
      project.migration('007_f', 'CREATE TABLE f (id integer PRIMARY KEY);', 'DROP TABLE f;');
      const found = await proofsOf(project);
      expect(results(found)).toEqual({
        '001': 'proven',
        '002': 'differs',
        '003': 'failed',
        '004': 'proven',
        '005': 'irreversible',
        '006': 'failed',
        '007': 'proven',
      });
      expect(found.versions['003']?.differences[0]?.detail).toContain('rollbacks/003_broken.sql:1:');
      // It fails without any rows too, so no rows are to blame.
      expect(found.versions['003']?.notes).toEqual([]);
      expect(found.versions['006']?.differences[0]).toMatchObject({ phase: 'up', object: 'migrations/006_never.sql' });
    });
  });

  it('runs checks in both directions, those that hold on among them', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer PRIMARY KEY, x integer);', 'DROP TABLE a;');
      project.migration(
        '002_b',
        'CREATE TABLE b (id integer PRIMARY KEY);',
        'DROP TABLE b; DELETE FROM a;',
        '-- @check a keeps its rows\n-- @when rolled-back\n-- @expect rows >= 1\nSELECT id FROM a;\n',
      );
      const found = await proofsOf(project);
      expect(results(found)['002']).toBe('failed');
      expect(found.versions['002']?.differences[0]?.detail).toContain('a keeps its rows');
    });
  });
});
