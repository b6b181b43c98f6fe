import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { carriedBy, completeCommands } from '../../src/cli/complete-commands.ts';
import { migrate } from '../../src/index.ts';
import { commandsIn, filled, hintOf } from '../support/hinted.ts';
import { projectIn, runCli, usersAndAddresses, withProject, type Project } from '../support/project.ts';

/** A project that knows its database by what is typed only, with an applied migration that was edited since. */
async function edited(project: Project): Promise<void> {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
  project.write(
    'migrations/001_users.sql',
    'CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL); -- edited\n',
  );
}

describe('the next command carries what the command line carried', () => {
  it.concurrent.each([
    ['--url', (project: Project) => ['--url', project.url]],
    ['--url=', (project: Project) => [`--url=${project.url}`]],
    ['--config', () => ['--config', 'else/where it is.ts']],
    ['--env-file', () => ['--env-file', 'else/vars', '--config', 'else/by-variable.ts']],
    ['--env', () => ['--env', 'live', '--config', 'else/where it is.ts']],
  ] as const)('%s', async (_, flagsOf) => {
    await withProject('sqlite', async (project) => {
      await edited(project);
      const main = { migrations: '../migrations', rollbacks: '../rollbacks', verify: '../verify' };
      const config = { databases: { main: { ...main, url: project.url } }, environments: { live: {} } };
      project.write('else/where it is.ts', `export default ${JSON.stringify(config)};\n`);
      project.write(
        'else/by-variable.ts',
        `import { defineConfig, env } from 'surefoot';\nexport default defineConfig({ databases: { main: { ...${JSON.stringify(main)}, url: env('HINTED_URL') } } });\n`,
      );
      project.write('else/vars', `HINTED_URL=${project.url}\n`);
      project.remove('surefoot.config.ts');
      const flags = flagsOf(project);
      const refused = await project.run('migrate', ...flags);
      expect(refused.err).toContain('error modified');
      const [command] = commandsIn(hintOf(refused.err));
      const document = JSON.parse((await project.run('migrate', ...flags, '--json')).out) as {
        error: { hint: string };
      };
      expect(commandsIn(document.error.hint)[0]).toEqual(command);
      expect(await project.run(...filled(command ?? []))).toMatchObject({ code: 0, err: '' });
      expect(await project.run('migrate', ...flags)).toMatchObject({ code: 0 });
    });
  });

  it('and so does what a finding or a result names', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      project.remove('surefoot.config.ts');
      const made = await project.run('backup', '--url', project.url);
      const [restore] = commandsIn(made.out);
      const restored = await project.run(...(restore ?? []), '--yes');
      expect(restored).toMatchObject({ code: 0 });
      const [status] = commandsIn(restored.out);
      expect(await project.run(...(status ?? []))).toMatchObject({ code: 0 });
      const unproven = await project.run('prove', '--check', '--url', project.url);
      const [prove] = commandsIn(unproven.out);
      expect(await project.run(...(prove ?? []))).toMatchObject({ code: 0 });
      expect((await project.run('prove', '--check', '--url', project.url)).code).toBe(0);
    });
  });

  it('but never a password, and no line of a file', () => {
    const said = (args: readonly string[], text: string): string => completeCommands(text, carriedBy(args));
    expect(said(['--url', 'postgres://app:s3cret@db/x?sslpassword=s3cret'], 'Run surefoot status main.')).toBe(
      "Run surefoot status --url 'postgres://app:…@db/x?sslpassword=…' main.",
    );
    expect(said(['--env', 'live'], '12 | -- surefoot migrate\nsurefoot migrate x, or surefoot log keygen')).toBe(
      '12 | -- surefoot migrate\nsurefoot migrate --env live x, or surefoot log keygen',
    );
    expect(said(['--env=live'], 'surefoot release main --env live --take-over')).toBe(
      'surefoot release main --env live --take-over',
    );
    expect(said([], 'surefoot status')).toBe('surefoot status');
  });
});

describe('without a configuration', () => {
  it('init writes one, and the migration it names can be written and applied', async () => {
    await withProject('sqlite', async (above) => {
      const folder = join(above.root, 'new');
      mkdirSync(folder);
      const fresh = projectIn(folder, 'sqlite', 'sqlite:x.db');
      fresh.remove('surefoot.config.ts');
      above.remove('surefoot.config.ts');
      const refused = await fresh.run('status');
      expect(refused.err).toContain('error config-not-found');
      const [init] = commandsIn(hintOf(refused.err));
      const made = await runCli(folder, init ?? []);
      expect(made).toMatchObject({ code: 0 });
      const again = await runCli(folder, init ?? []);
      expect(again.err).toContain('error file-exists');
      for (const text of [made.out, hintOf(again.err)]) {
        const [write] = commandsIn(text);
        // Its version is the second in which it is written.
        await pause(1100);
        expect(await runCli(folder, filled(write ?? [], { '<slug>': `step_${String(text.length)}` }))).toMatchObject({
          code: 0,
        });
      }
      expect(await fresh.run('status')).toMatchObject({ code: 0 });
      expect(readFileSync(join(folder, 'surefoot.config.ts'), 'utf8')).toContain('DATABASE_URL');
    });
  });

  it('a file that is not there is named, and init not offered', async () => {
    await withProject('sqlite', async (here) => {
      const { err } = await here.run('status', '--config', 'nowhere.ts');
      expect(err).toContain('there is no file nowhere.ts');
      expect(commandsIn(hintOf(err))).toEqual([]);
      expect(await here.run('status')).toMatchObject({ code: 0 });
    });
  });
});
