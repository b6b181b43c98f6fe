import { describe, expect, it } from 'vitest';
import { log, migrate, repair, rollback, status, verify } from '../../src/index.ts';
import { createStartHash } from '../../src/domain/plan/index.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';
import { withTestDatabase } from '../support/postgres.ts';

const stateOf = async (project: Project, version: string): Promise<string | undefined> =>
  (await status(project.config, project.options)).databases[0]?.migrations.find((each) => each.version === version)
    ?.state;

const validity =
  "SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index WHERE indrelid = 'items'::regclass ORDER BY 1";

describe('steps outside a transaction on PostgreSQL', () => {
  it('builds an index concurrently, and takes it back', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', 'CREATE TABLE items (id integer, code text);', 'DROP TABLE items;');
      project.migration(
        '002_index',
        '-- @transaction none\nCREATE INDEX CONCURRENTLY items_code ON items (code);\nANALYZE items;',
        '-- @transaction none\nDROP INDEX CONCURRENTLY items_code;',
        "-- @check the index is valid\n-- @expect value = true\nSELECT indisvalid FROM pg_index WHERE indexrelid = 'items_code'::regclass;",
      );
      await migrate(project.config, project.options);
      expect(await project.query(validity)).toEqual([{ name: 'items_code', valid: true }]);
      await rollback(project.config, project.options);
      expect(await project.query(validity)).toEqual([]);
      expect(await stateOf(project, '002')).toBe('pending');
    });
  });

  it('says which statements are in place, and goes on where it stopped, repeating nothing', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_steps',
        "-- @transaction none\nCREATE TABLE items (id integer, code text);\nINSERT INTO items VALUES (1, 'a'), (2, 'a');\nCREATE UNIQUE INDEX CONCURRENTLY items_code ON items (code);\nINSERT INTO items VALUES (3, 'c');\n",
        'DROP TABLE items;',
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('sql-failed');
      expect(error.message).toContain('Statements 1 to 2 of 4 are in place');
      expect(error.message).toContain('surefoot migrate main');
      expect(await stateOf(project, '001')).toBe('failed');
      // What the failed build left would go on rejecting writes: it is gone.
      expect(await project.query(validity)).toEqual([]);

      await withoutRun(project, "UPDATE items SET code = 'b' WHERE id = 2");
      const again = await migrate(project.config, project.options);
      expect(again.databases[0]?.plan.steps[0]?.resumeAt).toBe(2);
      expect(await stateOf(project, '001')).toBe('applied');
      expect(await project.query('SELECT id FROM items ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
      expect(await project.query(validity)).toEqual([{ name: 'items_code', valid: true }]);
    });
  });

  it('settles a statement that was begun and never seen to end, by the catalog', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', 'CREATE TABLE items (id integer, code text);', 'DROP TABLE items;');
      project.migration(
        '002_index',
        '-- @transaction none\nCREATE INDEX CONCURRENTLY items_code ON items (code);\nINSERT INTO items VALUES (1);',
        '-- @transaction none\nDROP INDEX CONCURRENTLY items_code;\nDELETE FROM items;',
      );
      await migrate(project.config, project.options);
      // As a run leaves it that was killed after the build and before it could note that.
      const text = 'CREATE INDEX CONCURRENTLY items_code ON items (code)';
      const place = { line: 2, column: 1, offset: 0 };
      const begun = createStartHash([{ text, file: '', start: place, copyData: null }])(1);
      await withoutRun(
        project,
        `DELETE FROM items; UPDATE surefoot.history SET state = 'failed', statements_done = 0, statements_total = 2, statement_begun = 0, statements_hash = '${String(begun)}' WHERE version = '002'`,
      );
      expect(await stateOf(project, '002')).toBe('failed');
      await migrate(project.config, project.options);
      expect(await stateOf(project, '002')).toBe('applied');
      expect(await project.query('SELECT count(*) AS n FROM items')).toEqual([{ n: 1 }]);
      const [entry] = await project.query(
        "SELECT entry FROM surefoot.journal WHERE version = '002' ORDER BY seq DESC LIMIT 1",
      );
      expect(String(entry?.['entry'])).toContain('begun by an earlier run');
    });
  });

  it('keeps the statements when only a check fails, and repeats only the checks', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_items',
        '-- @transaction none\nCREATE TABLE items (id integer);\nINSERT INTO items VALUES (1);',
        'DROP TABLE items;',
        '-- @check two items\n-- @expect value = 2\nSELECT count(*) FROM items;',
      );
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['check-failed', 1]);
      expect(error.message).toContain('all its statements are in place');
      await withoutRun(project, 'INSERT INTO items VALUES (2)');
      await migrate(project.config, project.options);
      expect(await project.query('SELECT count(*) AS n FROM items')).toEqual([{ n: 2 }]);
      expect(await stateOf(project, '001')).toBe('applied');
    });
  });

  it('lets an operator settle a stopped step by hand', async () => {
    await withProject('postgres', async (project) => {
      project.migration(
        '001_items',
        '-- @transaction none\nCREATE TABLE items (id integer);\nSELECT 1 / 0;',
        'DROP TABLE items;',
      );
      await rejection(migrate(project.config, project.options));
      expect((await rejection(repair(project.config, { ...project.options, version: '001', reason: 'x' }))).code).toBe(
        'usage',
      );
      await withoutRun(project, 'DROP TABLE items');
      await repair(project.config, { ...project.options, version: '001', reason: 'dropped by hand', as: 'pending' });
      expect(await stateOf(project, '001')).toBe('pending');
    });
  });

  it('reports a failed committed check with the way back', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_mood', "CREATE TYPE mood AS ENUM ('sad');", 'DROP TYPE mood;');
      project.migration(
        '002_happy',
        "ALTER TYPE mood ADD VALUE 'happy';",
        '-- @description a value can not be taken out of an enum\nSELECT 1;',
        "-- @check happy is a mood\n-- @expect value = happy\nSELECT 'happy'::mood;",
      );
      const enumError = await rejection(migrate(project.config, project.options));
      expect(enumError.code).toBe('check-enum');
      expect(enumError.hint).toContain('@when committed');
      project.write(
        'verify/002_happy.sql',
        "-- @check happy is a mood\n-- @when committed\n-- @expect value = happy\nSELECT 'happy'::mood;\n\n-- @check nobody is angry\n-- @when committed\n-- @expect error 22P02\nSELECT 'angry'::mood;\n",
      );
      await migrate(project.config, project.options);
      expect(await stateOf(project, '002')).toBe('applied');
      project.migration(
        '003_more',
        "ALTER TYPE mood ADD VALUE 'fine';",
        'SELECT 1;',
        "-- @check impossible\n-- @when committed\n-- @expect value = sad\nSELECT 'fine'::mood;",
      );
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['check-failed', 1]);
      expect(error.message).toContain('the step is committed');
      expect(error.hint).toContain('surefoot rollback main');
      expect(await stateOf(project, '003')).toBe('applied');
    });
  });

  it('takes a dry run to a shadow where one transaction can not hold it', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', 'CREATE TABLE items (id integer, code text);', 'DROP TABLE items;');
      project.migration(
        '002_index',
        '-- @transaction none\nCREATE INDEX CONCURRENTLY items_code ON items (code);',
        '-- @transaction none\nDROP INDEX CONCURRENTLY items_code;',
      );
      await migrate(project.config, { ...project.options, to: '001' });
      const dry = (await migrate(project.config, { ...project.options, dryRun: true })).databases[0];
      expect(dry?.dryRun).toBe('shadow');
      expect(dry?.steps.map((step) => step.name)).toEqual(['002_index']);
      expect(await stateOf(project, '002')).toBe('pending');
      expect((await rejection(migrate(project.config, { ...project.options, singleTransaction: true }))).code).toBe(
        'single-transaction',
      );
    });
  });
});

describe.each(ENGINES)('a file that is edited after its step stopped on %s', (engine) => {
  const file = (first: string, second: string): string => `-- @transaction none\n${first};\n${second};`;
  const stopAtSecond = async (project: Project): Promise<void> => {
    project.migration('001_log', 'CREATE TABLE log (note text);', 'DROP TABLE log;');
    project.migration(
      '002_items',
      file('CREATE TABLE items (id integer)', "INSERT INTO lag VALUES ('up')"),
      file('DROP TABLE items', "INSERT INTO lag VALUES ('down')"),
    );
    expect((await rejection(migrate(project.config, project.options))).message).toContain('or its cause');
  };
  const notes = async (project: Project): Promise<readonly unknown[]> =>
    (await project.query('SELECT note FROM log ORDER BY note')).map((row) => row['note']);

  it('goes on in what was not in place yet, up and down, and stops there again', async () => {
    await withProject(engine, async (project) => {
      await stopAtSecond(project);
      const path = 'migrations/002_items.sql';
      project.write(path, file('CREATE TABLE items (id integer)', "INSERT INTO log VALUES ('up');\nSELECT * FROM lag"));
      expect((await rejection(migrate(project.config, project.options))).message).toContain('Statements 1 to 2 of 3');
      const history = engine === 'sqlite' ? 'surefoot_history' : 'surefoot.history';
      expect(await project.query(`SELECT statements_total AS n FROM ${history} WHERE version = '002'`)).toEqual([
        { n: 3 },
      ]);
      project.write(path, file('CREATE TABLE items (id integer)', "INSERT INTO log VALUES ('up')"));
      await migrate(project.config, project.options);
      expect(await notes(project)).toEqual(['up']);
      const { databases } = await log(project.config, project.options);
      const told = databases[0]?.runs.at(-1)?.entries.flatMap((entry) => entry.notes) ?? [];
      expect(told.join('\n')).toContain('was edited after it had stopped');

      expect((await rejection(rollback(project.config, project.options))).message).toContain('Statements 1 to 1 of 2');
      project.write('rollbacks/002_items.sql', file('DROP TABLE items', "INSERT INTO log VALUES ('down')"));
      await rollback(project.config, project.options);
      expect(await notes(project)).toEqual(['down', 'up']);
      expect(await stateOf(project, '002')).toBe('pending');
    });
  });

  it('is refused where what is in place was edited, or would go into a transaction', async () => {
    await withProject(engine, async (project) => {
      await stopAtSecond(project);
      for (const text of [
        file('CREATE TABLE items (id bigint)', "INSERT INTO log VALUES ('up')"),
        "CREATE TABLE items (id integer);\nINSERT INTO log VALUES ('up');",
        '-- @transaction none\nCREATE TABLE items2 (id integer);',
      ]) {
        project.write('migrations/002_items.sql', text);
        const error = await rejection(migrate(project.config, project.options));
        expect([error.code, error.exitCode]).toEqual(['failed-step', 4]);
        expect(error.hint).toContain('surefoot repair main --to 002');
      }
      project.write('migrations/002_items.sql', file('CREATE TABLE items (id integer)', 'SELECT 1'));
      await migrate(project.config, project.options);

      await rejection(rollback(project.config, project.options));
      project.write('rollbacks/002_items.sql', file('DELETE FROM log', 'SELECT 1'));
      expect((await rejection(rollback(project.config, project.options))).code).toBe('failed-step');
    });
  });
});

describe('settings and roles do not leak', () => {
  it('from one step into the next, nor from a check into the step', async () => {
    await withTestDatabase(async (url, sql) => {
      await sql.unsafe('CREATE SCHEMA elsewhere');
      await withProject('postgres', async (project) => {
        project.migration(
          '001_path',
          "SELECT pg_catalog.set_config('search_path', 'elsewhere', false);\nSET standard_conforming_strings = off;\nCREATE SCHEMA IF NOT EXISTS elsewhere;\nCREATE TABLE elsewhere.a (note text DEFAULT 'back\\\\slash');",
          'DROP TABLE elsewhere.a;',
          "-- @check the path is the session's own again\n-- @expect value = on\nSHOW standard_conforming_strings;",
        );
        project.migration(
          '002_here',
          'CREATE TABLE b (id integer);',
          'DROP TABLE b;',
          "-- @check b is in public\n-- @expect rows = 1\n-- @set app.user = it's me\nSELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'b' AND current_setting('app.user') = 'it''s me';",
        );
        await migrate(project.config, project.options);
        expect((await verify(project.config, project.options)).databases[0]?.failed).toBe(0);
      });
      expect(url).toContain('surefoot_test');
    });
  });
});

/** Runs SQL beside surefoot, as an operator with psql would. */
async function withoutRun(project: Project, text: string): Promise<void> {
  const { connectTo } = await import('../support/postgres.ts');
  const sql = connectTo(project.url, 1);
  try {
    await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}
