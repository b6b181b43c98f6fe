import { entry, type ErrorEntry } from './entry.ts';

/** Errors of who reads and compares schemas. */
export const SCHEMA = {
  'drift-refused': entry(
    'refused',
    'The schema is not what its history implies',
    'Somebody changed the database beside its migrations, and this environment refuses to migrate then.',
    'See `surefoot drift`; undo the change, or write it as a migration ahead of the pending ones and record that with `surefoot baseline`: it is there already.',
  ),
  'implied-unknown': entry(
    'failed',
    'What the history implies can not be made',
    'An applied version has neither its file nor a stored script.',
    'Check out the release that has the file.',
  ),
  'snapshot-invalid': entry(
    'usage',
    'Not a snapshot',
    'The file is not a snapshot, or one of another version of surefoot.',
    'Make it anew with `surefoot snapshot --out <file>`.',
  ),
  'side-unknown': entry(
    'usage',
    'A side of the comparison is not known',
    'It is neither a configured database, `name@version`, a URL, nor a file that ends in .json or .sql.',
    'Name one of these.',
  ),
  'engines-differ': entry(
    'usage',
    'The sides are of different engines',
    'Schemas of PostgreSQL and SQLite can not be compared.',
    'Compare two sides of one engine.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
