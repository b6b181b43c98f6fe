import { hash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { messageOf, SurefootError } from '../../model/errors.ts';
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
    changedSince,
    uuid: () => randomUUID(),
  };
}

async function describeCommit(folder: string): Promise<string> {
  return (await git(folder, ['describe', '--always', '--dirty=+', '--abbrev=40', '--exclude=*'])).trim();
}

async function changedSince(folder: string, reference: string): Promise<readonly string[]> {
  const names = (text: string): string[] => text.split('\0').filter((name) => name !== '');
  try {
    const [changed, unknown] = await Promise.all([
      git(folder, ['diff', '--name-only', '--relative', '-z', reference, '--', '.']),
      git(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.']),
    ]);
    return [...names(changed), ...names(unknown)].map((name) => join(folder, name));
  } catch (error) {
    throw new SurefootError({
      code: 'usage',
      message: `git can not compare ${folder} with ${reference}: ${messageOf(error).split('\n').at(-1) ?? ''}`,
      hint: 'Name a branch, tag or commit that git knows here.',
      cause: error,
    });
  }
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  // Few commands ask for it.
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...args],
      { cwd: folder, timeout: 5_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(stderr.trim() === '' ? error : new Error(stderr.trim(), { cause: error }));
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
