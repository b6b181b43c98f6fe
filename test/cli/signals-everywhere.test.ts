import { describe, expect, it } from 'vitest';
import { log, status } from '../../src/index.ts';
import { connectTo } from '../support/connect-to.ts';
import { startCli } from '../support/kill-cli.ts';
import { withProject, type Project } from '../support/project.ts';

const A = 'CREATE TABLE a (id integer);\nINSERT INTO a VALUES (100);';

/** What a run is in the middle of when it is interrupted. */
const SCENES = [
  {
    what: 'a statement outside a transaction',
    engine: 'postgres',
    write: (project: Project): void => {
      project.migration(
        '002_slow',
        '-- @transaction none\nCREATE TABLE b (id integer);\nSELECT pg_sleep(id) FROM a;\nCREATE TABLE c (id integer);',
        'DROP TABLE b;',
      );
    },
    after: ['applied', 'failed'],
    edited: false,
  },
  {
    what: 'a TypeScript step',
    engine: 'postgres',
    write: (project: Project): void => typescript(project),
    after: ['applied', 'pending'],
    edited: true,
  },
  {
    what: 'a TypeScript step',
    engine: 'sqlite',
    write: (project: Project): void => typescript(project),
    after: ['applied', 'pending'],
    edited: true,
  },
  {
    what: 'many statements',
    engine: 'sqlite',
    write: (project: Project): void => {
      const rows = Array.from(
        { length: 40 },
        () =>
          'INSERT INTO b WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n;',
      );
      project.migration('002_slow', `CREATE TABLE b (id integer);\n${rows.join('\n')}`, 'DROP TABLE b;');
    },
    after: ['applied', 'pending'],
    edited: true,
  },
] as const;

function typescript(project: Project): void {
  project.write(
    'migrations/002_slow.ts',
    `import { defineMigration } from 'surefoot';
export default defineMigration({
  async run({ sql, progress, signal }) {
    await sql.script('CREATE TABLE b (id integer)');
    progress({ done: 1 });
    for (let turn = 0; turn < 600 && !signal.aborted; turn += 1) await new Promise((wake) => setTimeout(wake, 50));
  },
});
`,
  );
  project.write('rollbacks/002_slow.sql', 'DROP TABLE b;');
}

describe.each(SCENES)('a signal in the middle of $what on $engine', (scene) => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops it after the statement, aborts, gives the lock back and exits %i', async (signal, code) => {
    await withProject(scene.engine, async (project) => {
      project.migration('001_a', A, 'DROP TABLE a;');
      scene.write(project);
      const cli = startCli(project.root, ['migrate']);
      for (;;) {
        const found = (await status(project.config, project.options)).databases[0];
        const [first, second] = found?.migrations ?? [];
        if (first?.state === 'applied' && second?.state === scene.after[1] && found?.lock !== null) break;
        await new Promise((wake) => setTimeout(wake, 20));
      }
      await new Promise((wake) => setTimeout(wake, 100));
      cli.child.kill(signal);
      expect(await cli.ended).toBe(code);
      expect(cli.err()).toContain('error interrupted');
      const found = (await status(project.config, project.options)).databases[0];
      expect(found?.migrations.map((each) => each.state)).toEqual(scene.after);
      expect(found?.lock).toBeNull();
      const told = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(told?.chain).toMatchObject({ intact: true });
      if (scene.edited) {
        project.remove('migrations');
        project.migration('001_a', A, 'DROP TABLE a;');
        project.migration('002_slow', 'CREATE TABLE b (id integer);', 'DROP TABLE b;');
      } else {
        // A step that is in place in part must not be edited: it goes on with the file as it was.
        const sql = connectTo(project.url, 1);
        await sql`UPDATE a SET id = 0`;
        await sql.end();
      }
      const next = await project.run('migrate', '--lock-wait', '0', '--url', project.url);
      expect([next.code, next.err]).toEqual([0, expect.not.stringContaining('error')]);
    });
  });
});
