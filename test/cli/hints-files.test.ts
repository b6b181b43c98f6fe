import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import { directivesIn } from '../support/hinted.ts';
import { appliedVersions, byHand, followHint, type HintRow } from '../support/hint-row.ts';
import { usersAndAddresses, type Project } from '../support/project.ts';

const FILE = 'migrations/003_more.sql';
const SCRIPT = 'migrations/003_more.ts';

const applied = async (project: Project): Promise<void> => {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
};

const step = (body: string, more = ''): string =>
  `import { defineMigration } from 'surefoot';\nexport default defineMigration({${more}\n  async run({ sql }) {\n${body}\n  },\n});\n`;

const written =
  (up: string, rollback: string | null = 'SELECT 1;\n', path = FILE) =>
  async (project: Project): Promise<void> => {
    await applied(project);
    project.write(path, up);
    if (rollback !== null) project.write('rollbacks/003_more.sql', rollback);
  };

const read = (project: Project, path: string): string => readFileSync(join(project.root, path), 'utf8');

/** Puts the entry that the hint writes into the definition of the TypeScript file. */
const intoDefinition =
  (entry: RegExp, fill: (entry: string) => string = (text) => text) =>
  (project: Project, hint: string): void => {
    const found = entry.exec(hint)?.[0];
    if (found === undefined) throw new Error(`no ${String(entry)} in: ${hint}`);
    project.write(SCRIPT, read(project, SCRIPT).replace('defineMigration({', `defineMigration({ ${fill(found)},`));
  };

const all = async (project: Project): Promise<void> => {
  expect(await appliedVersions(project)).toEqual(['001', '002', '003']);
};

const PARENTS =
  'CREATE TABLE parent (id integer PRIMARY KEY);\nINSERT INTO parent VALUES (1);\nCREATE TABLE child (id integer REFERENCES parent (id) ON DELETE CASCADE);\nINSERT INTO child VALUES (1);\n';

const withChildren = async (project: Project): Promise<void> => {
  await applied(project);
  await byHand(project, PARENTS);
};

const typed = ['migrate', 'main'];

const ROWS: readonly HintRow[] = [
  {
    title: 'rollback-missing: the file that is named',
    arrange: written('CREATE TABLE more (id integer);\n', null),
    typed,
    code: 'rollback-missing',
    nth: null,
    edit: (project, hint) => project.write(/Write (\S+),/u.exec(hint)?.[1] ?? '', 'DROP TABLE more;\n'),
    holds: all,
  },
  {
    title: 'rollback-missing: declared irreversible',
    arrange: written('CREATE TABLE more (id integer);\n', null),
    typed,
    code: 'rollback-missing',
    nth: null,
    edit: (project, hint) => {
      const [line = ''] = directivesIn(hint);
      project.write(FILE, `${line.replace('<reason>', 'nobody needs it')}\n${read(project, FILE)}`);
    },
    holds: all,
  },
  {
    title: 'rollback-missing in TypeScript: declared irreversible',
    arrange: written(step("    await sql.query('SELECT 1');"), null, SCRIPT),
    typed,
    code: 'rollback-missing',
    nth: null,
    edit: intoDefinition(/irreversible: '[^']*'/u, (entry) => entry.replace('<reason>', 'nobody needs it')),
    holds: all,
  },
  {
    title: 'rows-lost in TypeScript: declared',
    arrange: async (project) => {
      await withChildren(project);
      project.write(SCRIPT, step("    await sql.query('DELETE FROM parent');"));
      project.write('rollbacks/003_more.sql', 'SELECT 1;\n');
    },
    typed,
    code: 'rows-lost',
    nth: null,
    edit: intoDefinition(/deletes: \[[^\]]*\]/u),
    holds: async (project) => expect(await project.query('SELECT id FROM child')).toEqual([]),
  },
  {
    title: 'rows-lost in SQL: declared',
    arrange: async (project) => {
      await withChildren(project);
      project.migration('003_more', 'DELETE FROM parent;\n', 'SELECT 1;\n');
    },
    typed,
    code: 'rows-lost',
    nth: null,
    edit: (project, hint) => project.write(FILE, `${directivesIn(hint)[0] ?? ''}\n${read(project, FILE)}`),
    holds: async (project) => expect(await project.query('SELECT id FROM child')).toEqual([]),
  },
  {
    title: 'foreign-keys-pragma: the directive in its place',
    arrange: written('PRAGMA foreign_keys = OFF;\nCREATE TABLE more (id integer);\n', 'DROP TABLE more;\n'),
    typed,
    code: 'foreign-keys-pragma',
    nth: null,
    edit: (project, hint) =>
      project.write(FILE, `${directivesIn(hint)[0] ?? ''}\n${read(project, FILE).replace(/^PRAGMA.*\n/u, '')}`),
    holds: all,
  },
  {
    title: 'directive-unknown: the one that was meant',
    arrange: written('-- @lock-timeot 3s\nSELECT 1;\n'),
    typed,
    code: 'directive-unknown',
    nth: null,
    edit: (project, hint) =>
      project.write(FILE, read(project, FILE).replace('@lock-timeot', /@[a-z-]+/u.exec(hint)?.[0] ?? '')),
    holds: all,
  },
  {
    title: 'directive-invalid: as it is written there',
    arrange: written('-- @lock-timeout soon\nSELECT 1;\n'),
    typed,
    code: 'directive-invalid',
    nth: null,
    edit: (project, hint) => project.write(FILE, `${/`(-- @[^`]+)`/u.exec(hint)?.[1] ?? ''}\nSELECT 1;\n`),
    holds: all,
  },
  {
    title: 'transaction-statement, twice: removed',
    arrange: written('BEGIN;\nSELECT 1;\nCOMMIT;\n'),
    typed,
    code: 'transaction-statement',
    nth: null,
    edit: (project, hint) => {
      expect(hint).toMatch(/^Remove it/u);
      project.write(FILE, 'SELECT 1;\n');
    },
    holds: all,
  },
  {
    title: 'sql-unterminated: closed',
    arrange: written("SELECT 'x;\n"),
    typed,
    code: 'sql-unterminated',
    nth: null,
    edit: (project, hint) => project.write(FILE, `SELECT 'x${/^Close it with (.)\.$/u.exec(hint)?.[1] ?? ''};\n`),
    holds: all,
  },
  {
    title: 'typescript-shape: the export that is written there',
    arrange: written('export const nothing = 1;\n', 'SELECT 1;\n', SCRIPT),
    typed,
    code: 'typescript-shape',
    nth: null,
    edit: (project, hint) =>
      project.write(
        SCRIPT,
        `import { defineMigration } from 'surefoot';\n${hint.replace(/^Write: /u, '').replace('…', "await sql.query('SELECT 1');")}\n`,
      ),
    holds: all,
  },
  {
    title: 'typescript-failed: corrected at the shown line',
    arrange: written(step('    const broken: = 3;'), 'SELECT 1;\n', SCRIPT),
    typed,
    code: 'typescript-failed',
    from: ({ err }) => err,
    nth: null,
    edit: (project, err) => {
      const line = Number(/003_more\.ts:(\d+):\d+: /u.exec(err)?.[1]);
      const lines = read(project, SCRIPT).split('\n');
      expect(lines[line - 1]).toContain('broken');
      project.write(SCRIPT, lines.with(line - 1, '    await sql.query("SELECT 1");').join('\n'));
    },
    holds: all,
  },
  ...(["    await sql.query('SELECT nowhere');", "    throw new Error('not yet');"] as const).map((body): HintRow => ({
    title: `a function that fails:${body}`,
    arrange: written(step(body), 'SELECT 1;\n', SCRIPT),
    typed,
    code: body.includes('throw') ? 'step-failed' : 'sql-failed',
    nth: null,
    edit: (project, hint) => {
      expect(hint).toMatch(/^Correct the function, then run the command again/u);
      project.write(SCRIPT, step("    await sql.query('SELECT 1');"));
    },
    holds: all,
  })),
];

describe('what a message about a file says to do next, done as it says', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('sqlite', row));
});
