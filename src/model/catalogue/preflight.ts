import { entry, type ErrorEntry } from './entry.ts';

/** Errors of preflight. */
export const PREFLIGHT = {
  'preflight-blocked': entry(
    'refused',
    'The preflight blocks the run',
    'A check of the target says that the run should not begin now.',
    'Follow the shown checks, then look with `surefoot preflight`.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
