import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startThrowAway, type EmbeddedServer } from '../../src/adapters/embedded-postgres/index.ts';
import { isRunning } from '../../src/adapters/embedded-postgres/processes.ts';
import { TUNING } from '../../src/adapters/embedded-postgres/server.ts';
import { openThrowAway } from '../../src/adapters/embedded-postgres/throw-away.ts';
import {
  ask,
  clientProgram,
  ended,
  eventually,
  firstLine,
  isRoot,
  killHard,
  makeProject,
  postmasterOf,
  removeBundle,
  REPOSITORY,
  runClient,
  startClient,
} from '../support/embedded/fixture.ts';

vi.setConfig({ testTimeout: 180_000 });

const from = REPOSITORY;
const OWNED = { act: 'throw-away', root: '', from } as const;

beforeAll(clientProgram);
afterAll(removeBundle);

const folderOf = (server: EmbeddedServer): string => dirname(server.dataDirectory);

function keeperOf(server: EmbeddedServer): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const row = rows.find((line) => line.includes('keeper') && line.trim().endsWith(folderOf(server)));
  return Number.parseInt(row ?? '', 10);
}

describe('a throw-away server', () => {
  test('is a real one that syncs nothing, and leaves nothing', async () => {
    const server = await startThrowAway({ from });
    const postmaster = postmasterOf(server);
    const keeper = keeperOf(server);
    expect(keeper).toBeGreaterThan(0);
    const [row] = await ask(
      server,
      `select current_setting('fsync') as fsync, current_setting('server_version') as version, current_setting('listen_addresses') as addresses`,
    );
    expect(row).toEqual({ fsync: 'off', version: server.version, addresses: '' });
    await Promise.all([server.close(), server.close()]);
    await server.close();
    expect(isRunning(postmaster)).toBe(false);
    expect(isRunning({ pid: keeper, started: null })).toBe(false);
    expect(existsSync(folderOf(server))).toBe(false);
  });

  test('has the wanted version, beside others', async () => {
    const servers = await Promise.all([15, 18, 18].map((major) => startThrowAway({ from, major })));
    const versions = await Promise.all(
      servers.map(async (server) => (await ask(server, `select current_setting('server_version') as v`))[0]?.['v']),
    );
    expect(versions).toEqual(servers.map(({ version }) => version));
    expect(new Set(servers.map(folderOf)).size).toBe(3);
    await Promise.all(servers.map((server) => server.close()));
    expect(servers.map(folderOf).filter((folder) => existsSync(folder))).toEqual([]);
  });

  test('goes with its owner, however that ends', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const child = await startClient(OWNED);
      const server = await firstLine(child);
      const postmaster = postmasterOf(server);
      child.kill(signal);
      await ended(postmaster);
      await eventually('the folder is gone', () => !existsSync(folderOf(server)));
    }
  });

  test('goes with the next call when its owner and its keeper were killed', async () => {
    const child = await startClient(OWNED);
    const server = await firstLine(child);
    const postmaster = postmasterOf(server);
    process.kill(keeperOf(server), 'SIGKILL');
    await killHard(child);
    expect(isRunning(postmaster)).toBe(true);
    const next = await startThrowAway({ from });
    expect(isRunning(postmaster)).toBe(false);
    expect(existsSync(folderOf(server))).toBe(false);
    expect(await ask(next, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.close();
  });

  test('of a living owner is left alone by others', async () => {
    const mine = await startThrowAway({ from });
    const child = await startClient(OWNED);
    const other = await firstLine(child);
    expect(await ask(mine, 'select 1 as one')).toEqual([{ one: 1 }]);
    await killHard(child);
    await eventually('the other folder is gone', () => !existsSync(folderOf(other)));
    expect(await ask(mine, 'select 1 as one')).toEqual([{ one: 1 }]);
    await mine.close();
  });

  test('closes when its keeper was killed', async () => {
    const server = await startThrowAway({ from });
    const postmaster = postmasterOf(server);
    process.kill(keeperOf(server), 'SIGKILL');
    await server.close();
    expect(isRunning(postmaster)).toBe(false);
    expect(existsSync(folderOf(server))).toBe(false);
  });

  test('leaves nothing when its start is aborted', async () => {
    const { folder, remove } = makeProject();
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    try {
      for (const ms of [50, 300]) {
        await startThrowAway({ from, signal: AbortSignal.timeout(ms) }).then(
          (server) => server.close(),
          (error: unknown) => expect(error).toMatchObject({ name: 'TimeoutError' }),
        );
      }
      // The loader of TypeScript may keep its cache there.
      expect(readdirSync(folder).filter((name) => name.startsWith('surefoot'))).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      await remove();
    }
  });

  test('works with a long temporary folder, and in the end removes its socket elsewhere', async () => {
    const { folder, remove } = makeProject(join('t'.repeat(60), 'm'.repeat(40)));
    mkdirSync(folder, { recursive: true });
    const child = await startClient(OWNED, { env: { TMPDIR: folder } });
    const server = await firstLine(child);
    expect(server.socketDirectory.startsWith(folder)).toBe(false);
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await killHard(child);
    await eventually('both are gone', () => !existsSync(server.socketDirectory) && !existsSync(folderOf(server)));
    await remove();
  });

  test.runIf(isRoot)('runs as nobody where there are no user namespaces', async () => {
    const server = await openThrowAway({ from }, { ...TUNING, userNamespace: false });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(existsSync(folderOf(server))).toBe(false);
  });

  test('is closed by a program that does nothing else, and then ends', async () => {
    const { said, code, errors } = await runClient<{ closed: boolean }>({ ...OWNED, act: 'close' });
    expect({ said, code, errors }).toEqual({ said: { closed: true }, code: 0, errors: '' });
  });

  test('leaves nothing but what living processes use', () => {
    const left = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(`surefoot-throw-away-`) && line.includes(`-${process.pid}-`));
    expect(left).toEqual([]);
  });
});
