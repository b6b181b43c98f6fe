import { entry, type ErrorEntry } from './entry.ts';

/** Errors of the planner and the runner, who refuse. */
export const REFUSALS = {
  modified: entry(
    'refused',
    'An applied migration was edited',
    'The file is not the one that was applied.',
    'Undo the edit, or accept it with `surefoot repair`.',
  ),
  missing: entry(
    'refused',
    'An applied migration has no file',
    'The history knows a version that is not among the files.',
    'Bring the file back, or check out the release that has it.',
  ),
  'out-of-order': entry(
    'refused',
    'A pending migration is older than an applied one',
    'Its version sorts before one that is applied.',
    'Give it a newer version, or pass `--allow-out-of-order`.',
  ),
  irreversible: entry(
    'refused',
    'The migration is irreversible',
    'It was declared to have no rollback.',
    'Restore a backup, or stop at this version.',
  ),
  'rollback-absent': entry(
    'refused',
    'There is no rollback to run',
    'Neither the file nor the history holds a rollback for this version.',
    'Write the rollback file.',
  ),
  'rollback-needs-file': entry(
    'refused',
    'This rollback needs its file',
    'A TypeScript rollback with local imports is not stored in the history, nor is the rollback of a version that was recorded with `surefoot baseline`.',
    'Check out the release that has it.',
  ),
  'failed-step': entry(
    'refused',
    'A non-transactional step stopped midway',
    'Some of its statements are in place and others not.',
    'Run the command again to go on: what is not in place yet may be edited. Or settle it with `surefoot repair`.',
  ),
  hazard: entry(
    'refused',
    'A hazard is not allowed',
    'The plan holds a danger that must be allowed by name.',
    'Allow it with `--allow <hazard>`.',
  ),
  'verification-required': entry(
    'refused',
    'A migration without a verify script',
    'This environment demands a verification for every migration.',
    'Write the verify script.',
  ),
  'confirmation-absent': entry(
    'refused',
    'Nobody confirmed',
    'A destructive command asks on a terminal and needs `--yes` without one.',
    'Pass `--yes`.',
  ),
  'single-transaction': entry(
    'refused',
    'The run can not be one transaction',
    'A step can not live in one transaction with the others.',
    'Leave out `--single-transaction`.',
  ),
  'plan-changed': entry(
    'refused',
    'The plan changed while waiting',
    'Another run changed the database between planning and running.',
    'Look at `surefoot plan` and run again.',
  ),
  'already-applied': entry(
    'refused',
    'Already applied',
    'A baseline can not name a version that the history holds already.',
    'See `surefoot status`.',
  ),
  'nothing-to-repair': entry(
    'refused',
    'Nothing to repair',
    'The version is neither modified nor stopped midway.',
    'See `surefoot status`.',
  ),
  locked: entry(
    'refused',
    'Another run holds the lock',
    'Only one run at a time works on a database.',
    'Wait for it, or raise `--lock-wait`.',
  ),
  'history-newer': entry(
    'refused',
    'The history was written by a newer surefoot',
    'Its tables have a layout that this version does not know.',
    'Update surefoot.',
  ),
  'journal-unsignable': entry(
    'refused',
    'The journal can not be signed',
    'Its chain of hashes does not hold, or it has no entries: a signature would vouch for that.',
    'Look at `surefoot log --check`.',
  ),
  'unwritten-invalid': entry(
    'refused',
    'What waits for the journal is no entry of one',
    'A line of a file under `.surefoot/unwritten/`, where entries wait that the database could not take, is none.',
    'Look at the named line, take it out of the file, and run the command again.',
  ),
  'journal-broken': entry(
    'finding',
    'The journal was changed',
    'The chain of hashes does not hold from the named entry on.',
    'Find out who changed it; compare with the JSONL file.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
