import { describe, expect, it } from 'vitest';
import { log, migrate, status } from '../../src/index.ts';
import { ENGINES, rejection, usersAndAddresses, withProject } from '../support/project.ts';

describe.each(ENGINES)('several runs at once on %s', (engine) => {
  it('apply every migration once, and all end well', async () => {
    await withProject(engine, async (project) => {
      for (let version = 1; version <= 8; version += 1) {
        project.migration(
          `00${String(version)}_t`,
          `CREATE TABLE t${String(version)} (id integer);`,
          `DROP TABLE t${String(version)};`,
        );
      }
      const finished = await Promise.all(Array.from({ length: 8 }, async () => project.run('migrate', '--json')));
      expect(finished.map((each) => each.code)).toEqual(Array.from({ length: 8 }, () => 0));
      const steps = finished.flatMap(
        (each) => (JSON.parse(each.out) as { databases: { steps: { name: string }[] }[] }).databases[0]?.steps ?? [],
      );
      expect(steps.map((step) => step.name).sort()).toEqual(
        Array.from({ length: 8 }, (_, index) => `00${String(index + 1)}_t`),
      );
      const told = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(told?.chain).toMatchObject({ intact: true });
    });
  });

  it('wait for each other up to --lock-wait, telling who holds the lock', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write(
        'migrations/003_slow.ts',
        "import { existsSync } from 'node:fs';\nimport { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ progress }) {\n  progress({ done: 1 });\n  for (let waited = 0; waited < 900 && !existsSync('" +
          project.root +
          "/go-on'); waited += 1) await new Promise((wake) => setTimeout(wake, 100));\n} });\n",
      );
      project.write('rollbacks/003_slow.sql', 'SELECT 1;');
      let begun: (() => void) | null = null;
      const running = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const first = migrate(project.config, {
        ...project.options,
        onEvent: (event) => (event.type === 'progress' ? begun?.() : undefined),
      });
      await running;
      const impatient = await project.run('migrate', '--lock-wait', '200ms');
      expect(impatient.code).toBe(4);
      expect(impatient.err).toContain('error locked');
      expect(impatient.err).toMatch(/is locked by migrate [\da-f]{8} of .+@.+ \(pid \d+/u);
      expect(impatient.err).toContain('--lock-wait');
      expect((await status(project.config, project.options)).databases[0]?.migrations.length).toBe(3);
      const waiting = migrate(project.config, project.options);
      project.write('go-on', 'now');
      const patient = await waiting;
      expect(patient.databases[0]?.outcome).toBe('nothing to do');
      await first;
    });
  });

  it('name a run that was killed, and go on after it', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, { ...project.options, to: '001' });
      project.write(
        'migrations/002_address.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ async run({ sql }) {\n  await sql.script('ALTER TABLE users ADD COLUMN address text; CREATE INDEX users_address ON users (address)');\n  if (process.env.KILL_ME) process.kill(process.pid, 'SIGKILL');\n} });\n",
      );
      project.remove('migrations/002_address.sql');
      const { runCli } = await import('../support/project.ts');
      const killed = await runCli(project.root, ['migrate'], { KILL_ME: '1' });
      expect(killed.code).not.toBe(0);
      expect(
        (await status(project.config, project.options)).databases[0]?.migrations.map((each) => each.state),
      ).toEqual(['applied', 'pending']);
      await migrate(project.config, project.options);
      const runs = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(runs?.chain).toMatchObject({ intact: true });
      expect(runs?.runs.map((run) => run.outcome)).toEqual(['succeeded', 'interrupted', 'succeeded']);
    });
  });

  it('refuse a rollback nobody confirmed', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const refused = await project.run('rollback');
      expect(refused.code).toBe(4);
      expect(refused.err).toContain('confirmation-absent');
      expect((await project.run('rollback', '--yes')).code).toBe(0);
      const error = await rejection(
        migrate(
          { ...project.config, environments: { production: { confirm: true } } },
          { ...project.options, environment: 'production', confirm: async () => Promise.resolve(false) },
        ),
      );
      expect(error.code).toBe('confirmation-absent');
    });
  });
});
