import { hash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { Host } from '../../ports/host.ts';

/** This machine and user. `SUREFOOT_OPERATOR` names the person where the system user is a shared one. */
export function createHost(toolVersion: string, operator: string | undefined): Host {
  return {
    operator: operator ?? systemUser(),
    host: hostname(),
    pid: process.pid,
    get space() {
      return processSpace();
    },
    isRunning,
    toolVersion,
    gitCommit: async (folder) => {
      try {
        return await describeCommit(folder);
      } catch {
        // No git, no repository or no commit yet: the entry says null.
        return null;
      }
    },
    uuid: () => randomUUID(),
  };
}

async function describeCommit(folder: string): Promise<string> {
  // Only commands that change something ask for it.
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['describe', '--always', '--dirty=+', '--abbrev=40', '--exclude=*'],
      { cwd: folder, timeout: 5_000 },
      (error, stdout) => {
        if (error === null) resolve(stdout.trim());
        else reject(error);
      },
    );
  });
}

/** Two containers can have one host name and not see each other's processes; a number is given again after a boot. */
function processSpace(): string {
  return hash(
    'sha256',
    [
      hostname(),
      textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      textOf(() => readlinkSync('/proc/self/ns/pid')),
    ].join('|'),
  ).slice(0, 8);
}

function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch {
    // Only Linux has them.
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a uid that has no name.
    return `uid ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
