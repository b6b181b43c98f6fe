import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseChecks } from '../../src/sql/index.ts';
import { SEEDS } from '../support/seeds.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const found = new Map<string, ReadonlySet<string>>();
const MAPS = readdirSync(join(PROJECT, 'docs/seeds')).filter((name) => name.endsWith('.md'));

/** Names of all checks in the verify scripts of a database. */
function checksOf(database: string): ReadonlySet<string> {
  const known = found.get(database);
  if (known !== undefined) return known;
  const folder = join(PROJECT, 'verify', database);
  const engine = SEEDS.find((seed) => seed.name === database)?.engine ?? 'postgres';
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .flatMap((name) =>
      parseChecks(engine, readFileSync(join(folder, name), 'utf8'), name).checks.map((check) => check.name),
    );
  const set = new Set(names);
  found.set(database, set);
  return set;
}

describe.each(MAPS)('docs/seeds/%s', (name) => {
  const text = readFileSync(join(PROJECT, 'docs/seeds', name), 'utf8');

  it('names only files that exist', () => {
    const named = [
      ...text.matchAll(/`((?:migrations|rollbacks|verify|samples|test|docs|src|scripts)\/[^`\s]+)`/gu),
    ].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(5);
    const missing = named.filter(
      (path) => !['', '.sql', '.ts'].some((ending) => existsSync(join(PROJECT, path + ending))),
    );
    expect(missing).toEqual([]);
  });

  it('names only checks that exist', () => {
    const named = [...text.matchAll(/`check ([\w-]+): ([^`]+)`/gu)];
    expect(named.length).toBeGreaterThan(10);
    const missing = named.flatMap(([, database = '', check = '']) =>
      checksOf(database).has(check) ? [] : [`${database}: ${check}`],
    );
    expect(missing).toEqual([]);
  });
});
