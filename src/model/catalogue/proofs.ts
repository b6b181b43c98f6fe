import { entry, type ErrorEntry } from './entry.ts';

/** Errors of proofs and shadows, and the codes of what a proof found. */
export const PROOFS = {
  'proof-missing': entry(
    'refused',
    'A migration without a valid proof',
    'This environment demands for every migration a proof that its rollback restores schema and data, made of the very files that would run and on the same server version.',
    'Run `surefoot prove` and commit `proofs.json`.',
  ),
  'proof-differs': entry(
    'finding',
    'A rollback does not restore the schema',
    'After up and down, or after up again, an object is another one, missing or left over.',
    'Correct the named object in the rollback, then prove it again.',
  ),
  'proof-lossy': entry(
    'finding',
    'A rollback loses data',
    'The schema may be back, but rows that were there before the migration are gone or changed.',
    'Keep the data in the migration and bring it back in the rollback, or declare `-- @irreversible <reason>`.',
  ),
  'proof-failed': entry(
    'finding',
    'A migration or rollback fails on the shadow',
    'It could not be run from the state it is made for.',
    'Correct the statement at the shown line, then prove it again.',
  ),
  'proofs-invalid': entry(
    'usage',
    'proofs.json can not be read',
    'The file is no JSON, or not in the form that `prove` writes.',
    'Bring back the committed file, or remove it and run `surefoot prove`.',
  ),
  'shadow-shared': entry(
    'refused',
    "A shadow on the target's own server may not change what its databases share",
    "Roles, memberships, tablespaces, settings of the server and other databases belong to the whole server. With `shadow: 'target'` shadows live there, and a statement that changes these is not tried.",
    "Leave out `shadow: 'target'`, so that the shadow is on a throw-away server.",
  ),
  'shadow-foreign': entry(
    'failed',
    'A connection did not reach its shadow',
    'Before it writes, surefoot asks the database whether it is the shadow it made; this one was not. Nothing was written.',
    'Look for a proxy between surefoot and its shadow.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
