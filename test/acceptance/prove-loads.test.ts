import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, prove } from '../../src/index.ts';
import { withTestDatabase } from '../support/postgres.ts';
import { ENGINES, rejection, withProject, type Project } from '../support/project.ts';
import { runAt } from '../support/schema.ts';
import { proofsOf, results } from '../support/proofs.ts';

/** What 003 does is only seen on rows that begin with a space, which nobody makes up. */
function people(project: Project): void {
  const [key, trigger, gone] =
    project.engine === 'postgres'
      ? [
          'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
          'CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (name) VALUES (NEW.name); RETURN NULL; END $$;\nCREATE TRIGGER people_audit AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION note();',
          'DROP TRIGGER people_audit ON people;\nDROP FUNCTION note();',
        ]
      : [
          'integer PRIMARY KEY AUTOINCREMENT',
          'CREATE TRIGGER people_audit AFTER INSERT ON people BEGIN INSERT INTO audit (name) VALUES (NEW.name); END;',
          'DROP TRIGGER people_audit;',
        ];
  project.migration(
    '001_people',
    `CREATE TABLE people (id ${key}, name text NOT NULL, boss bigint REFERENCES people (id));\nCREATE TABLE audit (id ${key}, name text NOT NULL UNIQUE);\n`,
    'DROP TABLE audit;\nDROP TABLE people;\n',
  );
  project.migration('002_audit', trigger, gone);
  project.migration('003_trim', 'UPDATE people SET name = trim(name);\n', 'SELECT 1;\n');
  project.migration(
    '004_one_more',
    "INSERT INTO people (name) VALUES ('the new one');\n",
    "DELETE FROM audit WHERE name = 'the new one';\nDELETE FROM people WHERE name = 'the new one';\n",
  );
}

async function withCopy(project: Project, work: (url: string) => Promise<void>): Promise<void> {
  if (project.engine === 'sqlite') await work(`sqlite:${join(project.root, 'copy.db')}`);
  else await withTestDatabase(work);
}

describe.each(ENGINES)('rows from elsewhere on %s', (engine) => {
  it('are those of a copy, from its version on, with what reacts to rows asleep and counters where they stand', async () => {
    await withProject(engine, async (project) => {
      people(project);
      await withCopy(project, async (url) => {
        const copy = { databases: { main: { url } } };
        const nowhere = await rejection(prove(project.config, { ...project.options, fromCopy: url, every: true }));
        expect(nowhere.code).toBe(engine === 'sqlite' ? 'database-absent' : 'unknown-version');
        await migrate(copy, { ...project.options, step: 2 });
        await runAt(url, [
          "INSERT INTO people (name) VALUES ('  Ana'), ('Bo'), ('Cleo'), ('Dan'), ('Eve')",
          'UPDATE people SET boss = id + 1 WHERE id < 5',
        ]);
        const found = await proofsOf(project, { fromCopy: url, every: true });
        expect(results(found)).toMatchObject({ '001': 'proven', '002': 'proven', '003': 'lossy', '004': 'proven' });
        expect(found.versions['003']?.differences[0]?.detail).toMatch(/changed: .*Ana.* is now .*Ana/u);
        // It would be proven without rows, if its own row had a number that is taken.
        expect(found.versions['004']?.withoutRows).toBeUndefined();
        if (engine === 'postgres') return;
        const shown = await project.run('prove', '--from', '003', '--from-copy', url);
        expect([shown.code, shown.err]).toEqual([1, expect.not.stringContaining('could not be copied')]);
      });
    });
  });

  it('are those of an SQL file, at the version it is made for', async () => {
    await withProject(engine, async (project) => {
      people(project);
      if (engine === 'sqlite') expect(results(await proofsOf(project))).toMatchObject({ '003': 'proven' });
      project.write('samples/main.sql', "-- @at 002\nINSERT INTO people (name) VALUES ('  Ana'), ('Bo');\n");
      const found = await proofsOf(project, { every: true });
      expect(results(found)).toMatchObject({ '002': 'proven', '003': 'lossy', '004': 'proven' });
      if (engine === 'postgres') return;
      project.write('samples/main.sql', "-- @when 002\nINSERT INTO people (name) VALUES ('  Ana'), ('Bo');\n");
      const unknown = await rejection(prove(project.config, { ...project.options, every: true }));
      expect([unknown.code, unknown.message]).toEqual(['directive-unknown', expect.stringContaining('main.sql:1:')]);
    });
  });
});
