import { execFile, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { migrate, preflight, type PreflightReport } from '../../src/index.ts';
import { createProcesses } from '../../src/adapters/node/processes.ts';
import { withRoot } from '../support/fault-scene.ts';
import { onDatabase } from '../support/postgres.ts';
import { startOwnServer } from '../support/own-server.ts';
import { projectIn, rejection, runCli, withProject, type Project } from '../support/project.ts';
import { MAJORS } from '../support/servers.ts';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const MAJOR = MAJORS[0];

/** The program of this major version: an older one can not, and a newer one writes settings this server refuses. */
const BASEBACKUP =
  createProcesses()
    .find('pg_basebackup')
    .find((path) => spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.includes(` ${String(MAJOR)}.`)) ?? null;

const MAY_MOUNT =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

type Check = PreflightReport['checks'][number];

async function checkOf(project: Project, name: string): Promise<Check | undefined> {
  const { databases } = await preflight(project.config, { ...project.options, drift: false });
  return databases[0]?.checks.find((check) => check.name === name);
}

/** Looks again until it is so: replicas tell how far they are now and then. */
async function until(look: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await look()); tries += 1) {
    if (tries > 600) throw new Error('it never came to that');
    await pause(100);
  }
}

describe('what the preflight sees of a real', () => {
  it.skipIf(BASEBACKUP === null)(
    `standby: that it follows, how far behind it is, and that it has caught up (left out where there is no pg_basebackup ${String(MAJOR)})`,
    async () => {
      const server = await startOwnServer(MAJOR);
      try {
        await server.stop();
        server.configure('wal_level = replica', 'max_wal_senders = 4', 'hot_standby = on', 'max_wal_size = 4GB');
        await server.start();
        await server.query('CREATE DATABASE led');
        const standby = server.standby(BASEBACKUP ?? '');
        try {
          await standby.start();
          await until(
            async () =>
              (await server.query("SELECT 1 AS one FROM pg_stat_replication WHERE state = 'streaming'")).length === 1,
          );
          await withRoot(async (root) => {
            const project = projectIn(root, 'postgres', onDatabase(server.url, 'led'));
            project.migration('001_wide', 'CREATE TABLE wide (t text);', 'DROP TABLE wide;');
            await migrate(project.config, project.options);
            await until(async () => (await checkOf(project, 'replication'))?.outcome === 'ok');
            expect((await checkOf(project, 'replication'))?.figure).toMatch(/^1 replica, the last \(.*, streaming\)/u);

            await standby.query('SELECT pg_wal_replay_pause()');
            project.migration(
              '002_much',
              'ALTER TABLE wide ALTER t SET STORAGE EXTERNAL;\nINSERT INTO wide SELECT repeat(i::text, 20000) FROM generate_series(100000, 101200) AS i;',
              'DELETE FROM wide;',
            );
            await migrate(project.config, project.options);
            await until(async () => (await checkOf(project, 'replication'))?.outcome === 'warn');
            const behind = await checkOf(project, 'replication');
            expect(behind?.figure).toMatch(/is [\d.]+ MB and .* behind/u);
            expect(behind?.remedy).toContain('caught up');

            const there = projectIn(root, 'postgres', onDatabase(standby.url, 'led'));
            const server0 = await checkOf(there, 'server');
            expect(server0?.outcome).toBe('block');
            const refused = await rejection(migrate(there.config, { ...there.options, to: '002' }).then(() => null));
            expect(refused.exitCode).toBeGreaterThan(2);

            await standby.query('SELECT pg_wal_replay_resume()');
            await until(async () => (await checkOf(project, 'replication'))?.outcome === 'ok');
          });
        } finally {
          await standby.close();
        }
      } finally {
        await server.close();
      }
    },
  );

  it.skipIf(!MAY_MOUNT)(
    'disk that is nearly full: it blocks before anything is changed (left out where no tmpfs may be mounted)',
    async () => {
      await withProject('sqlite', async (project) => {
        project.migration(
          '001_big',
          'CREATE TABLE big (id integer PRIMARY KEY, data blob);\nINSERT INTO big (data) VALUES (zeroblob(2500000));',
          'DROP TABLE big;',
        );
        project.migration('002_index', 'CREATE INDEX big_data ON big (data);', 'DROP INDEX big_data;');
        const live = { environments: { live: { preflight: true } } };
        project.write(
          'surefoot.config.ts',
          `export default ${JSON.stringify({ databases: { main: { url: 'sqlite:disk/main.db' } }, ...live })};\n`,
        );
        const script =
          'mkdir -p disk && mount -t tmpfs -o size=6m tmpfs disk && "$@" migrate --to 001 && "$@" preflight --json; echo "first $?"; ' +
          '"$@" migrate --env live; echo "second $?"; mount -o remount,size=60m disk; "$@" preflight >/dev/null; echo "third $?"; "$@" migrate --env live; echo "fourth $?"';
        const { out, err } = await inMounts(project.root, script);
        expect(out).toContain('first 1');
        expect(out).toMatch(/"name": "disk-space",\s+"title": "[^"]*",\s+"outcome": "block"/u);
        expect(out).toContain('second 4');
        expect(err).toContain('error preflight-blocked');
        expect(err).toMatch(/free at/u);
        expect(out).toContain('third 0');
        expect(out).toContain('fourth 0');
      });
    },
  );

  it('difference between two clocks: this process lives in another hour than its server', async () => {
    await withProject('postgres', async (project) => {
      project.migration('001_goods', 'CREATE TABLE goods (id integer);', 'DROP TABLE goods;');
      const look = async (aheadMs: number): Promise<Check | undefined> => {
        const { out } = await runCli(project.root, ['preflight', '--json'], {
          NODE_OPTIONS: `--import ${clock(aheadMs)}`,
        });
        const { databases } = JSON.parse(out) as { readonly databases: readonly PreflightReport[] };
        return databases[0]?.checks.find(({ name }) => name === 'clock');
      };
      expect(await look(0)).toMatchObject({ outcome: 'ok', figure: expect.stringContaining('they agree') });
      expect(await look(3_600_000)).toMatchObject({
        outcome: 'warn',
        figure: expect.stringMatching(/^the server is (?:59min|1h).* behind$/u),
      });
      expect((await look(-3_600_000))?.figure).toMatch(/ahead$/u);
    });
  });
});

/** A module that moves the clock of the process that loads it. */
function clock(aheadMs: number): string {
  const text = `const Real = Date; const by = ${String(aheadMs)}; globalThis.Date = class extends Real { constructor(...a) { if (a.length === 0) super(Real.now() + by); else super(...a); } static now() { return Real.now() + by; } };`;
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

/** `$@` is the command line, in a mount space of its own. */
async function inMounts(cwd: string, script: string): Promise<{ readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    execFile(
      'unshare',
      ['-m', 'bash', '-c', script, 'bash', process.execPath, BIN],
      { cwd, env: { ...process.env, NO_COLOR: '1' } },
      (_, out, err) => resolve({ out, err }),
    );
  });
}
