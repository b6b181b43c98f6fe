import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { lockHolder, tryLock } from '../../src/adapters/embedded-postgres/lock.ts';
import { isRunning, markProcess, pidSpace } from '../../src/adapters/embedded-postgres/processes.ts';
import { clientProgram, killHard, removeBundle, runClient, startClient } from '../support/embedded/fixture.ts';

vi.setConfig({ testTimeout: 180_000 });

let root: string;
let folder: string;

beforeAll(clientProgram);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'surefoot-test-lock-'));
  folder = join(root, 'lock');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
afterAll(removeBundle);

const take = (): boolean => {
  const lock = tryLock(folder);
  lock?.release();
  return lock !== null;
};

test('has one holder, and is free after its release', () => {
  const lock = tryLock(folder);
  expect(lock).not.toBeNull();
  expect(tryLock(folder)).toBeNull();
  expect(lockHolder(folder)).toMatchObject({ pid: process.pid });
  lock?.release();
  expect(lockHolder(folder)).toBeNull();
  expect(take()).toBe(true);
});

test('does not bring back a folder that was deleted', () => {
  rmSync(root, { recursive: true });
  expect(tryLock(folder)).toBeNull();
  expect(existsSync(root)).toBe(false);
});

test('does not pile up files', () => {
  for (let times = 0; times < 100; times += 1) expect(take()).toBe(true);
  expect(readdirSync(folder).length).toBeLessThan(30);
});

test('passes from a dead holder, and from one whose number another process has got', () => {
  const lock = tryLock(folder);
  lock?.release();
  const file = join(folder, '2');
  const since = new Date().toISOString();
  const holder = { ...markProcess(process.pid), space: pidSpace(), since };
  writeFileSync(file, JSON.stringify(holder));
  expect(take()).toBe(false);
  writeFileSync(file, JSON.stringify({ ...holder, started: '1' }));
  expect(take()).toBe(true);
});

test('of a holder in another container, or one that was killed while taking it, ends with its age', () => {
  take();
  for (const [text, seconds] of [
    [JSON.stringify({ pid: 1, started: null, space: 'elsewhere', since: '' }), 120],
    ['', 5],
    ['{"pid":', 5],
  ] as const) {
    const file = join(folder, String(readdirSync(folder).filter((name) => /^\d+$/.test(name)).length + 1));
    writeFileSync(file, text);
    expect(take()).toBe(false);
    const then = new Date(Date.now() - (seconds + 2) * 1_000);
    utimesSync(file, then, then);
    expect(take()).toBe(true);
  }
});

test('loses no update of many processes, some of them killed at any moment', async () => {
  writeFileSync(join(root, 'number'), '0');
  const task = { act: 'count', root, from: root } as const;
  const workers = Array.from({ length: 6 }, () => runClient<null>({ ...task, times: 40 }));
  let killed = 0;
  const victims = Array.from({ length: 12 }, async (_, index) => {
    const child = await startClient({ ...task, times: 100_000 });
    await new Promise((resolve) => setTimeout(resolve, 400 + index * 90));
    await killHard(child);
    killed += 1;
  });
  await Promise.all(victims);
  for (const { code, errors } of await Promise.all(workers)) expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const counted = readdirSync(root)
    .filter((name) => name.startsWith('counted-'))
    .reduce((sum, name) => sum + readFileSync(join(root, name), 'utf8').length, 0);
  const number = Number(readFileSync(join(root, 'number'), 'utf8'));
  expect(counted).toBeGreaterThanOrEqual(6 * 40);
  // A victim may have been killed between its two writes.
  expect(number).toBeGreaterThanOrEqual(counted);
  expect(number).toBeLessThanOrEqual(counted + killed);
});

test('a process that has ended but was not reaped counts as ended', async () => {
  // The shell starts one that ends at once, and becomes a program that never asks for it.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString().trim()))),
  );
  await vi.waitFor(() => expect(isRunning({ pid, started: null })).toBe(false), { timeout: 10_000 });
  expect(existsSync(`/proc/${pid}`)).toBe(process.platform === 'linux');
  parent.kill('SIGKILL');
});
