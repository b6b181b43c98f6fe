import { describe, expect, it } from 'vitest';
import { migrate, rollback, status } from '../../src/index.ts';
import { rejection, withProject, type Project } from '../support/project.ts';

const TABLE =
  'CREATE TABLE items (id integer PRIMARY KEY, tenant text);\nINSERT INTO items SELECT n FROM generate_series(1, 100) AS n;\n';
const BACKFILL = `CREATE PROCEDURE backfill() LANGUAGE plpgsql AS $$
BEGIN
  FOR low IN 0..9 LOOP
    UPDATE items SET tenant = 'a' WHERE id > low * 10 AND id <= low * 10 + 10;
    COMMIT;
  END LOOP;
END $$;
`;
const REFUSES_LATE = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 55 THEN RAISE EXCEPTION 'not 55'; END IF; RETURN NEW; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION refuse();
`;
const CHECK = '-- @check nobody is left out\n-- @expect value = 0\nSELECT count(*) FROM items WHERE tenant IS NULL;\n';
const UNDO = 'DROP PROCEDURE backfill;\nUPDATE items SET tenant = NULL;\n';

const leftOut = async (project: Project): Promise<unknown> =>
  (await project.query('SELECT count(*) AS n FROM items WHERE tenant IS NULL'))[0]?.['n'];

const notesOf = async (project: Project, version: string): Promise<string> => {
  const entries = await project.query(
    `SELECT entry FROM surefoot.journal WHERE version = '${version}' ORDER BY seq DESC LIMIT 1`,
  );
  return String(entries[0]?.['entry']);
};

describe('procedures that commit, on PostgreSQL', () => {
  it('run without a transaction where the step has none, and the journal says so', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', TABLE, 'DROP TABLE items;');
      project.migration('002_backfill', `-- @transaction none\n${BACKFILL}CALL backfill();\n`, UNDO, CHECK);
      await migrate(project.config, project.options);
      expect(await leftOut(project)).toBe(0);
      expect(await notesOf(project, '002')).toContain('migrations/002_backfill.sql:9: ran without a transaction');
      await rollback(project.config, project.options);
      expect(await leftOut(project)).toBe(100);
    });
  });

  it('keep the batches before one that fails, and are called again', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', TABLE + REFUSES_LATE, 'DROP TABLE items; DROP FUNCTION refuse;');
      project.migration('002_backfill', `-- @transaction none\n${BACKFILL}CALL backfill();\n`, UNDO, CHECK);
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('sql-failed');
      expect(error.message).toContain('migrations/002_backfill.sql:9:1: not 55');
      expect(error.message).toContain('Statements 1 to 1 of 2 are in place');
      expect(await leftOut(project)).toBe(50);
      project.migration(
        '002_backfill',
        `-- @transaction none\n${BACKFILL}ALTER TABLE items DISABLE TRIGGER refuse;\nCALL backfill();\n`,
        UNDO,
        CHECK,
      );
      await migrate(project.config, project.options);
      expect(await leftOut(project)).toBe(0);
    });
  });

  it('are called again when the line was cut in the middle', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', TABLE, 'DROP TABLE items;');
      const cut = BACKFILL.replace(
        'COMMIT;',
        'COMMIT;\n    IF low = 4 AND NOT EXISTS (SELECT FROM cut) THEN INSERT INTO cut VALUES (1); COMMIT; PERFORM pg_terminate_backend(pg_backend_pid()); END IF;',
      );
      project.migration(
        '002_backfill',
        `-- @transaction none\nCREATE TABLE cut (n integer);\n${cut}CALL backfill();\n`,
        `${UNDO}DROP TABLE cut;`,
        CHECK,
      );
      const error = await rejection(migrate(project.config, project.options));
      expect(error.exitCode).toBe(3);
      expect(error.message).toContain(
        'Whether it took effect is not known: the catalog does not tell whether this statement ended',
      );
      expect(error.hint).toContain('runs this statement once more');
      expect(await leftOut(project)).toBe(50);
      await migrate(project.config, project.options);
      expect(await leftOut(project)).toBe(0);
      const { databases } = await status(project.config, project.options);
      expect(databases[0]?.migrations.map(({ state }) => state)).toEqual(['applied', 'applied']);
    });
  });

  it('run from TypeScript', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', TABLE, 'DROP TABLE items;');
      project.write(
        'migrations/002_backfill.ts',
        `import { defineMigration } from 'surefoot';\nexport default defineMigration({ transaction: 'none', async run({ sql }) {\n  await sql.script(\`${BACKFILL.replaceAll('$$', '\\$\\$').replace('CREATE', 'CREATE OR REPLACE')}\`);\n  await sql.query('CALL backfill()');\n} });\n`,
      );
      project.write('rollbacks/002_backfill.sql', UNDO);
      project.write('verify/002_backfill.sql', CHECK);
      await migrate(project.config, project.options);
      expect(await leftOut(project)).toBe(0);
    });
  });

  it('are refused inside a transaction, with the way out', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_items', TABLE, 'DROP TABLE items;');
      project.migration('002_backfill', `${BACKFILL}CALL backfill();\n`, UNDO, CHECK);
      const error = await rejection(migrate(project.config, project.options));
      expect(error.hint).toContain('-- @transaction none');
      expect(await leftOut(project)).toBe(100);
    });
  });

  it('and a table with partitions is indexed anew without a transaction', async () => {
    await withProject('postgres', async (project) => {
      const parts =
        'CREATE TABLE items (id integer PRIMARY KEY) PARTITION BY RANGE (id);\nCREATE TABLE items_1 PARTITION OF items FOR VALUES FROM (0) TO (9);\n';
      project.migration('001_items', `${parts}REINDEX TABLE items;\n`, 'DROP TABLE items;');
      const error = await rejection(migrate(project.config, project.options));
      expect(error.hint).toContain('-- @transaction none');
      project.migration('001_items', `-- @transaction none\n${parts}REINDEX TABLE items;\n`, 'DROP TABLE items;');
      await migrate(project.config, project.options);
      expect(await notesOf(project, '001')).toContain('migrations/001_items.sql:4: ran without a transaction');
    });
  });
});
