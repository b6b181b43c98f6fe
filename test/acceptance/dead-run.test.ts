import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { log, migrate } from '../../src/index.ts';
import { startCli } from '../support/kill-cli.ts';
import { ENGINES, withProject, type Project } from '../support/project.ts';

const SLOW = `import { defineMigration } from 'surefoot';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
export default defineMigration({
  async run({ sql }) {
    await sql.query('CREATE TABLE slow (id integer)');
    while (!existsSync('go-on')) await pause(20);
  },
});
`;

const outcomes = async (project: Project): Promise<readonly string[]> =>
  (await log(project.config, project.options)).databases.flatMap(({ runs }) => runs.map(({ outcome }) => outcome));

const until = async (project: Project, wanted: string): Promise<void> => {
  while ((await outcomes(project)).at(-1) !== wanted) await pause(50);
};

describe.each(ENGINES)('a run that was killed, on %s', (engine) => {
  it('is running while it runs, and shown as interrupted before the next run writes its end', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_first', 'CREATE TABLE first (id integer);', 'DROP TABLE first;');
      await migrate(project.config, project.options);
      project.write('migrations/002_slow.ts', SLOW);
      project.write('rollbacks/002_slow.sql', 'DROP TABLE slow;');
      const run = startCli(project.root, ['migrate']);
      await until(project, 'running');
      run.child.kill('SIGKILL');
      await run.ended;
      await until(project, 'interrupted');
      project.write('go-on', '');
      await project.run('migrate');
      expect(await outcomes(project)).toEqual(['succeeded', 'interrupted', 'succeeded']);
    });
  });
});
