import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFIG_KEYS } from '../../src/config/schema.ts';

describe('docs/configuration.md', () => {
  it('has every key of the configuration, and no other', () => {
    const text = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    const told = [...text.matchAll(/^\| `(\w+)` \|/gmu)].map(([, key]) => key);
    expect([...new Set(told)].toSorted()).toEqual([...CONFIG_KEYS].toSorted());
  });
});
