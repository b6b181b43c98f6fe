import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import { commandsIn, hintOf, optionsIn } from '../support/hinted.ts';
import { appliedVersions, twoDatabases } from '../support/hint-row.ts';
import { startCli } from '../support/kill-cli.ts';
import { runCli, usersAndAddresses, withProject, type Project } from '../support/project.ts';

/** A step that says that it is there, and waits until it may go on. */
const WAITS = `import { existsSync, writeFileSync } from 'node:fs';
import { defineMigration } from 'surefoot';
export default defineMigration({
  async run({ sql, signal }) {
    await sql.script('CREATE TABLE waited (id integer)');
    writeFileSync('here', '');
    while (!existsSync('go') && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 20));
  },
});
`;

/** Lends a project in which a run stands in version 003. */
async function whileRunning(
  work: (project: Project, run: ReturnType<typeof startCli>) => Promise<void>,
): Promise<void> {
  await withProject('sqlite', async (project) => {
    twoDatabases(project);
    usersAndAddresses(project);
    await migrate(project.config, project.options);
    project.write('migrations/003_waits.ts', WAITS);
    project.write('rollbacks/003_waits.sql', 'DROP TABLE waited;\n');
    const run = startCli(project.root, ['migrate', 'main']);
    try {
      while (!existsSync(join(project.root, 'here'))) await pause(20);
      await work(project, run);
    } finally {
      project.write('go', '');
      await run.ended;
    }
  });
}

describe.concurrent('while another run is under way', () => {
  it('locked: with more time it waits for it', async () => {
    await whileRunning(async (project, run) => {
      const { code, err } = await project.run('migrate', 'main', '--lock-wait', '0s');
      expect([code, err]).toEqual([4, expect.stringContaining('error locked')]);
      const [option = ''] = optionsIn(`${hintOf(err).replace(/\.$/u, '')} 1s`, 'migrate');
      const waiting = project.run('migrate', 'main', option, '60s');
      project.write('go', '');
      expect(await run.ended).toBe(0);
      expect(await waiting).toMatchObject({ code: 0, out: expect.stringContaining('nothing to do') });
    });
  });

  it('plan-changed: the plan of now, and the command again', async () => {
    await whileRunning(async (project, run) => {
      const waiting = startCli(project.root, ['rollback', 'main', '--yes']);
      while (!waiting.err().includes('waiting')) await pause(20);
      project.write('go', '');
      expect([await run.ended, await waiting.ended]).toEqual([0, 4]);
      expect(waiting.err()).toContain('error plan-changed');
      const shown = await project.run(...(commandsIn(hintOf(waiting.err()))[0] ?? []));
      expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('↓ 003_waits') });
      expect(await project.run('rollback', 'main', '--yes')).toMatchObject({ code: 0 });
      expect(await appliedVersions(project)).toEqual(['001', '002']);
    });
  });

  it('interrupted: the command again goes on', async () => {
    await whileRunning(async (project, run) => {
      run.child.kill('SIGINT');
      expect(await run.ended).toBe(130);
      expect(run.err()).toContain('error interrupted');
      expect(hintOf(run.err())).toMatch(/^Run the command again/u);
      expect(await appliedVersions(project)).toEqual(['001', '002']);
      project.write('go', '');
      expect(await project.run('migrate', 'main')).toMatchObject({ code: 0 });
      expect(await appliedVersions(project)).toEqual(['001', '002', '003']);
    });
  });
});

describe.concurrent('a release', () => {
  const opened = async (work: (project: Project) => Promise<void>): Promise<void> => {
    await withProject('sqlite', async (project) => {
      twoDatabases(project, { environments: { live: { twoPersons: true } } });
      usersAndAddresses(project);
      project.write('verify/checklist.md', '- [ ] The backend is stopped\n');
      await work(project);
    });
  };

  it('that waits for a signature names what signs it, and what ends it', async () => {
    await opened(async (project) => {
      const stopped = await project.run('release', 'main', '--yes');
      const commands = commandsIn(stopped.out);
      const sign = commands.find((words) => words.includes('--sign'));
      const end = commands.find((words) => words.includes('--give-up'));
      expect(await project.run(...(sign ?? []))).toMatchObject({ code: 0 });
      expect(await appliedVersions(project)).toEqual(['001', '002']);
      expect((await project.run(...(end ?? []))).err).toContain('error release-absent');
      project.migration('003_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
      await project.run('release', 'main', '--yes');
      expect(await project.run(...(end ?? []))).toMatchObject({ out: expect.stringContaining('given up') });
    });
  });

  it('whose walker is gone is taken over as it says', async () => {
    await opened(async (project) => {
      project.write('migrations/003_waits.ts', WAITS);
      project.write('rollbacks/003_waits.sql', 'DROP TABLE waited;\n');
      const walk = startCli(project.root, ['release', 'main', '--yes', '--sign', 'Ana', '--env', 'live']);
      while (!existsSync(join(project.root, 'here'))) await pause(20);
      const held = await project.run('release', 'main', '--env', 'live', '--yes', '--lock-wait', '0s');
      expect(held.err).toContain('error release-held');
      const taking = startCli(project.root, commandsIn(hintOf(held.err))[0] ?? []);
      while (!taking.err().includes('taken up again')) await pause(20);
      project.write('go', '');
      expect([await walk.ended, await taking.ended]).toEqual([4, 0]);
      expect(walk.err()).toMatch(/error release-held: .+ has taken over release/u);
      const list = await project.run(...(commandsIn(hintOf(walk.err()))[0] ?? []));
      expect(list).toMatchObject({ code: 0, out: expect.stringContaining('[x] The backend is stopped') });
      expect(await appliedVersions(project)).toEqual(['001', '002', '003']);
    });
  });

  it('second-person: another one signs, or runs it', async () => {
    await opened(async (project) => {
      const typed = ['release', 'main', '--env', 'live', '--yes', '--sign'];
      const first = await runCli(project.root, [...typed, 'Ana'], { SUREFOOT_OPERATOR: 'Ana' });
      expect(first.err).toContain('error second-person');
      const [option, variable] = /(--sign) .+ (SUREFOOT_\w+)\.$/u.exec(hintOf(first.err))?.slice(1) ?? [];
      expect(option).toBe('--sign');
      expect(await runCli(project.root, [...typed, 'Ana'], { [variable ?? '']: 'Ben' })).toMatchObject({ code: 0 });
    });
  });
});
