import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import { directivesIn, hintOf, optionsIn } from '../support/hinted.ts';
import { appliedVersions, byHand, followHint, twoDatabases, type HintRow } from '../support/hint-row.ts';
import { connectTo, onDatabase } from '../support/postgres.ts';
import { usersAndAddresses, withProject, type Project } from '../support/project.ts';

const applied = async (project: Project): Promise<void> => {
  usersAndAddresses(project);
  await migrate(project.config, project.options);
};

const UNIQUE =
  '-- @transaction none\nCREATE TABLE one (id integer);\nCREATE UNIQUE INDEX CONCURRENTLY once ON users (name);\n';

const twice = async (project: Project): Promise<void> => {
  await applied(project);
  await byHand(project, "INSERT INTO users (id, name) VALUES (1, 'Ana'), (2, 'Ana')");
  project.migration(
    '003_once',
    UNIQUE,
    '-- @transaction none\nDROP INDEX CONCURRENTLY IF EXISTS once;\nDROP TABLE one;\n',
  );
};

const three = async (project: Project): Promise<void> => {
  expect(await appliedVersions(project)).toEqual(['001', '002', '003']);
};

const inFile =
  (path: string, text: (directive: string) => string) =>
  (project: Project, hint: string): void => {
    const [directive = ''] = directivesIn(hint);
    project.write(path, text(directive));
  };

const ROWS: readonly HintRow[] = [
  {
    title: 'sql-failed outside a transaction: the cause is gone, and it goes on',
    arrange: twice,
    typed: ['migrate', 'main'],
    code: 'sql-failed',
    from: ({ err }) => err,
    nth: 0,
    edit: async (project) => byHand(project, 'DELETE FROM users WHERE id = 2'),
    holds: three,
  },
  {
    title: 'failed-step, edited where it ran: settled by hand',
    arrange: async (project) => {
      await twice(project);
      await project.run('migrate', 'main');
      project.write('migrations/003_once.sql', UNIQUE.replace('CREATE TABLE one', 'CREATE TABLE another'));
      await byHand(project, 'ALTER TABLE one RENAME TO another; CREATE INDEX once ON users (name)');
    },
    typed: ['migrate', 'main'],
    code: 'failed-step',
    nth: 2,
    holds: three,
  },
  {
    title: 'not-transactional: outside a transaction',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_once', UNIQUE.split('\n').slice(1).join('\n'), 'DROP INDEX once;\n');
    },
    typed: ['migrate', 'main'],
    code: 'not-transactional',
    nth: null,
    edit: inFile('migrations/003_once.sql', (line) => `${line}\n${UNIQUE.split('\n').slice(1).join('\n')}`),
    holds: three,
  },
  {
    title: 'check-enum: checked after the commit',
    arrange: async (project) => {
      await applied(project);
      await byHand(project, "CREATE TYPE mood AS ENUM ('sad')");
      project.migration(
        '003_mood',
        "ALTER TYPE mood ADD VALUE 'glad';\n",
        '-- @irreversible a value stays\n',
        "-- @check glad\n-- @expect value = glad\nSELECT 'glad'::mood::text;\n",
      );
      project.write('migrations/003_mood.sql', "-- @irreversible a value stays\nALTER TYPE mood ADD VALUE 'glad';\n");
      project.remove('rollbacks/003_mood.sql');
    },
    typed: ['migrate', 'main'],
    code: 'check-enum',
    nth: null,
    edit: inFile(
      'verify/003_mood.sql',
      (line) => `-- @check glad\n${line}\n-- @expect value = 'glad'\nSELECT 'glad'::mood::text;\n`,
    ),
    holds: three,
  },
  {
    title: 'statement-timeout: a longer one',
    arrange: async (project) => {
      await applied(project);
      project.migration('003_slow', '-- @statement-timeout 50ms\nSELECT pg_sleep(0.2);\n', 'SELECT 1;\n');
    },
    typed: ['migrate', 'main'],
    code: 'statement-timeout',
    nth: null,
    edit: inFile('migrations/003_slow.sql', (line) => `${line.replace(/,$/u, '')} 20s\nSELECT pg_sleep(0.2);\n`),
    holds: three,
  },
];

describe('what a message says to do next, done on PostgreSQL', () => {
  it.concurrent.each(ROWS.map((row) => [row.title, row] as const))('%s', async (_, row) => followHint('postgres', row));

  it('database-absent: the command makes the database that was meant', async () => {
    await withProject('postgres', async (project) => {
      const sql = connectTo(project.url, 1);
      const [row] = await sql`SELECT current_database() || '_absent' AS name, current_user AS role`;
      const name = String(row?.['name']);
      const url = onDatabase(project.url, name);
      const { err } = await project.run('migrate', '--url', url);
      expect(err).toContain('error database-absent');
      const words = /createdb -h (\S+) -p (\d+) -U (\S+) (\S+)$/u.exec(hintOf(err))?.slice(1) ?? [];
      expect(words.slice(2)).toEqual([row?.['role'], name]);
      expect(url).toContain(encodeURIComponent(words[0] ?? '?'));
      // What createdb sends, whether or not this machine has it.
      try {
        await sql.unsafe(`CREATE DATABASE ${words[3] ?? ''}`);
        expect(await project.run('migrate', '--url', url)).toMatchObject({ code: 0 });
      } finally {
        await sql.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await sql.end();
      }
    });
  });

  it('permission-denied: the GRANT of the message lets the role in, and read', async () => {
    await withProject('postgres', async (project) => {
      const sql = connectTo(project.url, 1);
      const name = new URL(project.url.replace('@/', '@x/')).pathname.slice(1);
      const role = `let_in_${String(process.pid)}`;
      try {
        await sql.unsafe(
          `CREATE ROLE ${role} LOGIN; REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC; CREATE TABLE secrets (id integer)`,
        );
        const url = project.url.replace(/\/\/[^@]*@/u, `//${role}@`);
        twoDatabases({ ...project, url });
        project.migration('001_read', 'SELECT id FROM secrets;\n', 'SELECT 1;\n');
        const shut = await project.run('migrate', 'main');
        expect(shut.err).toContain('error permission-denied');
        await sql.unsafe(/GRANT .+;$/u.exec(hintOf(shut.err))?.[0] ?? '');
        await sql.unsafe(`GRANT CREATE ON DATABASE ${name} TO ${role}`);
        const unread = await project.run('migrate', 'main');
        expect(unread.err).toContain('error permission-denied');
        await sql.unsafe(/GRANT .+;$/u.exec(hintOf(unread.err))?.[0].replace('…', 'SELECT') ?? '');
        expect(await project.run('migrate', 'main')).toMatchObject({ code: 0 });
      } finally {
        await sql.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
        await sql.end();
      }
    });
  });

  it('lock-unavailable: who is in the way is ended, and the command goes through', async () => {
    await withOther(async (project, other) => {
      twoDatabases(project, { environments: { live: { lockTimeout: '50ms', lockRetryTime: '200ms' } } });
      project.migration(
        '003_more',
        'ALTER TABLE users ADD COLUMN more text;\n',
        'ALTER TABLE users DROP COLUMN more;\n',
      );
      await other.unsafe('BEGIN; SELECT count(*) FROM users');
      await pause(300);
      const { err } = await project.run('migrate', 'main', '--env', 'live');
      expect(err).toContain('error lock-unavailable');
      const hint = hintOf(err);
      await byHand(project, /SELECT pg_terminate_backend\(\d+\)/u.exec(hint)?.[0] ?? '');
      await followNamed(project, hint);
      await three(project);
    });
  });

  it('restore-in-use: the connections of others are ended', async () => {
    await withOther(
      async (project, other) => {
        expect(await project.run('backup', 'main')).toMatchObject({ code: 0 });
        await other.unsafe('SELECT 1');
        const typed = ['restore', 'main', '--backup', 'latest', '--yes'];
        const { err } = await project.run(...typed);
        expect(err).toContain('error restore-in-use');
        expect(await project.run(...typed, ...optionsIn(hintOf(err), 'restore'))).toMatchObject({ code: 0 });
        // The oldest server, for which every pg_dump will do.
      },
      { major: 15 },
    );
  });

  it('locked: with more time it waits for the run that has the lock', async () => {
    await withProject('postgres', async (project) => {
      twoDatabases(project);
      await applied(project);
      project.migration('003_slow', 'SELECT pg_sleep(3);\n', 'SELECT 1;\n');
      const first = project.run('migrate', 'main');
      const typed = ['repair', 'main', '--to', '002', '--reason', 'x', '--lock-wait'];
      let second = await project.run(...typed, '0s');
      while (!second.err.includes('error locked')) second = await project.run(...typed, '0s');
      const [option = ''] = optionsIn(`${hintOf(second.err).replace(/\.$/u, '')} 1s`, 'repair');
      expect(option).toBe('--lock-wait');
      expect((await project.run(...typed.slice(0, -1), option, '60s')).err).toContain('error nothing-to-repair');
      expect(await first).toMatchObject({ code: 0 });
    });
  });
});

async function withOther(
  work: (project: Project, other: postgres.Sql) => Promise<void>,
  options: { readonly major?: number } = {},
): Promise<void> {
  await withProject(
    'postgres',
    async (project) => {
      twoDatabases(project);
      await applied(project);
      const other = connectTo(project.url, 1);
      try {
        await work(project, other);
      } finally {
        await other.end({ timeout: 1 });
      }
    },
    options,
  );
}

async function followNamed(project: Project, hint: string): Promise<void> {
  const { commandsIn, filled } = await import('../support/hinted.ts');
  expect(await project.run(...filled(commandsIn(hint)[0] ?? []))).toMatchObject({ code: 0 });
}
