import { readdirSync, readlinkSync, statSync } from 'node:fs';

/** Processes other than this one that have the file open, as Linux tells this user; null where it does not tell. */
export function usersOf(path: string, own: number | null): readonly number[] | null {
  let file;
  let processes;
  try {
    file = statSync(path);
    processes = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  } catch {
    return null;
  }
  return processes
    .map(Number)
    .filter((pid) => pid !== own && opens(pid, path, file))
    .toSorted((a, b) => a - b);
}

function opens(pid: number, path: string, file: { readonly dev: number; readonly ino: number }): boolean {
  const folder = `/proc/${String(pid)}/fd`;
  try {
    return readdirSync(folder).some((name) => {
      if (!readlinkSync(`${folder}/${name}`).startsWith(path)) return false;
      const found = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
      return found !== undefined && found.ino === file.ino && found.dev === file.dev;
    });
  } catch {
    // The process has ended, or is another user's.
    return false;
  }
}
