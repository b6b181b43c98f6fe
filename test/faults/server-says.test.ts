import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, status } from '../../src/index.ts';
import { connectTo, onDatabase } from '../support/postgres.ts';
import { startOwnServer, type OwnServer } from '../support/own-server.ts';
import { projectIn, rejection, usersAndAddresses, withProject, type Project } from '../support/project.ts';

/** Whether this machine lets a test mount a small disk. */
const MAY_MOUNT =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe('what a server says', () => {
  let server: OwnServer;
  const root = mkdtempSync(join(tmpdir(), 'surefoot-says-'));
  beforeAll(async () => {
    server = await startOwnServer(18);
    await server.query('CREATE DATABASE small');
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });
  const project = (): Project => {
    rmSync(root, { recursive: true, force: true });
    return projectIn(root, 'postgres', onDatabase(server.url, 'small'));
  };

  it('out of lock memory: own code, nothing changed', async () => {
    await server.stop();
    server.configure(
      'max_connections = 10',
      'max_locks_per_transaction = 10',
      'superuser_reserved_connections = 1',
      'reserved_connections = 0',
      'max_wal_senders = 0',
      'autovacuum_worker_slots = 1',
    );
    await server.start();
    const many = Array.from({ length: 3000 }, (_, index) => `CREATE TABLE t${String(index)} (id integer);`).join('\n');
    const here = project();
    here.migration('001_many', many, 'SELECT 1;');
    const error = await rejection(migrate(here.config, here.options));
    expect(error).toMatchObject({ code: 'out-of-memory', exitCode: 3 });
    expect(error.message).toContain('SQLSTATE 53200');
    expect(error.message).toContain('Nothing was changed');
    expect(error.hint).toContain('max_locks_per_transaction');
    expect((await status(here.config, here.options)).databases[0]?.migrations[0]?.state).toBe('pending');
  });

  it.skipIf(!MAY_MOUNT)('a full disk: own code, nothing changed (left out where no tmpfs may be mounted)', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'surefoot-disk-'));
    expect(
      spawnSync('mount', ['-t', 'tmpfs', '-o', `size=4m,mode=700,uid=${String(server.uid)}`, 'tmpfs', disk]).status,
    ).toBe(0);
    try {
      await server.query(`CREATE TABLESPACE small LOCATION '${disk}'`);
      const here = project();
      here.migration(
        '001_big',
        "CREATE TABLE big TABLESPACE small AS SELECT repeat('x', 1000) AS text FROM generate_series(1, 20000);",
        'DROP TABLE big;',
      );
      const error = await rejection(migrate(here.config, here.options));
      expect(error).toMatchObject({ code: 'disk-full', exitCode: 3, context: { sqlState: '53100' } });
      expect(error.message).toContain('Nothing was changed');
      expect(await here.query("SELECT to_regclass('big')::text AS name")).toEqual([{ name: null }]);
      await server.query('DROP TABLESPACE small');
    } finally {
      spawnSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });

  it('too many connections: own code, and which limit', async () => {
    const here = project();
    const sql = connectTo(server.url, 10);
    try {
      await Promise.allSettled(Array.from({ length: 10 }, async () => sql`SELECT pg_sleep(0.05)`));
      const error = await rejection(migrate(here.config, here.options));
      expect(error).toMatchObject({ code: 'too-many-connections', exitCode: 3, context: { sqlState: '53300' } });
      expect(error.hint).toContain('max_connections');
    } finally {
      await sql.end({ timeout: 2 });
    }
  });

  it('a standby: refused before anything, and reads go on', async () => {
    await server.stop();
    server.makeStandby();
    await server.start();
    const here = project();
    usersAndAddresses(here);
    expect(await server.query('SELECT pg_is_in_recovery() AS standby')).toEqual([{ standby: true }]);
    const error = await rejection(migrate(here.config, here.options));
    expect(error).toMatchObject({ code: 'read-only', exitCode: 3 });
    expect(error.message).toContain('standby');
    expect(error.hint).toContain('target_session_attrs=read-write');
    expect((await status(here.config, here.options)).databases[0]?.exists).toBe(true);
    await server.query('SELECT pg_promote()');
  });

  it('a shutdown in mid-statement: own code, nothing changed, and the next run goes on', async () => {
    const here = project();
    here.migration('001_slow', 'CREATE TABLE slow (id integer);\nSELECT pg_sleep(60);', 'DROP TABLE slow;');
    const running = rejection(migrate(here.config, { ...here.options, lockWaitMs: 1_000 }));
    for (;;) {
      const rows = await server.query(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid() AND state = 'active'",
      );
      if (rows.length > 0) break;
    }
    await server.stop();
    const error = await running;
    expect(error).toMatchObject({ code: 'server-stopping', exitCode: 3, context: { sqlState: '57P01' } });
    expect(error.message).toContain('Nothing was changed');
    await server.start();
    here.migration('001_slow', 'CREATE TABLE slow (id integer);', 'DROP TABLE slow;');
    await migrate(here.config, here.options);
    expect(await here.query("SELECT to_regclass('slow')::text AS name")).toEqual([{ name: 'slow' }]);
  });
});

describe('what a session is told', () => {
  it('read-only by a setting: refused before anything', async () => {
    await withProject('postgres', async (project) => {
      usersAndAddresses(project);
      const url = `${project.url}${project.url.includes('?') ? '&' : '?'}options=${encodeURIComponent('-c default_transaction_read_only=on')}`;
      const error = await rejection(migrate({ databases: { main: { url } } }, project.options));
      expect(error).toMatchObject({ code: 'read-only', exitCode: 3 });
      expect(error.hint).toContain('default_transaction_read_only');
    });
  });

  it('idle too long in a transaction: which setting ended it, and how to raise it', async () => {
    await withProject('postgres', async (project) => {
      project.write(
        'migrations/001_idle.ts',
        "import { defineMigration } from 'surefoot';\nimport { setTimeout as pause } from 'node:timers/promises';\nexport default defineMigration({ async run({ sql }) {\n  await sql`CREATE TABLE idle (id integer)`;\n  await pause(1000);\n  await sql`INSERT INTO idle VALUES (1)`;\n} });\n",
      );
      project.write('rollbacks/001_idle.sql', 'DROP TABLE idle;');
      const url = `${project.url}${project.url.includes('?') ? '&' : '?'}options=${encodeURIComponent('-c idle_in_transaction_session_timeout=200')}`;
      const error = await rejection(migrate({ databases: { main: { url } } }, project.options));
      expect(error).toMatchObject({ code: 'connection-lost', exitCode: 3 });
      expect(error.message).toContain('Nothing was changed');
      expect(error.hint).toContain('SET idle_in_transaction_session_timeout = ');
      await migrate(project.config, project.options);
    });
  });

  it('permission denied: object, role and the GRANT', async () => {
    await withProject('postgres', async (project) => {
      await project.query('SELECT 1');
      const sql = connectTo(project.url, 1);
      const role = `denied_${String(process.pid)}`;
      try {
        await sql.unsafe(
          `CREATE TABLE secrets (id integer); CREATE ROLE ${role} LOGIN; GRANT CREATE ON DATABASE "${new URL(project.url.replace('@/', '@x/')).pathname.slice(1)}" TO ${role}`,
        );
        const url = project.url.replace(/\/\/[^@]*@/u, `//${role}@`);
        const config = { databases: { main: { url } } };
        project.migration('001_read', 'SELECT * FROM secrets;', 'SELECT 1;');
        const read = await rejection(migrate(config, project.options));
        expect(read).toMatchObject({ code: 'permission-denied', context: { object: 'secrets', sqlState: '42501' } });
        expect(read.hint).toBe(`Have its owner grant it: GRANT … ON TABLE secrets TO ${role};`);
        project.migration('001_read', 'ALTER TABLE secrets ADD COLUMN note text;', 'SELECT 1;');
        const owned = await rejection(migrate(config, project.options));
        expect(owned).toMatchObject({ code: 'permission-denied', context: { object: 'secrets' } });
        expect(owned.hint).toBe(`Connect as the owner of table secrets, or make role ${role} a member of the owner.`);
      } finally {
        await sql.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
        await sql.end();
      }
    });
  });

  it('its own statement time-out, or somebody who cancels it: two codes', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_slow', '-- @statement-timeout 50ms\nSELECT pg_sleep(60);', 'SELECT 1;');
      const late = await rejection(migrate(project.config, project.options));
      expect(late).toMatchObject({ code: 'statement-timeout', context: { sqlState: '57014' } });
      expect(late.hint).toContain('@statement-timeout');
      project.migration('001_slow', 'SELECT pg_sleep(60);', 'SELECT 1;');
      const running = rejection(migrate(project.config, project.options));
      const sql = connectTo(project.url, 1);
      for (let told = false; !told;) {
        const rows =
          await sql`SELECT pg_cancel_backend(pid) AS told FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'`;
        told = rows.length > 0;
      }
      await sql.end();
      const cancelled = await running;
      expect(cancelled).toMatchObject({ code: 'statement-cancelled', exitCode: 3, context: { sqlState: '57014' } });
      expect(cancelled.hint).toContain('pg_cancel_backend');
    });
  });
});
