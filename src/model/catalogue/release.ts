import { entry, type ErrorEntry } from './entry.ts';

/** Errors of release and checklist. */
export const RELEASE = {
  'checklist-invalid': entry(
    'usage',
    'checklist.md can not be read',
    'An item has an unknown mark, stage, check or version.',
    'Correct the shown line; the syntax is in docs/formats.md.',
  ),
  'answers-invalid': entry(
    'usage',
    'The answers file can not be used',
    'It is for another database, names an unknown item, or signs one without a name.',
    'Print a new one with `surefoot checklist`, and fill that in.',
  ),
  'release-held': entry(
    'refused',
    'Somebody else is at this release',
    'One person walks through a release at a time. The message names who does, on which machine and since when.',
    'Wait until they leave it, or take it over with `surefoot release --take-over`: their walk ends before its next item.',
  ),
  'release-absent': entry(
    'usage',
    'There is no open release',
    'Nothing can be given up: the last release has ended, or there was none.',
    'Begin one with `surefoot release`.',
  ),
  'second-person': entry(
    'refused',
    'The one who runs can not sign',
    'The environment has the policy `twoPersons`: who signs is not who runs.',
    'Have another person sign, or run it as another person with SUREFOOT_OPERATOR.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
