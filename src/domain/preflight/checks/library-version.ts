import { ok, warn, type PreflightCheck } from '../check.ts';

/** The first releases without the bug that can corrupt a database in WAL mode: https://sqlite.org/wal.html#walresetbug */
const FIXED: readonly (readonly [number, number, number])[] = [
  [3, 51, 3],
  [3, 53, 0],
];

export const LIBRARY_VERSION: PreflightCheck = {
  name: 'library-version',
  title: 'No known fault in this version',
  examine: ({ facts: { server } }) => {
    const { journalMode, version, product } = server;
    if (journalMode === null) return { outcome: 'not applicable', figure: 'looked at for SQLite only', remedy: null };
    const sound = isSound(version);
    if (sound || journalMode !== 'wal') return ok(`${product}, journal mode ${journalMode}`);
    return warn(
      `${product} in WAL mode has the WAL-reset bug, which can corrupt the database when two connections checkpoint at once`,
      'Update better-sqlite3 to a version with SQLite 3.53.0 or newer, here and in the application.',
    );
  },
};

function isSound([major = 0, minor = 0, patch = 0]: readonly number[]): boolean {
  return FIXED.some(([x, y, z], index) =>
    index === FIXED.length - 1
      ? major > x || (major === x && (minor > y || (minor === y && patch >= z)))
      : major === x && minor === y && patch >= z,
  );
}
