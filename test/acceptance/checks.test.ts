import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { migrate, verify } from '../../src/index.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';

interface Case {
  readonly expect: string;
  readonly passes: string;
  readonly fails: string;
  /** What the failure shows as actual. */
  readonly shows: string | RegExp;
  readonly only?: Project['engine'];
}

const TWO = "SELECT * FROM (SELECT 1 AS id, 'a' AS name UNION ALL SELECT 2, 'b') AS two ORDER BY id";

const CASES: readonly Case[] = [
  { expect: 'rows = 0', passes: 'SELECT id FROM items WHERE id < 0', fails: TWO, shows: 'rows = 2' },
  { expect: 'rows >= 2', passes: TWO, fails: 'SELECT 1 AS one', shows: 'rows = 1' },
  { expect: 'rows <> 1', passes: TWO, fails: 'SELECT 1 AS one', shows: 'rows = 1' },
  {
    expect: 'rows = 1',
    passes: "UPDATE items SET name = 'x' WHERE id = 1",
    fails: "UPDATE items SET name = 'x'",
    shows: 'rows = 2',
  },
  { expect: 'value = 4', passes: "SELECT '4.00' AS four", fails: 'SELECT 5 AS five', shows: 'value = 5' },
  { expect: 'value >= 10', passes: 'SELECT 11 AS n', fails: 'SELECT 9 AS n', shows: 'value = 9' },
  { expect: 'value = true', passes: 'SELECT 1 = 1 AS yes', fails: 'SELECT 1 = 2 AS no', shows: /value = (?:false|0)/u },
  { expect: 'value = null', passes: 'SELECT NULL AS absent', fails: "SELECT '' AS empty", shows: 'value = ' },
  {
    expect: 'value = caps-automotive',
    passes: "SELECT 'caps-automotive' AS tenant",
    fails: "SELECT 'other' AS tenant",
    shows: 'value = other',
  },
  { expect: 'value = 1', passes: 'SELECT 1 AS one', fails: TWO, shows: '2 rows where one value was expected' },
  {
    expect: 'every n = 0',
    passes: 'SELECT 0 AS n UNION ALL SELECT 0',
    fails: 'SELECT 0 AS n UNION ALL SELECT 7',
    shows: '1 of 2 rows differ',
  },
  { expect: 'every n = 0', passes: 'SELECT 0 AS n', fails: 'SELECT 0 AS m', shows: 'no column n in m' },
  {
    expect: 'result = [{"id":1,"name":"a"},{"id":2,"name":"b"}]',
    passes: TWO,
    fails: "SELECT 1 AS id, 'z' AS name",
    shows: '[{"id":1,"name":"z"}]',
  },
  {
    expect: 'error SQLITE_CONSTRAINT_PRIMARYKEY',
    passes: "INSERT INTO items VALUES (1, 'again')",
    fails: "INSERT INTO items VALUES (9, 'new')",
    shows: 'no error',
    only: 'sqlite',
  },
  {
    expect: 'error SQLITE_CONSTRAINT',
    passes: 'INSERT INTO items VALUES (9, NULL)',
    fails: 'SELECT nonsense',
    shows: 'no such column',
    only: 'sqlite',
  },
  {
    expect: 'error 23505',
    passes: "INSERT INTO items VALUES (1, 'again')",
    fails: "INSERT INTO items VALUES (9, 'new')",
    shows: 'no error',
    only: 'postgres',
  },
  {
    expect: 'error 42501',
    passes: 'DO $$ BEGIN RAISE insufficient_privilege; END $$',
    fails: 'SELECT 1/0',
    shows: 'error 22012',
    only: 'postgres',
  },
  {
    expect: 'plan uses index items_name',
    passes: "SELECT id FROM items WHERE name = 'a'",
    fails: 'SELECT id FROM items WHERE id + 0 = 1',
    shows: /no index|indexes/u,
    only: 'sqlite',
  },
  {
    expect: 'plan has no seq scan on items',
    passes: 'SELECT 1 AS one',
    fails: 'SELECT * FROM items WHERE id + 0 = 1',
    shows: 'sequential scan on items',
  },
  { expect: 'median < 10 s', passes: TWO, fails: 'SELECT nonsense', shows: /error/u },
];

function items(project: Project, verifyScript: string): void {
  project.migration(
    '001_items',
    "CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL); CREATE INDEX items_name ON items (name); INSERT INTO items VALUES (1, 'a'), (2, 'b');",
    'DROP TABLE items;',
    verifyScript,
  );
}

describe.each(ENGINES)('expectations on %s', (engine) => {
  const cases = CASES.filter((each) => each.only === undefined || each.only === engine);

  it('pass where they should', async () => {
    await withProject(engine, async (project) => {
      items(
        project,
        cases
          .map((each, index) => `-- @check number ${String(index)}\n-- @expect ${each.expect}\n${each.passes};\n`)
          .join('\n'),
      );
      await migrate(project.config, project.options);
      const [result] = (await verify(project.config, project.options)).databases;
      expect(result?.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
      expect(result?.passed).toBe(cases.length);
      // They wrote, and nothing stays.
      expect(await project.query('SELECT id, name FROM items ORDER BY id')).toEqual([
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ]);
    });
  });

  it('fail where they should, showing what was found', async () => {
    await withProject(engine, async (project) => {
      items(
        project,
        cases
          .map(
            (each, index) =>
              `-- @check number ${String(index)}\n-- @severity warning\n-- @expect ${each.expect}\n${each.fails};\n`,
          )
          .join('\n'),
      );
      await migrate(project.config, project.options);
      const [result] = (await verify(project.config, project.options)).databases;
      expect(result?.checks.map((check) => check.outcome)).toEqual(cases.map(() => 'failed'));
      for (const [index, each] of cases.entries()) expect(result?.checks[index]?.actual).toMatch(each.shows);
    });
  });

  it('compare times with before the change', async () => {
    await withProject(engine, async (project) => {
      const slow =
        engine === 'postgres'
          ? 'SELECT pg_sleep(0.02)'
          : 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT count(*) FROM n';
      project.migration(
        '001_a',
        'CREATE TABLE a (id integer);',
        'DROP TABLE a;',
        `-- @check steady\n-- @when before\n-- @expect rows = 1\n${slow};\n\n-- @check steady\n-- @expect within 400% of before\n${slow};\n`,
      );
      await migrate(project.config, project.options);
      project.migration(
        '002_b',
        'CREATE TABLE b (id integer);',
        'DROP TABLE b;',
        `-- @check slower\n-- @when before\n-- @expect rows = 1\nSELECT 1;\n\n-- @check slower\n-- @expect within 10% of before\n${slow};\n`,
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('check-failed');
      expect(error.message).toMatch(/actual {4}median .+ ms, before .+ ms/u);
    });
  });

  it('allow for a machine that has become slower meanwhile, and not for a query that has', async () => {
    await withProject(engine, async (project) => {
      const counted = (rows: number): string =>
        engine === 'postgres'
          ? `SELECT count(*) FROM generate_series(1, ${String(rows)}) AS s(n) WHERE n % 7 <> 3`
          : `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${String(rows)}) SELECT count(*) FROM n WHERE i % 7 <> 3`;
      const rows = engine === 'postgres' ? 50_000 : 20_000;
      // They take a good part of the processors' time while the check is made, as other work would.
      const burners = availableParallelism() * 2;
      const burn = `import { spawn } from 'node:child_process';\nimport { defineMigration } from 'surefoot';\nexport default defineMigration({ run: async ({ sql }) => {\n  await sql\`CREATE TABLE a (id integer)\`;\n  for (let n = 0; n < ${String(burners)}; n += 1) spawn(process.execPath, ['-e', 'const end = Date.now() + 5000; while (Date.now() < end);'], { stdio: 'ignore' }).unref();\n  await new Promise((resolve) => setTimeout(resolve, 1000));\n} });\n`;
      project.write('migrations/001_a.ts', burn);
      project.write('rollbacks/001_a.sql', 'DROP TABLE a;\n');
      const timed = (after: number): string =>
        `-- @check pairs\n-- @when before\n-- @expect rows = 1\n${counted(rows)};\n\n-- @check pairs\n-- @expect within 50% of before\n${counted(after)};\n`;
      project.write('verify/001_a.sql', timed(rows * 12));
      expect((await rejection(migrate(project.config, project.options))).message).toMatch(
        /actual {4}median .+ ms, before .+ ms/u,
      );
      await new Promise((resolve) => setTimeout(resolve, 4_500));
      project.write('verify/001_a.sql', timed(rows));
      const [result] = (await migrate(project.config, project.options)).databases;
      expect(result?.steps[0]?.checks.at(-1)).toMatchObject({ outcome: 'passed' });
      // A server of its own may get its time in spite of them.
      if (engine === 'sqlite') expect(result?.steps[0]?.checks.at(-1)?.actual).toContain('on a machine then');
    });
  });

  it('are asked at the right time', async () => {
    await withProject(engine, async (project) => {
      const table = (name: string): string =>
        engine === 'sqlite'
          ? `SELECT count(*) FROM sqlite_schema WHERE name = '${name}'`
          : `SELECT count(*) FROM pg_class WHERE relname = '${name}'`;
      project.migration(
        '001_a',
        'CREATE TABLE a (id integer);',
        'DROP TABLE a;',
        `-- @check a is not there yet\n-- @when before\n-- @expect value = 0\n${table('a')};\n\n-- @check only in its step\n-- @when step\n-- @expect value = 0\n${table('b')};\n\n-- @check there is never a c\n-- @when always\n-- @expect value = 0\n${table('c')};\n\n-- @check no b until 002\n-- @until 001\n-- @expect value = 0\n${table('b')};\n\n-- @check a is gone\n-- @when rolled-back\n-- @expect value = 0\n${table('a')};\n`,
      );
      project.migration('002_b', 'CREATE TABLE b (id integer);', 'DROP TABLE b;');
      project.migration('003_c', 'CREATE TABLE c (id integer);', 'DROP TABLE c;');
      const error = await rejection(migrate(project.config, project.options));
      expect(error.message).toContain('there is never a c');
      const [result] = (await verify(project.config, project.options)).databases;
      expect(result?.checks.map((check) => check.name)).toEqual(['there is never a c']);
      expect(result?.absent).toEqual(['002']);
    });
  });

  it('hold as invariants after every version', async () => {
    await withProject(engine, async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      project.migration('002_b', 'INSERT INTO a VALUES (-1);', 'DELETE FROM a;');
      project.write(
        'verify/invariants.sql',
        '-- @check no negative id\n-- @expect rows = 0\nSELECT id FROM a WHERE id < 0;\n',
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.message).toContain('verify/invariants.sql:1: no negative id');
      expect(await project.query('SELECT count(*) AS n FROM a')).toEqual([{ n: 0 }]);
    });
  });
});

describe('checks on PostgreSQL', () => {
  it('run as another role, see deferred constraints, and leave no role behind', async () => {
    await withProject('postgres', async (project) => {
      const role = `surefoot_reader_${String(process.pid)}`;
      project.migration(
        '001_roles',
        `CREATE ROLE ${role};\nCREATE TABLE parent (id integer PRIMARY KEY);\nCREATE TABLE child (id integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);`,
        `DROP TABLE child; DROP TABLE parent; DROP ROLE ${role};`,
        `-- @check a reader may not look\n-- @as ${role}\n-- @expect error 42501\nSELECT * FROM parent;\n\n-- @check an orphan is refused at once\n-- @expect error 23503\nINSERT INTO child VALUES (9);\n\n-- @check the role is our own again\n-- @expect value = true\nSELECT current_user = session_user;\n`,
      );
      await migrate(project.config, project.options);
      project.migration('002_orphan', 'INSERT INTO child VALUES (5);', 'DELETE FROM child;');
      const error = await rejection(migrate(project.config, project.options));
      expect(error.message).toContain('Nothing was changed');
      expect(await project.query('SELECT count(*) AS n FROM child')).toEqual([{ n: 0 }]);
    });
  });

  it('of a lost connection leave a trace that the next run writes down', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      await migrate(project.config, project.options);
      project.migration(
        '002_gone',
        'CREATE TABLE b (id integer);\nSELECT pg_terminate_backend(pg_backend_pid());',
        'DROP TABLE b;',
      );
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['server-stopping', 3]);
      project.migration('002_gone', 'CREATE TABLE b (id integer);', 'DROP TABLE b;');
      await migrate(project.config, project.options);
      const { log } = await import('../../src/index.ts');
      const told = (await log(project.config, { ...project.options, check: true })).databases[0];
      expect(told?.chain).toMatchObject({ intact: true });
      expect(told?.runs.map((run) => [run.outcome, run.error?.code ?? null])).toEqual([
        ['succeeded', null],
        ['failed', 'server-stopping'],
        ['succeeded', null],
      ]);
    });
  });

  it('of a lost connection are written down by a run that has nothing else to do', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);', 'DROP TABLE a;');
      await migrate(project.config, project.options);
      project.migration('002_gone', 'SELECT pg_terminate_backend(pg_backend_pid());', 'SELECT 1;');
      await rejection(migrate(project.config, project.options));
      for (const kind of ['migrations', 'rollbacks']) project.remove(`${kind}/002_gone.sql`);
      const { log } = await import('../../src/index.ts');
      const outcomes = async (): Promise<readonly string[] | undefined> =>
        (await log(project.config, { ...project.options, check: true })).databases[0]?.runs.map((run) => run.outcome);
      expect(await outcomes()).not.toContain('failed');
      await migrate(project.config, project.options);
      expect(await outcomes()).toEqual(['succeeded', 'failed']);
    });
  });
});
