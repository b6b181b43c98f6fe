import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VERBS } from '../../src/cli/verbs/index.ts';

const PAGE = join(import.meta.dirname, '../../man/surefoot.1');

it('the manual page is sound, and names every command', () => {
  // Exits with an error on the first warning.
  execFileSync('mandoc', ['-Tlint', '-W', 'warning', PAGE]);
  const text = execFileSync('mandoc', ['-Tmarkdown', PAGE], { encoding: 'utf8' });
  for (const verb of Object.keys(VERBS)) expect(text).toMatch(new RegExp(`^\\*\\*${verb}\\b`, 'mu'));
});
