import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import { directivesIn, optionsIn } from '../support/hinted.ts';
import { appliedVersions, byHand, followHint, twoDatabases, type HintRow } from '../support/hint-row.ts';
import { usersAndAddresses, type Project } from '../support/project.ts';

const applied = async (project: Project): Promise<void> => {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
};

const withPolicies = (policies: Readonly<Record<string, unknown>>) => async (project: Project) => {
  twoDatabases(project, { environments: { live: policies } });
  await applied(project);
  project.migration(
    '003_more',
    'CREATE TABLE more (id integer);\n',
    'DROP TABLE more;\n',
    '-- @check none\n-- @expect rows = 0\nSELECT id FROM more;\n',
  );
};

const atHead =
  (path: string, fill: Readonly<Record<string, string>> = {}) =>
  (project: Project, hint: string): void => {
    const [directive = ''] = directivesIn(hint);
    const written = Object.entries(fill).reduce((text, [name, value]) => text.replace(name, value), directive);
    project.write(path, `${written}\n${readFileSync(join(project.root, path), 'utf8')}`);
  };

const all = async (project: Project): Promise<void> => {
  expect(await appliedVersions(project)).toEqual(['001', '002', '003']);
};

const drifted = async (project: Project): Promise<void> => {
  await withPolicies({ refuseDrift: true })(project);
  await byHand(project, 'CREATE TABLE by_hand (id integer)');
};

const migrateLive = ['migrate', 'main', '--env', 'live'];

const DRIFT = { arrange: drifted, typed: migrateLive, code: 'drift-refused' };

const ROWS: readonly HintRow[] = [
  {
    title: 'proof-missing: proven, it may run',
    arrange: withPolicies({ requireProof: true }),
    typed: migrateLive,
    code: 'proof-missing',
    nth: 0,
    holds: all,
  },
  {
    title: 'proofs-invalid: removed, and proven anew',
    arrange: async (project) => {
      await withPolicies({ requireProof: true })(project);
      project.write('verify/proofs.json', '{"format": 1, ');
    },
    typed: migrateLive,
    code: 'proofs-invalid',
    nth: 0,
    edit: (project) => project.remove('verify/proofs.json'),
    holds: all,
  },
  {
    title: 'verification-required: a verify script',
    arrange: async (project) => {
      await withPolicies({ requireVerification: true })(project);
      project.remove('verify/003_more.sql');
    },
    typed: migrateLive,
    code: 'verification-required',
    nth: null,
    edit: (project) => project.write('verify/003_more.sql', '-- @check c\n-- @expect value = 1\nSELECT 1;\n'),
    holds: all,
  },
  { ...DRIFT, title: 'drift-refused: what drift shows', nth: 0, ends: 1, again: 4 },
  {
    ...DRIFT,
    title: 'drift-refused: the change as a migration that is recorded',
    nth: 1,
    fill: { '<version>': '0021' },
    edit: (project) => {
      for (const folder of ['migrations', 'rollbacks', 'verify']) project.remove(`${folder}/003_more.sql`);
      project.migration('0021_by_hand', 'CREATE TABLE by_hand (\n id integer);\n', 'DROP TABLE by_hand;\n');
      project.migration('0022_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
    },
    holds: async (project) => {
      expect(await appliedVersions(project)).toEqual(['001', '002', '0021', '0022']);
    },
  },
  {
    title: 'drift, as a finding, names the same way',
    arrange: drifted,
    typed: ['drift', 'main'],
    code: null,
    from: ({ out }) => out,
    nth: 0,
    fill: { '<version>': '003' },
    edit: (project) => {
      project.migration('003_more', 'CREATE TABLE by_hand (\n id integer);\n', 'DROP TABLE by_hand;\n');
      project.remove('verify/003_more.sql');
    },
    holds: (_, { out }) => expect(out).toContain('recorded as present: 003'),
  },
  {
    title: 'preflight-blocked: preflight shows it, until it is gone',
    arrange: async (project) => {
      await withPolicies({ preflight: true })(project);
      await byHand(project, "INSERT INTO users VALUES (1, 'Ana', 'here')");
      project.write(
        'verify/003_more.sql',
        '-- @check empty\n-- @when before\n-- @expect rows = 0\nSELECT id FROM users;\n',
      );
    },
    typed: migrateLive,
    code: 'preflight-blocked',
    nth: 0,
    edit: async (project) => {
      await byHand(project, 'DELETE FROM users');
    },
    holds: all,
  },
  {
    title: 'confirmation-absent: an answer ahead',
    arrange: withPolicies({ confirm: true }),
    typed: migrateLive,
    code: 'confirmation-absent',
    nth: null,
    options: (hint) => optionsIn(hint, 'migrate'),
    holds: all,
  },
  {
    title: 'hazard: allowed on the command line',
    arrange: async (project) => {
      await withPolicies({ refuseHazards: ['drops-data'] })(project);
      project.migration('003_more', 'DROP TABLE users;\n', 'CREATE TABLE users (id integer);\n');
      project.remove('verify/003_more.sql');
    },
    typed: migrateLive,
    code: 'hazard',
    nth: null,
    options: (hint) => optionsIn(hint, 'migrate'),
  },
  {
    title: 'hazard: allowed in the file',
    arrange: async (project) => {
      await withPolicies({ refuseHazards: ['drops-data'] })(project);
      project.migration('003_more', 'DROP TABLE users;\n', 'CREATE TABLE users (id integer);\n');
      project.remove('verify/003_more.sql');
    },
    typed: migrateLive,
    code: 'hazard',
    nth: null,
    edit: atHead('migrations/003_more.sql', { '<reason>': 'nobody is left' }),
  },
  {
    title: 'rows-lost: declared',
    arrange: async (project) => {
      await applied(project);
      project.migration(
        '003_more',
        'CREATE TABLE gone (id integer PRIMARY KEY, name text);\nINSERT INTO gone VALUES (1, NULL);\nCREATE TABLE child (id integer REFERENCES gone (id) ON DELETE CASCADE);\nINSERT INTO child VALUES (1);\n',
        'DROP TABLE child;\nDROP TABLE gone;\n',
      );
      await migrate(project.config, project.options);
      project.migration('004_less', 'DELETE FROM gone;\n', '-- @irreversible x\n');
      project.write('migrations/004_less.sql', '-- @irreversible they are gone\nDELETE FROM gone;\n');
      project.remove('rollbacks/004_less.sql');
    },
    typed: ['migrate', 'main'],
    code: 'rows-lost',
    nth: null,
    edit: atHead('migrations/004_less.sql'),
  },
  {
    title: 'not-transactional: outside a transaction',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_more', 'VACUUM;\n', 'VACUUM;\n');
    },
    typed: ['migrate', 'main'],
    code: 'not-transactional',
    nth: null,
    edit: (project, hint) => {
      for (const folder of ['migrations', 'rollbacks']) atHead(`${folder}/003_more.sql`)(project, hint);
    },
    holds: all,
  },
  {
    title: 'single-transaction: without it',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_more', '-- @transaction none\nVACUUM;\n', '-- @transaction none\nVACUUM;\n');
    },
    typed: ['migrate', 'main', '--single-transaction'],
    code: 'single-transaction',
    nth: null,
    edit: async (project, hint) => {
      expect(optionsIn(hint, 'migrate')).toEqual(['--single-transaction']);
      expect((await project.run('migrate', 'main')).code).toBe(0);
    },
  },
  {
    title: 'rollback-absent: written',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
      await project.run('baseline', 'main', '--to', '003', '--unchecked');
      for (const folder of ['migrations', 'rollbacks']) project.remove(`${folder}/003_more.sql`);
    },
    typed: ['rollback', 'main'],
    code: 'rollback-needs-file',
    nth: null,
    edit: async (project) => {
      await byHand(project, 'CREATE TABLE more (id integer)');
      project.migration('003_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
    },
  },
  {
    title: 'baseline with a check that does not hold: recorded all the same',
    arrange: async (project) => {
      await withPolicies({})(project);
      project.write('verify/003_more.sql', '-- @check none\n-- @expect value = 1\nSELECT 2;\n');
    },
    typed: ['baseline', 'main', '--to', '003'],
    code: 'check-failed',
    nth: 0,
    again: 4,
    holds: all,
  },
  {
    title: 'already-applied, of baseline',
    arrange: applied,
    typed: ['baseline', 'main', '--to', '002'],
    code: 'already-applied',
    nth: 0,
    again: 4,
    holds: (_, { out }) => expect(out).toMatch(/002 +applied/u),
  },
  {
    title: 'nothing-to-repair',
    arrange: applied,
    typed: ['repair', 'main', '--to', '002', '--reason', 'x'],
    code: 'nothing-to-repair',
    nth: 0,
    again: 4,
  },
  ...(['migrate', 'rollback'] as const).map((verb): HintRow => ({
    title: `unknown-version of ${verb}: status lists them`,
    arrange: applied,
    typed: [verb, 'main', '--to', '007'],
    code: 'unknown-version',
    nth: 0,
    again: 2,
    holds: (_, { out }) => expect(out).toContain('001_users'),
  })),
  {
    title: 'a check after the commit that fails: made again when the data is right',
    arrange: async (project) => {
      await withPolicies({})(project);
      project.write(
        'verify/003_more.sql',
        '-- @check one\n-- @when committed\n-- @expect value = 1\nSELECT count(*) FROM more;\n',
      );
    },
    typed: ['migrate', 'main'],
    code: 'check-failed',
    nth: 0,
    edit: async (project) => {
      await byHand(project, 'INSERT INTO more VALUES (1)');
    },
    holds: all,
  },
  {
    title: 'a check after the commit that fails: the step taken back',
    arrange: async (project) => {
      await withPolicies({})(project);
      project.write(
        'verify/003_more.sql',
        '-- @check one\n-- @when committed\n-- @expect value = 1\nSELECT count(*) FROM more;\n',
      );
    },
    typed: ['migrate', 'main'],
    code: 'check-failed',
    nth: 1,
    again: 1,
  },
];

describe('what a refusal says to do next, done as it says', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('sqlite', row));
});
