import { describe, expect, it } from 'vitest';
import { backup, migrate, prove } from '../../src/index.ts';
import { byHand, followHint, type HintRow } from '../support/hint-row.ts';
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
];

describe('what a page names as next, done as it says', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('sqlite', row));
});
