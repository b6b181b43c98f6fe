import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { promisify } from 'node:util';
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
        const { stdout } = await promisify(execFile)(
          'git',
          ['describe', '--always', '--dirty=+', '--abbrev=40', '--exclude=*'],
          { cwd: folder, timeout: 5_000 },
        );
        return stdout.trim();
      } catch {
        // No git, no repository or no commit yet: the entry says null.
        return null;
      }
    },
    uuid: () => randomUUID(),
  };
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a uid that has no name.
    return `uid ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
