import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');

it('the recorded session shows commands that stand in the README, which are executed', () => {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
  const drawn = readFileSync(join(PROJECT, 'docs/images/session.svg'), 'utf8');
  const typed = [...drawn.matchAll(/<tspan class="p">\$ <\/tspan><tspan class="t">([^<]*)<\/tspan>/gu)].map(
    ([, text = '']) =>
      text.replaceAll('\u00A0', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
  expect(typed.length).toBeGreaterThan(5);
  for (const line of typed) expect(readme).toContain(`\n${line}\n`);
});
