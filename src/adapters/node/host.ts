import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { Host } from '../../ports/host.ts';

/** This machine and user. `SUREFOOT_OPERATOR` names the person where the system user is a shared one. */
export function createHost(toolVersion: string, operator: string | undefined): Host {
  return {
    operator: operator ?? systemUser(),
    host: hostname(),
    pid: process.pid,
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

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a uid that has no name.
    return `uid ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
