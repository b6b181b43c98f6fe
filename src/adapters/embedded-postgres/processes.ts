import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';

/** A process that is told apart from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** Start time in the kernel's own unit; null where the system does not tell it cheaply. */
  readonly started: string | null;
}

interface KernelView {
  readonly ended: boolean;
  readonly started: string;
}

function kernelView(pid: number): KernelView | null {
  if (process.platform !== 'linux') return null;
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The command name is in parentheses and may hold spaces and parentheses itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const started = fields[19];
  if (state === undefined || started === undefined) return null;
  return { ended: state === 'Z' || state === 'X', started };
}

/** Whether a process has this number, a zombie included: what PostgreSQL itself asks. */
export function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The mark of a process that runs now. */
export function markProcess(pid: number): ProcessMark {
  return { pid, started: kernelView(pid)?.started ?? null };
}

/** Whether exactly this process still runs; a zombie nobody has reaped does not. */
export function isRunning(mark: ProcessMark): boolean {
  const view = kernelView(mark.pid);
  if (view === null) return isNumberTaken(mark.pid);
  return !view.ended && (mark.started === null || mark.started === view.started);
}

let space: string | undefined;

/**
 * Names the set of processes in which a process number means the same: this boot and PID namespace on
 * Linux, the host elsewhere. Numbers written down in another space tell nothing about what runs here.
 */
export function pidSpace(): string {
  space ??= readPidSpace();
  return space;
}

function readPidSpace(): string {
  if (process.platform === 'linux') {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
    } catch {
      // Without /proc the host name is the best that can be had.
    }
  }
  return `${process.platform} ${hostname()}`;
}

/** Sends a signal; false when the process is gone. */
export function sendSignal(mark: ProcessMark, signal: NodeJS.Signals): boolean {
  if (!isRunning(mark)) return false;
  try {
    process.kill(mark.pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Waits until the process has ended, at most `ms` milliseconds; tells whether it has. */
export async function waitForEnd(mark: ProcessMark, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  for (let pause = 2; ; pause = Math.min(pause * 1.5, 50)) {
    if (!isRunning(mark)) return true;
    if (performance.now() >= end) return false;
    await sleep(pause);
  }
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** The folder a process works in, links resolved; null when the system does not tell. */
export function workingFolder(pid: number): string | null {
  return process.platform === 'linux' ? linkTarget(`/proc/${pid}/cwd`) : null;
}

/** Whether a process runs the PostgreSQL server program; null when the system does not tell. */
export function runsPostgres(pid: number): boolean | null {
  if (process.platform === 'linux') {
    const program = linkTarget(`/proc/${pid}/exe`);
    return program === null ? null : basename(program.replace(/ \(deleted\)$/, '')) === 'postgres';
  }
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres');
  } catch {
    return false;
  }
}

/** Server processes, backends without a postmaster included, that work in a data folder (Linux; elsewhere none). */
export function postgresProcessesIn(dataFolder: string): readonly ProcessMark[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolder(pid) === dataFolder && runsPostgres(pid) === true)
    .map(markProcess)
    .filter(isRunning);
}
