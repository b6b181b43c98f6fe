import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/index.ts';
import {
  FAILS_WITH,
  LARGE,
  readTruth,
  runOnce,
  settle,
  withRoot,
  writeFaultPlan,
  type Truth,
} from '../support/fault-scene.ts';
import { startCli } from '../support/kill-cli.ts';
import { createKillMatrix } from '../support/kill-matrix.ts';
import { projectIn, rejection, runCli, usersAndAddresses, withProject, type Project } from '../support/project.ts';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
/** What gives a shell a mount space of its own; null where that is not allowed. */
const TMPFS =
  [
    ['unshare', '-m'],
    ['unshare', '-rm'],
  ].find(
    ([program = '', ...args]) => spawnSync(program, [...args, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0,
  ) ?? null;

const CHILD = fileURLToPath(new URL('../support/migrate-when-told.mjs', import.meta.url));
const matrix = createKillMatrix();
afterAll(() => matrix.print('Processes that are killed, SQLite'));

/** Kills in each journal mode. */
const KILLS = LARGE ? 300 : 40;
const SIGNALS = LARGE ? 60 : 6;

describe.each(['wal', 'delete'] as const)('SQLite with journal_mode=%s', (mode) => {
  it('killed at a random instant leaves nothing lost and nothing done twice', { timeout: 3_600_000 }, async () => {
    const lane = async (times: number): Promise<void> => {
      await withScene(mode, async (project, truth) => {
        const took = await timeOf(project, mode);
        let next = await readyChild(project);
        for (let turn = 0; turn < times; turn += 1) {
          clear(project);
          make(project, mode);
          const child = next;
          const instant = Math.random() * took;
          child.begin();
          await pause(instant);
          child.kill();
          // Loads while this one is judged.
          next = await child.ended.then(async () => readyChild(project));
          await judge(project, truth, mode, 'SIGKILL', `${instant.toFixed(1)} of ${took.toFixed(1)} ms`);
        }
        next.kill();
      });
    };
    await Promise.all([lane(KILLS / 2), lane(KILLS / 2)]);
  });

  it('interrupted at a random instant leaves nothing lost and nothing done twice', { timeout: 3_600_000 }, async () => {
    await withScene(mode, async (project, truth) => {
      clear(project);
      make(project, mode);
      const start = performance.now();
      expect(await startCli(project.root, ['migrate']).ended).toBe(3);
      const took = performance.now() - start;
      for (let turn = 0; turn < SIGNALS; turn += 1) {
        clear(project);
        make(project, mode);
        const signal = turn % 2 === 0 ? 'SIGINT' : 'SIGTERM';
        const instant = took * (0.6 + 0.4 * Math.random());
        const cli = startCli(project.root, ['migrate']);
        await pause(instant);
        cli.child.kill(signal);
        // Before the command line has begun to listen the system ends it, and when it is through there is no more to stop.
        expect([signal, signal === 'SIGINT' ? 130 : 143, 3]).toContain(await cli.ended);
        await judge(project, truth, mode, signal, `${instant.toFixed(1)} of ${took.toFixed(1)} ms: ${cli.err()}`);
      }
    });
  });
});

async function withScene(mode: string, work: (project: Project, truth: Truth) => Promise<void>): Promise<void> {
  await withRoot(async (root) => {
    const project = projectIn(root, 'sqlite', `sqlite:${join(root, 'main.db')}`);
    writeFaultPlan(project);
    make(project, mode);
    expect(await runOnce(project)).toBe(FAILS_WITH);
    await work(project, await readTruth(project));
  });
}

async function judge(project: Project, truth: Truth, mode: string, signal: string, when: string): Promise<void> {
  try {
    matrix.add(`journal_mode=${mode}`, `${signal} at a random instant`, await settle(project, truth, 'interrupted'));
    expect(integrity(project)).toBe('ok');
  } catch (error) {
    throw new Error(`${signal} after ${when}`, { cause: error });
  }
}

interface ReadyChild {
  begin(): void;
  kill(): void;
  readonly ended: Promise<unknown>;
}

/** A process with everything loaded. */
async function readyChild(project: Project): Promise<ReadyChild> {
  const child = spawn(process.execPath, [CHILD, project.root], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [said] = await Promise.race([once(child.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(said)) throw new Error('the child ended before it was ready');
  return { begin: () => child.stdin.write('now\n'), kill: () => child.kill('SIGKILL'), ended };
}

/** How long a run takes that nothing happens to, ms. */
async function timeOf(project: Project, mode: string): Promise<number> {
  clear(project);
  make(project, mode);
  const child = await readyChild(project);
  const start = performance.now();
  child.begin();
  await child.ended;
  return performance.now() - start;
}

describe('a SQLite file', () => {
  it('that may not be written is told so, and nothing is changed', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      project.migration('003_more', 'CREATE TABLE more (id integer);', 'DROP TABLE more;');
      // Also where the superuser, who may write everything, runs the tests.
      chmodSync(join(project.root, 'main.db'), 0o444);
      chmodSync(project.root, 0o755);
      const cli = await asNobody(project);
      expect(cli.err).toMatch(/error (?:read-only|database-file|file-unreadable)/u);
      expect([2, 3]).toContain(cli.code);
      chmodSync(join(project.root, 'main.db'), 0o644);
      expect((await migrate(project.config, project.options)).databases[0]?.steps.length).toBe(1);
    });
  });

  it.skipIf(TMPFS === null)(
    'on a full disk is told so, stays whole, and goes on when there is room (left out where no tmpfs may be mounted)',
    async () => {
      await withProject('sqlite', async (project) => {
        project.migration(
          '001_small',
          'CREATE TABLE small (id integer);\nINSERT INTO small VALUES (1);',
          'DROP TABLE small;',
        );
        project.migration(
          '002_big',
          'CREATE TABLE big (data blob);\nINSERT INTO big VALUES (zeroblob(8000000));',
          'DROP TABLE big;',
        );
        const url = 'sqlite:small-disk/main.db';
        project.write('surefoot.config.ts', `export default { databases: { main: { url: '${url}' } } };\n`);
        const script = `mkdir -p small-disk && mount -t tmpfs -o size=4m tmpfs small-disk && ("$@" migrate; echo "first $?"; "$@" status; mount -o remount,size=40m small-disk; "$@" migrate; echo "second $?"; "$@" log --check)`;
        const { out, err } = await shell(project.root, script);
        expect(err).toContain('error disk-full');
        expect(err).toMatch(/nothing was changed/iu);
        expect(out).toContain('first 3');
        expect(out).toMatch(/001 +applied[\s\S]*002 +pending/u);
        expect(out).toContain('second 0');
        expect(out).toMatch(/the chain of \d+ entries holds/u);
      });
    },
  );

  it('that another writer has locked is waited for, then told as busy', async () => {
    await withProject('sqlite', async (project) => {
      usersAndAddresses(project);
      await migrate(project.config, project.options);
      project.migration('003_more', '-- @lock-timeout 100ms\nCREATE TABLE more (id integer);', 'DROP TABLE more;');
      const other = new Database(join(project.root, 'main.db'));
      other.exec('BEGIN IMMEDIATE');
      const config = { ...project.config, environments: { live: { lockRetries: 1 } } };
      const error = await rejection(migrate(config, { ...project.options, environment: 'live' }));
      expect(['busy', 'lock-unavailable', 'lock-timeout']).toContain(error.code);
      expect(error.exitCode).toBe(3);
      other.exec('ROLLBACK');
      other.close();
      expect((await migrate(project.config, project.options)).databases[0]?.steps.length).toBe(1);
    });
  });
});

/** `$@` is the command line. */
async function shell(cwd: string, script: string): Promise<{ readonly out: string; readonly err: string }> {
  const [program = '', ...args] = TMPFS ?? [];
  return new Promise((resolve) => {
    execFile(
      program,
      [...args, 'bash', '-c', script, 'bash', process.execPath, BIN],
      { cwd, env: { ...process.env, NO_COLOR: '1' } },
      (_, out, err) => resolve({ out, err }),
    );
  });
}

function file(project: Project): string {
  return join(project.root, 'main.db');
}

function clear(project: Project): void {
  for (const end of ['', '-wal', '-shm', '-journal', '.surefoot-lock', '.surefoot-lock-journal'])
    rmSync(`${file(project)}${end}`, { force: true });
  rmSync(join(project.root, '.surefoot'), { recursive: true, force: true });
}

function make(project: Project, mode: string): void {
  const connection = new Database(file(project));
  connection.pragma(`journal_mode = ${mode}`);
  connection.close();
}

function integrity(project: Project): unknown {
  const connection = new Database(file(project));
  try {
    return connection.pragma('integrity_check', { simple: true });
  } finally {
    connection.close();
  }
}

async function asNobody(project: Project): ReturnType<typeof runCli> {
  if (process.getuid?.() !== 0) return runCli(project.root, ['migrate']);
  return runCli(project.root, ['migrate'], {}, ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']);
}
