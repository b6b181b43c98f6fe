import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { ensureServer, stopServer } from '../../src/adapters/embedded-postgres/index.ts';
import { backup, migrate, preflight, status, type Config, type PreflightReport } from '../../src/index.ts';
import { connectTo } from '../support/postgres.ts';
import { SEEDS, withSeed } from '../support/seeds.ts';
import { ENGINES, projectIn, rejection, withProject, type Project } from '../support/project.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

type Check = PreflightReport['checks'][number];

async function examine(
  config: Config,
  options: { readonly root: string; readonly environment?: string },
): Promise<{ readonly report: PreflightReport; readonly of: (name: string) => Check }> {
  const [report] = (await preflight(config, options)).databases;
  if (report === undefined) throw new Error('no report');
  return {
    report,
    of: (name) => {
      const found = report.checks.find((check) => check.name === name);
      if (found === undefined) throw new Error(`no check ${name}`);
      return found;
    },
  };
}

function shop(project: Project): void {
  project.migration('001_goods', 'CREATE TABLE goods (id integer PRIMARY KEY, name text);\n', 'DROP TABLE goods;\n');
}

/** What somebody did by hand. */
async function change(project: Project, text: string): Promise<void> {
  if (project.engine === 'sqlite') {
    const { default: Sqlite } = await import('better-sqlite3');
    const connection = new Sqlite(project.url.replace('sqlite:', ''));
    connection.exec(text);
    connection.close();
    return;
  }
  const sql = connectTo(project.url);
  await sql.unsafe(text);
  await sql.end();
}

describe.each(ENGINES)('preflight on %s', (engine) => {
  it('runs the checks ahead of pending migrations, and stops a migrate where the environment says so', async () => {
    await withProject(engine, async (project) => {
      shop(project);
      const config: Config = { ...project.config, environments: { production: { preflight: true } } };
      const production = { ...project.options, environment: 'production' };
      await migrate(config, production);
      await project.run('status');
      project.migration(
        '002_price',
        'ALTER TABLE goods ADD COLUMN price integer;\n',
        'ALTER TABLE goods DROP COLUMN price;\n',
        '-- @check there are goods to price\n-- @when before\n-- @expect rows >= 1\nSELECT id FROM goods;\n',
      );
      project.migration(
        '003_more',
        'ALTER TABLE goods ADD COLUMN more integer;\n',
        'ALTER TABLE goods DROP COLUMN more;\n',
        '-- @check prices are there\n-- @when before\n-- @expect rows >= 1\nSELECT price FROM goods;\n',
      );
      const { report, of } = await examine(config, project.options);
      expect(report.outcome).toBe('block');
      expect(of('before-checks')).toMatchObject({ outcome: 'block' });
      expect(of('before-checks').figure).toContain('there are goods to price: expected rows >= 1, actual');
      expect(of('before-checks').figure).not.toContain('prices are there');
      const refused = await rejection(migrate(config, production));
      expect(refused).toMatchObject({ code: 'preflight-blocked', exitCode: 4 });
      expect(refused.message).toContain('nothing was changed');
      expect(refused.message).toContain('there are goods to price');
      expect((await status(config, project.options)).databases[0]?.migrations.map((each) => each.state)).toEqual([
        'applied',
        'pending',
        'pending',
      ]);
      const told = await project.run('preflight');
      expect(told.code).toBe(1);
      expect(told.out).toMatch(/block +before-checks/u);

      // Filled in, the first holds; the second is of a later migration, and may yet come true.
      project.migration(
        '002_price',
        'INSERT INTO goods (id) VALUES (1);\nALTER TABLE goods ADD COLUMN price integer;\n',
        'ALTER TABLE goods DROP COLUMN price;\nDELETE FROM goods;\n',
      );
      project.write(
        'verify/002_price.sql',
        '-- @check the table is there\n-- @when before\n-- @expect rows = 0\nSELECT id FROM goods;\n',
      );
      const second = await examine(config, project.options);
      expect(second.of('before-checks')).toMatchObject({ outcome: 'warn' });
      expect(second.of('before-checks').figure).toContain('prices are there');
      await migrate(config, production);
    });
  });

  it('blocks on a history that is not the expected one, and on a backup that is missing or old', async () => {
    await withProject(
      engine,
      async (project) => {
        shop(project);
        await migrate(project.config, project.options);
        const config = (environment: NonNullable<Config['environments']>[string]): Config => ({
          ...project.config,
          environments: { production: environment },
        });
        const production = { ...project.options, environment: 'production' };
        expect((await examine(project.config, project.options)).of('backup')).toMatchObject({ outcome: 'warn' });
        expect((await examine(config({ backup: 'before' }), production)).of('backup')).toMatchObject({ outcome: 'ok' });
        const fresh = config({ backupMaxAge: '1h' });
        expect((await examine(fresh, production)).of('backup')).toMatchObject({
          outcome: 'block',
          remedy: expect.stringContaining('surefoot backup main'),
        });
        await backup(project.config, project.options);
        expect((await examine(fresh, production)).of('backup')).toMatchObject({ outcome: 'ok' });
        expect((await examine(config({ backupMaxAge: '1ms' }), production)).of('backup')).toMatchObject({
          outcome: 'block',
          figure: expect.stringContaining('wants one of 1ms at most'),
        });
        expect((await examine(project.config, project.options)).of('baseline')).toMatchObject({ outcome: 'ok' });
        expect((await examine(project.config, project.options)).of('drift')).toMatchObject({ outcome: 'ok' });
        const by = projectIn(project.root, engine, project.url);
        await change(by, 'CREATE TABLE stray (id integer)');
        const stray = expect.stringMatching(/1 difference: added .*stray/u);
        expect((await examine(project.config, project.options)).of('drift')).toMatchObject({
          outcome: 'warn',
          figure: stray,
        });
        expect((await examine(config({ refuseDrift: true }), production)).of('drift')).toMatchObject({
          outcome: 'block',
          figure: stray,
        });
        const kept = async (): Promise<Check> => (await examine(project.config, project.options)).of('baseline');
        // Kept by hand it is compared at any time, kept by ci only when nothing is pending.
        await project.run('snapshot', '--out', 'verify/baseline.json');
        expect((await kept()).figure).toContain('the schema is the one kept in verify/baseline.json');
        await change(by, 'DROP TABLE stray');
        expect(await kept()).toMatchObject({
          outcome: 'warn',
          figure: expect.stringMatching(/not the one kept in verify\/baseline\.json: 1 difference: removed .*stray/u),
          remedy: expect.stringContaining('surefoot diff verify/baseline.json main'),
        });
        expect((await examine(config({ refuseDrift: true }), production)).of('baseline')).toMatchObject({
          outcome: 'block',
        });
        expect((await project.run('diff', 'verify/baseline.json', 'main')).out).toContain('stray');
        project.remove('verify/baseline.json');
        await project.run('snapshot', '--out', 'verify/snapshot.json');
        expect((await kept()).figure).toContain('the schema is the one kept in verify/snapshot.json');
        project.migration('009_later', 'CREATE TABLE later (id integer);', 'DROP TABLE later;');
        expect((await kept()).figure).toContain('1 pending');
        project.write('migrations/001_goods.sql', 'CREATE TABLE goods (id integer);\n');
        expect((await examine(project.config, project.options)).of('baseline')).toMatchObject({
          outcome: 'block',
          figure: expect.stringContaining('001_goods'),
        });
      },
      { major: 15 },
    );
  });
});

describe('the pre-migration checklist of the CRM strategy', () => {
  it('is answered by the preflight, point by point', async () => {
    const crm = SEEDS.find(({ name }) => name === 'crm');
    if (crm === undefined) throw new Error('the set is gone');
    await withSeed(crm, 15, async ({ config, options }) => {
      await migrate(config, { ...options, to: crm.before });
      await backup(config, options);
      const { report, of } = await examine(config, options);
      expect(report.checks.filter(({ outcome }) => outcome === 'block')).toEqual([]);
      // 1. administrator, backup, connection, expected baseline; 2. extensions and tables; 3. storage.
      expect(of('before-checks').figure).toMatch(/^\d+ of \d+ checks passed/u);
      expect(of('backup')).toMatchObject({ outcome: 'ok', figure: expect.stringContaining('crm-') });
      expect(of('server')).toMatchObject({ outcome: 'ok', figure: expect.stringContaining('PostgreSQL 15') });
      expect(of('baseline')).toMatchObject({ outcome: 'ok', figure: '1 applied as their files say, 5 pending' });
      expect(of('drift')).toMatchObject({ outcome: 'ok' });
      expect(of('extensions').outcome).toBe('ok');
      expect(of('privileges').figure).toMatch(/^\d\d+ needs of the plan met$/u);
      expect(of('disk-space').figure).toMatch(/^the plan may need up to [\d.]+ [kM]B; .* free at/u);
    });
  });
});

describe('preflight on SQLite', () => {
  it('sees who has the file open, and who holds it', async () => {
    await withProject('sqlite', async (project) => {
      const absent = await examine(project.config, project.options);
      expect(absent.report.checks).toMatchObject([
        { name: 'server', outcome: 'ok', figure: expect.stringContaining('does not exist yet') },
      ]);
      shop(project);
      await migrate(project.config, project.options);
      const config: Config = { ...project.config, environments: { production: { connections: 'block' } } };
      const production = { ...project.options, environment: 'production' };
      const clean = await examine(config, production);
      expect(clean.of('connections')).toMatchObject({ outcome: 'ok', figure: 'none' });
      expect(clean.of('disk-space')).toMatchObject({ outcome: 'ok' });
      const file = join(project.root, 'main.db');
      const program = `const D = require('better-sqlite3'); const d = new D(${JSON.stringify(file)}); d.pragma('user_version'); console.log('open'); process.stdin.on('data', () => { d.exec('BEGIN IMMEDIATE'); console.log('held'); });`;
      const app = spawn(process.execPath, ['-e', program], { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'inherit'] });
      try {
        await once(app.stdout, 'data');
        if (process.platform === 'linux') {
          const seen = await examine(config, production);
          expect(seen.of('connections')).toMatchObject({
            outcome: 'block',
            figure: expect.stringContaining(`process ${String(app.pid)}`),
          });
          expect((await examine(config, project.options)).of('connections')).toMatchObject({ outcome: 'ok' });
        }
        app.stdin.write('hold\n');
        await once(app.stdout, 'data');
        expect((await examine(config, project.options)).of('connections')).toMatchObject({
          outcome: 'warn',
          figure: expect.stringContaining('holds a lock on the file'),
        });
        expect((await examine(config, production)).of('connections')).toMatchObject({ outcome: 'block' });
      } finally {
        app.kill();
      }
    });
  });
});

describe('preflight on PostgreSQL', () => {
  it('tells every state it looks for by a figure', async () => {
    await withProject('sqlite', async ({ root: outer }) => {
      const root = join(outer, 'own');
      mkdirSync(root);
      const state = join(root, '.surefoot');
      const project = projectIn(root, 'postgres', 'embedded:main?major=15');
      shop(project);
      const { config, options } = project;
      const absent = await examine(config, options);
      expect(absent.report).toMatchObject({
        outcome: 'ok',
        checks: [{ figure: expect.stringContaining('migrate makes it') }],
      });
      const connect = async (name: string, login?: string): Promise<postgres.Sql> => {
        const server = await ensureServer({ root: state, from: REPOSITORY, major: 15 });
        const client = postgres({
          path: `${server.socketDirectory}/.s.PGSQL.${String(server.port)}`,
          database: name,
          username: login ?? server.user,
          max: 1,
          onnotice: () => undefined,
        });
        await client.unsafe('SELECT 1');
        return client;
      };
      await migrate(config, options);
      const admin = await connect('main');
      await admin.unsafe('ALTER SYSTEM SET max_prepared_transactions = 5');
      await admin.unsafe('ALTER SYSTEM SET autovacuum_freeze_max_age = 100000');
      await admin.unsafe('ALTER SYSTEM SET synchronous_commit = off');
      await admin.end();
      await stopServer(state);
      const sql = await connect('main');
      try {
        const clean = await examine(config, options);
        expect(clean.report.checks.filter((check) => !['ok', 'not applicable'].includes(check.outcome))).toMatchObject([
          { name: 'backup' },
        ]);
        expect(clean.of('server').figure).toMatch(/^PostgreSQL 15\.\d+, as \w+, \d+ of \d+ connections used$/u);
        expect(clean.of('disk-space').figure).toMatch(/free at .*data/u);
        expect(clean.of('clock').figure).toContain('agree');

        // The open session of this test is an application to the preflight.
        expect(clean.of('connections').figure).toContain('1 other connection');
        const strict: Config = { ...config, environments: { production: { connections: 'block' } } };
        const blocked = await examine(strict, { ...options, environment: 'production' });
        expect(blocked.of('connections')).toMatchObject({ outcome: 'block' });

        const other = await connect('main');
        await other.unsafe('BEGIN; SELECT 1');
        const idle = (await examine(config, options)).of('long-transactions');
        expect(idle).toMatchObject({
          outcome: 'warn',
          figure: expect.stringContaining('1 session idle in transaction'),
        });
        expect(idle.remedy).toMatch(/pg_terminate_backend\(\d+\)/u);
        await other.unsafe("INSERT INTO goods VALUES (1, 'a'); PREPARE TRANSACTION 'left behind'");
        const prepared = (await examine(config, options)).of('prepared-transactions');
        expect(prepared).toMatchObject({ outcome: 'block', figure: expect.stringContaining('left behind') });
        expect(prepared.remedy).toContain("ROLLBACK PREPARED 'left behind'");
        await other.unsafe("COMMIT PREPARED 'left behind'");

        await sql.unsafe("INSERT INTO goods VALUES (2, 'a')");
        await expect(sql.unsafe('CREATE UNIQUE INDEX CONCURRENTLY goods_name ON goods (name)')).rejects.toThrow(
          /duplicated|unique/u,
        );
        expect((await examine(config, options)).of('invalid-indexes')).toMatchObject({
          outcome: 'warn',
          figure: expect.stringContaining('public.goods_name on goods'),
        });
        await sql.unsafe('DROP INDEX goods_name');

        await sql.unsafe("SELECT pg_create_physical_replication_slot('forgotten', true)");
        expect((await examine(config, options)).of('replication')).toMatchObject({
          outcome: 'warn',
          figure: expect.stringContaining('forgotten keeps'),
          remedy: expect.stringContaining('pg_drop_replication_slot'),
        });
        await sql.unsafe("SELECT pg_drop_replication_slot('forgotten')");

        await sql.unsafe('DO $$ BEGIN FOR i IN 1..96000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$');
        expect((await examine(config, options)).of('wraparound')).toMatchObject({
          outcome: 'warn',
          figure: expect.stringMatching(/is 9[5-9],\d{3} old; it is frozen at 100,000/u),
        });
        await sql.unsafe('VACUUM (FREEZE)');

        project.migration(
          '002_wants',
          'CREATE EXTENSION "no-such-extension";\nALTER TABLE goods ALTER COLUMN id TYPE bigint;\nCREATE INDEX ON goods (name);\nCREATE SCHEMA extra;\nCREATE TABLE extra.mine (id integer);\nALTER TABLE extra.mine ADD COLUMN b integer;\nCREATE ROLE somebody;\nINSERT INTO goods VALUES (3);\n',
          'SELECT 1;\n',
        );
        const wants = await examine(config, options);
        expect(wants.of('extensions')).toMatchObject({
          outcome: 'block',
          figure: expect.stringContaining('no-such-extension'),
        });
        expect(wants.of('privileges')).toMatchObject({ outcome: 'ok' });
        expect(wants.of('disk-space').figure).toMatch(/may need up to [\d.]+ kB/u);

        await sql.unsafe(
          'CREATE ROLE app LOGIN; GRANT USAGE ON SCHEMA surefoot TO app; GRANT SELECT ON ALL TABLES IN SCHEMA surefoot TO app',
        );
        const server = await ensureServer({ root: state, from: REPOSITORY, major: 15 });
        const url = `postgres://app@${encodeURIComponent(server.socketDirectory)}:${String(server.port)}/main`;
        const asApp = await examine({ databases: { main: { url } } }, options);
        const lacks = asApp.of('privileges');
        expect(lacks.outcome).toBe('block');
        for (const lack of [
          'app does not own goods, which belongs to',
          'app may not make a schema',
          'app is no role that may make roles',
          'app may not INSERT on goods',
        ])
          expect(lacks.figure).toContain(lack);
        expect(lacks.figure).toContain('migrations/002_wants.sql:2: ');
        expect(lacks.figure).not.toContain('extra');
        expect(asApp.of('connections')).toMatchObject({
          outcome: 'unknown',
          figure: expect.stringContaining('pg_read_all_stats'),
        });
        expect(asApp.report.outcome).toBe('block');

        await sql.unsafe('ALTER DATABASE main SET default_transaction_read_only = on');
        expect((await examine(config, options)).of('server')).toMatchObject({
          outcome: 'block',
          figure: expect.stringContaining('takes no writes'),
        });
        await other.end();
      } finally {
        await sql.end();
        await stopServer(state);
      }
      const gone = await examine({ databases: { main: { url: 'postgres://nobody@127.0.0.1:1/none' } } }, options);
      expect(gone.report).toMatchObject({ outcome: 'block', checks: [{ name: 'server', outcome: 'block' }] });
    });
  });
});
