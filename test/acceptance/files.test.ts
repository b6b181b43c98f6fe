import { describe, expect, it } from 'vitest';
import { migrate, status } from '../../src/index.ts';
import { rejection, withProject } from '../support/project.ts';

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly code: string;
  readonly says: readonly string[];
}

const GOOD = { 'migrations/001_a.sql': 'CREATE TABLE a (id integer);', 'rollbacks/001_a.sql': 'DROP TABLE a;' };

const CASES: readonly Case[] = [
  {
    what: 'two files with one version',
    files: { ...GOOD, 'migrations/1_b.sql': 'SELECT 1;', 'rollbacks/1_b.sql': 'SELECT 1;' },
    code: 'version-duplicate',
    says: ['001_a', '1_b'],
  },
  {
    what: 'a rollback with no migration',
    files: { ...GOOD, 'rollbacks/002_b.sql': 'SELECT 1;' },
    code: 'rollback-orphan',
    says: ['rollbacks/002_b.sql'],
  },
  {
    what: 'a verify script with no migration',
    files: { ...GOOD, 'verify/002_b.sql': 'SELECT 1;' },
    code: 'verify-orphan',
    says: ['verify/002_b.sql'],
  },
  {
    what: 'a missing rollback',
    files: { 'migrations/001_a.sql': 'SELECT 1;' },
    code: 'rollback-missing',
    says: ['rollbacks/001_a.sql', '@irreversible'],
  },
  {
    what: 'an unknown directive',
    files: { ...GOOD, 'migrations/001_a.sql': '-- @transction none\nSELECT 1;' },
    code: 'directive-unknown',
    says: ['migrations/001_a.sql:1:', 'transction'],
  },
  {
    what: 'an irreversible without a reason',
    files: { 'migrations/001_a.sql': '-- @irreversible\nSELECT 1;' },
    code: 'files-invalid',
    says: ['migrations/001_a.sql:1:', 'reason'],
  },
  {
    what: 'irreversible and yet a rollback',
    files: { ...GOOD, 'migrations/001_a.sql': '-- @irreversible no\nSELECT 1;' },
    code: 'directive-invalid',
    says: ['rollbacks/001_a.sql'],
  },
  {
    what: 'an empty file',
    files: { ...GOOD, 'migrations/001_a.sql': '\n  \n' },
    code: 'file-empty',
    says: ['migrations/001_a.sql'],
  },
  {
    what: 'a file of comments',
    files: { ...GOOD, 'migrations/001_a.sql': '-- later\n/* or never */' },
    code: 'file-empty',
    says: ['migrations/001_a.sql'],
  },
  {
    what: 'bad UTF-8',
    files: { ...GOOD, 'migrations/001_a.sql': new Uint8Array([0x53, 0xff, 0xfe]) },
    code: 'file-encoding',
    says: ['migrations/001_a.sql'],
  },
  {
    what: 'stems that differ only in case',
    files: {
      ...GOOD,
      'rollbacks/001_A.sql': 'SELECT 1;',
      'migrations/002_b.sql': 'SELECT 1;',
      'rollbacks/002_B.sql': 'SELECT 1;',
    },
    code: 'stem-case',
    says: ['002_B'],
  },
  {
    what: 'a name without a version',
    files: { ...GOOD, 'migrations/users.sql': 'SELECT 1;' },
    code: 'version-invalid',
    says: ['migrations/users.sql'],
  },
  ...['migrations/002_b.SQL', 'migrations/002_b.js', 'migrations/002_b.psql', 'rollbacks/001_a.mts'].map((path) => ({
    what: `${path}, which would be passed over`,
    files: { ...GOOD, [path]: 'SELECT 1;' },
    code: 'file-passed-over',
    says: [path],
  })),
  {
    what: 'a psql command',
    files: { ...GOOD, 'migrations/001_a.sql': 'SELECT 1;\n\\d a\nSELECT 2;' },
    code: 'psql-command',
    says: ['migrations/001_a.sql:2:1'],
  },
  {
    what: 'an unterminated string',
    files: { ...GOOD, 'migrations/001_a.sql': "SELECT 1;\nSELECT 'open;\n" },
    code: 'sql-unterminated',
    says: ['migrations/001_a.sql:2:8'],
  },
  {
    what: 'a check without an expectation',
    files: { ...GOOD, 'verify/001_a.sql': '-- @check nothing\nSELECT 1;' },
    code: 'check-invalid',
    says: ['verify/001_a.sql'],
  },
  {
    what: 'a query without a check',
    files: { ...GOOD, 'verify/001_a.sql': 'SELECT 1;' },
    code: 'check-invalid',
    says: ['verify/001_a.sql:1:1'],
  },
  {
    what: 'a TypeScript file that exports something else',
    files: { 'migrations/001_a.ts': 'export default { run() {} };', 'rollbacks/001_a.sql': 'SELECT 1;' },
    code: 'typescript-shape',
    says: ['migrations/001_a.ts', 'defineMigration'],
  },
];

describe('what is wrong with the files', () => {
  it.each(CASES)('$what', async ({ files, code, says }) => {
    await withProject('postgres', async (project) => {
      for (const [path, text] of Object.entries(files)) project.write(path, text);
      const error = await rejection(migrate(project.config, project.options));
      if (code !== 'files-invalid') expect(error.code).toBe(code);
      for (const each of says) expect(error.message + (error.hint ?? '')).toContain(each);
    });
  });

  it('is reported all at once', async () => {
    await withProject('sqlite', async (project) => {
      project.write('migrations/001_a.sql', '');
      project.write('migrations/1_b.sql', 'SELECT 1;');
      project.write('migrations/01_c.sql', 'SELECT 1;');
      project.write('migrations/users.sql', 'SELECT 1;');
      project.write('rollbacks/009_z.sql', 'SELECT 1;');
      const error = await rejection(migrate(project.config, project.options));
      expect(error.code).toBe('files-invalid');
      for (const file of ['migrations/001_a.sql', 'migrations/users.sql', 'rollbacks/009_z.sql'])
        expect(error.message).toContain(file);
      expect(error.exitCode).toBe(2);
      const pending = await withProblemsInContents(project.write, async () =>
        rejection(migrate(project.config, project.options)),
      );
      expect(pending.message).toContain('migrations/001_a.sql:1:');
      expect(pending.message).toContain('rollbacks/001_a.sql');
      expect(pending.message).toContain('verify/001_a.sql');

      async function withProblemsInContents<T>(write: typeof project.write, work: () => Promise<T>): Promise<T> {
        for (const path of ['migrations/1_b.sql', 'migrations/01_c.sql', 'migrations/users.sql', 'rollbacks/009_z.sql'])
          project.remove(path);
        write('migrations/001_a.sql', '-- @nonsense\nSELECT 1;');
        write('rollbacks/001_a.sql', 'COMMIT;');
        write('verify/001_a.sql', 'SELECT 1;');
        return work();
      }
    });
  });

  it('is a script beside the folders of several databases, and not one of another tool', async () => {
    await withProject('sqlite', async (project) => {
      const config = { databases: { main: { url: 'sqlite:one.db' }, two: { url: 'sqlite:two.db' } } };
      project.write('migrations/main/001_a.sql', 'CREATE TABLE a (id integer);');
      project.write('rollbacks/main/001_a.sql', 'DROP TABLE a;');
      project.write('migrations/README.md', 'notes');
      for (const stray of ['migrations/002_b.sql', 'rollbacks/001_a.sql', 'verify/001_a.sql']) {
        project.write(stray, 'SELECT 1;');
        const error = await rejection(migrate(config, { ...project.options, database: 'main' }));
        expect([error.code, error.exitCode]).toEqual(['file-passed-over', 2]);
        expect(error.message + (error.hint ?? '')).toMatch(
          new RegExp(
            `${stray}: .*Move it into the folder of its database, such as ${stray.split('/')[0] ?? ''}/main`,
            'u',
          ),
        );
        project.remove(stray);
      }
      await migrate(config, { ...project.options, database: 'main' });
      const own = {
        databases: {
          main: { url: 'sqlite:three.db', migrations: 'db/main', rollbacks: 'rollbacks/main' },
          two: { url: 'sqlite:four.db', migrations: 'db/two' },
        },
      };
      project.write('db/main/001_a.sql', 'CREATE TABLE a (id integer);');
      project.write('migrations/002_b.sql', 'SELECT 1;');
      await migrate(own, { ...project.options, database: 'main' });
    });
  });

  it('is never two new ones with one version, however quickly they are made', async () => {
    await withProject('sqlite', async (project) => {
      const made: string[] = [];
      for (const slug of ['one', 'two', 'three', 'four'])
        made.push(/migrations\/(\d+)_/u.exec((await project.run('new', slug)).out)?.[1] ?? 'none');
      expect(new Set(made).size).toBe(4);
      expect(made).toEqual([...made].sort());
      expect((await status(project.config, project.options)).databases[0]?.migrations).toHaveLength(4);
    });
  });

  it('is nothing for what a compiler writes beside a file, and for notes', async () => {
    await withProject('sqlite', async (project) => {
      for (const [path, text] of Object.entries(GOOD)) project.write(path, text);
      project.write(
        'migrations/002_b.ts',
        "import { defineMigration } from 'surefoot';\nexport default defineMigration({ irreversible: 'a test', async run() {} });\n",
      );
      for (const path of ['002_b.js', '002_b.d.ts', '002_b.js.map', '002_b.md', 'README.md', 'helpers.js'])
        project.write(`migrations/${path}`, 'SELECT 1;');
      await migrate(project.config, project.options);
    });
  });

  it('is nothing for CRLF, a byte order mark and every form of version', async () => {
    await withProject('sqlite', async (project) => {
      project.write('migrations/007_lf.sql', 'CREATE TABLE a (id integer);\n-- end\n');
      project.write('rollbacks/007_lf.sql', '\uFEFFDROP TABLE a;\r\n');
      project.write(
        'migrations/2025_11_09_123456_form.sql',
        '\uFEFF-- @description form\r\nCREATE TABLE b (\r\n  id integer\r\n);\r\n',
      );
      project.write('rollbacks/2025_11_09_123456_form.sql', 'DROP TABLE b;');
      project.write('migrations/20251109123457_stamp.sql', 'CREATE TABLE c (id integer);');
      project.write('rollbacks/20251109123457_stamp.sql', 'DROP TABLE c;');
      await migrate(project.config, project.options);
      project.write('migrations/007_lf.sql', '\uFEFFCREATE TABLE a (id integer);\r\n-- end\r\n');
      const { migrations } = (await status(project.config, project.options)).databases[0] ?? { migrations: [] };
      expect(migrations.map((each) => [each.version, each.state])).toEqual([
        ['007', 'applied'],
        ['2025_11_09_123456', 'applied'],
        ['20251109123457', 'applied'],
      ]);
    });
  });
});
