import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checklist } from '../../src/index.ts';
import { SEEDS } from '../support/seeds.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const LISTS = SEEDS.filter(({ name }) => existsSync(join(PROJECT, 'verify', name, 'checklist.md')));

describe('the committed checklists', () => {
  it('are those of the three documents that have one', () => {
    expect(LISTS.map(({ name }) => name)).toEqual(['caps', 'crm', 'clierp']);
  });

  // Reading one looks up every check and version it names; nothing is connected to for a blank list.
  it.each(LISTS)('$name names only checks and versions that exist', async ({ name, engine }) => {
    const url = engine === 'sqlite' ? 'sqlite:absent.db' : 'embedded:absent';
    const { databases } = await checklist({ databases: { [name]: { url } } }, { root: PROJECT, blank: true });
    const written = databases[0]?.items.filter(({ id }) => id.startsWith('list/')) ?? [];
    expect(written.filter(({ kind }) => kind === 'automatic').length).toBeGreaterThan(15);
    expect(written.filter(({ kind }) => kind === 'manual').length).toBeGreaterThan(8);
    expect(new Set(written.map(({ stage }) => stage))).toEqual(
      new Set(['before', 'migrate', 'after', 'rollback', 'later']),
    );
  });
});
