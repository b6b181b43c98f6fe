import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, rollback, status } from '../../src/index.ts';
import { ENGINES, withProject } from '../support/project.ts';

/** Names that break whoever builds SQL by joining strings. */
const NAMES = [
  'plain',
  'select',
  'with space',
  'semi;colon',
  'quote"inside',
  "apostrophe's",
  '; DROP TABLE surefoot_history; --',
  'Übergröße',
  '表名',
  '$1',
  'back\\slash',
  'line\nbreak',
  'x'.repeat(63),
];
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

describe.each(ENGINES)('hostile names on %s', (engine) => {
  it('are tables, columns and indexes like any other, in SQL and in TypeScript', async () => {
    await withProject(engine, async (project) => {
      for (const [index, name] of NAMES.entries()) {
        const version = String(index + 1).padStart(3, '0');
        project.migration(
          `${version}_t`,
          `CREATE TABLE ${quoted(name)} (${quoted(name)} integer);\nCREATE INDEX ${quoted(`i ${name}`.slice(0, 60))} ON ${quoted(name)} (${quoted(name)});\n`,
          `DROP TABLE ${quoted(name)};\n`,
          `-- @setup\nINSERT INTO ${quoted(name)} VALUES (1);\n-- @check it holds a row\n-- @expect value = 1\nSELECT ${quoted(name)} FROM ${quoted(name)};\n`,
        );
      }
      project.write(
        'migrations/900_rows.ts',
        `import { defineMigration } from 'surefoot';
const NAMES = ${JSON.stringify(NAMES)};
export default defineMigration({ async run({ sql, copyRows, log }) {
  for (const name of NAMES) {
    await copyRows(name, [name], [[2]]);
    await sql\`UPDATE \${sql.id(name)} SET \${sql.id(name)} = \${3}\`;
    log.info(name);
  }
} });\n`,
      );
      project.write('rollbacks/900_rows.sql', NAMES.map((name) => `DELETE FROM ${quoted(name)};`).join('\n'));
      await migrate(project.config, project.options);
      for (const name of NAMES)
        expect(await project.query(`SELECT ${quoted(name)} AS n FROM ${quoted(name)}`)).toEqual([{ n: 3 }]);
      const [told] = (await status(project.config, project.options)).databases;
      expect(told?.migrations.at(-1)?.notes).toEqual(NAMES);
      await rollback(project.config, { ...project.options, to: '0' });
      expect((await project.run('log', '--check')).code).toBe(0);
    });
  });
});

describe('files that somebody else may decide', () => {
  it('have spaces in their names, and are links out of the project: that is said', async () => {
    await withProject('sqlite', async (project) => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'surefoot-elsewhere-'));
      try {
        writeFileSync(join(elsewhere, 'a.sql'), 'CREATE TABLE a (id integer);\n');
        mkdirSync(join(project.root, 'rollbacks'));
        symlinkSync(join(elsewhere, 'a.sql'), join(project.root, 'migrations/001_a table with spaces.sql'));
        project.write('rollbacks/001_a table with spaces.sql', 'DROP TABLE a;\n');
        const migrated = await project.run('migrate');
        expect(migrated.code).toBe(0);
        expect(migrated.err).toContain('migrations/001_a table with spaces.sql is a link out of the project, to ');
        expect((await project.run('rollback', '--yes')).err).not.toContain('is a link');
      } finally {
        rmSync(elsewhere, { recursive: true, force: true });
      }
    });
  });

  it('of a whole folder that is a link are told as one', async () => {
    await withProject('sqlite', async (project) => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'surefoot-elsewhere-'));
      try {
        for (const n of ['1', '2', '3', '4', '5']) {
          writeFileSync(join(elsewhere, `00${n}_a.sql`), `CREATE TABLE a${n} (id integer);\n`);
          project.write(`rollbacks/00${n}_a.sql`, `DROP TABLE a${n};\n`);
        }
        rmSync(join(project.root, 'migrations'), { recursive: true, force: true });
        symlinkSync(elsewhere, join(project.root, 'migrations'));
        const { code, err } = await project.run('migrate');
        expect(code).toBe(0);
        expect(err.match(/links? out of the project/gu)).toHaveLength(2);
        expect(err).toContain(
          '5 of the files that are used are reached by links out of the project; migrations/001_a.sql ',
        );
      } finally {
        rmSync(elsewhere, { recursive: true, force: true });
      }
    });
  });

  it('a configuration that everybody may write is warned of', async () => {
    await withProject('sqlite', async (project) => {
      project.migration('001_a', 'CREATE TABLE a (id integer);\n', 'DROP TABLE a;\n');
      expect((await project.run('status')).err).toBe('');
      chmodSync(join(project.root, 'surefoot.config.ts'), 0o666);
      expect((await project.run('status')).err).toContain('can be written by every user of this machine');
    });
  });
});
