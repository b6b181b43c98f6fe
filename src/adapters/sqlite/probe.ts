import type { Probe } from '../../ports/probe.ts';

/** SQLite's statements outside a transaction (VACUUM, PRAGMA, ATTACH) leave no trace that tells whether they ended, and may all be run again. */
export const SQLITE_PROBE: Probe = {
  settle: () =>
    Promise.resolve({
      state: 'unknown',
      cleanup: [],
      evidence: 'SQLite keeps no record of this statement; running it again does no harm',
    }),
};
