import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureServer, stopServer } from '../../src/adapters/embedded-postgres/index.ts';
import { isRunning, markProcess } from '../../src/adapters/embedded-postgres/processes.ts';
import { bringServer, TUNING } from '../../src/adapters/embedded-postgres/server.ts';
import { layoutOf, writeState } from '../../src/adapters/embedded-postgres/state.ts';
import {
  ask,
  clientProgram,
  ended,
  eventually,
  firstLine,
  killHard,
  makeProject,
  postmasterOf,
  removeBundle,
  REPOSITORY,
  startClient,
  stateOf,
  type Project,
} from '../support/embedded/fixture.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const from = REPOSITORY;
const QUICK = { ...TUNING, idleMs: 1_000, pollMs: 50 };
let project: Project;
let root: string;

beforeAll(clientProgram);
beforeEach(() => {
  project = makeProject();
  root = project.root;
});
afterEach(() => project.remove());
afterAll(removeBundle);

const works = async (): Promise<void> =>
  expect(await ask(await ensureServer({ root, from }), 'select 1 as one')).toEqual([{ one: 1 }]);

describe('after a kill -9', () => {
  test('of the keeper: the server goes on and gets a new one', async () => {
    const server = await bringServer({ root, from }, QUICK);
    const { keeper } = stateOf(root);
    const postmaster = postmasterOf(server);
    process.kill(keeper.pid, 'SIGKILL');
    await ended(keeper);
    expect(await bringServer({ root, from }, QUICK)).toEqual(server);
    expect(postmasterOf(server)).toEqual(postmaster);
    const successor = stateOf(root).keeper;
    expect(isRunning(successor)).toBe(true);
    await ended(postmaster);
    await ended(successor);
  });

  test('of the server: its keeper goes, and the next command starts anew', async () => {
    const server = await ensureServer({ root, from });
    await ask(server, 'create table kept as select 42 as answer');
    const { keeper, postmaster } = stateOf(root);
    process.kill(postmaster.pid, 'SIGKILL');
    await ended(postmaster);
    expect(await ask(await ensureServer({ root, from }), 'select answer from kept')).toEqual([{ answer: 42 }]);
    await ended(keeper);
  });

  test('of the server with a client at work: its backend is waited for, then ended', async () => {
    const sql = 'select count(*) from generate_series(1, 1000000000000)';
    const child = await startClient({ act: 'hold', root, from, sql });
    const server = await firstLine(child);
    const backends = async (): Promise<readonly number[]> =>
      (
        await ask(
          server,
          `select pid from pg_stat_activity where state = 'active' and query like 'select count(*) from g%'`,
        )
      ).map(({ pid }) => Number(pid));
    await eventually('the statement runs', async () => (await backends()).length > 0);
    const [backend = 0] = await backends();
    const orphan = markProcess(backend);
    const postmaster = postmasterOf(server);
    process.kill(postmaster.pid, 'SIGKILL');
    await ended(postmaster);
    expect(isRunning(orphan)).toBe(true);
    await works();
    expect(isRunning(orphan)).toBe(false);
    await killHard(child);
  });

  test('of the command that was starting it, at any moment', async () => {
    for (let ms = 120; ms <= 1_400; ms += 240) {
      const child = await startClient({ act: 'ensure', root, from });
      await Promise.race([
        new Promise((resolve) => setTimeout(resolve, ms)),
        new Promise((resolve) => child.once('exit', resolve)),
      ]);
      await killHard(child);
      await works();
      await stopServer(root);
      // The first start, with its initdb, is the longest.
      if (ms % 480 === 120) rmSync(join(root, 'postgres-18/data'), { recursive: true });
    }
    expect(readdirSync(join(root, 'postgres-18')).filter((name) => name.includes('half'))).toEqual([]);
  });

  test('of a command that had started it, before anybody else knew: nothing is left running', async () => {
    const server = await ensureServer({ root, from });
    await stopServer(root);
    let seen = false;
    // The instant is narrow: looked for without a pause, and as often as it takes to meet it once.
    for (let round = 0; round < 40 && !seen; round += 1) {
      const child = await startClient({ act: 'ensure', root, from });
      const pidFile = join(server.dataDirectory, 'postmaster.pid');
      while (!existsSync(pidFile) && child.exitCode === null) await nextTurn();
      await killHard(child);
      seen = !existsSync(join(root, 'postgres-18/state.json'));
      // No command comes to take it over, so its keeper, which never got its task, ends it.
      if (seen) await eventually('its end', () => !existsSync(pidFile), 120_000);
      await stopServer(root);
    }
    expect(seen).toBe(true);
  }, 300_000);
});

describe('finds its way with', () => {
  test('a data folder that is not whole', async () => {
    const data = join(root, 'postgres-18/data');
    mkdirSync(join(data, 'base'), { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), '18\n');
    mkdirSync(join(root, 'postgres-18/data.new-1-abc/base'), { recursive: true });
    await works();
    const names = readdirSync(join(root, 'postgres-18'));
    expect(names.filter((name) => name.startsWith('data.half-made-'))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith('data.new-'))).toEqual([]);
  });

  test('an empty data folder', async () => {
    mkdirSync(join(root, 'postgres-18/data'), { recursive: true });
    await works();
    expect(readdirSync(join(root, 'postgres-18')).filter((name) => name.startsWith('data.'))).toEqual([]);
  });

  test('a socket and a state that nobody is behind', async () => {
    const server = await ensureServer({ root, from });
    const state = stateOf(root);
    const keeper = markProcess(process.pid);
    process.kill(state.keeper.pid, 'SIGKILL');
    process.kill(state.postmaster.pid, 'SIGKILL');
    await ended(state.postmaster);
    await ended(state.keeper);
    expect(statSync(join(server.socketDirectory, '.s.PGSQL.5432')).isSocket()).toBe(true);
    // As if the keeper's number had gone to another process.
    writeState(layoutOf(root, 18), { ...state, keeper });
    await works();
  });

  test('a postmaster.pid and a socket lock whose number another process has got', async () => {
    const { dataDirectory, socketDirectory } = await ensureServer({ root, from });
    const pidFile = join(dataDirectory, 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await stopServer(root);
    const stranger = spawn('sleep', ['60']);
    const text = [String(stranger.pid), ...lines.slice(1)].join('\n');
    writeFileSync(pidFile, text);
    await works();
    await stopServer(root);
    writeFileSync(join(socketDirectory, '.s.PGSQL.5432.lock'), text);
    await works();
    stranger.kill();
  });

  test('a running server whose state was deleted, or whose socket was', async () => {
    const server = await ensureServer({ root, from });
    const postmaster = postmasterOf(server);
    rmSync(join(root, 'postgres-18/state.json'));
    expect(await ensureServer({ root, from })).toEqual(server);
    expect(postmasterOf(server)).toEqual(postmaster);
    rmSync(join(server.socketDirectory, '.s.PGSQL.5432'));
    await works();
    expect(isRunning(postmaster)).toBe(false);
  });

  test('a folder that was deleted under a running server', async () => {
    const server = await ensureServer({ root, from });
    const { keeper } = stateOf(root);
    const postmaster = postmasterOf(server);
    const log = openSync(join(root, 'postgres-18/server.log'), 'r');
    rmSync(root, { recursive: true, force: true });
    await works();
    await ended(postmaster);
    // By itself it would panic when it next misses a file, or remove its successor's socket after a minute.
    expect(readFileSync(log, 'utf8')).not.toContain('PANIC');
    closeSync(log);
    await ended(keeper);
    await works();
  });

  test('a folder that was deleted, and stays so', async () => {
    const server = await bringServer({ root, from }, QUICK);
    const { keeper } = stateOf(root);
    const postmaster = postmasterOf(server);
    rmSync(root, { recursive: true, force: true });
    await ended(postmaster);
    await ended(keeper);
    expect(existsSync(root)).toBe(false);
  });

  test('a state that is no JSON, and one of another container', async () => {
    const server = await ensureServer({ root, from });
    const state = stateOf(root);
    writeFileSync(join(root, 'postgres-18/state.json'), '{"half');
    await works();
    // A server elsewhere that can be reached is used, and its keeper is left alone.
    writeState(layoutOf(root, 18), { ...state, space: 'elsewhere', keeper: { pid: 1, started: null } });
    expect(await ensureServer({ root, from })).toEqual(server);
    expect(stateOf(root).keeper.pid).toBe(1);
    rmSync(join(root, 'postgres-18/state.json'));
  });

  test('a server in another container that can not be reached: refuses to start a second one', async () => {
    await ensureServer({ root, from });
    const layout = layoutOf(root, 18);
    const state = stateOf(root);
    await stopServer(root);
    writeState(layout, { ...state, space: 'elsewhere' });
    writeFileSync(layout.alive, '');
    await expect(ensureServer({ root, from })).rejects.toMatchObject({
      code: 'embedded-start-failed',
      message: expect.stringContaining('another container'),
    });
    rmSync(layout.alive);
    await works();
  });

  test('a log that has grown large', async () => {
    await ensureServer({ root, from });
    await stopServer(root);
    const log = join(root, 'postgres-18/server.log');
    writeFileSync(log, 'x'.repeat(6_000_000));
    await works();
    expect(statSync(log).size).toBeLessThan(100_000);
  });
});
