import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backup, migrate, prove } from '../../src/index.ts';
import { optionsIn } from '../support/hinted.ts';
import { byHand, followHint, twoDatabases, type HintRow } from '../support/hint-row.ts';
import { usersAndAddresses, type Project } from '../support/project.ts';

const applied = async (project: Project): Promise<void> => {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
};

const kept = async (project: Project): Promise<void> => {
  await applied(project);
  await backup(project.config, project.options);
  await prove(project.config, project.options);
  expect(await project.run('ci', 'main', '--keep-snapshot')).toMatchObject({ code: 0 });
};

/** The part of a page from one title on. */
const below =
  (title: string) =>
  ({ out }: { readonly out: string }): string =>
    out.slice(out.indexOf(title));

const again = async (project: Project, words: readonly string[]): Promise<string> => (await project.run(...words)).out;

const ROWS: readonly HintRow[] = [
  {
    title: 'status without migrations: the first one',
    arrange: () => undefined,
    typed: ['status', 'main'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    fill: { '<slug>': 'add_users' },
    holds: (_, { out }) => expect(out).toContain('add_users.sql'),
  },
  {
    title: 'database-absent: migrate makes it',
    arrange: usersAndAddresses,
    typed: ['verify', 'main'],
    code: 'database-absent',
    nth: 0,
  },
  {
    title: 'prove --check: what is not proven is proven',
    arrange: applied,
    typed: ['prove', 'main', '--check'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
  },
  {
    title: 'preflight without a backup: one is made, and proven',
    arrange: applied,
    typed: ['preflight', 'main'],
    code: null,
    from: below('A backup is there'),
    nth: 0,
    holds: async (project) => expect(await again(project, ['preflight', 'main'])).not.toContain('warn'),
  },
  {
    title: 'preflight beside the kept snapshot: what differs',
    arrange: async (project) => {
      await kept(project);
      await byHand(project, 'CREATE TABLE by_hand (id integer)');
    },
    typed: ['preflight', 'main'],
    code: null,
    from: below('History and schema'),
    nth: 0,
    ends: 1,
    holds: (_, { out }) => expect(out).toContain('by_hand'),
  },
  {
    title: 'preflight beside the kept snapshot: it is kept anew',
    arrange: async (project) => {
      await kept(project);
      await byHand(project, 'CREATE TABLE by_hand (id integer)');
    },
    typed: ['preflight', 'main'],
    code: null,
    from: below('History and schema'),
    nth: 1,
    holds: async (project) =>
      expect(await again(project, ['preflight', 'main'])).not.toContain('History and schema are the expected ones'),
  },
  {
    title: 'ci without a kept snapshot: it is written',
    arrange: async (project) => {
      await applied(project);
      await prove(project.config, project.options);
    },
    typed: ['ci', 'main'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    holds: async (project) => expect(await again(project, ['ci', 'main'])).not.toContain('absent'),
  },
  {
    title: 'ci without proofs: they are made',
    arrange: async (project) => {
      await applied(project);
      await project.run('ci', 'main', '--keep-snapshot');
    },
    typed: ['ci', 'main'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    holds: async (project) => expect(await again(project, ['ci', 'main'])).not.toContain('absent'),
  },
  {
    title: 'ci beside the kept snapshot: what differs',
    arrange: async (project) => {
      await kept(project);
      project.migration('003_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
      await prove(project.config, project.options);
    },
    typed: ['ci', 'main'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    ends: 1,
    again: 1,
  },
  {
    title: 'maintenance-absent: what is written there, in the configuration',
    arrange: applied,
    typed: ['maintain', 'main'],
    code: 'maintenance-absent',
    nth: null,
    edit: (project, hint) => {
      const [, statement = '', name = ''] = /maintenance: '(.+)' under databases\.(\w+)/u.exec(hint) ?? [];
      const outcome = /outcome is (\w+) or/u.exec(hint)?.[1] ?? '';
      const jobs = `(SELECT 'vacuum' AS job, '${outcome}' AS outcome, '' AS detail)`;
      const maintenance = statement.replace('…', jobs);
      twoDatabases(project, {}, { [name]: { maintenance } });
    },
    holds: (_, { out }) => expect(out).toContain('vacuum'),
  },
  {
    title: 'unwritten-invalid: the line taken out',
    arrange: (project) => {
      usersAndAddresses(project);
      project.write('.surefoot/unwritten/main.jsonl', '{"no": "entry"}\n');
    },
    typed: ['migrate', 'main'],
    code: 'unwritten-invalid',
    from: ({ err }) => err,
    nth: null,
    edit: (_, err) => {
      const [, file = '', line = ''] = /unwritten-invalid: (.+):(\d+): it waits/u.exec(err) ?? [];
      writeFileSync(
        file,
        readFileSync(file, 'utf8')
          .split('\n')
          .toSpliced(Number(line) - 1, 1)
          .join('\n'),
      );
    },
  },
  {
    title: 'env-missing: a file that sets it',
    arrange: (project) => {
      usersAndAddresses(project);
      project.write(
        'surefoot.config.ts',
        "import { defineConfig, env } from 'surefoot';\nexport default defineConfig({ databases: { main: { url: env('HINTED_URL') } } });\n",
      );
    },
    typed: ['status', 'main'],
    code: 'env-missing',
    nth: null,
    edit: (project, hint) => project.write('vars', `${/^Set (\w+),/u.exec(hint)?.[1] ?? ''}=${project.url}\n`),
    options: (hint) => [...optionsIn(`${hint.replace(/\.$/u, '')} vars`, 'status')],
  },
  {
    title: 'journal-broken: the entry as it was written',
    arrange: async (project) => {
      await applied(project);
      await byHand(project, "UPDATE surefoot_journal SET entry = 'no entry' WHERE seq = 2");
    },
    typed: ['log', 'main', '--check'],
    code: 'journal-broken',
    from: ({ err }) => err,
    nth: null,
    edit: async (project, err) => {
      const seq = Number(/journal-broken: entry (\d+) of/u.exec(err)?.[1]);
      const file = / (\S+\.jsonl),/u.exec(err)?.[1] ?? '';
      const entry = readFileSync(join(project.root, file), 'utf8').split('\n')[seq - 1] ?? '';
      await byHand(
        project,
        `UPDATE surefoot_journal SET entry = '${entry.replaceAll("'", "''")}' WHERE seq = ${String(seq)}`,
      );
    },
    holds: (_, { out }) => expect(out).toContain('the chain of 4 entries holds'),
  },
  {
    title: 'unknown-database: the one that was meant',
    arrange: applied,
    typed: ['status', 'mian'],
    code: 'unknown-database',
    nth: null,
    again: 2,
    edit: async (project, hint) => {
      const name = /^Did you mean (\w+)\?$/u.exec(hint)?.[1] ?? '';
      expect(await project.run('status', name)).toMatchObject({ code: 0 });
    },
  },
];

describe('what a page names as next, done as it says', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('sqlite', row));
});
