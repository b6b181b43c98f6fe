import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { migrate, prove, redo, status, type Config } from '../../src/index.ts';
import { ENGINES, rejection, usersAndAddresses, withProject, type Project } from '../support/project.ts';

async function proven(project: Project, input: object): Promise<readonly string[]> {
  const [found] = (await prove(project.config, { ...project.options, ...input })).databases;
  return Object.keys(found?.versions ?? {});
}

function threeVersions(project: Project): void {
  usersAndAddresses(project);
  project.migration('003_pets', 'CREATE TABLE pets (id integer PRIMARY KEY);\n', 'DROP TABLE pets;\n');
}

const withEnvironment = (project: Project, strict: NonNullable<Config['environments']>[string]): Config => ({
  ...project.config,
  environments: { strict },
});

describe.each(ENGINES)('which migrations are proven on %s', (engine) => {
  it('those with files that differ from a git reference; an edited migration makes all later ones stale', async () => {
    await withProject(engine, async (project) => {
      threeVersions(project);
      const git = (...args: readonly string[]): void => {
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: project.root });
      };
      git('init', '--quiet');
      git('add', '.');
      git('commit', '--quiet', '--message', 'one');
      const changedSince = 'HEAD';
      expect(await proven(project, { changedSince })).toEqual([]);
      project.write('rollbacks/001_users.sql', 'DROP TABLE users; -- edited\n');
      expect(await proven(project, { changedSince })).toEqual(['001']);
      project.migration('004_new', 'CREATE TABLE toys (id integer PRIMARY KEY);\n', 'DROP TABLE toys;\n');
      expect(await proven(project, { changedSince })).toEqual(['001', '004']);
      project.write('migrations/002_address.sql', 'ALTER TABLE users ADD COLUMN address text;\nSELECT 1;\n');
      project.write('rollbacks/002_address.sql', 'ALTER TABLE users DROP COLUMN address;\n');
      expect(await proven(project, { changedSince })).toEqual(['001', '002', '003', '004']);
      const unknown = await rejection(prove(project.config, { ...project.options, changedSince: 'no-such-branch' }));
      expect([unknown.exitCode, unknown.message]).toEqual([2, expect.stringContaining('no-such-branch')]);
    });
  });

  it('those the database has not applied', async () => {
    await withProject(engine, async (project) => {
      threeVersions(project);
      if (engine === 'sqlite') expect(await proven(project, { pending: true })).toEqual(['001', '002', '003']);
      await migrate(project.config, { ...project.options, step: 2 });
      expect(await proven(project, { pending: true })).toEqual(['003']);
      await migrate(project.config, project.options);
      expect(await proven(project, { pending: true })).toEqual([]);
    });
  });
});

describe.each(ENGINES)('what an environment demands of proofs on %s', (engine) => {
  it('takes a rollback that restores all but layout only where it says so, and then warns', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer PRIMARY KEY, b text, c text);\n', 'DROP TABLE a;\n');
      project.migration(
        '002_drop_b',
        '-- @allow deletes kept apart\nCREATE TABLE kept AS SELECT id, b FROM a;\nALTER TABLE a DROP COLUMN b;\n',
        'ALTER TABLE a ADD COLUMN b text;\nUPDATE a SET b = (SELECT kept.b FROM kept WHERE kept.id = a.id);\nDROP TABLE kept;\n',
      );
      const [found] = (await prove(project.config, project.options)).databases;
      expect([found?.findings, found?.versions['002']?.result]).toEqual([0, 'equivalent']);
      expect(found?.versions['002']?.differences.map(({ kind }) => kind)).toEqual(['column-order']);
      const options = { ...project.options, environment: 'strict' };
      const refused = await rejection(migrate(withEnvironment(project, { requireProof: true }), options));
      expect([refused.code, refused.exitCode]).toEqual(['proof-missing', 4]);
      expect(refused.message).toContain('002_drop_b: its rollback restores everything but layout (equivalent)');
      expect(refused.message).not.toContain('001_a');
      const warnings: string[] = [];
      const [run] = (
        await migrate(withEnvironment(project, { requireProof: true, acceptEquivalent: true }), {
          ...options,
          onEvent: (event) => {
            if (event.type === 'message' && event.level === 'warn') warnings.push(event.text);
          },
        })
      ).databases;
      expect(run?.steps.map(({ version }) => version)).toEqual(['001', '002']);
      expect(warnings.join()).toContain('002_drop_b: its rollback restores everything but layout');
    });
  });

  it('holds for redo too, before anything is taken back', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const config = withEnvironment(project, { requireProof: true });
      const options = { ...project.options, environment: 'strict' };
      const refused = await rejection(redo(config, options));
      expect([refused.code, refused.exitCode]).toEqual(['proof-missing', 4]);
      expect(refused.message).toContain('002_address: there is no proof of it');
      const [now] = (await status(project.config, project.options)).databases;
      expect(now?.migrations.map(({ state }) => state)).toEqual(['applied', 'applied']);
      await prove(project.config, project.options);
      const [done] = (await redo(config, options)).databases;
      expect(done?.up.steps.map(({ version }) => version)).toEqual(['002']);
    });
  });
});
