import { describe, expect, it } from 'vitest';
import { migrate, rollback } from '../../src/index.ts';
import { commandsIn } from '../support/hinted.ts';
import { appliedVersions, followHint, type HintRow } from '../support/hint-row.ts';
import { rejection, usersAndAddresses, type Project } from '../support/project.ts';

const HALF = '-- @transaction none\nCREATE TABLE one (id integer);\nCREATE TABLE two (id integer);\n';
const STOPS = `${HALF}INSERT INTO nowhere VALUES (1);\n`;
const BACK = '-- @transaction none\nDROP TABLE IF EXISTS two;\nDROP TABLE IF EXISTS one;\n';

async function applied(project: Project): Promise<void> {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
}

/** Version 003 runs outside a transaction, and stopped at its third statement. */
async function stopped(project: Project): Promise<void> {
  await applied(project);
  project.migration('003_half', STOPS, BACK);
  const { message } = await rejection(migrate(project.config, project.options));
  expect(message).toContain('Statements 1 to 2 of 3 are in place');
}

async function stoppedDown(project: Project): Promise<void> {
  await applied(project);
  project.migration('003_half', HALF, `${BACK}DROP TABLE nowhere;\n`);
  await migrate(project.config, project.options);
  const { message } = await rejection(rollback(project.config, project.options));
  expect(message).toContain('Statements 1 to 2 of 3 are in place');
}

const editedStart = async (project: Project): Promise<void> => {
  await stopped(project);
  project.write('migrations/003_half.sql', STOPS.replace('one (id', 'one (no'));
};

const withoutFile = async (project: Project): Promise<void> => {
  await stopped(project);
  for (const folder of ['migrations', 'rollbacks']) project.remove(`${folder}/003_half.sql`);
};

const versions = (expected: readonly string[]) => async (project: Project) => {
  expect(await appliedVersions(project)).toEqual(expected);
};

const ROWS: readonly HintRow[] = [
  ...(['migrate', 'rollback'] as const).map((verb): HintRow => ({
    title: `modified, met by ${verb}: repair accepts the edit`,
    arrange: async (project) => {
      await applied(project);
      project.write('migrations/002_address.sql', 'ALTER TABLE users ADD COLUMN address text; -- as it is now\n');
      project.write('rollbacks/002_address.sql', 'DROP INDEX users_address;\nALTER TABLE users DROP COLUMN address;\n');
    },
    typed: [verb, 'main'],
    code: 'modified',
    nth: 0,
    holds: versions(verb === 'migrate' ? ['001', '002'] : ['001']),
  })),
  {
    title: 'missing: what has no file any more is taken back, with all that came later',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
      await migrate(project.config, project.options);
      for (const folder of ['migrations', 'rollbacks', 'verify']) project.remove(`${folder}/002_address.sql`);
    },
    typed: ['migrate', 'main'],
    code: 'missing',
    nth: 0,
    holds: versions(['001', '003']),
  },
  {
    title: 'rollback-orphan: without its rollback the migration is told as missing',
    arrange: async (project) => {
      await applied(project);
      for (const folder of ['migrations', 'verify']) project.remove(`${folder}/002_address.sql`);
    },
    typed: ['migrate', 'main'],
    code: 'rollback-orphan',
    nth: null,
    edit: (project) => project.remove('rollbacks/002_address.sql'),
    again: 4,
    holds: (_, { err }) => expect(err).toMatch(/error missing:[\s\S]*surefoot rollback main --to 001$/mu),
  },
  {
    title: 'out-of-order: a proof that the order does not matter',
    arrange: async (project) => {
      await applied(project);
      project.migration('015_late', 'CREATE TABLE late (id integer);\n', 'DROP TABLE late;\n');
      project.migration('020_last', 'CREATE TABLE last (id integer);\n', 'DROP TABLE last;\n');
      await migrate(project.config, project.options);
      project.migration('017_later', 'CREATE TABLE later (id integer);\n', 'DROP TABLE later;\n');
    },
    typed: ['migrate', 'main'],
    code: 'out-of-order',
    nth: 0,
    holds: versions(['001', '002', '015', '017', '020']),
  },
  {
    title: 'out-of-order: a newer version',
    arrange: async (project) => {
      await applied(project);
      project.migration('0005_late', 'CREATE TABLE late (id integer);\n', 'DROP TABLE late;\n');
      await migrate(project.config, project.options);
      project.migration('003_later', 'CREATE TABLE later (id integer);\n', 'DROP TABLE later;\n');
    },
    typed: ['migrate', 'main'],
    code: 'out-of-order',
    nth: null,
    edit: (project) => {
      for (const folder of ['migrations', 'rollbacks']) project.remove(`${folder}/003_later.sql`);
      project.migration('006_later', 'CREATE TABLE later (id integer);\n', 'DROP TABLE later;\n');
    },
    holds: versions(['001', '002', '0005', '006']),
  },
  {
    title: 'sql-failed outside a transaction: corrected, it goes on there',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_half', STOPS, BACK);
    },
    typed: ['migrate', 'main'],
    code: 'sql-failed',
    from: ({ err }) => err,
    nth: 0,
    edit: (project) => project.write('migrations/003_half.sql', `${HALF}INSERT INTO one VALUES (1);\n`),
    holds: async (project) => {
      expect(await appliedVersions(project)).toEqual(['001', '002', '003']);
      expect(await project.query('SELECT id FROM one')).toHaveLength(1);
    },
  },
  {
    title: 'sql-failed outside a transaction: taken back',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_half', STOPS, BACK);
    },
    typed: ['migrate', 'main'],
    code: 'sql-failed',
    from: ({ err }) => err,
    nth: 1,
    again: null,
    holds: versions(['001', '002']),
  },
  ...([editedStart, withoutFile] as const).flatMap((arrange): HintRow[] => {
    const title = arrange === editedStart ? 'failed-step, edited where it ran' : 'failed-step without its file';
    const shared = { arrange, typed: ['migrate', 'main'], code: 'failed-step' };
    return [
      {
        ...shared,
        title: `${title}: brought back, it goes on`,
        nth: 0,
        edit: (project) => {
          project.migration('003_half', `${HALF}INSERT INTO one VALUES (1);\n`, BACK);
        },
        holds: versions(['001', '002', '003']),
      },
      { ...shared, title: `${title}: taken back`, nth: 1, again: null, holds: versions(['001', '002']) },
      {
        ...shared,
        title: `${title}: settled by hand`,
        nth: 2,
        again: arrange === editedStart ? 0 : 4,
        holds: versions(arrange === editedStart ? ['001', '002', '003'] : ['001', '002']),
      },
    ];
  }),
  {
    title: 'failed-step, a rollback: migrate names the rollback that goes on',
    arrange: stoppedDown,
    typed: ['migrate', 'main'],
    code: 'failed-step',
    nth: 0,
    edit: (project) => project.write('rollbacks/003_half.sql', BACK),
    holds: versions(['001', '002', '003']),
  },
  {
    title: 'failed-step, a rollback edited where it ran: settled by hand',
    arrange: async (project) => {
      await stoppedDown(project);
      project.write('rollbacks/003_half.sql', BACK.replace('TABLE IF EXISTS two', 'TABLE two'));
    },
    typed: ['rollback', 'main'],
    code: 'failed-step',
    nth: 1,
    again: null,
    holds: versions(['001', '002']),
  },
  {
    title: 'failed-step, met by drift: the run is ended first',
    arrange: async (project) => {
      await stopped(project);
      project.write('migrations/003_half.sql', `${HALF}INSERT INTO one VALUES (1);\n`);
    },
    typed: ['drift', 'main'],
    code: 'failed-step',
    nth: 0,
  },
  {
    title: 'failed-step, a rollback, met by drift',
    arrange: async (project) => {
      await stoppedDown(project);
      project.write('rollbacks/003_half.sql', BACK);
    },
    typed: ['drift', 'main'],
    code: 'failed-step',
    nth: 0,
  },
  {
    title: 'usage of repair: what a stopped step is now',
    arrange: stopped,
    typed: ['repair', 'main', '--to', '003', '--reason', 'by hand'],
    code: 'usage',
    nth: null,
    options: (hint) => commandsIn(`surefoot repair ${hint.slice(hint.indexOf('--as'))}`)[0]?.slice(1) ?? [],
    holds: versions(['001', '002', '003']),
  },
  {
    title: 'usage of repair: what a stopped rollback is now',
    arrange: stoppedDown,
    typed: ['repair', 'main', '--to', '003', '--reason', 'by hand'],
    code: 'usage',
    nth: null,
    options: (hint) => commandsIn(`surefoot repair ${hint.slice(hint.indexOf('--as'))}`)[0]?.slice(1) ?? [],
    holds: versions(['001', '002']),
  },
  {
    title: 'irreversible: what is above it',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_gone', '-- @irreversible it is gone\nCREATE TABLE gone (id integer);\n', null);
      project.migration('004_more', 'CREATE TABLE more (id integer);\n', 'DROP TABLE more;\n');
      await migrate(project.config, project.options);
    },
    typed: ['rollback', 'main', '--to', '001'],
    code: 'irreversible',
    nth: 0,
    again: 4,
    holds: versions(['001', '002', '003']),
  },
];

describe('what a message says to do next, done as it says', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('sqlite', row));
});
