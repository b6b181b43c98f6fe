import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ENGINES, runCli, usersAndAddresses, withProject, type Project } from '../support/project.ts';
import { runInTerminal } from '../support/terminal.ts';

const ESCAPE = String.fromCodePoint(27);

/** Says that it is there, and waits until it may go on. */
const WAITING = `import { existsSync, writeFileSync } from 'node:fs';
import { defineMigration } from 'surefoot';
export default defineMigration({
  async run({ sql }) {
    await sql.script('CREATE TABLE waited (id integer)');
    writeFileSync('here', '');
    while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20));
  },
});
`;

function prepare(project: Project): void {
  usersAndAddresses(project);
  project.write(
    'verify/checklist.md',
    '- [ ] The backend is stopped @owner(operations)\n      docker-compose stop backend\n- [ ] Friends know @optional\n<!-- @stage after -->\n- [ ] It is read: `surefoot status`\n- [ ] Users tried it\n',
  );
}

async function versions(project: Project): Promise<readonly string[]> {
  const { out } = await project.run('status', '--json');
  const document = JSON.parse(out) as {
    databases: { migrations: { version: string; state: string }[] }[];
  };
  return (
    document.databases[0]?.migrations.filter(({ state }) => state === 'applied').map(({ version }) => version) ?? []
  );
}

describe.each(ENGINES)('release at a terminal on %s', (engine) => {
  it('is guided, left, taken up again, and takes everything back', async () => {
    await withProject(engine, async (project) => {
      prepare(project);
      const first = runInTerminal(project.root, ['release']);
      await first.shows('The backend is stopped');
      await first.shows('docker-compose stop backend');
      await first.shows('g give up: ');
      first.types('y\r');
      await first.shows('signed by');
      first.types('Ana\r');
      await first.shows('note: ');
      first.types('both nodes\r');
      await first.shows('signed by Ana: both nodes');
      await first.shows('Friends know');
      await first.shows('s pass over');
      await first.shows(': ');
      first.types('q\r');
      await first.shows('surefoot release main');
      expect(await first.ends()).toBe(0);
      expect(await versions(project)).toEqual([]);

      const second = runInTerminal(project.root, ['release'], { columns: 200 });
      await second.shows('r resume, q leave it, g give it up: ');
      second.types('r\r');
      await second.shows('signed by Ana: both nodes (settled before)');
      await second.shows('s pass over');
      await second.shows(': ');
      second.types('s\r');
      await second.shows('why: ');
      second.types('on holiday\r');
      await second.shows('Type yes to go on');
      await second.shows(': ');
      second.types('yes\r');
      await second.shows('2 migrations applied, 2 checks passed');
      await second.shows('Users tried it');
      await second.shows('give up: ');
      second.types('n\r');
      await second.shows(': ');
      second.types('Ben\r');
      await second.shows('note: ');
      second.types('the page is empty\r');
      await second.shows('Roll back now');
      await second.shows('(recommended)');
      await second.shows('surefoot rollback main --to 0');
      await second.shows('1, 2, 3, 4 or q: ');
      second.types('2\r');
      await second.shows('2 migrations rolled back, nothing is applied');
      expect(await second.ends()).toBe(1);
      expect(await versions(project)).toEqual([]);
      const { out } = await project.run('checklist');
      expect(out).toContain('failed 20');
      expect(out).toContain('**absent** passed over: on holiday');
    });
  });

  it('survives being killed while it waits, and can be given up with the way back', async () => {
    await withProject(engine, async (project) => {
      prepare(project);
      await project.run('migrate', '--to', '001');
      const first = runInTerminal(project.root, ['release']);
      await first.shows('The backend is stopped');
      await first.shows('give up: ');
      first.types('y\r');
      await first.shows('signed by');
      first.types('\r');
      await first.shows('note: ');
      first.types('\r');
      await first.shows('Friends know');
      await first.shows('give up: ');
      first.types('s\r');
      await first.shows('why: ');
      first.types('\r');
      await first.shows('Type yes to go on');
      await first.shows(': ');
      first.types('yes\r');
      await first.shows('Users tried it');
      await first.shows('give up: ');
      first.kill();
      await first.ends();
      expect(await versions(project)).toEqual(['001', '002']);

      const second = runInTerminal(project.root, ['release'], { env: { NO_COLOR: '1' } });
      await second.shows('g give it up: ');
      second.types('r\r');
      await second.shows('1 migration applied');
      await second.shows('(settled before)');
      await second.shows('Users tried it');
      await second.shows('give up: ');
      second.types('g\r');
      await second.shows('The way back:');
      await second.shows('surefoot rollback main --to 001');
      await second.shows('or q: ');
      second.types('1\r');
      await second.shows('was given up');
      expect(await second.ends()).toBe(0);
      expect(await versions(project)).toEqual(['001']);
      expect(second.text()).not.toMatch(new RegExp(`${ESCAPE}\\[\\d+m`, 'u'));
      const lines = stripVTControlCharacters(second.text()).split(/\r*\n/u);
      // A URL is one word, and stays whole to be copied.
      const wide = lines.filter((line) => line.length > 80 && !line.includes(project.url.slice(0, 12)));
      expect(wide).toEqual([]);
    });
  });
});

describe.each(ENGINES)('release without a terminal on %s', (engine) => {
  it('killed while it migrates, goes on from there', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      project.write('verify/checklist.md', '- [ ] One\n');
      project.write('migrations/003_wait.ts', WAITING);
      project.write('rollbacks/003_wait.sql', 'DROP TABLE waited;\n');
      const first = runInTerminal(project.root, ['release', '--yes', '--sign', 'Ben']);
      await first.shows('003_wait');
      while (!existsSync(join(project.root, 'here'))) await pause(20);
      first.kill();
      await first.ends();
      project.write('go', '');
      const second = await project.run('release', '--yes', '--json');
      expect(second.code).toBe(0);
      const [result] = (
        JSON.parse(second.out) as { databases: { outcome: string; items: { id: string; detail: string }[] }[] }
      ).databases;
      expect(result?.outcome).toBe('succeeded');
      expect(result?.items.find(({ id }) => id === 'migrate')?.detail).toContain('1 migration applied');
      expect(await versions(project)).toEqual(['001', '002', '003']);
      const { out } = await project.run('log');
      expect(out).toContain('interrupted');
    });
  });

  it('interrupted while it migrates, notes what became of that and leaves the release to the next one', async () => {
    await withProject(engine, async (project) => {
      project.write('migrations/003_wait.ts', WAITING);
      project.write('rollbacks/003_wait.sql', 'DROP TABLE waited;\n');
      const first = runInTerminal(project.root, ['release', '--yes']);
      while (!existsSync(join(project.root, 'here'))) await pause(20);
      first.types('\u0003');
      await pause(300);
      project.write('go', '');
      expect(await first.ends()).toBe(130);
      const { databases } = JSON.parse((await project.run('checklist', '--json')).out) as {
        databases: { release: { outcome: string; walker: unknown }; items: { id: string; state: string }[] }[];
      };
      expect(databases[0]?.release).toMatchObject({ outcome: 'open', walker: null });
      expect(databases[0]?.items.find(({ id }) => id === 'migrate')?.state).toBe('failed');
      const journal = await project.run('log', '--format', 'jsonl');
      expect(journal.out).toContain('"event":"release-left"');
      expect((await project.run('release', '--yes')).code).toBe(0);
    });
  });

  it('ends with an exit code that says why, and names the next command', async () => {
    await withProject(engine, async (project) => {
      prepare(project);
      const refused = await project.run('release');
      expect([refused.code, refused.out]).toEqual([4, expect.stringContaining('--yes --sign "name"') as string]);
      expect((await project.run('release', '--sign', 'Ben', '--on-failure', 'pray')).code).toBe(2);
      const { out: list } = await project.run('checklist', '--blank');
      project.write(
        'answers.md',
        list
          .replace('stopped (owner: operations) <!-- list/the-backend-is-stopped -->', 'x')
          .replaceAll('- [ ]', '- [x]'),
      );
      const partly = await project.run('release', '--answers', 'answers.md', '--sign', 'Ben');
      expect([partly.code, partly.out]).toEqual([4, expect.stringContaining('The backend is stopped') as string]);
      // The path counts from where the person stands.
      project.write('deep/answers.md', list.replaceAll('- [ ]', '- [x]'));
      const done = await runCli(join(project.root, 'deep'), ['release', '--answers', 'answers.md', '--sign', 'Ben']);
      expect([done.code, done.out]).toEqual([0, expect.stringContaining('succeeded') as string]);
      const { out: record } = await project.run('checklist');
      expect(record).toContain('- signed by: Ben');
      expect(record).toContain('It is read (automatic): 2 migrations: 2 applied');
      project.write('answers.md', record);
      const again = await project.run('release', '--answers', 'answers.md');
      expect([again.code, again.err]).toEqual([2, expect.stringContaining('not the open one') as string]);
    });
  });
});
