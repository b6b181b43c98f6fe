import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../src/sql/', import.meta.url);

it('names the parser in one file, and only there for types and in a dynamic import', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && readFileSync(new URL(name, folder), 'utf8').includes("'libpg-query'"),
  );
  expect(files).toEqual(['parser.ts']);
  const lines = readFileSync(new URL('parser.ts', folder), 'utf8')
    .split('\n')
    .filter((line) => line.includes("'libpg-query'"));
  for (const line of lines) expect(line).toMatch(/import type |export type |typeof import\(|= import\(/);
});
