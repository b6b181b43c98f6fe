import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backup, migrate } from '../../src/index.ts';
import { optionsIn } from '../support/hinted.ts';
import { appliedVersions, byHand, followHint, twoDatabases, type HintRow } from '../support/hint-row.ts';
import { usersAndAddresses, type Project } from '../support/project.ts';

const applied = async (project: Project): Promise<void> => {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
};

const backedUp = async (project: Project): Promise<void> => {
  await applied(project);
  await backup(project.config, project.options);
};

const later = async (project: Project): Promise<void> => {
  await backedUp(project);
  for (const version of ['003', '004'])
    project.migration(`${version}_more`, `CREATE TABLE more${version} (id integer);\n`, `DROP TABLE more${version};\n`);
  await migrate(project.config, project.options);
};

/** The folder of the only backup. */
const backupFolder = ({ root }: Project): string => {
  const folder = join(root, '.surefoot', 'backups');
  return join(folder, readdirSync(folder)[0] ?? '');
};

const signed = async (project: Project): Promise<void> => {
  await applied(project);
  await project.run('log', 'keygen');
};

const checklist = async (project: Project): Promise<void> => {
  await applied(project);
  project.write('verify/checklist.md', '- [ ] The backend is stopped\n');
};

const applied2 = async (project: Project): Promise<void> => {
  expect(await appliedVersions(project)).toEqual(['001', '002']);
};

const JOURNAL_BROKEN = "UPDATE surefoot_journal SET entry = replace(entry, 'succeeded', 'failed') WHERE seq = 2";

const ROWS: readonly HintRow[] = [
  {
    title: 'what a backup prints restores it',
    arrange: applied,
    typed: ['backup', 'main'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    holds: (_, { out }) => expect(out).toContain('restored the backup'),
  },
  {
    title: 'what a restore prints shows what is there',
    arrange: backedUp,
    typed: ['restore', 'main', '--backup', 'latest'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    again: null,
    holds: (_, { out }) => expect(out).toMatch(/002 +applied/u),
  },
  {
    title: 'backup-not-found where there is none: one is made',
    arrange: applied,
    typed: ['restore', 'main', '--backup', 'latest'],
    code: 'backup-not-found',
    nth: 0,
  },
  {
    title: 'backup-not-found: the list',
    arrange: backedUp,
    typed: ['restore', 'main', '--backup', 'nothing'],
    code: 'backup-not-found',
    nth: 0,
    again: 2,
    holds: (_, { out }) => expect(out).toMatch(/main-\d{8}-/u),
  },
  ...(['cut short', 'gone', 'changed'] as const).map((what): HintRow => ({
    title: `backup-damaged, ${what}: the list of others`,
    arrange: async (project) => {
      await backedUp(project);
      const data = join(backupFolder(project), 'data');
      if (what === 'gone') rmSync(data);
      else if (what === 'cut short') truncateSync(data, 100);
      else writeFileSync(data, readFileSync(data).fill(7, 5000, 6000));
    },
    typed: ['restore', 'main', '--backup', 'latest'],
    code: 'backup-damaged',
    nth: 0,
    again: 3,
    holds: applied2,
  })),
  {
    title: 'restore-later-runs: rolled back to where the backup is',
    arrange: later,
    typed: ['restore', 'main', '--backup', 'latest'],
    code: 'restore-later-runs',
    nth: 0,
    again: 4,
    holds: applied2,
  },
  {
    title: 'restore-later-runs: restored all the same',
    arrange: later,
    typed: ['restore', 'main', '--backup', 'latest'],
    code: 'restore-later-runs',
    nth: 1,
    again: 4,
    holds: applied2,
  },
  {
    title: 'run-not-found: the list of runs',
    arrange: applied,
    typed: ['log', 'note', 'zzzz', 'noted', 'main'],
    code: 'run-not-found',
    nth: 0,
    again: 2,
    holds: (_, { out }) => expect(out).toMatch(/migrate +succeeded/u),
  },
  {
    title: 'journal-unsignable: where the chain breaks',
    arrange: async (project) => {
      await signed(project);
      await byHand(project, JOURNAL_BROKEN);
    },
    typed: ['log', 'sign', 'main', '--key', 'surefoot-journal.key'],
    code: 'journal-unsignable',
    nth: 0,
    ends: 1,
    again: 4,
    holds: (_, { out }) => expect(out).toContain('entry 2 was changed'),
  },
  {
    title: 'key-invalid: a key that is one',
    arrange: async (project) => {
      await applied(project);
      project.write('other.pem', 'no key\n');
    },
    typed: ['log', 'sign', 'main', '--key', 'other.pem'],
    code: 'key-invalid',
    nth: 0,
    again: 2,
    holds: async (project) => {
      const { code } = await project.run('log', 'sign', 'main', '--key', 'surefoot-journal.key');
      expect(code).toBe(0);
    },
  },
  {
    title: 'release-absent: the last checklist',
    arrange: applied,
    typed: ['release', 'main', '--give-up', 'x'],
    code: 'release-absent',
    nth: 0,
    again: 2,
  },
  {
    title: 'a release that goes elsewhere: ended first',
    arrange: async (project) => {
      await checklist(project);
      await project.run('release', 'main', '--to', '001', '--yes');
    },
    typed: ['release', 'main', '--to', '002', '--yes'],
    code: 'usage',
    nth: 0,
    again: null,
    holds: (_, { out }) => expect(out).toContain('given up'),
  },
  {
    title: 'answers-invalid: a list printed anew',
    arrange: async (project) => {
      await checklist(project);
      project.write('answers.md', 'no list\n');
    },
    typed: ['release', 'main', '--answers', 'answers.md'],
    code: 'answers-invalid',
    nth: 0,
    again: null,
    holds: (_, { out }) => expect(out).toContain('# Release checklist: main'),
  },
  {
    title: 'snapshot-invalid: made anew',
    arrange: async (project) => {
      await applied(project);
      project.write('old.json', '{"format": 0}\n');
    },
    typed: ['diff', 'main', 'old.json'],
    code: 'snapshot-invalid',
    nth: 0,
    fill: { '<database>': 'main' },
    edit: (project) => project.remove('old.json'),
  },
  {
    title: 'a name that holds nothing to name by',
    arrange: applied,
    typed: ['new', '!!', 'main'],
    code: 'usage',
    nth: 0,
    again: 2,
    holds: (_, { out }) => expect(out).toContain('003_add_users.sql'),
  },
  {
    title: 'file-exists, of new: another version',
    arrange: applied,
    typed: ['new', 'more', 'main', '--migration-version', '002'],
    code: 'file-exists',
    nth: null,
    again: 2,
    edit: async (project, hint) => {
      const [option = ''] = optionsIn(`${hint.replace(/\.$/u, '')} 7`, 'new');
      expect((await project.run('new', 'more', 'main', option, '007')).code).toBe(0);
    },
  },
  ...(['new more', 'log note last noted', 'release'] as const).map((words): HintRow => ({
    title: `database-not-named, by ${words}: one name, and no --all`,
    arrange: applied,
    typed: words.split(' '),
    code: 'database-not-named',
    nth: null,
    again: 2,
    edit: (_, hint) => expect(hint).toBe('Name one of them.'),
  })),
  {
    title: 'database-not-named: all of them',
    arrange: (project) => {
      usersAndAddresses(project);
      for (const folder of ['migrations', 'rollbacks', 'verify'])
        mkdirSync(join(project.root, folder, 'other'), { recursive: true });
    },
    typed: ['migrate'],
    code: 'database-not-named',
    nth: null,
    options: (hint) => optionsIn(hint, 'migrate'),
    holds: applied2,
  },
  {
    title: 'unknown-environment: the one that was meant',
    arrange: async (project) => {
      await applied(project);
      twoDatabases(project, { environments: { live: {} } });
    },
    typed: ['status', 'main', '--env', 'life'],
    code: 'unknown-environment',
    nth: null,
    again: 2,
    edit: async (project, hint) => {
      expect((await project.run('status', 'main', ...optionsIn(hint, 'status'))).code).toBe(0);
    },
  },
  {
    title: 'usage: the command that was meant',
    arrange: applied,
    typed: ['statsu', 'main'],
    code: 'usage',
    nth: 0,
    again: 2,
    ends: 2,
    holds: (_, { err }) => expect(err).toContain('database-not-named'),
  },
];

describe('what a message says to do next, done as it says', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('sqlite', row));
});
