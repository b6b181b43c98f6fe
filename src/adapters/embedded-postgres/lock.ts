import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, markProcess, pidSpace, type ProcessMark } from './processes.ts';

/** Exclusive right to make, start or stop one server; held by this process until `release`. */
export interface Lock {
  release(): void;
}

interface Holder extends ProcessMark {
  readonly space: string;
  readonly since: string;
}

const RELEASED = 'released';
/** A file its maker had no time to fill belongs to a process that died right then, once it is this old. */
const UNFILLED_MS = 5_000;
/** A holder in another container can't be asked whether it lives; its lock ends at this age. */
const FOREIGN_MS = 120_000;
const KEPT = 20;

/**
 * Takes the lock of a folder if it is free or its holder has died; else null, at once. Null too when there is no such
 * folder: only who wants a server makes it, so that a keeper does not bring back a project that was deleted.
 *
 * Each holder takes the next number, by making a file that must not exist yet. The highest number is
 * never removed, so the numbers only grow: two processes that both saw a dead holder ask for the same
 * file, and one that read an outdated number finds a higher one when it looks again. Removing a dead
 * holder's file instead would have a moment in which a third process's fresh lock is removed.
 */
export function tryLock(folder: string): Lock | null {
  if (!existsSync(folder)) return null;
  const top = highest(folder);
  if (top > 0 && isHeld(join(folder, String(top)))) return null;
  const mine = join(folder, String(top + 1));
  const holder: Holder = { ...markProcess(process.pid), space: pidSpace(), since: new Date().toISOString() };
  try {
    writeFileSync(mine, JSON.stringify(holder), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT')) return null;
    throw error;
  }
  if (highest(folder) !== top + 1) return null;
  for (const number of numbers(folder)) {
    if (number <= top - KEPT) rmSync(join(folder, String(number)), { force: true });
  }
  return { release: () => markReleased(folder, mine) };
}

/** Who holds the lock, for a message; null when nobody does. */
export function lockHolder(folder: string): { readonly pid: number; readonly since: string } | null {
  const top = highest(folder);
  if (top === 0) return null;
  const holder = readHolder(join(folder, String(top)));
  return holder === null || holder === RELEASED ? null : { pid: holder.pid, since: holder.since };
}

function numbers(folder: string): readonly number[] {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function highest(folder: string): number {
  return Math.max(0, ...numbers(folder));
}

function isHeld(file: string): boolean {
  const holder = readHolder(file);
  if (holder === RELEASED) return false;
  if (holder === null) return age(file) < UNFILLED_MS;
  if (holder.space !== pidSpace()) return age(file) < FOREIGN_MS;
  return isRunning(holder);
}

function age(file: string): number {
  try {
    return Math.abs(Date.now() - statSync(file).mtimeMs);
  } catch {
    return 0;
  }
}

function readHolder(file: string): Holder | typeof RELEASED | null {
  try {
    const text = readFileSync(file, 'utf8');
    if (text === RELEASED) return RELEASED;
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : null;
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  if (!('pid' in value && 'started' in value && 'space' in value && 'since' in value)) return false;
  const { pid, started, space, since } = value;
  return (
    typeof pid === 'number' &&
    (started === null || typeof started === 'string') &&
    typeof space === 'string' &&
    typeof since === 'string'
  );
}

function markReleased(folder: string, mine: string): void {
  // By rename, because a half-written file would read as "being taken".
  const draft = join(folder, `release-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    writeFileSync(draft, RELEASED);
    renameSync(draft, mine);
  } catch (error) {
    // The folder was deleted under us: then nobody can see the lock either.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
