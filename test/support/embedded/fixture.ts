import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { rolldown } from 'rolldown';
import { stopServer, type EmbeddedServer } from '../../../src/adapters/embedded-postgres/index.ts';
import { isRunning, markProcess, type ProcessMark } from '../../../src/adapters/embedded-postgres/processes.ts';
import { layoutOf, readState, type ServerState } from '../../../src/adapters/embedded-postgres/state.ts';
import type { ClientTask } from './client.ts';

/** The repository, from which the installed server packages are found. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
export const isRoot = process.getuid?.() === 0;

let bundle: Promise<string> | undefined;

/** Bundles the child program and the keeper as the build does, once; returns the child program's file. */
export function clientProgram(): Promise<string> {
  bundle ??= makeBundle();
  return bundle;
}

async function makeBundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-test-bundle-'));
  const build = await rolldown({
    input: {
      client: join(REPOSITORY, 'test/support/embedded/client.ts'),
      'embedded-keeper': join(REPOSITORY, 'src/adapters/embedded-postgres/keeper.ts'),
    },
    platform: 'node',
    logLevel: 'silent',
  });
  await build.write({ dir: folder, format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js' });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  return join(folder, 'client.js');
}

export async function removeBundle(): Promise<void> {
  if (bundle !== undefined) rmSync(dirname(await bundle), { recursive: true, force: true });
}

export interface Project {
  readonly folder: string;
  readonly root: string;
  /** Stops its servers and removes it. */
  remove(): Promise<void>;
}

/** An empty project folder under the temporary folder. */
export function makeProject(name = 'project'): Project {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), 'surefoot-test-')));
  const folder = join(outer, name);
  mkdirSync(folder, { recursive: true });
  const root = join(folder, '.surefoot');
  return {
    folder,
    root,
    async remove() {
      await stopServer(root);
      rmSync(outer, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface ChildOptions {
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the child program. */
export async function startClient(task: ClientTask, { uid, env }: ChildOptions = {}): Promise<ChildProcess> {
  return spawn(process.execPath, [await clientProgram(), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

export interface Outcome<T> {
  readonly code: number | null;
  readonly said: T;
  readonly errors: string;
}

/** Runs the child program to its end and reads what it said. */
export async function runClient<T = EmbeddedServer>(task: ClientTask, options?: ChildOptions): Promise<Outcome<T>> {
  const child = await startClient(task, options);
  let out = '';
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (out === '') return { code, said: null as T, errors };
  return { code, said: JSON.parse(out) as T, errors };
}

/** The first line a child that stays says. */
export function firstLine<T = EmbeddedServer>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(JSON.parse(out.split('\n')[0] ?? '') as T);
    });
    child.once('close', () => reject(new Error(`ended without a word: ${out}`)));
  });
}

export function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Runs one statement as a client of its own; returns the rows. */
export async function ask(server: EmbeddedServer, sql: string): Promise<readonly Record<string, unknown>[]> {
  const { socketDirectory: host, port, user, password } = server;
  const db = postgres({ host, port, user, password: password ?? '', database: 'postgres', max: 1, onnotice: () => {} });
  try {
    return [...(await db.unsafe(sql))];
  } finally {
    await db.end();
  }
}

export function stateOf(root: string, major = 18): ServerState {
  const state = readState(layoutOf(root, major));
  if (state === null) throw new Error('no state');
  return state;
}

export function postmasterOf(server: EmbeddedServer): ProcessMark {
  return markProcess(Number(readFileSync(join(server.dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]));
}

/** Waits for something to become true; fails after `ms`. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, ms = 60_000): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > ms) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - start;
}

export async function ended(mark: ProcessMark, ms = 60_000): Promise<number> {
  return eventually(`end of process ${mark.pid}`, () => !isRunning(mark), ms);
}
