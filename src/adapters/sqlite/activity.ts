import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Activity, OtherConnections } from '../../ports/activity.ts';

const PROCESSES = '/proc';

/**
 * SQLite does not know who has its file open, but Linux does. Processes of other users are seen by root only. `pid` is
 * this process.
 */
export function createSqliteActivity(path: string, pid: number | null): Activity {
  return {
    others: async () => {
      const names = await readdir(PROCESSES).catch(() => null);
      const file = await realpath(path).catch(() => null);
      if (names === null || file === null || !names.includes('self')) return null;
      const found: OtherConnections[] = [];
      for (const name of names) {
        if (!/^\d+$/u.test(name) || Number(name) === pid) continue;
        const count = await opened(name, file);
        if (count > 0) found.push({ who: `${await commandOf(name)} (process ${name})`, state: null, count });
      }
      return found;
    },
  };
}

/** How often a process has the file open; 0 where we may not look. */
async function opened(process: string, file: string): Promise<number> {
  const folder = join(PROCESSES, process, 'fd');
  const links = await readdir(folder).catch(() => []);
  const targets = await Promise.all(links.map(async (link) => readlink(join(folder, link)).catch(() => '')));
  return targets.filter((target) => target === file).length;
}

async function commandOf(process: string): Promise<string> {
  const name = await readFile(join(PROCESSES, process, 'comm'), 'utf8').catch(() => '');
  return name.trim() === '' ? 'unknown' : name.trim();
}
