import type { Traffic } from '../../ports/traffic.ts';

/** A file has one writer at a time and tells nobody who it is: there is no queue to look at. */
export const SQLITE_TRAFFIC: Traffic = {
  guard: () => 'SELECT 1',
  conflicts: () => Promise.resolve([]),
  look: () => Promise.resolve({ waiting: false, blockers: [], behind: [] }),
};
