import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import { rejection, withProject, type Project } from '../support/project.ts';

const BEFORE = `CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, mail TEXT, age TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users ON DELETE CASCADE, boss INTEGER REFERENCES users);
CREATE UNIQUE INDEX users_mail ON users (mail);
CREATE INDEX users_name ON users (name) WHERE name IS NOT NULL;
CREATE TRIGGER users_watch AFTER UPDATE ON users BEGIN UPDATE posts SET boss = NULL WHERE boss = old.id AND new.name IS NULL; END;
CREATE TRIGGER posts_watch AFTER INSERT ON posts BEGIN UPDATE users SET age = '1' WHERE id = new.author AND age IS NULL; END;
CREATE VIEW grown AS SELECT name FROM users WHERE age > '18';
INSERT INTO users (id, name, mail, age) VALUES (1, 'Ana', 'ANA@x', '20'), (2, 'Ben', 'b@x', '30'), (40, 'Zoe', 'z@x', NULL);
INSERT INTO posts VALUES (1, 1, 2), (2, 2, NULL), (3, 2, 1);
DELETE FROM users WHERE id = 40;
`;

async function withUsers(work: (project: Project) => Promise<void>): Promise<void> {
  await withProject('sqlite', async (project) => {
    project.migration('001_users', BEFORE, 'DROP TABLE posts; DROP VIEW grown; DROP TABLE users;');
    await migrate(project.config, project.options);
    await work(project);
  });
}

function rebuild(project: Project, definition: string, foreignKeys = "foreignKeys: 'off', "): void {
  project.write(
    'migrations/002_rebuild.ts',
    `import { defineMigration } from 'surefoot';\nexport default defineMigration({ ${foreignKeys}async run({ rebuildTable, log }) {\n  log.info(String(await rebuildTable('users', ${definition})));\n} });\n`,
  );
  project.write('rollbacks/002_rebuild.sql', 'SELECT 1;');
}

const CREATE =
  "create: 'CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, mail TEXT CHECK (mail = lower(mail)), age INTEGER, joined TEXT DEFAULT \\'now\\')'";
const schema = (project: Project): ReturnType<Project['query']> =>
  project.query(
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%surefoot%' AND name <> 'users' ORDER BY name",
  );

describe('rebuildTable on SQLite', () => {
  it('keeps rows, indexes, triggers, views, keys and the counter, and changes what was asked', async () => {
    await withUsers(async (project) => {
      const before = await schema(project);
      rebuild(project, `{ ${CREATE}, columns: { mail: 'lower(mail)', age: 'CAST(age AS INTEGER)' } }`);
      await migrate(project.config, project.options);
      expect(await schema(project)).toEqual(before);
      expect(await project.query('SELECT * FROM users ORDER BY id')).toEqual([
        { id: 1, name: 'Ana', mail: 'ana@x', age: 20, joined: 'now' },
        { id: 2, name: 'Ben', mail: 'b@x', age: 30, joined: 'now' },
      ]);
      expect(await project.query('SELECT id, author, boss FROM posts ORDER BY id')).toHaveLength(3);
      expect(await project.query("SELECT seq FROM sqlite_sequence WHERE name = 'users'")).toEqual([{ seq: 40 }]);
      expect(await project.query('PRAGMA foreign_key_check')).toEqual([]);
      expect(await project.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      // Both triggers, the view, and the key of the other table work on the new one.
      project.migration(
        '003_use',
        "INSERT INTO users (name, mail) VALUES ('Cleo', 'c@x');\nINSERT INTO posts VALUES (4, 41, 41);",
        'SELECT 1;',
        '-- @check the number was not given before, and the triggers ran\n-- @expect value = 1\nSELECT age FROM users WHERE id = 41;\n\n-- @check the view reads it\n-- @expect rows = 2\nSELECT name FROM grown;\n\n-- @check foreign keys hold\n-- @expect error SQLITE_CONSTRAINT_FOREIGNKEY\nINSERT INTO posts VALUES (5, 77, NULL);',
      );
      await migrate(project.config, project.options);
    });
  });

  it.each([
    ['', `{ ${CREATE} }`, 'posts refer to it, and foreign keys are enforced', "foreignKeys: 'off'"],
    [undefined, "{ create: 'CREATE TABLE others (id INTEGER)' }", 'no CREATE TABLE users', 'under its own name'],
    [undefined, `{ ${CREATE}, columns: { nobody: '1' } }`, 'can not be given: nobody', 'Name columns'],
    [undefined, `{ ${CREATE}, drop: ['users_nobody'] }`, 'no index or trigger users_nobody', 'users_mail'],
    [
      undefined,
      "{ create: 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)' }",
      'the index users_mail does not fit the new table',
      'Name it in `drop`',
    ],
  ])('refuses what would lose something (%#), and nothing was changed', async (keys, definition, message, hint) => {
    await withUsers(async (project) => {
      const before = await schema(project);
      rebuild(project, definition, keys);
      const error = await rejection(migrate(project.config, project.options));
      expect([error.code, error.exitCode]).toEqual(['rebuild-refused', 3]);
      expect(error.message).toContain(message);
      expect(error.message).toContain('Nothing was changed');
      expect(error.hint).toContain(hint);
      expect(await schema(project)).toEqual(before);
      expect(await project.query('SELECT count(*) AS n FROM posts')).toEqual([{ n: 3 }]);
    });
  });

  it('leaves out what is named in `drop`, and is refused on PostgreSQL', async () => {
    await withUsers(async (project) => {
      rebuild(
        project,
        "{ create: 'CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, age TEXT)', drop: ['users_mail'] }",
      );
      await migrate(project.config, project.options);
      const names = (await schema(project)).map((row) => row['name']);
      expect(names).not.toContain('users_mail');
      expect(names).toContain('users_watch');
    });
    await withProject('postgres', async (project) => {
      rebuild(project, "{ create: 'CREATE TABLE users (id integer)' }", '');
      expect((await rejection(migrate(project.config, project.options))).code).toBe('engine-unsupported');
    });
  });
});
