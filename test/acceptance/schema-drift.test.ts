import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diff, drift, migrate, snapshot, type Config } from '../../src/index.ts';
import { ENGINES, rejection, usersAndAddresses, withProject, type Project } from '../support/project.ts';
import { runAt, snapshotAt } from '../support/schema.ts';
import { SEEDS, withSeed } from '../support/seeds.ts';

async function differing(project: Project): Promise<readonly string[]> {
  const [found] = (await drift(project.config, project.options)).databases;
  return (found?.differences ?? []).map(({ kind, object }) => `${kind} ${object}`);
}

describe.each(ENGINES)('drift and diff on %s', (engine) => {
  const qualified = (name: string): string => (engine === 'postgres' ? `public.${name}` : name);

  it('finds what was changed by hand, by object, and nothing else; the second look needs no shadow', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const [first] = (await drift(project.config, project.options)).databases;
      expect([first?.source, first?.differences]).toEqual(['shadow', []]);
      await runAt(project.url, [
        'CREATE INDEX by_hand ON users (name)',
        'ALTER TABLE users ADD COLUMN email text',
        'CREATE TABLE history_of_others (id integer)',
        'CREATE TABLE flyway_schema_history (id integer)',
      ]);
      const [second] = (await drift(project.config, project.options)).databases;
      expect(second?.source).toBe('cache');
      expect(await differing(project)).toEqual([
        `added index ${qualified('by_hand')}`,
        `added table ${qualified('history_of_others')}`,
        `changed table ${qualified('users')}`,
      ]);
      const changed = second?.differences.find(({ kind }) => kind === 'changed');
      expect(changed?.detail).toBe('new column email');
      expect(changed?.diff).toContain('+  email text');
    });
  });

  it('makes migrate refuse where the environment says so, and says what drifted', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const config = { ...project.config, environments: { strict: { refuseDrift: true } } };
      const options = { ...project.options, environment: 'strict' };
      await migrate(config, { ...options, step: 1 });
      await runAt(project.url, ['CREATE INDEX by_hand ON users (name)']);
      const refused = await rejection(migrate(config, options));
      expect([refused.code, refused.exitCode]).toEqual(['drift-refused', 4]);
      expect(refused.message).toContain(`added index ${qualified('by_hand')}`);
      await runAt(project.url, ['DROP INDEX by_hand']);
      const [done] = (await migrate(config, options)).databases;
      expect(done?.steps.map(({ version }) => version)).toEqual(['002']);
    });
  });

  it('looks again under the lock: what changed since the first look is refused as well', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      const config = { ...project.config, environments: { strict: { refuseDrift: true, confirm: true } } };
      const options = { ...project.options, environment: 'strict' };
      await migrate(project.config, { ...project.options, step: 1 });
      const meanwhile = async (): Promise<boolean> => {
        await runAt(project.url, ['CREATE INDEX by_hand ON users (name)']);
        return true;
      };
      const refused = await rejection(migrate(config, { ...options, confirm: meanwhile }));
      expect([refused.code, refused.message]).toEqual(['drift-refused', expect.stringContaining('by_hand')]);
      await runAt(project.url, ['DROP INDEX by_hand']);
      const [done] = (await migrate(config, { ...options, confirm: async () => Promise.resolve(true) })).databases;
      expect(done?.steps.map(({ version }) => version)).toEqual(['002']);
    });
  });

  it('lets a step that stopped midway go on: what its history implies nobody can say before', async () => {
    await withProject(engine, async (project) => {
      project.migration(
        '001_a',
        '-- @transaction none\nCREATE TABLE a (id integer);\nCREATE TABLE b (id integer REFERENCES nowhere);\nSELECT * FROM nowhere;\n',
        'DROP TABLE a;\n',
      );
      const config = { ...project.config, environments: { strict: { refuseDrift: true } } };
      const options = { ...project.options, environment: 'strict' };
      expect((await rejection(migrate(config, options))).exitCode).toBe(3);
      await runAt(project.url, ['CREATE TABLE nowhere (id integer PRIMARY KEY)']);
      const [done] = (await migrate(config, options)).databases;
      expect(done?.steps.map(({ version }) => version)).toEqual(['001']);
    });
  });

  it('uses the stored script where the file of an applied version is gone or edited', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      project.write('migrations/001_users.sql', 'CREATE TABLE users (id integer PRIMARY KEY, other text);\n');
      expect(await differing(project)).toEqual([]);
      project.remove('migrations/001_users.sql');
      project.remove('rollbacks/001_users.sql');
      project.remove('verify/001_users.sql');
      project.remove('.surefoot/implied');
      expect(await differing(project)).toEqual([]);
    });
  });

  it('compares a version, a snapshot file and an SQL file with a database', async () => {
    await withProject(engine, async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      const file = join(project.root, 'main.json');
      await snapshot(project.config, { ...project.options, out: file });
      const objects = async (left: string): Promise<readonly string[]> =>
        (await diff(project.config, { ...project.options, left, right: 'main' })).differences.map(
          ({ object }) => object,
        );
      expect(await objects(file)).toEqual([]);
      expect(await objects('main@002')).toEqual([]);
      expect(await objects('main@001')).not.toEqual([]);
      const script = join(project.root, 'main.sql');
      await snapshot(project.config, { ...project.options, out: script });
      expect(await objects(script)).toEqual([]);
      writeFileSync(script, 'CREATE TABLE users (id integer PRIMARY KEY);\nCREATE TABEL x;\n');
      const wrong = await rejection(objects(script));
      expect(wrong.message).toContain('main.sql:2:');
      expect((await rejection(objects('nonsense'))).code).toBe('side-unknown');
    });
  });

  it('names layout apart, and a changed letter in a literal never is', async () => {
    await withProject(engine, async (project) => {
      const tables =
        engine === 'postgres'
          ? [
              "CREATE TABLE a (x integer UNIQUE, y text DEFAULT 'one')",
              "CREATE TABLE b (y text DEFAULT 'one', x integer UNIQUE)",
            ]
          : ["CREATE TABLE a (x integer, y text DEFAULT 'one')", "CREATE TABLE b (y text DEFAULT 'one', x integer)"];
      await runAt(project.url, [tables[0] ?? '']);
      const before = await snapshotAt(project.url);
      await runAt(project.url, ['DROP TABLE a', (tables[1] ?? '').replace('TABLE b', 'TABLE a')]);
      const file = join(project.root, 'before.json');
      writeFileSync(file, JSON.stringify(before));
      const compare = async (): Promise<readonly (readonly [string, readonly string[]])[]> =>
        (await diff(project.config, { ...project.options, left: file, right: 'main' })).differences.map(
          ({ object, layout }) => [object, layout] as const,
        );
      expect(await compare()).toEqual([[`table ${qualified('a')}`, ['column-order']]]);
      const ignoring = await diff(project.config, {
        ...project.options,
        left: file,
        right: 'main',
        ignore: ['column-order'],
      });
      expect([ignoring.differences.length, ignoring.ignored.length]).toEqual([0, 1]);
      await runAt(project.url, ['DROP TABLE a', (tables[0] ?? '').replace("'one'", "'One'")]);
      expect((await compare()).flatMap(([, layout]) => layout)).toEqual([]);
      expect((await compare()).length).toBe(1);
    });
  });
});

describe('what the system named, and white space in bodies', () => {
  it('is told from what people named and wrote', async () => {
    await withProject('postgres', async (project) => {
      const file = join(project.root, 'before.json');
      const body = (text: string): string =>
        `CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$BEGIN${text}END$$`;
      await runAt(project.url, [
        'CREATE TABLE t (id serial PRIMARY KEY, email text UNIQUE, age integer CHECK (age > 0))',
        body(" RETURN 'a b'; "),
      ]);
      writeFileSync(file, JSON.stringify(await snapshotAt(project.url)));
      await runAt(project.url, [
        'ALTER TABLE t RENAME CONSTRAINT t_email_key TO t_email_key1',
        'ALTER SEQUENCE t_id_seq RENAME TO t_id_seq1',
        'ALTER TABLE t RENAME CONSTRAINT t_age_check TO age_is_positive',
        body("\n  RETURN 'a b'; -- said\n"),
      ]);
      const compare = async (): Promise<Map<string, readonly string[]>> =>
        new Map(
          (await diff(project.config, { ...project.options, left: file, right: 'main' })).differences.map(
            ({ object, kind, layout }) => [`${kind} ${object}`, layout] as const,
          ),
        );
      expect([...(await compare())]).toEqual(
        [
          ['added constraint age_is_positive on public.t', []],
          ['removed constraint t_age_check on public.t', []],
          ['changed constraint t_email_key on public.t', ['system-names']],
          ['changed default public.t.id', ['system-names']],
          ['changed function public.f()', ['whitespace']],
          ['changed sequence public.t_id_seq', ['system-names']],
        ].toSorted((a, b) => (String(a[0]).replace(/^\w+ /u, '') < String(b[0]).replace(/^\w+ /u, '') ? -1 : 1)),
      );
      await runAt(project.url, [body(" RETURN 'a  b'; ")]);
      expect((await compare()).get('changed function public.f()')).toEqual([]);
    });
  });
});

describe('partitions that maintenance makes', () => {
  it('are no drift where their parent is named, and what is said of the parent is', async () => {
    await withProject('postgres', async (project) => {
      project.write(
        'migrations/001_log.sql',
        `CREATE TABLE log (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE INDEX log_at ON log (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
`,
      );
      project.write('rollbacks/001_log.sql', 'DROP TABLE log;\n');
      await migrate(project.config, project.options);
      await runAt(project.url, [
        'DROP TABLE log_1',
        "CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')",
        'CREATE INDEX on_partition ON log_2 (what)',
        'CREATE TABLE log_3 (LIKE log)',
      ]);
      expect((await differing(project)).filter((each) => each.includes('log_1')).length).toBeGreaterThan(0);
      const databases = Object.fromEntries(
        Object.entries(project.config.databases).map(([name, entry]) => [
          name,
          { ...entry, ignore: { partitionsOf: ['log'] } },
        ]),
      );
      const scoped = { ...project, config: { ...project.config, databases } };
      expect(await differing(scoped)).toEqual(['added table public.log_3']);
      await runAt(project.url, ['DROP TABLE log_3', 'DROP INDEX log_at']);
      expect(await differing(scoped)).toEqual(['removed index public.log_at']);
    });
  });
});

describe('the CRM system', () => {
  const crm = SEEDS.find(({ name }) => name === 'crm');

  it('has no drift once migrated, and then only what was done by hand: policies, grants, functions; no maintained months', async () => {
    if (crm === undefined) throw new Error('there is no crm');
    await withSeed(crm, undefined, async ({ config, options }) => {
      const url = config.databases['crm']?.url ?? '';
      const ignore = { partitionsOf: ['user_activity_log'] };
      const scoped: Config = { databases: { crm: { ...config.databases['crm'], url, ignore } } };
      const found = async (): Promise<readonly string[]> => {
        const [result] = (await drift(scoped, options)).databases;
        return (result?.differences ?? []).map(({ kind, object }) => `${kind} ${object}`);
      };
      await migrate(config, options);
      expect(await found()).toEqual([]);
      const { objects } = await snapshotAt(url);
      const policy = objects.find(({ kind }) => kind === 'policy');
      const [, name = '', table = ''] = /^policy (\S+) on (\S+)$/u.exec(policy?.id ?? '') ?? [];
      const routine = objects.find(({ kind, schema }) => kind === 'function' && schema === 'public');
      await runAt(url, [
        `DROP POLICY ${name} ON ${table}`,
        `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
        `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
        `ALTER FUNCTION ${routine?.id.slice('function '.length) ?? ''} SET work_mem = '8MB'`,
        "CREATE TABLE user_activity_log_2031_01 PARTITION OF user_activity_log FOR VALUES FROM ('2031-01-01') TO ('2031-02-01')",
        'GRANT SELECT ON user_activity_log TO PUBLIC',
      ]);
      expect(await found()).toEqual([
        `changed ${routine?.id ?? ''}`,
        'added grant on table public.user_activity_log to PUBLIC',
        `removed policy ${name} on ${table}`,
        `removed row-security ${table}`,
      ]);
    });
  });
});
